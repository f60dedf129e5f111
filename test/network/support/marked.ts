/** Texts in which « and » mark the place that an issue is expected at. */
import type { TextRange } from '../../../src/network/network';

export interface Marked {
  readonly text: string;
  readonly range: TextRange;
}

export function unmark(marked: string): Marked {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  if (start < 0 || end < start) throw new Error(`No «place» in ${marked}`);
  return { text: marked.replace('«', '').replace('»', ''), range: { start, end } };
}

/** A network of two inputs and the given parts; each part replaces the usual one. */
export function network(parts: { [key: string]: string } = {}): string {
  const usual = {
    version: '1',
    input: '{ "shape": [2] }',
    layers: '[{ "type": "dense", "units": 1, "activation": "sigmoid" }]',
  };
  const members = Object.entries({ ...usual, ...parts });
  return `{\n${members.map(([key, value]) => `  "${key}": ${value}`).join(',\n')}\n}\n`;
}

/** The same with one layer: two inputs, `units` neurons. */
export function layer(members: string): string {
  return network({ layers: `[{ "type": "dense", ${members} }]` });
}

/** The same with data, and with other parts. */
export function withData(text: string, rest: { [key: string]: string } = {}): string {
  return network({ ...rest, data: text });
}

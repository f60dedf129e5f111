/** What quick fixes make of a text, and which new weights they ask for. */
import type { DrawRequest, EditTools } from '../../../src/network/editTools';
import { fixesOf } from '../../../src/network/fixes';
import type { FixName } from '../../../src/network/fixes';
import { applyTextEdits } from '../../../src/network/json';
import type { Issue } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';

/** Draws 0.5, 1.5, 2.5, …, which are known again in the text, and notes each request. */
export function counting(): EditTools & { readonly requests: readonly DrawRequest[] } {
  const requests: DrawRequest[] = [];
  let drawn = 0;
  const draw = (request: DrawRequest): number[] => {
    requests.push(request);
    return Array.from({ length: request.count }, () => 0.5 + drawn++);
  };
  return { requests, draw };
}

/** An issue that the data tell, not the text: its code, with what else is known of it. */
export type Told = Pick<Issue, 'code'> & Partial<Issue>;

/**
 * Each fix with the whole text that it makes.
 *
 * @param told a code that the text has, or an issue that reading the data would tell
 * @param columns of the CSV file
 */
export function fixed(
  text: string,
  told: string | Told,
  tools: EditTools = counting(),
  columns: readonly string[] = [],
): readonly (readonly [FixName, string])[] {
  const document = parseNetwork(text);
  const blank = { severity: 'error', path: [], message: '', range: { start: 0, end: 0 } } as const;
  const codes = document.issues.map(({ code }) => code);
  const issue =
    typeof told === 'string'
      ? document.issues.find(({ code }) => code === told)
      : { ...blank, ...told };
  if (!issue) throw new Error(`No ${String(told)} among ${codes.join(', ')}`);
  return fixesOf(document, issue, tools, columns).map(({ name, edits }) => [
    name,
    applyTextEdits(text, edits),
  ]);
}

/** A file on one line: two inputs, these layers, and members behind them. */
export function file(layers: string, rest = '', shape = '[2]'): string {
  return `{ "version": 1, "seed": 7, "input": { "shape": ${shape} }, "layers": [${layers}]${rest} }`;
}

/** Changes of the text that nobody made on this page: undo, redo, and what is typed beside it. They are spoken. */
import type { EditResult } from '../src/protocol';
import { sizesWords } from './properties/networkFacts';
import type { State } from './store';
import { text } from './strings';

/** Knows which versions of the text this page has made. */
export class Deeds {
  /** The newest version of the text that this page has made. */
  written = 0;
  #pending = 0;

  /** What arrives until the host has answered is this page's. */
  async during<T extends EditResult | void>(answer: Promise<T>): Promise<T> {
    this.#pending++;
    try {
      const result = await answer;
      if (result?.applied && result.version !== undefined)
        this.written = Math.max(this.written, result.version);
      return result;
    } finally {
      this.#pending--;
    }
  }

  /** What is to be said of a new state; undefined: nothing. */
  words(after: State, before: State): string | undefined {
    const version = after.document?.version ?? 0;
    if (!before.document || version === before.document.version) return undefined;
    if (this.#pending > 0 || version <= this.written) return undefined;
    return outsideWords(after, before);
  }
}

/** Short, and the same again while only numbers change: training writes them back, and that is no news. */
export function outsideWords(after: State, before: State): string | undefined {
  const now = structure(after);
  if (now !== undefined && now !== structure(before)) {
    const { shapes } = after.document ?? {};
    return text('speak.structure', shapes ? sizesWords(shapes).replaceAll(' – ', '-') : '');
  }
  return after.run?.phase === 'running' ? undefined : text('speak.textChanged');
}

/** Sizes, types and connections; undefined while the text has an error. */
function structure({ document }: State): string | undefined {
  if (!document?.network || !document.shapes || document.stale) return undefined;
  const { network, shapes } = document;
  const layers = shapes.layers.map(({ units, sources }, i) => [
    network.layers[i].type,
    units,
    sources,
  ]);
  return JSON.stringify([shapes.inputSize, layers]);
}

/** Changes of the text that nobody made on this page: undo, redo, and what is typed beside it. They are spoken. */
import type { EditResult, RunState } from '../src/protocol';
import { sizesWords } from './properties/networkFacts';
import type { State } from './store';
import { text } from './strings';

/** Knows which versions of the text this page has made. */
export class Deeds {
  /** The newest version of the text that this page has made. */
  written = 0;
  #pending = 0;
  /** A training has ended, and may yet write its weights. */
  #writesBack = false;

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
    this.#followRun(after.run?.phase, before.run?.phase);
    const version = after.document?.version ?? 0;
    if (!before.document || version === before.document.version) return undefined;
    const writesBack = this.#writesBack && sameButNumbers(after, before);
    this.#writesBack = false;
    if (writesBack || this.#pending > 0 || version <= this.written) return undefined;
    return outsideWords(after, before);
  }

  /** The end of a training is told first, then the text that has its weights. */
  #followRun(now: RunState['phase'] | undefined, before: RunState['phase'] | undefined): void {
    if (now === before) return;
    this.#writesBack = before === 'running' && now !== 'diverged';
  }
}

/** Whether the weights at most are others: the page gets a network without them. */
function sameButNumbers({ document: now }: State, { document: before }: State): boolean {
  return JSON.stringify(now?.network) === JSON.stringify(before?.network);
}

/** The new sizes, or that the text is another. */
export function outsideWords(after: State, before: State): string {
  const now = structure(after);
  if (now !== undefined && now !== structure(before)) {
    const { shapes } = after.document ?? {};
    return text('speak.structure', shapes ? sizesWords(shapes).replaceAll(' – ', '-') : '');
  }
  return text('speak.textChanged');
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

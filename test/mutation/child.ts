/** The process that runs tests for one mutant, or tells which test reaches which mutants. Its orders come as messages. */
import '../support/setup';
import { REACHED } from './reached.mjs';
import { runFile } from './runner';
import type { Listener } from './runner';

/** Tests of a file; without names all of them. */
export interface Step {
  /** Its path from the root. */
  file: string;
  /** Where it was written, for Node. */
  url: string;
  names?: readonly string[];
}

/** What a process shall do. */
export interface Order {
  steps: readonly Step[];
  /** Tells what each test has reached. */
  measures?: {
    /** Of as many mutants. */
    mutants: number;
    /** What is loaded before the tests: what is reached by that is reached by whoever loads it. */
    sources: readonly string[];
  };
}

export type Told =
  /** Tests of this file begin, or its own code and hooks where there is no test. */
  | { begins: string; test?: string }
  | {
      ended: string;
      test: string;
      failed?: string;
      milliseconds: number;
      reached: readonly number[];
    }
  /** By loading a source (''), or by the code and the hooks of a file around its tests. */
  | { around: string; reached: readonly number[] }
  | { broken: string; why: string }
  | { done: true };

/** Resolves when it is on its way. */
const tell = (told: Told): Promise<void> =>
  new Promise(resolve => process.send?.(told, undefined, undefined, () => resolve()) ?? resolve());

let marks = new Uint8Array();

/** What has been reached since it was asked last. */
function takeReached(): number[] {
  const reached = Array.from(marks.keys()).filter(number => marks[number] === 1);
  marks.fill(0);
  return reached;
}

function listener(file: string): Listener {
  return {
    begins: test => {
      const reached = test === undefined ? [] : takeReached();
      if (reached.length > 0) void tell({ around: file, reached });
      void tell({ begins: file, test });
    },
    ended: (test, why, milliseconds) => {
      void tell({ ended: file, test, failed: why, milliseconds, reached: takeReached() });
    },
  };
}

async function work({ steps, measures }: Order): Promise<void> {
  marks = new Uint8Array(measures?.mutants ?? 0);
  Object.assign(globalThis, { [REACHED]: marks });
  for (const url of measures?.sources ?? []) await import(url);
  await tell({ around: '', reached: takeReached() });
  for (const { file, url, names } of steps) {
    void tell({ begins: file });
    const why = await runFile(url, names, listener(file));
    await tell({ around: file, reached: takeReached() });
    if (why !== undefined) await tell({ broken: file, why });
  }
  await tell({ done: true });
  process.exit();
}

process.once('message', order => void work(order as Order));

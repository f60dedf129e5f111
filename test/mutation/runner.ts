/**
 * What tests get in place of vitest while mutants are tried, and what runs them: vitest's own runner, without its server.
 * A process is there for one mutant only, so it must be there soon; and nothing that one mutant has spoilt meets another.
 */
import { startTests } from '@vitest/runner';
import type { Task, VitestRunner } from '@vitest/runner';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  test,
} from '../host/runner';

/** What is told of a run while it goes on. */
export interface Listener {
  /** A test begins; undefined: what comes is a hook, or the file's own code. */
  begins(test: string | undefined): void;
  /** @param milliseconds of the processor: others may be at work, too */
  ended(test: string, failed: string | undefined, milliseconds: number): void;
}

let times = 0;

/**
 * Runs the tests of a file, or some of them.
 * @param path of the test as it was written, for Node
 * @param names whole names of the tests that run; undefined: all
 * @returns why the file or a suite of it failed as such, if it did
 */
export async function runFile(
  path: string,
  names: readonly string[] | undefined,
  listener: Listener,
): Promise<string | undefined> {
  let begun = process.cpuUsage();
  const runner: VitestRunner = {
    pool: 'mutation',
    // Its own code runs again each time, for it is what names the tests.
    importFile: () => import(`${path}?${times++}`),
    onBeforeRunTask: test => {
      listener.begins(nameOf(test));
      begun = process.cpuUsage();
    },
    onAfterRunTask: test => {
      listener.begins(undefined);
      const { mode, result } = test;
      if (mode !== 'run' || result?.state === 'skip') return;
      const { user, system } = process.cpuUsage(begun);
      const failed = result?.state === 'pass' ? undefined : reasonOf(test);
      listener.ended(nameOf(test), failed, (user + system) / 1000);
    },
    config: configOf(names),
  };
  const files = await startTests([path], runner);
  const broken = files.flatMap(brokenSuites)[0];
  return broken && reasonOf(broken);
}

/** By which vitest's patterns know a test; the file itself has none. */
function nameOf(task: Task): string {
  return task.suite ? `${nameOf(task.suite)} ${task.name}` : task.name;
}

const reasonOf = ({ result }: Task): string =>
  result?.errors?.map(({ message }) => message).join('\n') || 'It failed without a word.';

/** Files and suites that failed themselves: at import, or in `beforeAll`. */
function brokenSuites(task: Task): Task[] {
  if (task.type === 'test') return [];
  const own = task.result?.errors?.length ? [task] : [];
  return [...own, ...task.tasks.flatMap(brokenSuites)];
}

function configOf(names: readonly string[] | undefined): VitestRunner['config'] {
  return {
    root: '/',
    name: undefined,
    setupFiles: [],
    passWithNoTests: true,
    testNamePattern: names && new RegExp(`^(?:${names.map(escaped).join('|')})$`),
    allowOnly: false,
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    // What takes too long is ended from outside: a loop that never ends hears of no time.
    testTimeout: 0,
    hookTimeout: 0,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Lets a test file that imports from `vitest` run inside VS Code's extension host, in Node and in a web
 * worker alike: the suites are bundled with this module under the name `vitest` (bundle.mjs).
 *
 * vitest itself starts workers and a server; its runner and its expectations need neither.
 */
import * as expectations from '@vitest/expect';
import { startTests } from '@vitest/runner';
import type { File, Task, Test, VitestRunner } from '@vitest/runner';
import * as chai from 'chai';
import type { Report, TestOutcome } from './messages';

export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from '@vitest/runner';

chai.use(expectations.JestExtend);
chai.use(expectations.JestChaiExpect);
chai.use(expectations.JestAsymmetricMatchers);

/** `expect` with vitest's matchers; snapshots, spies and polling are not there. */
export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
) as unknown as expectations.ExpectStatic;

// The matchers look for the function of their file here.
Object.defineProperty(globalThis, expectations.GLOBAL_EXPECT, { value: expect, writable: true });
expectations.setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);

/** The tests by file name; calling one defines its tests. */
export type Suites = Readonly<Record<string, () => Promise<unknown>>>;

export interface Choice {
  /** Only tests whose full name contains this. */
  onlyTest?: string;
  /** Told after each test. */
  tested(outcome: TestOutcome): Promise<void>;
  /** What the window's pages have done since the file before that their content security policies forbid. */
  breaches(): Promise<readonly string[]>;
  /** Told after each file, with its own report and that of all files so far. */
  ended(file: string, own: Report, soFar: Report): Promise<void>;
}

/** Runs the suites one after another. A file that cannot be loaded counts as one failed test. */
export async function runSuites(suites: Suites, choice: Choice): Promise<Report> {
  const report: Report = { passed: 0, failed: 0, skipped: 0 };
  for (const file of Object.keys(suites)) {
    const own = await runFile(file, suites, choice);
    for (const state of ['passed', 'failed', 'skipped'] as const) report[state] += own[state];
    await choice.ended(file, own, report);
  }
  return report;
}

async function runFile(name: string, suites: Suites, choice: Choice): Promise<Report> {
  const report: Report = { passed: 0, failed: 0, skipped: 0 };
  const told = new Set<string>();
  const tell = async (task: Task | File, state = stateOf(task)) => {
    told.add(task.id);
    report[state]++;
    await choice.tested({ file: fileOf(name), ...outcomeOf(task, state) });
  };
  const runner = makeRunner(suites, choice.onlyTest);
  runner.onAfterRunTask = test => tell(test);
  const files = await startTests([name], runner);
  const broken = files.flatMap(brokenSuites);
  for (const suite of broken) await tell(suite, 'failed');
  // What never ran was skipped on purpose or for its suite's failure, which has been told. Else it is one.
  for (const test of files.flatMap(testsOf).filter(({ id }) => !told.has(id))) {
    await tell(test, test.mode === 'run' && broken.length === 0 ? 'failed' : 'skipped');
  }
  const breaches = await choice.breaches();
  if (breaches.length > 0) {
    report.failed++;
    await choice.tested(breachOf(name, breaches));
  }
  return report;
}

/** Says nothing of a file whose pages have kept to their policies. */
const breachOf = (file: string, breaches: readonly string[]): TestOutcome => ({
  file: fileOf(file),
  name: `${file} › its pages keep to their content security policies`,
  state: 'failed',
  milliseconds: 0,
  error: breaches.join('\n'),
});

const fileOf = (name: string): string => name.replace(/\.host\.test\.ts$/, '');

function makeRunner(suites: Suites, onlyTest: string | undefined): VitestRunner {
  return {
    pool: 'vscode',
    importFile: async path => {
      await suites[path.slice(path.lastIndexOf('/') + 1)]();
    },
    config: {
      root: '/',
      name: undefined,
      setupFiles: [],
      passWithNoTests: false,
      testNamePattern: onlyTest ? new RegExp(escapePattern(onlyTest)) : undefined,
      allowOnly: true,
      sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function testsOf(task: Task): Test[] {
  return task.type === 'test' ? [task] : task.tasks.flatMap(testsOf);
}

/** Files and suites that failed themselves: at import, or in `beforeAll`. */
function brokenSuites(task: Task): (Task | File)[] {
  if (task.type === 'test') return [];
  const own = task.result?.errors?.length ? [task] : [];
  return [...own, ...task.tasks.flatMap(brokenSuites)];
}

function stateOf({ mode, result }: Task | File): TestOutcome['state'] {
  if (mode === 'skip' || mode === 'todo' || result?.state === 'skip') return 'skipped';
  return result?.state === 'pass' ? 'passed' : 'failed';
}

function outcomeOf(task: Task | File, state: TestOutcome['state']): Omit<TestOutcome, 'file'> {
  const errors = task.result?.errors ?? [];
  return {
    name: fullName(task),
    state,
    milliseconds: Math.round(task.result?.duration ?? 0),
    ...(errors.length > 0 && {
      error: errors.map(error => error.stack ?? error.message).join('\n'),
    }),
  };
}

function fullName(task: Task | File): string {
  const suite = 'suite' in task ? task.suite : undefined;
  return suite ? `${fullName(suite)} › ${task.name}` : task.name;
}

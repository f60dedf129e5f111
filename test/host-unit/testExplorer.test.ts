/** The Test Explorer and the tasks, over the real engine. */
import { printable } from '../../src/explain/printable';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Notices } from '../../src/host/notices';
import { registerTasks } from '../../src/host/tasks';
import { TestExplorer } from '../../src/host/testExplorer';
import { createHostWith, TEXT } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import {
  CancellationTokenSource,
  createLog,
  editor,
  Task,
  taskProvider,
  testController,
  Uri,
} from './support/vscode';
import type { TestItem } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const OTHER = '/work/other.nn.json';

/** y = 2 x₁ + x₂ */
const NET = TEXT.replace('"linear"', '"linear", "weights": [[2, 1]], "bias": [0]');

const expecting = (...expectations: string[]): string =>
  NET.replace(/\n}\n$/, `,\n  "expect": [\n    ${expectations.join(',\n    ')}\n  ]\n}\n`);

let host: Omit<Host, 'workers'>;
let explorer: TestExplorer;

beforeEach(() => {
  host = createHostWith(
    sessionPort,
    expecting('{"input": [1, 1], "output": [3]}', '{"input": [1, 1], "output": [4]}'),
  );
  editor.files.set('/work/net.nn.json', new TextEncoder().encode(NET));
  editor.files.set(OTHER, new TextEncoder().encode(NET));
  const notices = new Notices(createLog() as unknown as vscode.LogOutputChannel);
  const world = { documents: host.documents, notices, spawnWorker: async () => sessionPort() };
  explorer = new TestExplorer(host.documents, world as never);
  registerTasks({ runs: host.runs, world: world as never });
});

afterEach(() => {
  explorer.dispose();
  host.runs.dispose();
});

const labels = (): string[] => [...testController.items].map(([, { label }]) => label);
const item = (path: string): TestItem => {
  const found = testController.items.get(Uri.file(path).toString());
  if (!found) throw new Error(`${path} is not listed`);
  return found;
};
const children = (path: string): string[] => [...item(path).children].map(([id]) => id);

async function run(
  include?: readonly TestItem[],
  exclude?: readonly TestItem[],
): Promise<(typeof testController.runs)[number]> {
  await testController.run?.({ include, exclude }, new CancellationTokenSource().token);
  return testController.runs[testController.runs.length - 1];
}

describe('the Test Explorer', () => {
  it('lists the networks of the workspace, and their tests when somebody looks', async () => {
    await testController.resolveHandler?.();
    expect(labels().sort()).toEqual(['net.nn.json', 'other.nn.json']);
    expect(children(OTHER)).toEqual([]);
    await testController.resolveHandler?.(item('/work/net.nn.json'));
    expect(children('/work/net.nn.json')).toEqual(['gradcheck', 'expect[0]', 'expect[1]']);
    const second = item('/work/net.nn.json').children.get('expect[1]');
    expect(second).toMatchObject({
      label: '[1, 1] → [4]',
      range: { start: { line: 12, character: 4 }, end: { line: 12, character: 36 } },
    });
  });

  it('runs everything, and tells failures where they are written', async () => {
    const { told, messages, output } = await run();
    expect(told.filter(line => /passed|failed|end/.test(line))).toEqual([
      ...['passed net.nn.json gradcheck', 'passed net.nn.json expect[0]'],
      ...['failed net.nn.json expect[1]', 'passed other.nn.json gradcheck', 'end'],
    ]);
    expect(messages).toMatchObject([
      {
        message: 'output[0] = 3, expected 4 ± 1e-6 (off by 1)',
        expectedOutput: '4',
        actualOutput: '3',
        location: { range: { start: { line: 12, character: 4 } } },
      },
    ]);
    expect(output[2]).toBe(
      'FAIL  net.nn.json:13:5 [1, 1] → [4]: output[0] = 3, expected 4 ± 1e-6 (off by 1)\r\n',
    );
  });

  it('runs what is asked for, without what is left out', async () => {
    await testController.resolveHandler?.();
    const net = item('/work/net.nn.json');
    await testController.resolveHandler?.(net);
    const [first, second] = ['expect[0]', 'expect[1]'].map(id => net.children.get(id) as TestItem);
    const done = (told: readonly string[]) => told.filter(line => /passed|failed/.test(line));
    expect(done((await run([second])).told)).toEqual(['failed net.nn.json expect[1]']);
    expect(done((await run([net], [second])).told)).toEqual([
      ...['passed net.nn.json gradcheck', 'passed net.nn.json expect[0]'],
    ]);
    expect(done((await run(undefined, [net, first])).told)).toEqual([
      'passed other.nn.json gradcheck',
    ]);
    // A test that the text has no longer is not asked for by its place.
    host.document.change(NET);
    expect(done((await run([second])).told)).toEqual([]);
  });

  it('follows texts that change, and files that come and go', async () => {
    vi.useFakeTimers();
    try {
      explorer.start();
      await vi.advanceTimersByTimeAsync(1000);
      expect(children('/work/net.nn.json')).toHaveLength(3);
      const before = item('/work/net.nn.json').children.get('expect[0]');
      host.document.change(expecting('{"input": [1, 1], "output": [9]}'));
      await vi.advanceTimersByTimeAsync(1000);
      expect(children('/work/net.nn.json')).toEqual(['gradcheck', 'expect[0]']);
      const after = item('/work/net.nn.json').children.get('expect[0]');
      expect(after).toBe(before);
      expect(after?.label).toBe('[1, 1] → [9]');
      await testController.resolveHandler?.();
      const [watcher] = editor.watchers;
      editor.files.set('/work/new.nn.json', new TextEncoder().encode(NET));
      watcher.create.fire(Uri.file('/work/new.nn.json'));
      await vi.advanceTimersByTimeAsync(1000);
      expect(children('/work/new.nn.json')).toEqual(['gradcheck']);
      watcher.remove.fire(Uri.file('/work/new.nn.json'));
      expect(labels()).not.toContain('new.nn.json');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('tasks', () => {
  /** Its exit code, and what it printed. */
  async function execute(definition: object): Promise<[number, string]> {
    const task = taskProvider?.resolveTask(new Task(definition, undefined, '', 'nabla'));
    const terminal = await task?.execution?.start(definition);
    let printed = '';
    terminal?.onDidWrite(text => (printed += text));
    const code = await new Promise<number>(resolve => {
      terminal?.onDidClose(resolve);
      terminal?.open();
    });
    return [code, printed];
  }

  it('are offered for each network', async () => {
    const all = (await taskProvider?.provideTasks()) ?? [];
    expect(all.map(({ name, group, problemMatchers }) => [name, group, problemMatchers])).toEqual([
      ['test net.nn.json', 'test', ['$nabla']],
      ['test other.nn.json', 'test', ['$nabla']],
    ]);
  });

  it.each([
    { command: 'fly', file: 'net.nn.json' },
    { command: 'toString', file: 'a' },
    { command: 'test' },
  ])('of other kinds are not made: %j', definition => {
    const task = new Task({ type: 'nabla', ...definition }, undefined, '', 'nabla');
    expect(taskProvider?.resolveTask(task)).toBeUndefined();
  });

  it('end with 1 where a test fails, and where there is no such file', async () => {
    const [code, printed] = await execute({ type: 'nabla', command: 'test', file: 'net.nn.json' });
    expect(code).toBe(1);
    expect(printed).toContain('FAIL  net.nn.json:13:5 [1, 1] → [4]: output[0] = 3');
    expect(printed).toMatch(/\r\n2 passed, 1 failed\r\n$/);
    const missing = { type: 'nabla', command: 'test', file: 'none.nn.json' };
    expect(await execute(missing)).toEqual([1, 'FileNotFound\r\n']);
  });

  it('print names of files and tests that a terminal does not obey', async () => {
    const evil = '\u001b]0;owned\u0007\u202e\u009b31m\nFAIL  other.nn.json:1:1';
    const written = JSON.stringify(evil).replaceAll('\u202e', '\\u202e');
    const [only] = editor.documents;
    only.change(
      only
        .getText()
        .replace('"expect": [', `"expect": [{ "name": ${written}, "gradcheck": true },`),
    );
    const [, printed] = await execute({ type: 'nabla', command: 'test', file: 'net.nn.json' });
    expect(printed).toContain('owned');
    for (const line of printed.split('\r\n'))
      expect(line).toBe(printable(line.replaceAll('\n', '?')));
    const missing = { type: 'nabla', command: 'test', file: `a\u001b[2J\u202e.nn.json` };
    const [, told] = await execute(missing);
    expect(told).not.toMatch(/[\u001b\u202e]/);
  });

  it('take absolute paths as well, as ${file} gives them', async () => {
    const [code] = await execute({ type: 'nabla', command: 'gradcheck', file: OTHER });
    expect(code).toBe(0);
  });
});

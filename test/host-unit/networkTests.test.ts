/** The tests of a file, run in a worker beside the run that a person sees. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Verdict } from '../../src/expect/judge';
import { Notices } from '../../src/host/notices';
import { readTests, runTests } from '../../src/host/networkTests';
import type { WorkerPort } from '../../src/host/platform';
import { taskWork } from '../../src/host/taskWork';
import { createHostWith, TEXT } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { createLog, editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

let host: Omit<Host, 'workers'>;
let ports: WorkerPort[] = [];
afterEach(() => host.runs.dispose());

const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
const world = () => ({
  documents: host.documents,
  notices: new Notices(createLog() as unknown as vscode.LogOutputChannel),
  spawnWorker: async () => {
    ports.push(sessionPort());
    return ports[ports.length - 1];
  },
});

/** y = 2 x₁ + x₂ */
const NET = TEXT.replace(
  '"activation": "linear"',
  '"activation": "linear", "weights": [[2, 1]], "bias": [0]',
);

const expecting = (expectations: string, text = NET): string =>
  text.replace(/\n}\n$/, `,\n  "expect": [\n    ${expectations}\n  ]\n}\n`);

function open(text: string): void {
  ports = [];
  host = createHostWith(sessionPort, text);
}

/** What the tests of the open text say, with the text at which a failure is told. */
async function found(
  cancel?: (done: number) => boolean,
): Promise<(readonly [string, string, string])[]> {
  const file = await readTests(host.uri, host.documents);
  const told: [string, string, string][] = [];
  let cancelled = false;
  let hear = (): void => {};
  const own = {
    get isCancellationRequested() {
      return cancelled;
    },
    onCancellationRequested(listener: () => void) {
      hear = listener;
      return { dispose() {} };
    },
  } as unknown as vscode.CancellationToken;
  await runTests(
    file,
    file.tests,
    world() as never,
    {
      started() {
        if (!cancel?.(told.length)) return;
        cancelled = true;
        hear();
      },
      ended(test, { result, message }: Verdict, { start, end }) {
        told.push([`${result} ${test.id}`, message, file.parsed.text.slice(start, end)]);
      },
    },
    own,
  );
  return told;
}

describe('the tests of a file', () => {
  it('tell what the parameters of the text give, and where it is expected', async () => {
    open(
      expecting(`{"input": [1, 1], "output": [3]},
    {"input": [1, 2], "output": [5]}, {"loss": {"atMost": 4.5}}, {"loss": {"atMost": 0.1, "afterEpochs": 9}}`),
    );
    const told = await found();
    expect(told.map(([what]) => what)).toEqual([
      ...['passed gradcheck', 'passed expect[0]', 'failed expect[1]'],
      ...['passed expect[2]', 'failed expect[3]'],
    ]);
    expect(told[2].slice(1)).toEqual([
      'output[0] = 4, expected 5 ± 1e-6 (off by 1)',
      '{"input": [1, 2], "output": [5]}',
    ]);
    expect(told[4][1]).toMatch(/^loss = .* after 9 epochs, expected at most 0\.1$/);
  });

  it('train a copy: text, run and files stay as they are', async () => {
    open(
      expecting('{"loss": {"atMost": 1e9, "afterEpochs": 2}}, {"input": [1, 1], "output": [3]}'),
    );
    const before = host.document.getText();
    expect((await found()).map(([what]) => what)).toEqual([
      ...['passed gradcheck', 'passed expect[0]', 'passed expect[1]'],
    ]);
    expect(ports).toHaveLength(1);
    expect(host.document.getText()).toBe(before);
    expect(host.runs.all()).toEqual([]);
    expect([editor.applied, editor.messages]).toEqual([[], []]);
  });

  it('read a file that nothing shows', async () => {
    open(NET);
    const text = expecting('{"input": [0, 0], "output": [0]}');
    editor.files.set('/work/other.nn.json', new TextEncoder().encode(text));
    const other = host.uri.with({ path: '/work/other.nn.json' });
    const { tests, parsed } = await readTests(other, host.documents);
    expect(tests.map(({ id }) => id)).toEqual(['gradcheck', 'expect[0]']);
    expect(parsed.text).toBe(text);
    expect(editor.documents).toHaveLength(1);
    const none = host.uri.with({ path: '/work/none.nn.json' });
    await expect(readTests(none, host.documents)).rejects.toThrow();
  });

  it('fail with the first mistake of a text that is no network', async () => {
    open(expecting('{"input": [1, 1], "output": [3], "tolerance": -1}'));
    expect(await found()).toEqual([
      ['failed gradcheck', 'expect[0].tolerance must be a number above 0; found -1.', '-1'],
    ]);
    expect(ports).toEqual([]);
  });

  it('fail with what is wrong with their data, at the line that names them', async () => {
    open(
      expecting('{"input": [1, 1], "output": [3]}').replace(
        /"inline": .*\]/,
        '"csv": "none.csv", "target": "y"',
      ),
    );
    const told = await found();
    expect(told.map(([what]) => what)).toEqual(['failed gradcheck', 'failed expect[0]']);
    expect(told[1].slice(1)).toEqual([
      'The data file "none.csv" was not found beside the network. Correct data.csv.',
      '"none.csv"',
    ]);
  });

  it('end when they are cancelled, also in the middle of a training', async () => {
    open(
      expecting('{"loss": {"atMost": 1, "afterEpochs": 900000000}}, {"gradcheck": true}').replace(
        '"learningRate": 0.5',
        '"learningRate": 0',
      ),
    );
    expect((await found(done => done === 1)).map(([what]) => what)).toEqual(['passed gradcheck']);
  });
});

describe('a task', () => {
  const lines: string[] = [];
  const work = (command: keyof typeof taskWork): Promise<boolean> => {
    lines.splice(0);
    const own = { runs: host.runs, world: world() as never };
    return taskWork[command](host.uri, own, line => lines.push(line), token as never);
  };

  it('tests a network, and says where what fails', async () => {
    open(expecting('{"input": [1, 1], "output": [3]}'));
    expect(await work('test')).toBe(true);
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
    host.document.change(expecting('{"input": [1, 1], "output": [4]}'));
    expect(await work('test')).toBe(false);
    expect(lines.slice(1)).toEqual([
      'FAIL  net.nn.json:12:5 [1, 1] → [4]: output[0] = 3, expected 4 ± 1e-6 (off by 1)',
      '1 passed, 1 failed',
    ]);
  });

  it('checks gradients alone', async () => {
    open(expecting('{"input": [1, 1], "output": [4]}'));
    expect(await work('gradcheck')).toBe(true);
    expect(lines.at(-1)).toBe('1 passed, 0 failed');
    host.document.change(NET.replace(/,\n {2}"data".*/, ''));
    expect(await work('gradcheck')).toBe(false);
    expect(lines.at(-1)).toBe('0 passed, 0 failed, 1 skipped');
  });
});

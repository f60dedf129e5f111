/** The training engine as a process: it trains and answers as a thread does, and its death is survived. */
import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, designer, eventually, open, openText, restore, run } from '../ui';

const FILE = 'iris.nn.json';

/** As much of Node as is needed to see and end a process; a suite that runs in a browser, too, imports none. */
interface NodeProcess {
  readonly pid: number;
  readonly platform: string;
  kill(pid: number, signal: string): void;
  getBuiltinModule?(name: 'node:fs'): {
    readdirSync(path: string): string[];
    readFileSync(path: string, encoding: 'utf8'): string;
  };
}

const host = (globalThis as { process?: NodeProcess }).process;

/** The engine's processes of this extension host; undefined where they cannot be seen. */
function engines(): number[] | undefined {
  const fs = host?.platform === 'linux' ? host.getBuiltinModule?.('node:fs') : undefined;
  if (!host || !fs) return undefined;
  const tasks = `/proc/${host.pid}/task`;
  const children = fs
    .readdirSync(tasks)
    .flatMap(task => fs.readFileSync(`${tasks}/${task}/children`, 'utf8').trim().split(' '));
  return children
    .filter(pid => pid && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.js'))
    .map(Number);
}

const phase = (): Promise<string | null> => designer.testId('status').attribute('data-phase');

/** How far the run has come, as the toolbar says. */
const epochs = async (): Promise<number> =>
  Number(/\d+/.exec(await designer.testId('status').text())?.[0]);

const configure = (value: string | undefined): Thenable<void> =>
  workspace.getConfiguration('nabla').update('engine', value, ConfigurationTarget.Global);

describe('the engine as a process', () => {
  let document: TextDocument;

  beforeAll(async () => {
    await restore(FILE);
    await configure('process');
    document = await openText(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    await configure(undefined);
    await closeAll();
    await restore(FILE);
  });

  const train = async (): Promise<void> => {
    await run('Nabla: Train');
    await eventually(async () => expect(await phase()).toBe('finished'), 60);
    await eventually(() => expect(document.getText()).toContain('"weights"'));
  };

  it('is one process for one network, where that can be seen', async () => {
    await eventually(() => expect(engines() ?? ['unseen']).toHaveLength(1));
  });

  it('trains, and the text gets the weights', train);

  it('explains a weight', async () => {
    const at = document.positionAt(document.getText().indexOf('"weights"') + 30);
    const hovers = await commands.executeCommand<{ contents: { value: string }[] }[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n');
    expect(text).toContain('∂C/∂w');
  });

  it('is started again when it was killed, and trains', async () => {
    const before = engines();
    if (!host || !before) return;
    expect(before).toHaveLength(1);
    const [pid] = before;
    host.kill(pid, 'SIGKILL');
    await eventually(() => {
      const next = engines() ?? [];
      expect(next).toHaveLength(1);
      expect(next).not.toEqual([pid]);
    });
    await eventually(async () => expect(await phase()).toBe('idle'));
    await train();
  });

  it('moves back to a thread when the setting says so, and keeps the numbers', async () => {
    const before = await epochs();
    expect(before).toBeGreaterThan(0);
    await configure('thread');
    await eventually(() => expect(engines() ?? []).toEqual([]));
    await eventually(async () => expect(await phase()).toBe('idle'));
    expect(await epochs()).toBe(before);
    await train();
  });
});

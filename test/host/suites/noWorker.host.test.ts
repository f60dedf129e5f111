/** A browser in which the extension host's worker can start no other one: the engine runs in the host itself. */
import { commands, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  errand,
  eventually,
  exampleText,
  inWorkspace,
  open,
  openText,
  run,
} from '../ui';
import { words } from '../words';

/** No engine of another suite has it. */
const FILE = 'alone.nn.json';
const WIDE = 'wide.nn.json';
const EPOCHS = 1_000_000_000;

/** As much of a browser as is taken away. */
interface Browser {
  Worker?: new (url: string) => unknown;
}

const browser = globalThis as Browser;
const original = browser.Worker;
const isNode = typeof process === 'object' && 'pid' in process;

/** As browsers say it that know workers, but start none from another one. */
function takeWorkers(): { refused: number } {
  const counted = { refused: 0 };
  browser.Worker = function () {
    counted.refused += 1;
    throw new Error('a worker may not start another one');
  } as never;
  return counted;
}

describe.runIf(!isNode)('a browser without workers in workers', () => {
  let document: TextDocument;
  let text: string;
  let counted: { refused: number };

  beforeAll(async () => {
    expect((await errand()).kind).toBe('web');
    await closeAll();
    counted = takeWorkers();
    text = await exampleText('iris.nn.json');
    await workspace.fs.writeFile(inWorkspace(FILE), new TextEncoder().encode(text));
    document = await openText(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    browser.Worker = original;
    await closeAll();
    for (const name of [FILE, WIDE]) await workspace.fs.delete(inWorkspace(name));
  });

  const status = designer.testId('status');
  const phase = (): Promise<string | null> => status.attribute('data-phase');

  it('draws the network with its first values', async () => {
    await eventually(async () => expect(await phase()).toBe('idle'));
    expect(counted.refused).toBeGreaterThan(0);
    expect(document.getText()).toBe(text);
  });

  it('trains, pauses where it is asked to, and goes on', async () => {
    const epochs = async (): Promise<number> =>
      Number(/\d[\d,]*/.exec(await status.text())?.[0].replaceAll(',', ''));
    void commands.executeCommand('nabla.train', document.uri, { epochs: EPOCHS });
    await eventually(async () => expect(await epochs()).toBeGreaterThan(10));
    await designer.testId('pause').click();
    await eventually(async () => expect(await phase()).toBe('paused'));
    const paused = await epochs();
    await designer.testId('train').click();
    await eventually(async () => expect(await epochs()).toBeGreaterThan(paused));
    await designer.testId('pause').click();
    await eventually(async () => expect(await phase()).toBe('paused'));
  });

  it('explains a gradient at the pointer while it trains', async () => {
    await designer.testId('train').click();
    await designer.testId('bias-0-0').hover();
    await designer.testId('card').waitUntilVisible();
    expect(await designer.testId('card').text()).toMatch(/∂\s*𝐶|∂C/);
    await designer.testId('pause').click();
  });

  it('finds every gradient right', async () => {
    await run('Nabla: Gradcheck');
    await designer.testId('gradcheck-result').waitUntilVisible(30);
    expect(await designer.testId('gradcheck-result').text()).toContain(
      words('Gradcheck: {0} of {1} agree', 67, 67),
    );
  });

  it('stops computing when the network is closed in the middle of a long gradcheck', async () => {
    const layers = '{ "type": "dense", "units": 600 },'.repeat(3);
    const text = (await exampleText('digits.nn.json')).replace(
      '"layers": [',
      `"layers": [${layers}`,
    );
    await workspace.fs.writeFile(inWorkspace(WIDE), new TextEncoder().encode(text));
    await closeAll();
    await open(WIDE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await designer.testId('gradcheck').click();
    await designer.testId('gradcheck-cancel').waitUntilVisible(30);
    await eventually(async () => expect(await othersTurns(50)).toBeGreaterThan(0));
    await closeAll();
    await eventually(async () => expect(await othersTurns(50)).toBe(0));
  });
});

/** Of so many turns of the host's thread, those that somebody else waits for in the way of the engine: by an empty message. */
async function othersTurns(count: number): Promise<number> {
  const { postMessage } = MessagePort.prototype;
  let waited = 0;
  MessagePort.prototype.postMessage = function (this: unknown, ...args: [unknown]) {
    if (args[0] === undefined) waited += 1;
    postMessage.apply(this as never, args);
  };
  try {
    for (let i = 0; i < count; i++) await turn();
  } finally {
    MessagePort.prototype.postMessage = postMessage;
  }
  return waited - count;
}

function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
}

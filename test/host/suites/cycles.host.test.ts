/**
 * A network is opened and closed again and again: no engine, page, thread, handle or listener is left of it, and no memory.
 * A hundred times: `npm run test:host -- 1.100.3 --file cycles --steps 100`.
 */
import { commands } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, held, leaveWorkers, watchWorkers } from '../engines';
import type { Held } from '../engines';
import { ask, stepsAskedFor } from '../errand';
import {
  closeAll,
  designer,
  errand,
  eventually,
  listeners,
  open,
  openText,
  restore,
  uncaught,
  workbench,
} from '../ui';

const FILE = 'iris.nn.json';
const TIMES = stepsAskedFor() ?? 10;
/** Before these, whatever is made once has not been made yet. */
const WARM = 3;
/** Bytes that one more time may cost: what VS Code itself keeps of an editor that was closed; a network has more. */
const MOST_BYTES = 40_000;
/** Bytes by which two measurements of the same differ. */
const NOISE = 2_000_000;

const pages = workbench.find('iframe.webview');

async function openAndClose(): Promise<void> {
  await openText(FILE);
  await open(FILE);
  await designer.testId('neuron-0-0').waitUntilVisible(30);
  await commands.executeCommand('workbench.action.closeAllEditors');
  await eventually(async () => expect(await pages.count()).toBe(0));
}

/** Once the last engine has ended, which stays for a moment. */
async function rest(before?: Held): Promise<Held | undefined> {
  return eventually(() => {
    expect(engines()).toEqual([]);
    const now = held();
    if (before && now) {
      expect(now.threads).toBeLessThanOrEqual(before.threads);
      const left = [...now.handles];
      for (const name of before.handles)
        if (left.includes(name)) left.splice(left.indexOf(name), 1);
      expect(left, 'more than before').toEqual([]);
    }
    return now;
  }, 30);
}

describe(`a network that is opened and closed ${TIMES} times`, () => {
  beforeAll(async () => {
    await closeAll();
    await restore(FILE);
    if ((await errand()).kind === 'web') watchWorkers();
  });

  afterAll(async () => {
    leaveWorkers();
    await closeAll();
    expect(await uncaught()).toEqual([]);
  });

  it(
    'leaves nothing',
    async () => {
      for (let i = 0; i < WARM; i++) await openAndClose();
      // Its engine stays for some seconds, in case that somebody opens it again.
      await eventually(() => {
        const now = held();
        if (now) expect(now.handles.filter(name => name === 'MessagePort')).toHaveLength(1);
      }, 30);
      const before = await rest();
      for (let i = 0; i < TIMES; i++) await openAndClose();
      const after = await rest(before);
      expect(await listeners()).toEqual([]);
      if (!before || !after) return;
      await ask('say', {
        line: `${TIMES} times: heap ${before.heap} → ${after.heap} bytes, threads ${before.threads} → ${after.threads}, handles ${before.handles.length} → ${after.handles.length}`,
      });
      expect(after.heap - before.heap).toBeLessThan(MOST_BYTES * TIMES + NOISE);
    },
    60_000 + 15_000 * TIMES,
  );
});

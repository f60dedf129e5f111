/** An engine that hangs in the middle of a training: the person is asked, a click restarts it, and the training goes on. */
import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, hangEngine, leaveWorkers, watchWorkers } from '../engines';
import {
  closeAll,
  designer,
  errand,
  eventually,
  inWorkspace,
  message,
  open,
  openText,
  restore,
  screenshot,
  uncaught,
  words,
} from '../ui';

const FILE = 'iris.nn.json';
const EPOCHS = 1_000_000_000;

const phase = (): Promise<string | null> => designer.testId('status').attribute('data-phase');
const epochs = async (): Promise<number> =>
  Number(/\d+/.exec((await designer.testId('status').text()).replaceAll(/[,\s]/g, ''))?.[0]);

const configure = (value: string | undefined): Thenable<void> =>
  workspace.getConfiguration('nabla').update('engine', value, ConfigurationTarget.Global);

const bar = designer.testId('unfinished');
describe('an engine that hangs in the middle of a training', () => {
  let document: TextDocument;
  let text = '';
  let canHang = false;

  beforeAll(async () => {
    const { kind } = await errand();
    await restore(FILE);
    if (kind === 'web') watchWorkers();
    else await configure('process');
    document = await openText(FILE);
    text = document.getText();
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    leaveWorkers();
    await commands.executeCommand('nabla.pause', inWorkspace(FILE));
    await configure(undefined);
    await closeAll();
    await restore(FILE);
    expect(await uncaught()).toEqual([]);
  });

  it('is told after twenty seconds, while VS Code and the text live', async () => {
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await eventually(async () => {
      expect(await phase()).toBe('running');
      // By then something was kept of it.
      expect(await epochs()).toBeGreaterThan(20_000);
    }, 50);
    canHang = hangEngine();
    if (!canHang) return;
    await message(words('Restart Engine'), 45);
    await screenshot('hung');
    expect(document.getText()).toBe(text);
    expect(document.isDirty).toBe(false);
  }, 120_000);

  it('is restarted by a click, and the training goes on from what was kept', async () => {
    if (!canHang) return;
    const before = engines();
    const question = await message(words('Restart Engine'));
    await question.find('.monaco-button').click();
    await bar.waitUntilVisible(30);
    expect(await bar.text()).toContain(words('it did not answer, and was ended'));
    await eventually(() => {
      expect(engines()).toHaveLength(1);
      expect(engines()).not.toEqual(before);
    });
    const [kept] = /\d+/.exec(
      (await designer.testId('continueTraining').text()).replaceAll(',', ''),
    )!;
    await designer.testId('continueTraining').click();
    await eventually(async () => {
      expect(await phase()).toBe('running');
      expect(await epochs()).toBeGreaterThan(Number(kept));
    }, 30);
    expect(document.getText()).toBe(text);
  });
});

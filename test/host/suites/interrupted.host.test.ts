/** Layers are changed in the middle of a training: the designer asks, and a click goes on or begins again. */
import { Range, WorkspaceEdit, commands, workspace } from 'vscode';
import type { CodeLens, TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAUSE, TRAIN } from '../lenses';
import {
  closeAll,
  designer,
  eventually,
  inWorkspace,
  open,
  openText,
  pattern,
  restore,
  run,
  screenshot,
  uncaught,
  words,
  workbench,
} from '../ui';

const FILE = 'iris.nn.json';
const EPOCHS = 1_000_000_000;

const FIRST = '{ "type": "dense", "units": 8, "activation": "tanh" }';
const WIDER = FIRST.replace('8', '5');

const bar = designer.testId('interrupted');
const phase = (): Promise<string | null> => designer.testId('status').attribute('data-phase');

/** How far the run has come, as the toolbar says. */
const epochs = async (): Promise<number> =>
  Number(/\d+/.exec((await designer.testId('status').text()).replaceAll(/[,\s]/g, ''))?.[0]);

describe('layers that are changed in the middle of a training', () => {
  let document: TextDocument;

  beforeAll(async () => {
    await restore(FILE);
    document = await workspace.openTextDocument(inWorkspace(FILE));
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    await commands.executeCommand('nabla.pause', inWorkspace(FILE));
    await closeAll();
    await restore(FILE);
    expect(await uncaught()).toEqual([]);
  });

  /** As somebody else's change of the text is made. */
  const put = async (before: string, after: string): Promise<void> => {
    const text = document.getText();
    const at = text.indexOf(before);
    expect(at, before).toBeGreaterThan(0);
    const edit = new WorkspaceEdit();
    const [from, to] = [at, at + before.length].map(offset => document.positionAt(offset));
    edit.replace(document.uri, new Range(from, to), after);
    expect(await workspace.applyEdit(edit)).toBe(true);
  };

  const runs = async (least: number): Promise<void> => {
    await eventually(async () => {
      expect(await phase()).toBe('running');
      expect(await epochs()).toBeGreaterThan(least);
    });
  };

  it('pause it, and the designer asks what becomes of it', async () => {
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await runs(200);
    await put('"learningRate": 0.01', '"learningRate": 0.003');
    await runs(400);
    await put(FIRST, WIDER);
    await bar.waitUntilVisible();
    const text = document.getText();
    expect((await bar.text()).replaceAll(/[,\s]+/g, ' ')).toMatch(
      pattern('Training paused at epoch {0} of {1}: layers changed.', /\d.*/, /1 ?000 ?000 ?000/),
    );
    await eventually(async () => expect(await designer.testId('neuron-0-5').count()).toBe(0));
    expect(await phase()).not.toBe('running');
    await screenshot('interrupted');
    // Nothing is written because somebody is asked.
    expect(document.getText()).toBe(text);
    expect(text).not.toContain('"weights"');
  });

  it('go on from there with Continue; the charts tell both changes', async () => {
    const asked = pattern(
      'Training paused at epoch {0} of {1}: layers changed.',
      /(?<epoch>[\d,\s]+)/,
      /.+/,
    ).exec(await bar.text())?.groups;
    const at = Number(asked?.epoch.replaceAll(/\D/g, ''));
    expect(at).toBeGreaterThan(200);
    await designer.testId('continueInterrupted').click();
    await runs(at);
    expect(await bar.count()).toBe(0);
    await run('Nabla: Pause');
    await eventually(async () => expect(await phase()).toBe('paused'));
    await eventually(() => expect(document.getText()).toContain('"weights"'));
    await designer.testId('chart-table').click();
    await eventually(async () => {
      const told = await designer.testId('metrics-table').text();
      expect(told).toContain(`${words('learning rate')} 0.01 → 0.003`);
      expect(told).toContain(`${words('layers')} 4 – 8 – 3 → 4 – 5 – 3`);
    });
    await screenshot('changed-settings-table');
    await designer.testId('chart-table').click();
    await designer.find('nabla-metric-chart').waitUntilVisible();
    await screenshot('changed-settings');
  });

  it('begin again with Restart', async () => {
    const reached = await epochs();
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await runs(reached);
    await put('"activation": "tanh"', '"activation": "relu"');
    await bar.waitUntilVisible();
    expect(await bar.text()).toMatch(
      pattern('Training paused at epoch {0} of {1}: settings changed.', /.+/, /.+/),
    );
    await put('"epochs": 100', '"epochs": 3');
    await designer.testId('restartInterrupted').click();
    await eventually(async () => {
      expect(await phase()).toBe('finished');
      expect(await epochs()).toBe(3);
    });
    expect(await bar.count()).toBe(0);
  });

  it('and taken back leave it where it was paused', async () => {
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await runs(200);
    const text = document.getText();
    await put('"seed": 1', '"seed": 2');
    await bar.waitUntilVisible();
    await put('"seed": 2', '"seed": 1');
    await eventually(async () => {
      expect(await bar.count()).toBe(0);
      expect(await phase()).toBe('paused');
      expect(await epochs()).toBeGreaterThan(200);
    });
    expect(document.getText()).toBe(text);
  });

  it('are asked about in a message where the text alone is seen', async () => {
    await closeAll();
    await restore(FILE);
    document = await openText(FILE);
    const offers = async (): Promise<string> => {
      const provider = 'vscode.executeCodeLensProvider';
      const lenses = await commands.executeCommand<CodeLens[]>(provider, document.uri);
      return lenses.map(({ command }) => command?.title ?? '').join('\n');
    };
    void commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: EPOCHS });
    await eventually(async () => expect(await offers()).toContain(PAUSE));
    await put(FIRST, WIDER);
    await eventually(async () => expect(await offers()).toContain(TRAIN));
    // Whether a message is shown by itself or only counted at the bell is VS Code's own decision.
    await commands.executeCommand('notifications.showList');
    const messages = workbench.find('.notifications-center');
    const asks = pattern(
      'Training of {0} was paused at epoch {1} of {2}: its layers were changed.',
      FILE,
      /.+/,
      /.+/,
    );
    await messages.find(`text=/${asks.source}/`).waitUntilVisible();
    await screenshot('interrupted-text');
    await messages.find(`.monaco-button >> text=${words('Continue')}`).click();
    await eventually(async () => expect(await offers()).toContain(PAUSE));
    expect(document.getText()).toContain(WIDER);
  });
});

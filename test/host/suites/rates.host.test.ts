/** Settings that a person types in VS Code while a network trains: the training goes on by them. */
import { Range, commands, window } from 'vscode';
import type { CodeLens, TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAUSE, TRAIN } from '../lenses';
import {
  closeAll,
  designer,
  eventually,
  open,
  openText,
  pattern,
  press,
  restore,
  run,
  type,
} from '../ui';

const FILE = 'iris.nn.json';
const LONG = 100_000_000;

describe('a learning rate while training goes on', () => {
  let document: TextDocument;

  beforeAll(async () => {
    await restore(FILE);
    document = await openText(FILE);
    await put(/"epochs": \d+/, `"epochs": ${LONG}`);
  });

  afterAll(async () => {
    await closeAll();
    await restore(FILE);
  });

  const found = (pattern: RegExp): Range => {
    const match = pattern.exec(document.getText());
    if (!match) throw new Error(`${pattern.source} does not stand in ${FILE}`);
    const start = document.positionAt(match.index);
    return new Range(start, document.positionAt(match.index + match[0].length));
  };

  const put = async (pattern: RegExp, text: string): Promise<void> => {
    const editor = await window.showTextDocument(document);
    expect(await editor.edit(edit => edit.replace(found(pattern), text))).toBe(true);
  };

  /** What the lens above the layers offers: `Pause` while training goes on. */
  const offers = async (): Promise<string> => {
    const provider = 'vscode.executeCodeLensProvider';
    const lenses = await commands.executeCommand<CodeLens[]>(provider, document.uri);
    return lenses.map(({ command }) => command?.title ?? '').join('\n');
  };

  /** The rate of the first layer in the running network, as the hover says it, and the epochs so far. */
  const running = async (): Promise<{ rate: number; steps: number; epochs: number }> => {
    const at = found(/"optimizer"/).start.translate(0, 2);
    const provider = 'vscode.executeHoverProvider';
    const hovers = await commands.executeCommand<{ contents: { value: string }[] }[]>(
      provider,
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n');
    const rate = /layers\\\[0\\\] \| ([\d.e-]+) \|/.exec(text);
    const made = pattern(
      'Updates made so far: {0}, in {1} epochs.',
      /(?<steps>\d+)/,
      /(?<epochs>\d+)/,
    );
    const soFar = made.exec(text)?.groups;
    if (!rate || !soFar) throw new Error(`the hover says ${text}`);
    return { rate: Number(rate[1]), steps: Number(soFar.steps), epochs: Number(soFar.epochs) };
  };

  it('is typed key by key, and taken back', async () => {
    await run('Nabla: Train');
    await eventually(async () => expect(await offers()).toContain(PAUSE));
    const before = await running();
    const number = found(/(?<="learningRate": )[\d.]+/);
    const editor = await window.showTextDocument(document, { selection: number });
    expect(editor.selection.isEmpty).toBe(false);
    // However slow the keys are, what stands there on the way (0, 0., 0.0) harms no weights.
    await type('0.002');
    await eventually(async () => expect((await running()).rate).toBe(0.002));
    expect(document.getText()).toContain('"learningRate": 0.002');
    const { epochs } = await running();
    expect(epochs).toBeGreaterThan(before.epochs);
    await eventually(async () => expect((await running()).epochs).toBeGreaterThan(epochs));
    expect(await offers()).toContain(PAUSE);
    while (!document.getText().includes(`"learningRate": ${before.rate}`)) {
      const { version } = document;
      await press('Control+z');
      await eventually(() => expect(document.version).toBeGreaterThan(version));
    }
    await eventually(async () => expect((await running()).rate).toBe(before.rate));
    expect(await offers()).toContain(PAUSE);
    expect(document.getText()).toContain(`"epochs": ${LONG}`);
  });

  it('is not the only setting: other batches are made from then on', async () => {
    const steps = async () => {
      const before = await running();
      return eventually(async () => {
        const now = await running();
        // An epoch that is not over counts little among so many.
        expect(now.epochs).toBeGreaterThan(before.epochs + 200);
        return (now.steps - before.steps) / (now.epochs - before.epochs);
      });
    };
    // 120 samples to train with.
    expect(await steps()).toBeCloseTo(8, 1);
    await put(/"batchSize": 16/, '"batchSize": 50');
    await eventually(async () => expect(await steps()).toBeCloseTo(3, 1));
    expect(await offers()).toContain(PAUSE);
    await put(/"batchSize": 50/, '"batchSize": 16');
    await eventually(async () => expect(await steps()).toBeCloseTo(8, 1));
  });

  it('is set in the inspector, and the weights are those of the training that went on', async () => {
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    const { epochs } = await running();
    await eventually(async () => {
      const title = designer.testId('toggle-training');
      if ((await title.attribute('aria-expanded')) === 'true') return;
      await title.click();
      throw new Error('the form of the training is folded');
    });
    const field = designer.testId('field-training.optimizer.learningRate');
    await field.fill('0,03');
    await field.press('Enter');
    await eventually(async () => expect((await running()).rate).toBe(0.03));
    expect(await offers()).toContain(PAUSE);
    await eventually(async () => expect((await running()).epochs).toBeGreaterThan(epochs));
    expect(document.getText()).not.toContain('"weights"');
    await run('Nabla: Pause');
    await eventually(async () => expect(await offers()).toContain(TRAIN));
    await eventually(() => expect(document.getText()).toContain('"weights"'));
    expect(document.getText()).toContain('"learningRate": 0.03');
    expect((await running()).epochs).toBeGreaterThan(epochs);
  });
});

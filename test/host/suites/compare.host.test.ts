/** Kept runs beside each other in a real window: two identical ones overlay exactly, and a sweep ends as a table. */
import { commands, workspace } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  designer,
  eventually,
  inWorkspace,
  moveAway,
  open,
  press,
  readText,
  restore,
  screenshot,
  uncaught,
  words,
  wordsOf,
} from '../ui';
import { RUNS_FOLDER, runRow } from '../runsView';

const FILE = 'xor.nn.json';

const thirtyEpochs = words('{0} epochs', 30);

const box = (text: string, nth = 0) =>
  runRow(text, nth).find('.custom-view-tree-node-item-checkbox');

/**
 * Checks the box of a run, or takes the check away, until so many runs are on the charts. The hover of another box may lie
 * over it, and a view that is drawn anew in that moment forgets the click.
 */
async function check(nth: number, on: boolean, charted: number): Promise<void> {
  const isSo = async (): Promise<boolean> =>
    (await box(thirtyEpochs, nth).attribute('aria-checked')) === String(on);
  await eventually(async () => {
    await moveAway();
    if (!(await isSo())) await box(thirtyEpochs, nth).click();
    expect(await isSo()).toBe(true);
    const isShown = async () => expect(await designer.find('.compared li').count()).toBe(charted);
    await eventually(isShown, 5);
  }, 40);
}

async function names(): Promise<string[]> {
  const folder = workspace.fs.readDirectory(inWorkspace(RUNS_FOLDER));
  const entries = await Promise.resolve(folder).catch(() => []);
  return entries.flatMap(([name]) => (name.endsWith('.jsonl') ? [name] : [])).sort();
}

/** The rows of a run, without its time. */
async function rowsOf(name: string): Promise<unknown[]> {
  const lines = (await readText(`${RUNS_FOLDER}/${name}`)).trimEnd().split('\n').slice(1, -1);
  return lines.map(line => {
    const { epoch, step, loss } = JSON.parse(line) as Record<string, number>;
    return [epoch, step, loss];
  });
}

const textNow = async (): Promise<string> =>
  (await workspace.openTextDocument(inWorkspace(FILE))).getText();

/** From the start, with one seed. */
async function train(): Promise<void> {
  const before = (await names()).length;
  await commands.executeCommand('nabla.newSeed', inWorkspace(FILE), 7);
  await commands.executeCommand('nabla.train', inWorkspace(FILE), { epochs: 30 });
  await eventually(async () => expect(await names()).toHaveLength(before + 1));
}

describe('compared runs', () => {
  beforeAll(async () => {
    // Other suites have trained, too.
    await Promise.resolve(workspace.fs.delete(inWorkspace('.nabla'), { recursive: true })).catch(
      () => undefined,
    );
    await commands.executeCommand('workbench.view.explorer');
    await restore(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await commands.executeCommand('nabla.runs.focus');
  });

  afterAll(async () => {
    await closeAll();
    await restore(FILE);
    await Promise.resolve(workspace.fs.delete(inWorkspace('.nabla'), { recursive: true })).catch(
      () => undefined,
    );
    expect(await uncaught()).toEqual([]);
  });

  it('overlay exactly where two trainings were the same', async () => {
    await train();
    await train();
    await commands.executeCommand('nabla.refreshRuns');
    await runRow(thirtyEpochs, 1).waitUntilVisible();
    const [one, other] = await names();
    expect(await rowsOf(one)).toEqual(await rowsOf(other));
    for (const nth of [0, 1]) {
      await check(nth, true, nth + 1);
      await designer.testId(`compared-${nth}`).waitUntilVisible();
    }
    // The exact values of both, and of the training itself, at an epoch.
    await designer.testId('chart').focus();
    await designer.testId('chart').press('Home');
    await designer.testId('chart').press('PageUp');
    await eventually(async () => {
      const spoken = (await designer.testId('chart').attribute('aria-valuetext')) ?? '';
      const training = wordsOf('chart.training', 'training');
      const [, own] = new RegExp(`${training} ([\\d.e−]+)`).exec(spoken) ?? [];
      const place = words('epoch {0}', 3) + wordsOf('mark.comma', ', ');
      expect(spoken.startsWith(place), spoken).toBe(true);
      const values = [0, 1].map(look => designer.testId(`compared-${look}`).find('b').text());
      expect(await Promise.all(values)).toEqual([own, own]);
    });
    await screenshot('compared');
  });

  it('leave the charts where the box is unchecked', async () => {
    await check(0, false, 1);
    await check(0, true, 2);
  });

  it('of a sweep end as a table, while the document stays; a row goes into the text', async () => {
    const before = await textNow();
    await commands.executeCommand('nabla.sweep', inWorkspace(FILE), {
      rates: [0.05, 0.5],
      seeds: [1, 2],
      units: [3],
      epochs: 20,
    });
    expect(await textNow()).toBe(before);
    const rows = designer.testId('compare-row');
    await eventually(async () => expect(await rows.count()).toBe(4));
    await screenshot('sweep');
    await designer.testId('compare-sort-loss').click();
    await eventually(async () =>
      expect(
        await designer.find('th:has([data-testid="compare-sort-loss"])').attribute('aria-sort'),
      ).toBe('ascending'),
    );
    await rows.find('[data-testid="compare-restore"]').click();
    await eventually(async () => {
      const { layers } = JSON.parse(await textNow()) as {
        layers: { units: number; weights: unknown[] }[];
      };
      expect([layers[0].units, layers[0].weights.length]).toEqual([3, 3]);
    });
    await designer.testId('compare-close').click();
    await designer.testId('compare').waitUntilGone();
    await designer.testId('neuron-0-0').click();
    await press('Control+z');
    await eventually(async () => expect(await textNow()).toBe(before));
  });
});

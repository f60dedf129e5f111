/**
 * The pictures of the README, taken where a person would see them; `npm run pictures` copies them there.
 * Each is taken only once it shows what it is about.
 */
import { Selection, commands, window } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostNumber, inWorkspace } from '../errand';
import {
  closeAll,
  designer,
  editorText,
  eventually,
  moveAway,
  open,
  openText,
  press,
  release,
  resize,
  restore,
  run,
  screenshot,
  setTheme,
  textHover,
  words,
} from '../ui';
import type { themes } from '../ui';

/** Where the window around it tells nothing, it alone: the README travels with the package. */
const canvas = designer.find('nabla-canvas');

const FILE = 'iris.nn.json';
const REFERENCE = 'reference-3-4-2.nn.json';
const RESIDUAL = 'residual.nn.json';
const DIGITS = 'digits.nn.json';
const IMAGES = 'digits-conv.nn.json';
const LINEAR = 'linear-3-3-2.nn.json';
const SPIRAL = 'spiral.nn.json';

async function openCalmly(name: string): Promise<void> {
  await restore(name);
  await open(name);
  await designer.testId('neuron-0-0').waitUntilVisible(30);
}

async function train(): Promise<void> {
  await run('Nabla: Train');
  await eventually(async () => {
    expect(await designer.testId('status').attribute('data-phase')).toBe('finished');
  }, 60);
}

/** Beside the chart of the loss. */
async function showCharts(...metrics: readonly string[]): Promise<void> {
  await designer.testId('chart-options').click();
  for (const metric of metrics) await designer.testId(`chart-show-${metric}`).click();
  await press('Escape');
}

async function showCardOf(testId: string, path: string): Promise<void> {
  await moveAway();
  await eventually(async () => {
    await designer.testId(testId).hover();
    expect(await designer.testId('card').text()).toContain(path);
  });
}

// One host takes them; the others would see the same.
describe.runIf(hostNumber() === 0)('pictures', () => {
  beforeAll(async () => {
    await resize(1280, 800);
    await commands.executeCommand('workbench.action.closeSidebar');
    await openCalmly(FILE);
    await train();
  });

  afterAll(async () => {
    await setTheme('light');
    await moveAway();
    await closeAll();
    await restore(FILE);
    await resize(1280, 800);
  });

  it.each<keyof typeof themes>(['dark', 'light', 'highContrast'])(
    'of a trained network and a neuron, %s',
    async theme => {
      await setTheme(theme);
      await showCardOf('neuron-1-1', 'layers[1].weights[1]');
      if (theme === 'dark') await screenshot('designer-dark');
      else await canvas.screenshot(`designer-${theme}`);
    },
  );

  it('of a gradient on the number in the text', async () => {
    await setTheme('dark');
    await resize(960, 520);
    await closeAll();
    await restore(REFERENCE);
    const document = await openText(REFERENCE);
    const at = document.positionAt(document.getText().indexOf('0.35'));
    const editor = window.activeTextEditor;
    if (!editor) throw new Error('no text editor');
    editor.selection = new Selection(at, at);
    await eventually(async () => {
      await editorText.hoverText('0.35');
      expect(await textHover.text()).toContain('layers[0].weights[3][0]');
      // It fades in.
      const opacity = 'getComputedStyle(element.closest(".monaco-hover")).opacity';
      expect(await textHover.evaluate<string>(opacity)).toBe('1');
    }, 30);
    await screenshot('text-hover');
    await moveAway();
  });

  it('of canvas and text side by side, with a gradcheck', async () => {
    await resize(1200, 700);
    await closeAll();
    await openCalmly(REFERENCE);
    await run('Nabla: Open Both (Text Beside)');
    await eventually(() => expect(window.visibleTextEditors).toHaveLength(1));
    await run('Nabla: Gradcheck');
    await designer.testId('gradcheck-result').waitUntilVisible();
    await screenshot('both');
  });

  it('of a layer on its way from the palette', async () => {
    await resize(1060, 620);
    await closeAll();
    await openCalmly(FILE);
    const [left, right] = [designer.testId('neuron-0-3'), designer.testId('neuron-1-1')];
    const [from, to] = [await left.box(), await right.box()];
    const between = { x: (from.x + to.x) / 2, y: from.y };
    await designer.testId('palette-dense').dragTo(between, { hold: true });
    await eventually(async () =>
      expect(await designer.testId('drop-label').text()).toContain(
        words('new W {0} × {1}', 4, 8).replaceAll(' × ', '\u00a0×\u00a0'),
      ),
    );
    await screenshot('dragging');
    await press('Escape');
    await release();
  });

  it('of branches', async () => {
    await resize(1200, 760);
    await closeAll();
    await openCalmly(RESIDUAL);
    await train();
    await moveAway();
    await designer.testId('card').waitUntilGone();
    await canvas.screenshot('residual');
  });

  it('of the channels of a convolutional network', async () => {
    await closeAll();
    await restore(IMAGES);
    await open(IMAGES);
    await designer.testId('layer-0').waitUntilVisible(30);
    await train();
    await moveAway();
    await designer.testId('card').waitUntilGone();
    await canvas.screenshot('convolution');
  });

  it('of what neurons have learnt, as pictures', async () => {
    await closeAll();
    await openCalmly(DIGITS);
    await train();
    await designer.testId('layer-0').click();
    await designer.testId('layer-0').press('m');
    await designer.testId('matrix-pictures').click();
    await eventually(async () =>
      expect(await designer.testId('matrix-statistics').text()).toContain('2,048'),
    );
    await canvas.screenshot('pictures');
    await closeAll();
    await restore(DIGITS);
  });

  it('of a pass, step by step', async () => {
    await resize(1200, 720);
    await openCalmly(REFERENCE);
    await run('Nabla: Step Through a Pass');
    await designer.testId('stepping-by-term').click();
    await designer.testId('stepping-pass-backward').click();
    await designer.testId('stepping-forward').press('ArrowRight');
    for (let i = 0; i < 16; i++) await designer.testId('stepping-forward').press('ArrowRight');
    await designer.testId('kept-1-1').waitUntilVisible();
    await moveAway();
    await screenshot('stepping');
    await closeAll();
  });

  it('of the formula lab', async () => {
    await openCalmly(LINEAR);
    await run('Nabla: Formula Lab');
    await designer.testId('lab-verdict').waitUntilVisible();
    await designer.testId('lab-sign').click();
    await designer.find('.lab-verdict.bad').waitUntilVisible();
    await moveAway();
    await screenshot('lab');
    await closeAll();
  });

  it('of the charts, with the runs of a sweep and their table', async () => {
    await resize(1200, 800);
    await openCalmly(FILE);
    await train();
    await showCharts('gradient');
    await commands.executeCommand('nabla.sweep', inWorkspace(FILE), {
      rates: [0.003, 0.01, 0.03],
      seeds: [7],
      units: [8],
      epochs: 100,
    });
    await eventually(async () => expect(await designer.testId('compare-row').count()).toBe(3), 60);
    for (const nth of [0, 1, 2])
      await designer.find('[data-testid="compare-row"] input', nth).click();
    await designer.testId('compared-2').waitUntilVisible();
    await moveAway();
    await screenshot('compared');
    await designer.testId('compare-close').click();
    await closeAll();
    await restore(FILE);
  });

  it('of the results of digits', async () => {
    await resize(1200, 800);
    await openCalmly(DIGITS);
    await train();
    await run('Nabla: Results');
    await designer.find('.results-picture[data-drawn=true]').waitUntilVisible();
    await moveAway();
    await screenshot('results');
    await closeAll();
    await restore(DIGITS);
  });

  it('of every gradient that was checked', async () => {
    await resize(1200, 800);
    await openCalmly(REFERENCE);
    await run('Nabla: Gradcheck');
    await designer.testId('gradcheck-open').click();
    await designer.testId('checked-rows').waitUntilVisible();
    await moveAway();
    await screenshot('checked');
    await closeAll();
  });

  it('of what each neuron tells apart in the plane of two inputs', async () => {
    await openCalmly(SPIRAL);
    await train();
    await designer.testId('colour-map').click();
    await designer.find('.neuron-map').waitUntilVisible();
    await designer.testId('predict-open').click();
    await designer.find('canvas[data-cells="128"]').waitUntilVisible(30);
    await moveAway();
    await screenshot('maps');
    await closeAll();
    await restore(SPIRAL);
  });
});

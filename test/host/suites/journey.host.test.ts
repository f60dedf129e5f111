/**
 * The main job, by real pointer and keys: open a network, see it, train it, touch a gradient, check it,
 * take it back, break it. One story on `iris.nn.json`, in the order in which a person would live it.
 */
import { DiagnosticSeverity, Selection, languages, window, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changedBy,
  closeAll,
  commandLine,
  designer,
  editorText,
  eventually,
  inWorkspace,
  issue,
  moveAway,
  open,
  openText,
  pattern,
  press,
  readText,
  restore,
  run,
  screenshot,
  textHover,
  type,
  words,
  wordsOf,
} from '../ui';

const FILE = 'iris.nn.json';

interface LayerGradients {
  delta: number[];
  weights: number[][];
  bias: number[];
}

/** What `nabla gradients` prints for the first sample of the file as it lies on disk. */
async function printed(): Promise<{ loss: number; layers: LayerGradients[] }> {
  const { code, stdout, stderr } = await commandLine('gradients', FILE, '--sample', '0', '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as { loss: number; layers: LayerGradients[] };
}

/** The full-precision number of the open card, once it is that of `path` (of the loss: no path). */
async function cardValue(path: string): Promise<number> {
  return eventually(async () => {
    const shown = await designer.testId('card').text();
    if (!shown.includes(path)) throw new Error(`the card shows ${shown}, not ${path}`);
    return Number(await designer.testId('card-value').attribute('data-value'));
  });
}

/** Points at an edge where no other edge lies above it. */
async function pointAtEdge(layer: number, row: number, column: number): Promise<number> {
  const path = `layers[${layer}].weights[${row}][${column}]`;
  let fraction = 0.1;
  return eventually(async () => {
    fraction = (fraction + 0.17) % 1;
    await designer.testId(`edge-${layer}-${row}-${column}`).hoverStroke(fraction);
    const deadline = Date.now() + 700;
    while (!(await designer.testId('card').count())) if (Date.now() > deadline) break;
    const shown = await designer.testId('card').text();
    if (!shown.includes(path)) throw new Error(`the card shows ${shown}, not ${path}`);
    return Number(await designer.testId('card-value').attribute('data-value'));
  }, 30);
}

/** Takes the pointer off everything: an open card may lie above what is pointed at next. */
async function pointAtNothing(): Promise<void> {
  await moveAway();
  await designer.testId('card').waitUntilGone();
}

const networkDocument = (): TextDocument => {
  const uri = inWorkspace(FILE).toString();
  const found = workspace.textDocuments.find(document => document.uri.toString() === uri);
  if (!found) throw new Error(`${FILE} is not open`);
  return found;
};

describe('the main job on iris', () => {
  let original: string;

  beforeAll(async () => {
    await restore(FILE);
    original = await readText(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    await moveAway();
    await closeAll();
    await restore(FILE);
  });

  it('opens without touching the file', async () => {
    expect(networkDocument().isDirty).toBe(false);
    expect(await readText(FILE)).toBe(original);
  });

  it('shows, before any training, the gradients that the command line prints', async () => {
    const { layers, loss } = await printed();
    expect(await pointAtEdge(0, 2, 1)).toBe(layers[0].weights[2][1]);
    await pointAtNothing();
    await designer.testId('neuron-1-1').hover();
    expect(await cardValue('layers[1].weights[1]')).toBe(layers[1].delta[1]);
    await pointAtNothing();
    await designer.testId('bias-0-3').hover();
    expect(await cardValue('layers[0].bias[3]')).toBe(layers[0].bias[3]);
    await pointAtNothing();
    await designer.testId('loss').hover();
    await eventually(async () =>
      expect(Number(await designer.testId('card-value').attribute('data-value'))).toBe(loss),
    );
    await pointAtNothing();
  });

  it('trains from the palette: the chart moves, validation accuracy reaches 0.93', async () => {
    await designer.testId('chart-empty').waitUntilVisible();
    await run('Nabla: Train');
    await eventually(async () => {
      expect(await designer.testId('status').attribute('data-phase')).toBe('finished');
    }, 60);
    expect(await designer.testId('status').text()).toContain(words('epoch {0}', 100));
    const accuracy = await designer.testId('accuracy').text();
    const shares = pattern(
      'accuracy {0} training, {1} validation',
      /[\d.]+\s*%/,
      /(?<validation>[\d.]+)\s*%/,
    ).exec(accuracy)?.groups;
    expect(Number(shares?.validation), accuracy).toBeGreaterThanOrEqual(93);
    expect(await designer.testId('chart').find('canvas').count()).toBe(1);
    expect(await designer.testId('chart-values').text()).toMatch(
      new RegExp(`${wordsOf('chart.training', 'training')}\\s*0\\.0\\d+`),
    );
  });

  it('has written the weights as one change of the text', async () => {
    await eventually(() => expect(networkDocument().isDirty).toBe(true));
    const { layers } = JSON.parse(networkDocument().getText()) as {
      layers: { weights: number[][]; bias: number[] }[];
    };
    expect(layers.map(({ weights }) => [weights.length, weights[0].length])).toEqual([
      [8, 4],
      [3, 8],
    ]);
    await networkDocument().save();
  });

  it('shows the gradients of the trained network, by pointer and by keyboard', async () => {
    const { layers } = await printed();
    expect(await pointAtEdge(1, 2, 5)).toBe(layers[1].weights[2][5]);
    await screenshot('card-edge');
    await pointAtNothing();
    await eventually(async () => {
      await designer.testId('neuron-0-0').press('e');
      expect(await cardValue('layers[0].weights[0][')).toBe(layers[0].weights[0][0]);
    });
    await press('Escape');
    await designer.testId('card').waitUntilGone();
  });

  it('checks every gradient from the palette', async () => {
    await run('Nabla: Gradcheck');
    await designer.testId('gradcheck-result').waitUntilVisible(30);
    const { stdout } = await commandLine('gradcheck', FILE, '--json');
    const { parameters, worst } = JSON.parse(stdout) as {
      parameters: number;
      worst: { path: string; error: number };
    };
    expect(worst.error).toBeLessThan(1e-6);
    await eventually(async () => {
      const shown = await designer.testId('gradcheck-strip').text();
      expect(shown).toMatch(
        pattern('Gradcheck: {0} of {1} agree, worst {2} at', parameters, parameters, /.+/),
      );
      expect(shown).toContain(worst.path);
    });
    await screenshot('gradcheck');
  });

  it('shows the same numbers in the text, under the pointer', async () => {
    const { layers } = await printed();
    const document = await openText(FILE);
    const weights = (JSON.parse(document.getText()) as { layers: { weights: number[][] }[] })
      .layers[1].weights;
    const token = String(weights[2][5]);
    const at = document.positionAt(document.getText().lastIndexOf(token));
    const editor = window.activeTextEditor;
    if (!editor) throw new Error('no text editor');
    editor.selection = new Selection(at, at);
    editor.revealRange(editor.selection);
    await eventually(async () => {
      await editorText.hoverText(token);
      expect(await textHover.text()).toContain(String(layers[1].weights[2][5]));
    }, 30);
    await screenshot('text-hover');
    await moveAway();
  });

  it('takes training back with undo, byte for byte', async () => {
    await open(FILE);
    await designer.testId('canvas').waitUntilVisible();
    await changedBy(networkDocument(), () => designer.testId('neuron-0-0').press('Control+Z'));
    expect(networkDocument().getText()).toBe(original);
    await eventually(async () =>
      expect(await designer.testId('status').text()).toContain(words('epoch {0}', 0)),
    );
    await networkDocument().save();
    expect(await readText(FILE)).toBe(original);
  });
});

describe('a broken text', () => {
  beforeAll(async () => {
    await restore(FILE);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await run('Nabla: Open Both (Text Beside)');
    await eventually(() => expect(window.visibleTextEditors).toHaveLength(1));
  });

  afterAll(async () => {
    await closeAll();
    await restore(FILE);
  });

  it('shows a banner and a problem, keeps the last picture and writes nothing', async () => {
    const before = await readText(FILE);
    const [editor] = window.visibleTextEditors;
    const { document } = editor;
    const comma = document.getText().indexOf(',', document.getText().indexOf('"units"'));
    const at = document.positionAt(comma);
    editor.selection = new Selection(at, at.translate(0, 1));
    await window.showTextDocument(document, editor.viewColumn);
    await type(' 8 8');
    const place = pattern(
      'line {0}, column {1}: {2}',
      at.line + 1,
      at.character + 2,
      issue('A comma was expected; found 8.'),
    );
    // On the way there, the text is broken in other ways.
    await eventually(async () => expect(await designer.testId('banner').text()).toMatch(place));
    expect(await designer.testId('neuron-0-0').count()).toBe(1);
    await eventually(() => {
      const [first] = languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'nabla');
      expect(first?.severity).toBe(DiagnosticSeverity.Error);
      expect(first?.range.start.line).toBe(at.line);
      expect(first?.message).toBe(issue('A comma was expected; found 8.'));
    });
    await screenshot('broken');
    expect(await readText(FILE)).toBe(before);
    // VS Code decides how many steps the typing was.
    for (let step = 0; step < 5 && document.getText() !== before; step += 1)
      await changedBy(document, () => press('Control+Z'));
    expect(document.getText()).toBe(before);
    await designer.testId('banner').waitUntilGone();
  });
});

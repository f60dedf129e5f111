import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Scope } from '../../src/engine/facts';
import { Hovers } from '../../src/host/hovers';
import { example } from './support/example';
import { createHostWith, settled } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');

let host: Omit<Host, 'workers'>;
let hovers: Hovers;
/** What a designer of the network shows. */
let shown: Scope | undefined;

function open(text = REFERENCE): void {
  host = createHostWith(sessionPort, text);
  shown = undefined;
  hovers = new Hovers(host.documents, host.runs, { sampleOf: () => shown });
}

/** The hover on the first character of `at`, which is searched for behind `after`. */
async function hover(at: string, after = ''): Promise<{ text: string; covered: string }> {
  const text = host.document.getText();
  const offset = text.indexOf(at, text.indexOf(after));
  const document = host.document as unknown as vscode.TextDocument;
  const position = host.document.positionAt(offset) as vscode.Position;
  const found = await hovers.provideHover(document, position);
  if (!found) return { text: '', covered: '' };
  const contents = found.contents as vscode.MarkdownString[];
  const range = found.range as unknown as Parameters<typeof coveredText>[0];
  // Word joiners and blanks that do not break keep labels and left sides in one line.
  const whole = contents
    .map(part => part.value.replaceAll('\u2060', '').replaceAll('\u00a0', ' '))
    .join('\n---\n');
  return { text: whole, covered: coveredText(range) };
}

function coveredText({ start, end }: { start: vscode.Position; end: vscode.Position }): string {
  const { document } = host;
  return document.getText().slice(document.offsetAt(start), document.offsetAt(end));
}

/** Numbers at full precision, by the words behind them. */
function exact(text: string): Record<string, number> {
  const lines = [...text.matchAll(/= `([^`]+)` — ([^,(]+)/g)];
  return Object.fromEntries(lines.map(([, number, scope]) => [scope.trim(), Number(number)]));
}

beforeEach(() => open());
afterEach(() => host.runs.dispose());

describe('a hover in the text', () => {
  it('shows the gradient of a weight at full precision', async () => {
    const { text, covered } = await hover('0.05', '"weights"');
    expect(covered).toBe('0.05');
    const numbers = exact(text);
    expect(numbers['sample 1']).toBeCloseTo(0.007358, 6);
    expect(String(numbers['sample 1']).length).toBeGreaterThan(15);
    expect(numbers['training part']).toBe(numbers['sample 1']);
  });

  it('shows the gradient of a bias', async () => {
    const { text, covered } = await hover('0.1', '"bias"');
    expect(covered).toBe('0.1');
    expect(exact(text)['sample 1']).toBeCloseTo(0.007358, 6);
  });

  it('shows the neuron on its row of weights', async () => {
    const { text, covered } = await hover('[0.05', '"weights"');
    expect(covered).toBe('[0.05, 0, -0.05]');
    expect(text).toMatch(/0\.007358/);
  });

  it('shows the loss with its number', async () => {
    const { text } = await hover('"loss"');
    expect(exact(text)['training part']).toBeCloseTo(0.3421, 4);
  });

  it('explains an activation and its derivative', async () => {
    const { text } = await hover('"activation"');
    expect(text).toMatch(/sigmoid/i);
    expect(text).toMatch(/1 − /);
  });

  it('explains units', async () => {
    expect((await hover('"units"')).text).toMatch(/4/);
  });

  it('shows for learningRate how far each layer would go', async () => {
    const { text } = await hover('"learningRate"');
    expect(text).toMatch(/layers\\\[0\\\] \| 0\.5 \| 0\.0\d+/);
    expect(text).toMatch(/layers\\\[1\\\] \| 0\.5 \| 0\.\d+/);
  });

  it('shows the same lines in columns that a narrow hover cannot break', async () => {
    const { text } = await hover('0.05', '"weights"');
    expect(text).not.toContain('```');
    expect(text).toContain('**sample 1, epoch 0**\n\n| | | |\n| :-- | --: | :-- |\n');
    expect(text).toContain(
      '| gradient | ∂E/∂w₄₁ | = −x₁·δ₄ = −1·(−0.007358) = 0.007358\u2003(4.12)',
    );
    expect(text).toContain('| update | w₄₁ | ← w₄₁ + η·δ₄·x₁ |\n|  |  | = 0.05 + 0.5·');
    for (const row of text.matchAll(/^\|.*$/gm))
      expect(row[0].match(/(?<!\\)\|/g), row[0]).toHaveLength(4);
  });

  it('tells what is learned from what is chosen', async () => {
    expect((await hover('0.05', '"weights"')).text).toContain('*Parameter: learned by training.*');
    for (const place of ['"units"', '"activation"', '"learningRate"', '"batchSize"', '"loss"'])
      expect((await hover(place)).text).toContain('*Hyper-parameter: chosen, not learned.*');
    expect((await hover('[0.05', '"weights"')).text).not.toMatch(/arameter: (learned|chosen)/);
  });

  it('writes the bias as weight 0 where that is set', async () => {
    expect((await hover('0.1', '"bias"')).text).toContain('w\\_4b');
    editor.settings.set('nabla.biasAsWeight', true);
    const { text } = await hover('0.1', '"bias"');
    editor.settings.delete('nabla.biasAsWeight');
    expect(text).toContain('w₄₀');
    expect(exact(text)['sample 1']).toBeCloseTo(0.007358, 6);
  });

  it('counts the paths of a gradient', async () => {
    expect((await hover('0.05', '"weights"')).text).toMatch(/2 paths/);
  });

  it('shows the penalty apart from the data, for all samples', async () => {
    open(
      REFERENCE.replace(
        '"training"',
        '"regularization": { "l2": 0.5, "scale": "lambda/2" },\n  "training"',
      ),
    );
    const { text } = await hover('0.05', '"weights"');
    const numbers = exact(text);
    // λ·w is added to what the data give.
    expect(numbers['training part'] - numbers['sample 1']).toBeCloseTo(0.5 * 0.05, 12);
    const whole = text.slice(text.indexOf('training part'));
    expect(whole).toContain('| penalty part | ∂Ω/∂w₄₁ | = λ·w₄₁ = 0.5·0.05 = 0.025 |');
    expect(whole).toContain('| data part | ∂E\\_data/∂w₄₁ | = 0.007358 |');
    const penalty = await hover('"regularization"');
    // ½·λ·Σw² with the weights of the file
    const weights = [0.05, 0, 0.05, 0.15, 0.1, 0.05, 0.25, 0.2, 0.15, 0.35, 0.3, 0.25];
    const squares = [...weights, 0.1, 0, 0.1, 0.2, 0.3, 0.2, 0.1, 0].map(weight => weight ** 2);
    const value = 0.25 * squares.reduce((sum, square) => sum + square, 0);
    expect(penalty.text).toContain(`= ${value.toPrecision(4).replace(/0+$/, '')} |`);
  });

  it('says that there is no penalty, and how the optimizer and the batches work here', async () => {
    open(REFERENCE.replace('"training"', '"regularization": { "l2": 0 },\n  "training"'));
    expect((await hover('"regularization"')).text).toMatch(/No penalty: l1 and l2 are 0/);
    const optimizer = (await hover('"optimizer"')).text;
    expect(optimizer).toMatch(/Updates made so far: 0, in 0 epochs/);
    expect(optimizer).toMatch(/layers\\\[1\\\] \| 0\.5 \|/);
    expect((await hover('"batchSize"')).text).toMatch(/all 1 samples/);
    open(example('xor').replace(/"batchSize": [^,]+/, '"batchSize": 3'));
    expect((await hover('"batchSize"')).text).toMatch(
      /3 of the 4 of the training part\. Updates of an epoch: 2, the last with 1/,
    );
  });

  it('tells how a schedule and a limit change the step, with the rates of the epoch', async () => {
    const course = '"schedule": { "type": "step", "warmUp": 2 }, "clip": { "norm": 0.5 },';
    open(REFERENCE.replace('"optimizer"', `${course} "optimizer"`));
    for (const setting of ['"schedule"', '"warmUp"', '"clip"', '"norm"']) {
      const { text } = await hover(setting);
      // Half of the rate in the first of two epochs of warm-up.
      expect(text).toMatch(/layers\\\[1\\\] \| 0\.25 \|/);
      expect(text).toContain('‖');
    }
  });

  it('leads to the designer and to the clipboard, by links that may run nothing else', async () => {
    const text = host.document.getText();
    const position = host.document.positionAt(text.indexOf('0.05')) as vscode.Position;
    const document = host.document as unknown as vscode.TextDocument;
    const contents = (await hovers.provideHover(document, position))!.contents;
    const parts = contents as vscode.MarkdownString[];
    const links = parts[parts.length - 1];
    expect(links.isTrusted).toEqual({
      enabledCommands: ['nabla.showInDesigner', 'nabla.copyLatex'],
    });
    expect(parts.slice(0, -1).every(part => part.isTrusted === undefined)).toBe(true);
    const commands = [...links.value.matchAll(/\]\(command:([\w.]+)\?([^)]*)\)/g)];
    const target = { type: 'weight', layer: 0, row: 0, column: 0 };
    expect(commands.map(([, id, args]) => [id, JSON.parse(decodeURIComponent(args))])).toEqual([
      ['nabla.showInDesigner', [host.uri.toString(), target, true]],
      ['nabla.copyLatex', [host.uri.toString(), target, { type: 'sample', index: 0 }]],
    ]);
  });

  it('says nothing where there is nothing to say', async () => {
    expect((await hover('"version"')).text).toBe('');
  });

  it('does not train, write or keep a run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await hover('0.05', '"weights"');
    expect(host.runs.get(host.uri)?.record.state).toMatchObject({ phase: 'idle', step: 0 });
    expect(host.document.version).toBe(1);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(host.runs.get(host.uri)).toBeUndefined();
  });
});

describe('a hover over names that somebody made to hurt the reader', () => {
  const NAMES = [
    '<img src=x onerror=alert(1)>',
    '[run](command:workbench.action.terminal.new)',
    '![x](https://example.org/spy.png)',
    '`` ``` ~~~ <script>',
    '$(trash) | a \\n| --- | **b**',
    '\u202eevil\u0000\u001b[31m',
    'x'.repeat(5000),
  ];
  /** A data file whose columns and classes have them, a network whose layers and texts do. */
  const cell = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const CSV = [
    [cell(NAMES[0]), cell(NAMES[1]), 'kind'].join(','),
    ...[2, 3, 2, 3].map((k, i) => `${i},${i * i},${cell(NAMES[k])}`),
  ].join('\n');
  const text = (name: string): string =>
    JSON.stringify(name).replace(
      /[\u007f-\uffff]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const NETWORK = `{
  "version": 1, "name": ${text(NAMES[1])}, "notes": ${text(NAMES[6])}, ${text(NAMES[5])}: 1, "seed": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "id": ${text(NAMES[0].slice(0, 90))}, "units": 2, "activation": "tanh", "weights": [[0.5, 0.25], [0.125, 1]], "bias": [0, 0] },
    { "type": "dense", "id": ${text(NAMES[2])}, "from": [${text(NAMES[0].slice(0, 90))}], "units": 2, "activation": "softmax", "notes": ${text(NAMES[4])} }
  ],
  "loss": { "type": "crossEntropy" },
  "training": { "optimizer": { "type": "adam", "learningRate": 0.01 }, "batchSize": 2 },
  "data": { "csv": "d.csv", "target": "kind" }
}`;

  it('has no markup of theirs anywhere, and only its own part runs commands', async () => {
    open(NETWORK);
    editor.write('/work/d.csv', CSV);
    await host.runs.acquire(host.uri).run.looks();
    const document = host.document as unknown as vscode.TextDocument;
    const all: vscode.MarkdownString[] = [];
    for (let offset = 0; offset < NETWORK.length; offset += 3) {
      const position = host.document.positionAt(offset) as vscode.Position;
      const found = await hovers.provideHover(document, position);
      all.push(...((found?.contents ?? []) as vscode.MarkdownString[]));
    }
    expect(all.length).toBeGreaterThan(50);
    const said = all.map(({ value }) => value.replaceAll('\u2060', '')).join('\n');
    for (const name of ['onerror', 'workbench.action']) expect(said).toContain(name);
    for (const { value, isTrusted, supportHtml } of all) {
      expect(supportHtml).toBeUndefined();
      if (isTrusted !== undefined) {
        expect(isTrusted).toEqual({ enabledCommands: ['nabla.showInDesigner', 'nabla.copyLatex'] });
        const ids = [...value.matchAll(/\]\(command:([\w.]+)/g)].map(([, id]) => id);
        expect(ids).toEqual(['nabla.showInDesigner', 'nabla.copyLatex']);
        continue;
      }
      // What stands in code is shown as it is.
      const prose = value.replace(/(`{3,})text\n[^]*?\n\1/g, '').replace(/`[^`\n]*`/g, '');
      expect(prose).not.toMatch(
        /(?<!\\)\]\(|(?<!\\)!\[|<[a-z!/]|(?<!\\)\$\(|[\u0000\u001b\u202e]/i,
      );
    }
  });
});

describe('a hover in a broken text', () => {
  it('says that it is for the last valid version', async () => {
    await hover('0.05', '"weights"');
    const broken = REFERENCE.replace('"name"', '"name');
    host.document.change(broken.replace('"version"', '"x" "version"'));
    await settled();
    const { text } = await hover('0.05', '"weights"');
    expect(text).toMatch(/for the last valid version/);
  });

  it('is absent when there never was a valid one', async () => {
    open('{ "layers": [ { "weights": [[0.05 ');
    expect((await hover('0.05')).text).toBe('');
    expect(editor.messages).toEqual([]);
  });
});

it('says what is missing instead of numbers', async () => {
  open(REFERENCE.replace(/,\s*"data": [^]*$/, '\n}\n'));
  const { text } = await hover('0.05', '"weights"');
  // The host's own sentence, which is translated; that of the engine is not.
  expect(text).toContain('Gradients and training need data, and this network has none.');
  expect(exact(text)).toEqual({});
});

describe('a hover beside a designer', () => {
  it('speaks of the sample that the designer shows, and says which', async () => {
    const one = '"y": [1, 0] }';
    open(REFERENCE.replace(one, `${one}, { "x": [1, 1, 1], "y": [0, 1] }`));
    shown = { type: 'sample', index: 1 };
    const { text } = await hover('0.05', '"weights"');
    expect(text).toContain('**sample 2, epoch 0**');
    const numbers = exact(text);
    expect(Object.keys(numbers)).toEqual(['sample 2', 'training part']);
    expect(numbers['sample 2']).not.toBeCloseTo(0.007358, 6);
    const [, args] = /nabla\.copyLatex\?([^)]*)\)/.exec(text) ?? [];
    expect((JSON.parse(decodeURIComponent(args)) as unknown[])[2]).toEqual(shown);
    expect((await hover('"activation"')).text).toContain('**sample 2, epoch 0**');
  });

  it('speaks of the first sample where the data have no such one any more', async () => {
    shown = { type: 'sample', index: 9 };
    const { text } = await hover('0.05', '"weights"');
    expect(exact(text)['sample 1']).toBeCloseTo(0.007358, 6);
  });
});

it('says nothing of a place that has moved while the numbers were on their way', async () => {
  const document = host.document as unknown as vscode.TextDocument;
  const place = host.document.positionAt(REFERENCE.indexOf('0.05', REFERENCE.indexOf('"weights"')));
  const asked = hovers.provideHover(document, place as vscode.Position);
  host.document.change(`\n${REFERENCE}`);
  expect(await asked).toBeUndefined();
});

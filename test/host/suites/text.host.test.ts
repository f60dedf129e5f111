/** The text of a network as VS Code reads it: hovers on every kind of place, and problems where there are any. */
import { MarkdownString, commands, languages } from 'vscode';
import type { Hover, TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeAll,
  commandLine,
  designer,
  eventually,
  inWorkspace,
  open,
  openText,
  restore,
} from '../ui';

const REFERENCE = 'reference-3-4-2.nn.json';

const EXAMPLES = [
  'chain-2-3-2-2',
  'digits',
  'iris',
  'linear-3-3-2',
  'nielsen-2-4-2',
  'rates-3-3-2-1',
  REFERENCE.replace('.nn.json', ''),
  'residual',
  'spiral',
  'symmetric-2-3-2',
  'two-branches',
  'xor',
];

/** Everything that VS Code shows at the first place where `text` stands after `anchor`. */
async function hoverAt(document: TextDocument, anchor: string, text: string): Promise<string> {
  const from = document.getText().indexOf(anchor);
  const offset = document.getText().indexOf(text, from);
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(content => (content instanceof MarkdownString ? content.value : String(content)))
    .join('\n');
}

describe('a hover in the text', () => {
  let document: TextDocument;
  let gradients: { layers: { weights: number[][]; bias: number[]; delta: number[] }[] };

  beforeAll(async () => {
    await restore(REFERENCE);
    document = await openText(REFERENCE);
    const { stdout } = await commandLine('gradients', REFERENCE, '--sample', '0', '--json');
    gradients = JSON.parse(stdout) as typeof gradients;
  });

  afterAll(closeAll);

  it('gives the gradient of a weight, of a bias and of a row as the command line prints them', async () => {
    const [first] = gradients.layers;
    expect(await hoverAt(document, '"weights"', '0.05')).toContain(String(first.weights[0][0]));
    expect(await hoverAt(document, '"bias"', '0.3')).toContain(String(first.bias[2]));
    expect(await hoverAt(document, '0.35', '[0.35'.slice(1))).toContain(
      String(first.weights[3][0]),
    );
    const row = await hoverAt(document, '"weights"', '[0.15');
    expect(row, 'of a row: the neuron').toContain(String(first.delta[1]));
  });

  it('gives the formula of an activation, of a width, of the loss and of the learning rate', async () => {
    expect(await hoverAt(document, '"activation"', '"sigmoid"')).toMatch(/1\/\(1 \+ e/);
    expect(await hoverAt(document, '"units"', '4')).toContain('4 neurons, each with 3 weights');
    expect(await hoverAt(document, '"loss"', '"meanSquaredError"')).toContain('½');
    expect(await hoverAt(document, '"learningRate"', '0.5')).toContain('η');
  });

  it('does not touch the file', () => {
    expect(document.isDirty).toBe(false);
  });
});

describe('every example', () => {
  afterAll(closeAll);

  it.each(EXAMPLES)('%s opens clean: drawn, unchanged, without a problem', async name => {
    const file = `${name}.nn.json`;
    await restore(file);
    await open(file);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await eventually(async () =>
      expect(await designer.testId('status').text()).toMatch(/epoch 0 · loss [\d.]+/),
    );
    const problems = languages.getDiagnostics(inWorkspace(file));
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(await designer.testId('banner').count()).toBe(0);
    await closeAll();
  });
});

/** The text of a network as VS Code reads it: hovers on every kind of place, and problems where there are any. */
import {
  ConfigurationTarget,
  MarkdownString,
  Range,
  commands,
  languages,
  window,
  workspace,
} from 'vscode';
import type { CodeLens, Hover, InlayHint, Location, TextDocument } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetEnglish } from '../../../src/explain/sheetWords.en';
import { sheetChinese } from '../../../src/explain/sheetWords.zh';
import { english } from '../../../src/explain/words.en';
import { chinese } from '../../../src/explain/words.zh';
import { TRAIN } from '../lenses';
import {
  closeAll,
  commandLine,
  designer,
  eventually,
  inWorkspace,
  open,
  openText,
  pattern,
  restore,
  run,
  screenshot,
  spoken,
  words,
} from '../ui';

const REFERENCE = 'reference-3-4-2.nn.json';

const EXAMPLES = [
  'chain-2-3-2-2',
  'digits',
  'five-layers',
  'iris',
  'linear-3-3-2',
  'nielsen-2-4-2',
  'rates-3-3-2-1',
  REFERENCE.replace('.nn.json', ''),
  'residual',
  'spiral',
  'symmetric-2-3-2',
  'two-branches',
  'vanishing-2-4x6-1',
  'xor',
];

/** Examples that are there to show what goes wrong: the alarm of the running network. */
const ALARMS: { readonly [name: string]: readonly string[] } = {
  'symmetric-2-3-2': ['health.symmetric'],
  'vanishing-2-4x6-1': ['health.vanishing'],
};

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
    expect(await hoverAt(document, '"units"', '4')).toContain(
      spoken(
        english,
        chinese,
        each => each.units(4, 3, true),
        '4 neurons, each with 3 weights and a bias',
      ),
    );
    expect(await hoverAt(document, '"loss"', '"meanSquaredError"')).toContain('½');
    expect(await hoverAt(document, '"learningRate"', '0.5')).toContain('η');
  });

  it('explains the optimizer and the batches with the numbers of this network', async () => {
    expect(await hoverAt(document, '"optimizer"', '"sgd"')).toContain(
      words('Updates made so far: {0}, in {1} epochs.', 0, 0),
    );
    expect(await hoverAt(document, '"batchSize"', '1')).toContain(
      words('Each update uses all {0} samples of the training part: one update an epoch.', 1),
    );
  });

  it('keeps its columns in a table, and leads to the designer', async () => {
    const text = await hoverAt(document, '"weights"', '0.05');
    expect(text).toContain('| :-- | --: | :-- |');
    expect(text).toMatch(/\]\(command:nabla\.showInDesigner\?/);
    expect(text).toMatch(/\]\(command:nabla\.copyLatex\?/);
  });

  it('does not touch the file', () => {
    expect(document.isDirty).toBe(false);
  });
});

describe('beside the text', () => {
  let document: TextDocument;

  beforeAll(async () => {
    await restore(REFERENCE);
    document = await openText(REFERENCE);
  });

  afterAll(async () => {
    await setting('inlayGradients', undefined);
    await closeAll();
  });

  const setting = (name: string, value: unknown): Thenable<void> =>
    workspace.getConfiguration('nabla').update(name, value, ConfigurationTarget.Global);

  const hints = (): Thenable<InlayHint[] | undefined> =>
    commands.executeCommand<InlayHint[] | undefined>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new Range(0, 0, document.lineCount, 0),
    );

  it('lenses say what each layer is, and open it in the designer', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    expect(titles).toContain(TRAIN);
    expect(titles.join('\n')).toContain(`4 sigmoid · ${words('{0} parameters', 16)}`);
    expect(titles.filter(title => title === words('Open in Designer'))).toHaveLength(2);
  });

  it('hints give the gradients of all weights and biases once the setting asks for them', async () => {
    expect((await hints()) ?? []).toEqual([]);
    await setting('inlayGradients', 'sample');
    await eventually(async () => {
      const labels = ((await hints()) ?? []).map(({ label }) => String(label));
      expect(labels).toHaveLength(26);
      expect(labels).toContain('∂0.007358');
    });
  });

  it('a weight is shown in a designer, which opens beside where there is none', async () => {
    const weights = document.getText().indexOf('"weights"');
    const at = document.positionAt(document.getText().indexOf('0.05', weights));
    await window.showTextDocument(document, { selection: new Range(at, at) });
    await commands.executeCommand('nabla.showInDesigner');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    expect(window.tabGroups.all).toHaveLength(2);
    expect(window.tabGroups.activeTabGroup.viewColumn).toBe(2);
    expect(document.isDirty).toBe(false);
  });

  it('the formula sheet stands beside the text, and follows the notation', async () => {
    // A network that names no notation of its own.
    await openText('xor.nn.json');
    await run('Nabla: Formula Sheet');
    const page = await eventually(() => {
      const found = workspace.textDocuments.find(({ uri }) => uri.scheme === 'nabla-formulas');
      if (!found) throw new Error('no page of formulas was opened');
      return found;
    });
    await eventually(() => {
      const { activeTab } = window.tabGroups.activeTabGroup;
      expect(activeTab?.label).toContain('xor');
      expect(activeTab?.input, 'a preview, not a text').not.toHaveProperty('uri');
    });
    expect(page.getText()).not.toContain('Theta');
    // VS Code's preview does not hear of a change while it loads.
    const head = spoken(sheetEnglish, sheetChinese, each => each.title('XOR'), 'Formulas of XOR');
    await designer.find(`text=${head}`).waitUntilVisible(40);
    await setting('notation', 'ng');
    await eventually(() => expect(page.getText()).toContain('Theta'));
    const thetas = designer.find('text=Theta');
    await eventually(async () => expect(await thetas.count()).toBeGreaterThan(0));
    await screenshot('formula-sheet');
    await setting('notation', undefined);
    await eventually(async () => expect(await thetas.count()).toBe(0));
  });

  it('an id in a `from` leads to its layer', async () => {
    const branches = await openText('two-branches.nn.json');
    const from = branches.getText().indexOf('"narrow"', branches.getText().indexOf('"concat"'));
    const found = await commands.executeCommand<Location[]>(
      'vscode.executeDefinitionProvider',
      branches.uri,
      branches.positionAt(from + 2),
    );
    expect(found.map(({ range }) => branches.getText(range))).toEqual(['"narrow"']);
  });
});

describe('every example', () => {
  const start = new RegExp(`${words('epoch {0}', 0)} · ${pattern('loss {0}', /[\d.]+/).source}`);

  afterAll(closeAll);

  it.each(EXAMPLES)('%s opens clean: drawn, unchanged, without a problem', async name => {
    const file = `${name}.nn.json`;
    await restore(file);
    await open(file);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await eventually(async () => expect(await designer.testId('status').text()).toMatch(start));
    await eventually(() => {
      const problems = languages.getDiagnostics(inWorkspace(file));
      expect(problems.map(({ code }) => code)).toEqual(ALARMS[name] ?? []);
      return Promise.resolve();
    });
    expect(await designer.testId('banner').count()).toBe(0);
    await closeAll();
  });
});

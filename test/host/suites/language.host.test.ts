/** A network as a language of VS Code: what it completes, lists, renames, mends, links and lays out. */
import { Range, Selection, SymbolKind, Uri, commands, languages, window, workspace } from 'vscode';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Location,
  SymbolInformation,
  TextDocument,
} from 'vscode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  closeAll,
  errand,
  eventually,
  exampleText,
  inWorkspace,
  openText,
  press,
  resize,
  restore,
  run,
  screenshot,
  type,
  words,
  workbench,
} from '../ui';

const NAME = 'iris.nn.json';
const GRAPH = 'residual.nn.json';
const REFERENCE = 'reference-3-4-2.nn.json';

/** Those of plain JSON, which the outline leaves out. */
const JSON_KINDS: readonly SymbolKind[] = [
  SymbolKind.Module,
  SymbolKind.String,
  SymbolKind.Number,
  SymbolKind.Array,
  SymbolKind.Boolean,
  SymbolKind.Variable,
];

let document: TextDocument;

/** Opens the text as it is on the disk, where nothing here ever writes it. */
async function show(name: string): Promise<void> {
  document = await openText(name);
  if (document.isDirty) await commands.executeCommand('workbench.action.files.revert');
  const text = await exampleText(name);
  await eventually(() => expect(document.getText()).toBe(text));
}

/** Puts the cursor behind `before`, or selects `text` that stands behind it, and waits until a person sees it there. */
async function select(before: string, text = ''): Promise<void> {
  const start = document.getText().indexOf(before) + before.length;
  expect(start, before).toBeGreaterThan(before.length - 1);
  const at = document.positionAt(start);
  const editor = window.activeTextEditor!;
  editor.selection = new Selection(at, document.positionAt(start + text.length));
  editor.revealRange(new Range(at, at));
  const { line, character } = document.positionAt(start + text.length);
  const status = workbench.find('[id="status.editor.selection"]');
  await eventually(async () =>
    expect(await status.text()).toContain(`Ln ${line + 1}, Col ${character + 1}`),
  );
}

const ask = <T>(command: string, ...args: unknown[]): Promise<T> =>
  Promise.resolve(commands.executeCommand<T>(command, document.uri, ...args));

/** Replaces `text` behind `before`; the file is not saved. */
async function change(before: string, text: string, by: string): Promise<void> {
  const start = document.getText().indexOf(before) + before.length;
  const range = new Range(document.positionAt(start), document.positionAt(start + text.length));
  expect(await window.activeTextEditor!.edit(edit => edit.replace(range, by))).toBe(true);
}

async function proposals(before: string): Promise<CompletionItem[]> {
  const at = document.positionAt(document.getText().indexOf(before) + before.length);
  const { items } = await ask<CompletionList>('vscode.executeCompletionItemProvider', at);
  return items;
}

const labels = (items: readonly CompletionItem[]): string[] =>
  items.map(({ label }) => (typeof label === 'string' ? label : label.label));

/** The rows of the completion list, as a person sees them. */
const suggested = (): Promise<string[]> =>
  workbench
    .find('.suggest-widget.visible .monaco-list-rows')
    .evaluate<string[]>(
      `[...element.querySelectorAll('.label-name')].map(row => row.textContent.trim())`,
    );

beforeAll(async () => {
  for (const name of [NAME, GRAPH, REFERENCE]) await restore(name);
  await show(NAME);
});

afterAll(async () => {
  await closeAll();
});

describe('the language', () => {
  it('is one of its own, which VS Code’s JSON service serves as well', async () => {
    expect(document.languageId).toBe('nn-json');
    // With the two kinds of hosts side by side the service runs in the other one, and is woken there.
    await eventually(async () => {
      const found = labels(await proposals('"activation": '));
      expect(found).toContain('"softmax"');
    });
  });

  it('has a service that a command wakes, where it runs in another extension host', async () => {
    const known = Uri.parse('http://json-schema.org/draft-07/schema');
    expect(await commands.executeCommand('json.validate', known, '{}')).toEqual([]);
  });

  it('may have comments and a comma at the end', async () => {
    await change('"seed": 1,', '', ' // the first');
    await eventually(() => {
      expect(languages.getDiagnostics(document.uri).map(({ message }) => message)).toEqual([]);
    });
    await commands.executeCommand('workbench.action.files.revert');
  });
});

describe('completion', () => {
  beforeEach(() => show(NAME));

  it('knows the columns of the data, and what is used already', async () => {
    const found = labels(await proposals('"target": "'));
    expect(found).toEqual(
      expect.arrayContaining(['sepal_length', 'sepal_width', 'petal_length', 'species']),
    );
    await change('"target": "species"', '', ', "inputs": ["sepal_width", ""]');
    const inputs = labels(await proposals('"inputs": ["sepal_width", "'));
    expect(inputs).toContain('petal_width');
    expect(inputs).not.toContain('sepal_width');
    expect(inputs).not.toContain('species');
  });

  it('knows the files that may be used, from this folder on', async () => {
    const found = labels(await proposals('"csv": "'));
    expect(found).toEqual(expect.arrayContaining(['iris.csv', 'digits_8x8.csv']));
    expect(found.filter(label => label.startsWith('/'))).toEqual([]);
  });

  it('writes a column that somebody types, with its quotes once', async () => {
    await select('"target": ', '"species"');
    await type('"petal');
    await eventually(async () => expect(await suggested()).toContain('petal_width'));
    expect(await suggested()).not.toContain('species');
    await screenshot('language-completion');
    await press('ArrowDown');
    await press('Enter');
    await eventually(() => expect(document.getText()).toMatch(/"target": "petal_\w+",\n/));
  });

  it('knows which layers may be connected', async () => {
    await show(GRAPH);
    const items = await proposals('"from": ["stem", "');
    const own = items.filter(({ detail }) => detail?.startsWith('dense'));
    expect(labels(own)).toEqual(['change', 'block']);
    expect(labels(items)).toContain('input');
    expect(labels(items)).not.toContain('stem');
  });
});

describe('the outline', () => {
  beforeEach(() => show(GRAPH));

  it('has the layers, by their names and sizes', async () => {
    const symbols = await ask<(DocumentSymbol & SymbolInformation)[]>(
      'vscode.executeDocumentSymbolProvider',
    );
    // Those of VS Code's JSON service come with them.
    const own = symbols.filter(({ detail, kind }) => detail !== '' && !JSON_KINDS.includes(kind));
    expect(own.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
      'input: 64',
      'stem: dense 64 → 24, relu',
      'block: dense 24 → 24, relu',
      'change: dense 24 → 24, linear',
      'add 24 + 24 → 24: relu',
      'dense 24 → 10: softmax',
      'loss: crossEntropy',
      'training: adam',
      'data: digits_8x8.csv',
    ]);
    const stem = own[1];
    expect(document.getText(stem.range)).toMatch(/^\{ "type": "dense", "id": "stem".*\}$/);
  });

  it('is what VS Code shows', async () => {
    await commands.executeCommand('outline.focus');
    const rows = workbench.find('.outline-tree .monaco-list-rows');
    await eventually(async () => expect(await rows.text()).toContain('block'));
    expect(await rows.text()).not.toContain('"relu"');
    await resize(1280, 1500);
    await screenshot('language-outline');
    await resize(1280, 800);
    await commands.executeCommand('workbench.view.explorer');
    await window.showTextDocument(document);
  });
});

describe('the id of a layer', () => {
  beforeEach(() => show(GRAPH));

  const at = (before: string) =>
    document.positionAt(document.getText().indexOf(before) + before.length);

  it('gets another name wherever it is written, in one step', async () => {
    const before = document.getText();
    await select('"from": ["st');
    await run('Rename Symbol');
    const box = workbench.find('.rename-box:visible input');
    await box.waitUntilVisible();
    await screenshot('language-rename');
    await box.fill('entry');
    await box.press('Enter');
    await eventually(() => expect(document.getText()).toBe(before.replaceAll('"stem"', '"entry"')));
    await commands.executeCommand('undo');
    await eventually(() => expect(document.getText()).toBe(before));
  });

  it('is refused where it is taken, and elsewhere nothing can be renamed', async () => {
    const rename = (name: string) =>
      ask('vscode.executeDocumentRenameProvider', at('"id": "st'), name);
    await expect(rename('block')).rejects.toThrow(
      words('Another layer is called "{0}": choose another name.', 'block'),
    );
    await expect(rename('input')).rejects.toThrow(/input/);
    await expect(rename(' ')).rejects.toThrow();
    await expect(ask('vscode.prepareRename', at('"units": 2'))).rejects.toThrow();
    const prepared = await ask<{ placeholder: string }>('vscode.prepareRename', at('"id": "st'));
    expect(prepared.placeholder).toBe('stem');
  });

  it('is found and highlighted at all its places', async () => {
    const places = await ask<Location[]>('vscode.executeReferenceProvider', at('"id": "st'));
    expect(places.map(({ range }) => document.getText(range))).toEqual(['stem', 'stem']);
    const marks = await ask<DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      at('"id": "st'),
    );
    expect(marks).toHaveLength(2);
  });
});

describe('the layout', () => {
  beforeEach(() => show(NAME));

  it('is that of the product, without a question, from the command that everybody uses', async () => {
    await show(REFERENCE);
    const before = document.getText();
    const exploded = JSON.stringify(JSON.parse(before), null, 4);
    const rows = (text: string) => text.match(/\[[^\][]+\]/g);
    const whole = new Range(0, 0, document.lineCount, 0);
    await window.activeTextEditor!.edit(edit => edit.replace(whole, exploded));
    expect(document.lineCount).toBeGreaterThan(before.split('\n').length);
    window.activeTextEditor!.options = { tabSize: 2, insertSpaces: true };
    await commands.executeCommand('editor.action.formatDocument');
    await eventually(() => expect(document.getText()).toContain('[0.05, 0, -0.05],\n'));
    expect(rows(document.getText())).toEqual(rows(before));
    const after = document.getText();
    await commands.executeCommand('editor.action.formatDocument');
    expect(document.getText()).toBe(after);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('leaves other JSON files to VS Code', async () => {
    const other = await workspace.openTextDocument({ language: 'json', content: '{"a":[1,2]}' });
    await window.showTextDocument(other);
    await commands.executeCommand('editor.action.formatDocument');
    const inNode = (await errand()).kind === 'node';
    if (inNode) await eventually(() => expect(other.getText()).toMatch(/^\{\n +"a": \[\n +1,/));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('problems', () => {
  beforeEach(() => show(NAME));

  it('lead to the other place, and a light bulb mends them', async () => {
    await change('"units": 8, "activation": "tanh"', '', ', "weights": [[1, 2, 3]]');
    const found = await eventually(() => {
      const issue = languages
        .getDiagnostics(document.uri)
        .find(({ code }) => code === 'weights.columns');
      expect(issue?.relatedInformation).toHaveLength(1);
      return issue!;
    });
    const [{ location }] = found.relatedInformation!;
    expect(document.getText(location.range)).toBe('"shape": [4]');
    const actions = await ask<CodeAction[]>('vscode.executeCodeActionProvider', found.range);
    expect(actions.length).toBeGreaterThan(1);
  });

  it('propose the column that was meant', async () => {
    await change('"target": "', 'species', 'specis');
    await commands.executeCommand('nabla.gradcheck', document.uri);
    const found = await eventually(() => {
      const issue = languages
        .getDiagnostics(document.uri)
        .find(({ code }) => code === 'data.csv.column');
      if (!issue) throw new Error('the column is not yet missed');
      return issue;
    }, 30);
    const file = found.relatedInformation?.map(({ location }) =>
      location.uri.path.split('/').pop(),
    );
    expect(file).toEqual(['iris.csv']);
    await window.showTextDocument(document);
    await select('"target": "sp');
    const list = workbench.find('.action-widget');
    await eventually(async () => {
      // It closes when the window puts the focus elsewhere, as at the end of a gradcheck that did not come about.
      if ((await list.count()) === 0) await commands.executeCommand('editor.action.quickFix');
      await list.waitUntilVisible(3);
      expect(await list.text()).toContain('species');
    }, 30);
    await screenshot('language-quickfix');
    await press('Enter');
    await eventually(() => expect(document.getText()).toContain('"target": "species"'));
  });
});

describe('beside VS Code’s own', () => {
  beforeEach(() => show(NAME));

  it('the name of a file is a link to it', async () => {
    const links = await ask<(DocumentLink & { target: Uri })[]>('vscode.executeLinkProvider');
    const own = links.filter(({ range }) => document.getText(range) === 'iris.csv');
    expect(own.map(({ target }) => target.toString())).toEqual([
      inWorkspace('iris.csv').toString(),
    ]);
    await change('"csv": "', 'iris.csv', '../../../../etc/passwd');
    const outside = await ask<DocumentLink[]>('vscode.executeLinkProvider');
    expect(outside.filter(({ range }) => document.getText(range).includes('passwd'))).toEqual([]);
  });

  it('weights and data can be folded', async () => {
    if ((await errand()).kind === 'web') return;
    await show(REFERENCE);
    await eventually(async () => {
      const folds = await ask<FoldingRange[]>('vscode.executeFoldingRangeProvider');
      const lines = folds.map(({ start }) => document.lineAt(start).text.trim());
      expect(lines.filter(line => line.startsWith('"weights"'))).toHaveLength(2);
    });
  });
});

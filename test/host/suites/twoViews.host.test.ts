/** The text and the canvas side by side: one network, two views, and no one's work is lost. */
import { Selection, TabInputCustom, commands, languages, window, workspace } from 'vscode';
import type { CodeAction, TextEditor } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../src/network/parse';
import {
  activeInColumn,
  chooseFromMenu,
  design,
  discard,
  head,
  neuron,
  palette,
  tabStop,
} from '../designing';
import type { Design } from '../designing';
import { clickHead } from '../captions';
import { sizes } from '../gestures';
import {
  clickHere,
  designer,
  eventually,
  press,
  release,
  resize,
  run,
  screenshot,
  type,
  uncaught,
  words,
  workbench,
} from '../ui';

const FILE = 'two-views.nn.json';

const NETWORK = `{
  "version": 1,
  "seed": 5,
  "input": { "shape": [3] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "sigmoid",
      "weights": [[0.101, 0.102, 0.103], [0.201, 0.202, 0.203], [0.301, 0.302, 0.303], [0.401, 0.402, 0.403]],
      "bias": [0.011, 0.012, 0.013, 0.014] },
    { "type": "dense", "units": 4, "activation": "tanh" },
    { "type": "dense", "units": 2, "activation": "linear" }
  ],
  "loss": { "type": "meanSquaredError" }
}
`;

const shape = (text: string): string => {
  const { network } = parseNetwork(text);
  return network ? sizes(network) : 'no network';
};

describe('text and canvas side by side', () => {
  let on: Design;

  const editor = (): TextEditor => {
    const found = window.visibleTextEditors.find(({ document }) => document === on.document);
    if (!found) throw new Error('the text is not shown');
    return found;
  };

  /** Puts the cursor of the text, and the keyboard, before the first place where this stands. */
  async function cursorAt(words: string, length = 0): Promise<void> {
    const start = on.text.indexOf(words);
    const [a, b] = [start, start + length].map(offset => on.document.positionAt(offset));
    const { viewColumn } = editor();
    const selection = new Selection(a, b);
    await window.showTextDocument(on.document, { viewColumn, selection });
  }

  beforeAll(async () => {
    await resize(1700, 900);
    on = await design(FILE, NETWORK);
    await run('Nabla: Open Both (Text Beside)');
    await eventually(() => editor());
    await on.shown();
  });

  afterAll(async () => {
    await discard(FILE);
    await resize(1280, 800);
    expect(await uncaught()).toEqual([]);
  });

  it('typing moves the canvas', async () => {
    await cursorAt('4, "activation": "tanh"', 1);
    await type('6');
    await eventually(async () => expect((await on.shown()).circles).toEqual([3, 4, 6, 2]));
    await on.becomes(NETWORK, 'Control+z');
  });

  it('a gesture moves the text, and both views can take it back', async () => {
    const text = await on.changing(() => palette('relu').dragTo(neuron(1, 1)));
    expect(editor().document.getText()).toBe(text);
    expect(text).toBe(NETWORK.replace('tanh', 'relu'));
    await cursorAt('"relu"');
    await on.becomes(NETWORK, 'Control+z');
    await on.shown();
    await activeInColumn(2);
    await clickHead(2);
    await activeInColumn(1);
    await on.becomes(text, 'Control+y');
    await on.becomes(NETWORK, 'Control+z');
  });

  it('an edge that is chosen on the canvas is selected in the text, and the canvas keeps the keys', async () => {
    await cursorAt('"loss"');
    await designer.testId('edge-0-2-1').hoverStroke(0.9);
    await clickHere();
    await eventually(() => {
      const { document, selection } = editor();
      expect(document.getText(selection)).toBe('0.302');
    });
    expect(window.tabGroups.activeTabGroup.activeTab?.label).toBe(FILE);
    const text = await on.changing(() => press('Delete'));
    expect(shape(text), 'the key went to the canvas').toBe('3-4-2');
    await on.becomes(NETWORK, 'Control+z', tabStop);
  });

  it('the cursor on a number chooses its edge', async () => {
    await cursorAt('0.203');
    await press('ArrowRight');
    await eventually(async () =>
      expect((await on.shown()).selection).toEqual({ type: 'weight', layer: 0, row: 1, column: 2 }),
    );
    await screenshot('two-views');
  });

  it('F12 goes from a weight in the text to its edge, and from the edge to the text', async () => {
    await cursorAt('0.302');
    await press('F12');
    await activeInColumn(1);
    await eventually(async () =>
      expect((await on.shown()).selection).toEqual({ type: 'weight', layer: 0, row: 2, column: 1 }),
    );
    expect(editor().selection.isEmpty, 'only the cursor is in the text').toBe(true);
    await press('F12');
    await activeInColumn(2);
    await eventually(() => expect(editor().document.getText(editor().selection)).toBe('0.302'));
  });

  it('a tool asked for in the text opens in the designer that is there', async () => {
    const tabs = (): unknown[] =>
      window.tabGroups.all.map(({ tabs }) => tabs.map(tab => tab.input instanceof TabInputCustom));
    const before = tabs();
    const opens = async (title: string, tool: string): Promise<void> => {
      await cursorAt('0.302');
      await activeInColumn(2);
      await run(title);
      await designer.testId(tool).waitUntilVisible();
      await activeInColumn(1);
      expect(tabs()).toEqual(before);
    };
    await opens('Nabla: Formula Lab', 'lab');
    // The keyboard comes a moment after the panel.
    await eventually(async () => {
      await press('Escape');
      await designer.testId('lab').waitUntilGone(2);
    });
    await opens('Nabla: Predict…', 'predict');
  });

  it('a drag over which the layers change ends, and what was typed stays', async () => {
    await designer.testId('handle-0').dragTo(designer.testId('layer-0'), { hold: true });
    const at = on.text.indexOf('{ "type": "dense", "units": 4, "activation": "tanh"');
    await on.replace(at, at, '{ "type": "dense", "units": 5 },\n    ');
    const typed = on.text;
    await on.shown();
    await release();
    expect((await on.shown()).circles).toEqual([3, 4, 5, 4, 2]);
    expect(on.text).toBe(typed);
    await on.becomes(NETWORK, 'Control+z', tabStop);
  });

  it('an edit of an older version is refused with a sentence when the layers have changed', async () => {
    const seen = on.document.version;
    const at = on.text.indexOf('{ "type": "dense", "units": 4, "activation": "tanh"');
    await on.replace(at, at, '{ "type": "dense", "units": 5 },\n    ');
    const typed = on.text;
    const result = await editOn(seen);
    expect(result.applied).toBe(false);
    expect(result.message).toBe(
      words(
        'The text changed meanwhile: its layers are no longer those that this change was made for. Look at them, then make it again.',
      ),
    );
    expect(on.text).toBe(typed);
    await on.becomes(NETWORK, 'Control+z', tabStop);
  });

  it('and made on the newest text when they have not: both are there', async () => {
    const seen = on.document.version;
    await on.replace(on.text.indexOf('5,'), on.text.indexOf('5,') + 1, '77');
    const result = await editOn(seen);
    expect(result.applied).toBe(true);
    await on.shown();
    const { network } = parseNetwork(on.text);
    expect(network?.seed).toBe(77);
    expect(network?.layers[1].units).toBe(6);
    await on.becomes(NETWORK.replace('"seed": 5', '"seed": 77'), 'Control+z', tabStop);
    await on.becomes(NETWORK, 'Control+z', tabStop);
  });

  /** What a gesture asks for that was made on this version. */
  const editOn = (version: number) =>
    designer.find('nabla-designer').evaluate<{ applied: boolean; message?: string }>(
      `(async () => {
        const { store } = element.controller;
        const newest = store.state;
        const old = { ...newest, document: { ...newest.document, version: ${version} } };
        Object.defineProperty(store, 'state', { get: () => old, configurable: true });
        const answer = element.controller.edit({ type: 'setUnits', layer: 1, units: 6 });
        delete store.state;
        return answer;
      })()`,
    );

  it('a quick fix repairs the text, in one step', async () => {
    const at = on.text.indexOf('"tanh"');
    await on.replace(at, at + 6, '"tanj"');
    const broken = on.text;
    await eventually(() => expect(languages.getDiagnostics(on.document.uri)).not.toEqual([]));
    await cursorAt('tanj');
    const place = editor().selection;
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      on.document.uri,
      place,
    );
    const fix = actions.find(({ title }) => title.includes('tanh'));
    expect(fix, actions.map(({ title }) => title).join('\n')).toBeDefined();
    // As a person does: the list of fixes, and Enter.
    await press('Control+.');
    await workbench.find('.action-widget').waitUntilVisible();
    await on.changing(() => press('Enter'));
    expect(on.text).toBe(NETWORK);
    await on.becomes(broken, 'Control+z');
    await on.reset(NETWORK);
  });

  it('the menu of a layer leads to its text', async () => {
    await chooseFromMenu(head(1), 'Show in Text');
    await eventually(() => {
      const { document, selection } = editor();
      expect(document.getText(selection)).toContain('"tanh"');
    });
    expect(workspace.textDocuments.find(each => each === on.document)?.getText()).toBe(NETWORK);
  });
});

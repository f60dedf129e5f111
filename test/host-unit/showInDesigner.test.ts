/** From the text to the canvas by a key or a link, and from an id to its layer. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Definitions } from '../../src/host/definitions';
import type { DesignerEditor } from '../../src/host/designerEditor';
import { copyLatex, showInDesigner } from '../../src/host/showInDesigner';
import { example } from './support/example';
import { createHostWith } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor, Selection } from './support/vscode';
import type { Position } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

let host: Omit<Host, 'workers'>;
let revealed: unknown[];
let world: Parameters<typeof showInDesigner>[0];

function open(text: string): void {
  host = createHostWith(sessionPort, text);
  revealed = [];
  const reveal = (uri: vscode.Uri, target: unknown): Promise<void> => {
    revealed.push([uri.toString(), target]);
    return Promise.resolve();
  };
  world = { ...host, designers: { reveal } as unknown as DesignerEditor };
}

beforeEach(() => open(example('reference-3-4-2')));
afterEach(() => host.runs.dispose());

function place(at: string, after = ''): Position {
  const text = host.document.getText();
  return host.document.positionAt(text.indexOf(at, text.indexOf(after)));
}

/** The key, with the cursor on the first character of `at` behind `after`. */
async function press(at: string, after = ''): Promise<Selection | undefined> {
  const cursor = place(at, after);
  editor.activeTextEditor = {
    document: host.document,
    viewColumn: 1,
    selection: new Selection(cursor, cursor),
    revealRange: () => {},
  };
  await showInDesigner(world, undefined, undefined);
  return editor.activeTextEditor.selection;
}

const found = () => revealed.map(one => (one as [string, unknown])[1]);

describe('the way to the canvas', () => {
  it('goes from a weight, a bias, a row and the keys of a layer', async () => {
    await press('0.05', '"weights"');
    await press('0.2', '"bias"');
    await press('[0.15');
    await press('"activation"');
    await press('"type"', '"layers"');
    await press('"loss"');
    expect(found()).toEqual([
      { type: 'weight', layer: 0, row: 0, column: 0 },
      { type: 'bias', layer: 0, row: 1 },
      { type: 'neuron', layer: 0, row: 1 },
      { type: 'layer', layer: 0 },
      { type: 'layer', layer: 0 },
      { type: 'loss' },
    ]);
  });

  it('ends with a quiet word where nothing of the canvas stands', async () => {
    await press('"version"');
    expect(revealed).toEqual([]);
    expect(editor.words).toEqual(['Nothing of the canvas stands here.']);
    expect(editor.messages).toEqual([]);
  });

  it('takes an address and a place from a link, and no other', async () => {
    const target = { type: 'neuron', layer: 1, row: 0 };
    await showInDesigner(world, host.uri.toString(), target);
    expect(revealed).toEqual([[host.uri.toString(), target]]);
    await expect(showInDesigner(world, 'file:///etc/passwd', target)).rejects.toThrow(
      'A network file (*.nn.json) was expected, found file:///etc/passwd.',
    );
    await expect(showInDesigner(world, host.uri, { type: 'shell' })).rejects.toThrow(/target/);
  });
});

describe('the LaTeX of a place', () => {
  it('is put on the clipboard with the numbers of this network', async () => {
    const target = { type: 'weight', layer: 1, row: 0, column: 0 };
    await copyLatex(world, host.uri.toString(), target, { type: 'sample', index: 0 });
    expect(editor.clipboard).toContain('-0.07581');
    expect(editor.clipboard).toContain('\\partial');
    expect(editor.words).toEqual(['Copied as LaTeX']);
  });
});

describe('the definition of an id', () => {
  let definitions: Definitions;
  beforeEach(() => {
    open(example('two-branches'));
    definitions = new Definitions(host.documents);
  });

  function definition(at: string, after: string): string | undefined {
    const document = host.document as unknown as vscode.TextDocument;
    const position = place(at, after) as vscode.Position;
    const location = definitions.provideDefinition(document, position) as vscode.Location;
    if (!location) return undefined;
    const { start, end } = location.range;
    return document.getText().slice(document.offsetAt(start), document.offsetAt(end));
  }

  it('is the layer that has it, or the input', async () => {
    expect(definition('"narrow"', '"concat"')).toBe('"narrow"');
    const after = await press('"narrow"', '"concat"');
    const line = host.document.getText().split('\n')[after!.start.line];
    expect(line).toContain('"id": "narrow"');
    expect(revealed).toEqual([]);
    expect(definition('"input"', '"from"')).toMatch(/^\{ "shape"|^\{\s+"shape"/);
  });

  it('is nothing for every other place', () => {
    for (const key of ['"version"', '"units"', '"activation"', '"type"'])
      expect(definition(key, '')).toBeUndefined();
  });
});

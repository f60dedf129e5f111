/** The way between the canvas of a designer and the text beside it: selections, places to go to, tools to open. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { example } from './support/example';
import { settled } from './support/host';
import { openPage, Page } from './support/page';
import type { OpenPage } from './support/page';
import { editor, Position, Selection } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');

let host: OpenPage['host'];
let designers: OpenPage['designers'];
let page: Page;

beforeEach(() => {
  ({ host, designers, page } = openPage(REFERENCE));
});
afterEach(() => host.runs.dispose());

/** One more designer of the same document. */
function openOther(): Page {
  const other = new Page();
  const document = host.document as unknown as vscode.TextDocument;
  designers.resolveCustomTextEditor(document, other.panel);
  return other;
}

/** What is told behind an answer has been told. */
async function later(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 0));
  await settled();
}

describe('the selection', () => {
  const weight = { type: 'weight', layer: 0, row: 1, column: 2 } as const;

  function showText(): (typeof editor.textEditors)[number] {
    const start = new Position(0, 0);
    const shown = {
      document: host.document,
      viewColumn: 2,
      selection: new Selection(start, start),
      revealRange: vi.fn(),
    };
    editor.textEditors = [shown];
    return shown;
  }

  const selectedText = ({ selection }: ReturnType<typeof showText>): string => {
    const { start, end } = selection!;
    return REFERENCE.slice(host.document.offsetAt(start), host.document.offsetAt(end));
  };

  it('of the canvas is that of the text beside it', async () => {
    await page.remote.ready();
    await page.remote.selected(weight); // no text can be seen
    const shown = showText();
    await page.remote.selected(weight);
    expect(selectedText(shown)).toBe('0.05');
    expect(shown.selection!.start.line).toBeGreaterThan(5);
    expect(shown.revealRange).toHaveBeenCalledOnce();
    await page.remote.selected(undefined);
    expect(selectedText(shown)).toBe('0.05');
  });

  it('is shown by the click that brings the person to the canvas', async () => {
    await page.remote.ready();
    const shown = showText();
    page.active = false;
    await page.remote.selected(weight);
    expect(selectedText(shown)).toBe('0.05');
    page.active = true;
  });

  it('does not move a cursor that is there', async () => {
    await page.remote.ready();
    const shown = showText();
    const offset = REFERENCE.indexOf('"activation"');
    const cursor = host.document.positionAt(offset + 3);
    shown.selection = new Selection(cursor, cursor);
    await page.remote.selected({ type: 'layer', layer: 0 });
    expect(shown.selection.start).toBe(cursor);
  });
});

describe('the formula lab', () => {
  const opened = ({ told }: Page): number => told.filter(({ name }) => name === 'openLab').length;

  it('opens on a page that is there, and on one that comes as soon as it does, once', async () => {
    designers.openTool(host.uri, 'openLab');
    await page.remote.ready();
    await later();
    expect(opened(page)).toBe(1);
    designers.openTool(host.uri, 'openLab');
    await settled();
    expect(opened(page)).toBe(2);
    await page.remote.ready();
    await later();
    expect(opened(page)).toBe(2);
  });

  it('opens on a page that was hidden, once it comes back', async () => {
    await page.remote.ready();
    page.active = false;
    page.show(false);
    designers.openTool(host.uri, 'openLab');
    await later();
    expect(opened(page)).toBe(0);
    page.show(true);
    await page.remote.ready();
    await later();
    expect(opened(page)).toBe(1);
  });
});

describe('a place to go to from the text', () => {
  const target = { type: 'bias', layer: 1, row: 0 } as const;
  const selected = ({ told }: Page): unknown[] =>
    told.filter(({ name }) => name === 'select').map(({ args }) => args[0]);

  it('is selected on a page that is there, which comes to the front', async () => {
    await page.remote.ready();
    await designers.reveal(host.uri, target);
    await settled();
    expect(page.revealed).toEqual([1]);
    expect(selected(page)).toEqual([target]);
  });

  it('is on the page that is looked at, of several', async () => {
    const other = openOther();
    page.active = false;
    expect(designers.goTo(host.uri)).toBe(true);
    await designers.reveal(host.uri, target);
    expect([page.revealed, other.revealed]).toEqual([[], [1, 1]]);
    other.show(false);
    other.active = false;
    expect(designers.goTo(host.uri)).toBe(true);
    expect([page.revealed, other.revealed], 'one that can be seen').toEqual([[1], [1, 1]]);
    page.close();
    expect(designers.goTo(host.uri)).toBe(true);
    expect(other.revealed, 'any').toEqual([1, 1, 1]);
    other.close();
    expect(designers.goTo(host.uri)).toBe(false);
  });

  it('is told with its derivation where a link asks for that, also to a page that comes back', async () => {
    const args = (): unknown[] =>
      page.told.filter(({ name }) => name === 'select').map(({ args: told }) => told);
    await page.remote.ready();
    await designers.reveal(host.uri, target, true);
    await settled();
    expect(args()).toEqual([[target, true]]);
    page.show(false);
    await designers.reveal(host.uri, target, true);
    page.show(true);
    await page.remote.ready();
    await later();
    expect(args()).toEqual([
      [target, true],
      [target, true],
    ]);
  });

  it('is selected behind the answer to a page that comes back', async () => {
    await page.remote.ready();
    page.show(false);
    await designers.reveal(host.uri, target);
    page.show(true);
    await later();
    expect(selected(page), 'not before the page has asked').toEqual([]);
    await page.remote.ready();
    await later();
    expect(selected(page)).toEqual([target]);
    await page.remote.ready();
    await later();
    expect(selected(page), 'once').toEqual([target]);
  });

  it('opens a designer beside where there is none', async () => {
    page.close();
    let other = page;
    editor.commands.set('vscode.openWith', () => {
      other = openOther();
    });
    await designers.reveal(host.uri, target);
    expect(editor.executed).toEqual([
      { command: 'vscode.openWith', args: [host.uri, 'nabla.designer', -2] },
    ]);
    await other.remote.ready();
    await later();
    expect(selected(other)).toEqual([target]);
  });
});

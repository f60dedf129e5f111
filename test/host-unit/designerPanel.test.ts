import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { DesignerEditor } from '../../src/host/designerEditor';
import type { HostApi, WebviewEvents } from '../../src/protocol';
import { connect } from '../../src/rpc';
import type { Connection, Listeners } from '../../src/rpc';
import { createHostWith, settled } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor, EventEmitter, Position, Selection, Uri } from './support/vscode';
import { MessageChannelPair } from './support/worker';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = readFileSync(
  new URL('../../media/examples/reference-3-4-2.nn.json', import.meta.url),
  'utf8',
);

/** A page in a panel, as VS Code would show it. */
class Page {
  readonly told: { name: string; args: unknown[] }[] = [];
  readonly connection: Connection<HostApi, object>;
  readonly panel: vscode.WebviewPanel;
  readonly #view = new EventEmitter<unknown>();
  readonly #end = new EventEmitter<void>();
  #visible = true;
  /** Whether VS Code believes that the person is in it. */
  active = true;
  /** Columns to which it was brought to the front. */
  readonly revealed: unknown[] = [];

  constructor() {
    const channel = new MessageChannelPair();
    const isVisible = (): boolean => this.#visible;
    const isActive = (): boolean => this.active;
    this.panel = {
      viewColumn: 1,
      reveal: (column?: unknown) => this.revealed.push(column),
      get active() {
        return isActive();
      },
      get visible() {
        return isVisible();
      },
      onDidChangeViewState: this.#view.event,
      onDidDispose: this.#end.event,
      webview: {
        cspSource: 'https://page.test',
        asWebviewUri: (uri: Uri) => uri.path,
        html: '',
        options: {},
        postMessage: (message: unknown) => Promise.resolve(channel.near.post(message)),
        onDidReceiveMessage: (receive: (message: unknown) => void) => ({
          dispose: channel.near.listen(receive),
        }),
      },
    } as unknown as vscode.WebviewPanel;
    const hear =
      (name: string) =>
      (...args: unknown[]) =>
        void this.told.push({ name, args });
    const names = ['document', 'runState', 'metrics', 'gradcheck', 'notation', 'select', 'command'];
    const listeners = Object.fromEntries(names.map(name => [name, hear(name)]));
    this.connection = connect<HostApi, object, object, WebviewEvents>(
      channel.far,
      {},
      listeners as unknown as Listeners<WebviewEvents>,
    );
  }

  get remote(): Connection<HostApi, object>['remote'] {
    return this.connection.remote;
  }

  names(): string[] {
    return this.told.map(({ name }) => name);
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#view.fire(undefined);
  }

  close(): void {
    this.#end.fire();
  }
}

let host: Omit<Host, 'workers'>;
let designers: DesignerEditor;
let page: Page;

function open(text = REFERENCE): void {
  host = createHostWith(sessionPort, text);
  designers = new DesignerEditor(Uri.file('/ext') as unknown as vscode.Uri, host);
  page = new Page();
  designers.resolveCustomTextEditor(host.document as unknown as vscode.TextDocument, page.panel);
}

beforeEach(() => open());
afterEach(() => host.runs.dispose());

describe('ready', () => {
  it('answers everything needed to draw, without the parameters', async () => {
    const state = await page.remote.ready();
    expect(state.document).toMatchObject({
      version: 1,
      fileName: 'net.nn.json',
      shapes: { inputSize: 3, outputSize: 2, parameters: 26 },
      issues: [],
      stale: false,
      readOnly: false,
    });
    expect(state.document.network?.layers[0]).toMatchObject({ units: 4 });
    expect(state.document.network?.layers[0]).toHaveProperty('weights', undefined);
    // The file's own hint, because nobody has chosen a notation.
    expect(state.notation).toBe('zybuluo');
    expect(host.document.version).toBe(1);
  });

  it('is followed by the run, its data and its first loss', async () => {
    await page.remote.ready();
    await settled();
    expect(page.names()).toEqual(expect.arrayContaining(['runState', 'metrics', 'document']));
    const again = await page.remote.ready();
    expect(again.run?.loss).toBeCloseTo(0.3421, 4);
    expect(again.history?.count).toBe(1);
    expect(again.document.data?.samples).toBe(1);
  });
});

describe('events', () => {
  it('are told only to a page that is ready and visible', async () => {
    host.document.change(REFERENCE.replace('"seed": 42', '"seed": 43'));
    await settled();
    expect(page.told).toEqual([]);
    await page.remote.ready();
    await settled();
    page.told.length = 0;
    page.show(false);
    page.show(true);
    host.document.change(REFERENCE);
    await settled();
    expect(page.told).toEqual([]);
    await page.remote.ready();
    host.document.change(REFERENCE.replace('"seed": 42', '"seed": 44'));
    await settled();
    expect(page.names()).toContain('document');
  });

  it('keep the last picture of a broken text and say where it is broken', async () => {
    await page.remote.ready();
    host.document.change(REFERENCE.replace('"layers": [', '"layers": ['.slice(0, -1)));
    await settled();
    const { args } = page.told.filter(({ name }) => name === 'document').at(-1)!;
    expect(args[0]).toMatchObject({ stale: true, shapes: { parameters: 26 } });
    const { issues } = args[0] as { issues: { line: number; column: number; code: string }[] };
    expect(issues[0].line).toBeGreaterThan(1);
    expect(await page.remote.edit({ type: 'setSeed', seed: 3 }, 2)).toMatchObject({
      applied: false,
      message: expect.stringMatching(/not a usable network \(line \d+/),
    });
  });

  it('tell the notation when the setting changes', async () => {
    await page.remote.ready();
    editor.configure('nabla.notation', 'ng');
    await settled();
    expect(page.told).toContainEqual({ name: 'notation', args: ['ng'] });
  });
});

describe('requests', () => {
  it('answer gradients and views', async () => {
    await page.remote.ready();
    const scope = { type: 'sample', index: 0 } as const;
    const facts = await page.remote.inspect({ type: 'weight', layer: 0, row: 0, column: 0 }, scope);
    expect(facts).toMatchObject({ type: 'weight' });
    expect((facts as { gradient: number }).gradient).toBeCloseTo(0.007358, 6);
    const view = await page.remote.view({ scope });
    expect(view.layers.map(({ units }) => units)).toEqual([3, 4, 2]);
  });

  it('are refused when they are malformed, and answered all the same', async () => {
    await page.remote.ready();
    await expect(page.remote.inspect({ type: 'x' } as never, {} as never)).rejects.toThrow(
      /expected one of weight/,
    );
    await expect(page.remote.edit({ type: 'setParameters' } as never, 1)).rejects.toThrow(/one of/);
    await expect((page.remote as never as { eval(): Promise<void> }).eval()).rejects.toThrow();
  });

  it('edit the text as one undo step', async () => {
    await page.remote.ready();
    const edit = { type: 'set', path: ['layers', 0, 'activation'], value: 'tanh' } as const;
    expect(await page.remote.edit(edit, 1)).toEqual({ applied: true, version: 2 });
    expect(host.document.undoSteps).toBe(1);
    expect(editor.applied).toHaveLength(1);
    expect(host.document.getText()).toBe(REFERENCE.replace('"sigmoid"', '"tanh"'));
  });

  it('fill an empty file from a template as one undo step, and no other file', async () => {
    open('\n');
    await page.remote.ready();
    expect(await page.remote.create('xor')).toEqual({ applied: true, version: 2 });
    expect(host.document.undoSteps).toBe(1);
    expect(JSON.parse(host.document.getText())).toMatchObject({ name: 'XOR' });
    const refused = { applied: false, message: expect.stringContaining('not empty') };
    expect(await page.remote.create('sine')).toMatchObject(refused);
    await expect(page.remote.create('zoo' as never)).rejects.toThrow(/one of blank/);
  });

  it('train, and the chart is told', async () => {
    await page.remote.ready();
    await settled();
    page.told.length = 0;
    await page.remote.run({ type: 'step', unit: 'epoch' });
    await settled();
    expect(page.names()).toEqual(expect.arrayContaining(['runState', 'metrics', 'document']));
    expect(host.document.undoSteps).toBe(1);
  });

  it('check gradients', async () => {
    await page.remote.ready();
    await page.remote.run({ type: 'gradcheck' });
    const last = page.told.filter(({ name }) => name === 'gradcheck').at(-1)!;
    expect(last.args[0]).toMatchObject({ type: 'done', stale: false });
    const { report } = last.args[0] as { report: { checked: number; failed: unknown[] } };
    expect(report.checked).toBe(26);
    expect(report.failed).toEqual([]);
  });
});

describe('numbers of big layers', () => {
  const scope = { type: 'sample', index: 0 } as const;

  it('come as typed arrays through the port of the page', async () => {
    await page.remote.ready();
    const request = { scope, layer: 0, rows: [1, 3], columns: [0, 3], most: 2 } as const;
    const picture = await page.remote.matrix({ ...request, quantity: 'weight' });
    expect(picture).toMatchObject({ height: 2, width: 2, statistics: { count: 12 } });
    expect(picture.values).toEqual(Float32Array.of(0.15, 0.1, 0.25, 0.2));
    const fan = await page.remote.fan({ scope, layer: 0, row: 0, quantity: 'weight' });
    expect(fan.incoming.map(({ weight }) => weight)).toEqual([0.05, -0.05, 0]);
    expect(fan.outgoing).toHaveLength(2);
    const wrong = page.remote.matrix({ ...request, rows: [3, 5], quantity: 'weight' });
    await expect(wrong).rejects.toThrow(/rows 3 to 5 do not exist/);
  });
});

describe('a person who comes to the page', () => {
  it('is brought to the attention of VS Code, where it has not seen it', async () => {
    await page.remote.entered();
    expect(page.revealed, 'it knows').toEqual([]);
    page.active = false;
    await page.remote.entered();
    expect(page.revealed).toEqual([1]);
    page.show(false);
    await page.remote.entered();
    expect(page.revealed, 'nobody is on a page behind others').toEqual([1]);
  });
});

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

it('hands commands of the menu to the page that the person is in', async () => {
  await page.remote.ready();
  designers.command('delete', { layer: 1 });
  page.active = false;
  designers.command('copy', {});
  await settled();
  const told = page.told.filter(({ name }) => name === 'command');
  expect(told).toEqual([{ name: 'command', args: ['delete', { layer: 1 }] }]);
});

it('hands them to the page that the menu was opened on, before VS Code knows that the person is there', async () => {
  const other = new Page();
  designers.resolveCustomTextEditor(host.document as unknown as vscode.TextDocument, other.panel);
  expect(page.panel.webview.html).toContain(`data-vscode-context='{"page":1}'`);
  expect(other.panel.webview.html).toContain(`data-vscode-context='{"page":2}'`);
  await page.remote.ready();
  await other.remote.ready();
  page.active = false;
  designers.command('delete', { page: 1, layer: 0 });
  await settled();
  const commands = ({ told }: Page) => told.filter(({ name }) => name === 'command');
  expect(commands(page)).toEqual([{ name: 'command', args: ['delete', { layer: 0 }] }]);
  expect(commands(other)).toEqual([]);
});

it('keeps the page in its place: scripts only from dist', () => {
  expect(page.panel.webview.options).toMatchObject({ enableScripts: true });
  const { localResourceRoots } = page.panel.webview.options;
  expect(localResourceRoots?.map(uri => uri.path)).toEqual(['/ext/dist']);
  expect(page.panel.webview.html).toContain('/ext/dist/webview.js');
});

it('gives its run back when it is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await page.remote.ready();
  page.close();
  vi.runAllTimers();
  vi.useRealTimers();
  expect(host.runs.get(host.uri)).toBeUndefined();
  expect(designers.isVisible(host.uri)).toBe(false);
});

/** What a page of a designer asks and is told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { example } from './support/example';
import { settled } from './support/host';
import { openPage, Page } from './support/page';
import type { OpenPage } from './support/page';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');

let host: OpenPage['host'];
let designers: OpenPage['designers'];
let page: Page;

function open(text = REFERENCE): void {
  ({ host, designers, page } = openPage(text));
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
    expect(state.document.network?.layers[0]).not.toHaveProperty('weights');
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

  it('tell that the bias is written as a weight when that is set', async () => {
    await page.remote.ready();
    editor.configure('nabla.biasAsWeight', true);
    await settled();
    expect(page.told).toContainEqual({ name: 'notation', args: ['zybuluo+w0'] });
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

  it('predict now, with the moment left out as a page leaves it', async () => {
    await page.remote.ready();
    const [outputs] = await page.remote.predict([[0.1, 0.2, 0.3]], undefined);
    expect(outputs).toEqual([expect.any(Number), expect.any(Number)]);
    await page.remote.selected(undefined);
    await page.remote.reveal(['layers', 0], undefined);
  });

  it('look back at a kept moment, and restore it', async () => {
    await page.remote.ready();
    const before = host.document.getText();
    await page.remote.run({ type: 'step', unit: 'epoch' });
    const { ids, epochs, present } = await page.remote.snapshots();
    expect([[...epochs], present]).toEqual([[0, 1], ids[1]]);
    const target = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
    const scope = { type: 'batch', snapshot: ids[0] } as const;
    const first = (JSON.parse(before) as { layers: { weights: number[][] }[] }).layers[0];
    expect(await page.remote.inspect(target, scope)).toMatchObject({
      scope,
      value: first.weights[0][0],
    });
    const { values, gradients } = await page.remote.history({ target, scope });
    expect([values.length, gradients?.length]).toEqual([2, 2]);
    await page.remote.run({ type: 'restore', snapshot: ids[0] });
    expect(host.document.getText()).toBe(before);
    expect(host.document.undoSteps).toBe(2);
  });

  it('are at the moment that was restored, and undo and redo go from one to the other', async () => {
    await page.remote.ready();
    for (let epoch = 0; epoch < 3; epoch++) await page.remote.run({ type: 'step', unit: 'epoch' });
    const { ids, losses } = await page.remote.snapshots();
    const rows = host.runs.get(host.uri)?.record.history?.count;
    const isAt = async (epoch: number): Promise<void> => {
      await settled();
      const last = page.told.filter(({ name }) => name === 'runState').at(-1);
      expect(last?.args).toMatchObject([{ phase: 'idle', epoch, loss: losses[epoch] }]);
      const list = await page.remote.snapshots();
      expect([list.present, [...list.ids]]).toEqual([ids[epoch], [...ids]]);
      expect(host.runs.get(host.uri)?.record.history?.count).toBe(rows);
    };
    await page.remote.run({ type: 'restore', snapshot: ids[1] });
    await isAt(1);
    host.document.undo();
    await isAt(3);
    host.document.undo();
    await isAt(2);
    await page.remote.run({ type: 'reset' });
    expect([...(await page.remote.snapshots()).epochs]).toEqual([0]);
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

describe('the clipboard', () => {
  it('gets a text that was copied on the page', async () => {
    await page.remote.copyText('0.007358066374665132');
    expect(editor.clipboard).toBe('0.007358066374665132');
  });

  it('stays as it is when the page sends something else', async () => {
    editor.clipboard = 'before';
    await expect(page.remote.copyText(7 as never)).rejects.toThrow(/a text/);
    expect(editor.clipboard).toBe('before');
  });
});

it('remembers the sample that a page shows, also while it shows all', async () => {
  expect(designers.sampleOf(host.uri)).toEqual({ type: 'sample', index: 0 });
  await page.remote.ready();
  open(example('xor'));
  await page.remote.ready();
  await page.remote.view({ scope: { type: 'sample', index: 3 } });
  await page.remote.view({ scope: { type: 'batch' } });
  expect(designers.sampleOf(host.uri)).toEqual({ type: 'sample', index: 3 });
  page.close();
  expect(designers.sampleOf(host.uri)).toBeUndefined();
});

it('asks nothing of a page that was closed as soon as it was there', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await page.remote.ready();
  page.close();
  // So does VS Code.
  const visible = (): never => {
    throw new Error('Webview is disposed');
  };
  Object.defineProperty(page.panel, 'visible', { get: visible });
  expect(() => vi.advanceTimersByTime(10)).not.toThrow();
  vi.useRealTimers();
});

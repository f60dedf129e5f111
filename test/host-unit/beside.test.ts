/** What stands beside the text: lenses above layers, strips on rows. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodeLenses } from '../../src/host/codeLenses';
import type { DesignerEditor } from '../../src/host/designerEditor';
import { GradientStrips, stripStep, stripWidths } from '../../src/host/gradientStrip';
import { closeShown, keep, numbers, record, show, shown, told } from './support/beside';
import { example } from './support/example';
import { editor, EventEmitter } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

afterEach(() => {
  closeShown();
  vi.useRealTimers();
});

describe('lenses above the layers', () => {
  const lenses = (): CodeLenses =>
    keep(new CodeLenses(shown.host.documents, shown.host.runs, numbers));
  const lines = (provider: CodeLenses): string[] =>
    provider
      .provideCodeLenses(shown.document)
      .map(({ range, command }) => `${range.start.line}: ${command?.title}`);
  const lineOf = (text: string): number =>
    REFERENCE.split('\n').findIndex(line => line.includes(text));

  it('say what a layer is and offer what can be done, without an engine', () => {
    show(REFERENCE);
    const found = lines(lenses());
    const at = lineOf('"layers"');
    expect(found.slice(0, 2)).toEqual([`${at}: $(play) Train`, `${at}: Gradcheck`]);
    expect(found.slice(2, 5)).toEqual([
      `${at + 1}: 4 sigmoid · 16 parameters`,
      `${at + 1}: Open in Designer`,
      `${at + 1}: Gradcheck`,
    ]);
    expect(found).toHaveLength(8);
    expect(record()).toBeUndefined();
  });

  it('go and come with nabla.codeLens while the text is open', () => {
    show(REFERENCE);
    const provider = lenses();
    let changes = 0;
    provider.onDidChangeCodeLenses(() => (changes += 1));
    editor.configure('nabla.codeLens', false);
    expect([changes, lines(provider).length]).toEqual([1, 0]);
    editor.configure('nabla.codeLens', true);
    expect([changes, lines(provider).length]).toEqual([2, 8]);
  });

  it('take the norm of the gradient from a run that is there', async () => {
    show(REFERENCE);
    const provider = lenses();
    let changes = 0;
    provider.onDidChangeCodeLenses(() => (changes += 1));
    const lease = keep(shown.host.runs.acquire(shown.host.uri));
    lease.run.start();
    await told();
    // √(Σ δ²)·√(1² + 0.5² + 1²) of the reference: 0.0137 · 1.5
    const norm = Math.hypot(0.007358, 0.007035, 0.006649, 0.006214) * 1.5;
    expect(lines(provider)[2]).toContain(` · |g| ${Number(norm.toPrecision(3))} (training part)`);
    expect(record()?.state?.step).toBe(0);
    expect(changes, 'told once').toBe(1);
    shown.host.document.change(REFERENCE.replace('"loss"', '"loss'));
    expect(lines(provider)[2], 'nothing jumps while a person types').toContain(' · |g| 0.02');
  });

  it('say no gradient of data that are gone', async () => {
    show(REFERENCE);
    const provider = lenses();
    const lease = keep(shown.host.runs.acquire(shown.host.uri));
    lease.run.start();
    await told();
    expect(lines(provider)[2]).toContain('|g|');
    shown.host.document.change(REFERENCE.replace(/,\s*"data": [^]*$/, '\n}\n'));
    await told();
    expect(lines(provider)[2]).not.toContain('|g|');
  });

  it('offer to pause while the network is being trained', async () => {
    show(REFERENCE.replace('"targetLoss": 0.001', '"targetLoss": 1e-300'));
    const provider = lenses();
    const lease = keep(shown.host.runs.acquire(shown.host.uri));
    await lease.run.train({ epochs: 100_000 });
    expect(lines(provider)[0]).toContain('$(debug-pause) Pause');
    await lease.run.pause();
    expect(lines(provider)[0]).toContain('$(play) Train');
  });

  it('can be turned off', () => {
    show(REFERENCE, { 'nabla.codeLens': false });
    expect(lines(lenses())).toEqual([]);
  });
});

describe('strips on the rows of weights', () => {
  const panels = new EventEmitter<void>();
  let isVisible = false;
  const designers = {
    isVisible: () => isVisible,
    onDidChangePanels: panels.event,
  } as unknown as DesignerEditor;
  const strips = (): GradientStrips =>
    keep(new GradientStrips(shown.host.documents, designers, numbers));
  const rowLine = (start: string): number =>
    REFERENCE.split('\n').findIndex(line => line.includes(start));

  it('are there beside a designer, and go with it', async () => {
    show(REFERENCE);
    isVisible = false;
    strips();
    await told();
    expect([shown.strips.size, record()]).toEqual([0, undefined]);
    isVisible = true;
    panels.fire();
    await told();
    // All rows of the last layer have larger gradients than those of the first.
    expect(shown.strips.size).toBe(6);
    const width = (start: string) => Number(/ (\d+)px/.exec(shown.strips.get(rowLine(start))!)![1]);
    expect(width('[0.1, 0, -0.1')).toBe(8);
    expect(width('[0.05')).toBeLessThan(8);
    isVisible = false;
    panels.fire();
    await told();
    expect(shown.strips.size).toBe(0);
  });

  it('do not come back with numbers that were asked for before the designer went', async () => {
    show(REFERENCE);
    isVisible = false;
    strips();
    keep(shown.host.runs.acquire(shown.host.uri)).run.start();
    await told();
    isVisible = true;
    panels.fire();
    vi.advanceTimersByTime(80);
    isVisible = false;
    panels.fire();
    vi.advanceTimersByTime(80);
    await told();
    expect(shown.strips.size).toBe(0);
  });

  it('go with the data that they came from', async () => {
    show(REFERENCE);
    isVisible = true;
    strips();
    await told();
    expect(shown.strips.size).toBe(6);
    shown.host.document.change(REFERENCE.replace(/,\s*"data": [^]*$/, '\n}\n'));
    await told();
    expect(shown.strips.size).toBe(0);
  });

  it('are always there, or never, where the settings say so', async () => {
    show(REFERENCE, { 'nabla.gradientStrip': 'always' });
    isVisible = false;
    strips();
    await told();
    expect(shown.strips.size).toBe(6);
    editor.configure('nabla.gradientStrip', 'never');
    isVisible = true;
    await told();
    expect(shown.strips.size).toBe(0);
  });

  it('grow by a step for half a power of ten', () => {
    const steps = [1, 0.33, 0.3, 0.11, 0.09, 0.032, 0.009, 1e-9].map(norm => stripStep(norm, 1));
    expect(steps).toEqual([5, 5, 4, 4, 3, 3, 1, 0]);
    expect([...stripWidths]).toEqual([...stripWidths].sort((a, b) => a - b));
    expect([stripStep(0, 1), stripStep(NaN, 1), stripStep(0, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

/** Hints behind the numbers of the text. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { GradientsRequest } from '../../src/engine/inspect';
import type { HealthNote } from '../../src/explain/health';
import { Hovers } from '../../src/host/hovers';
import { InlayHints } from '../../src/host/inlayHints';
import type { TextNumbers } from '../../src/host/textNumbers';
import { closeShown, keep, numbers, record, show, shown, told } from './support/beside';
import { example } from './support/example';
import { EventEmitter, Range } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const REFERENCE = example('reference-3-4-2');
/** ∂E/∂net₄ … ∂E/∂net₇ of the reference network, which are its biases' gradients, with four digits. */
const BIASES = ['∂0.007358', '∂0.007035', '∂0.006649', '∂0.006214'];

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

afterEach(() => {
  closeShown();
  vi.useRealTimers();
});

const whole = () => new Range(0, 0, REFERENCE.split('\n').length, 0) as unknown as vscode.Range;

describe('hints behind the numbers', () => {
  function hints(from = numbers): InlayHints {
    const { documents, runs } = shown.host;
    const hovers = keep(new Hovers(documents, runs, { sampleOf: () => undefined }));
    return keep(new InlayHints(documents, from, hovers));
  }
  /** By what is written before each. */
  const labels = (found: readonly vscode.InlayHint[]): string[] =>
    found.map(({ position, label }) => {
      const line = shown.document.getText().split('\n')[position.line];
      return `${/[-\d.]+$/.exec(line.slice(0, position.character))?.[0]} ${String(label)}`;
    });

  it('are off unless the settings ask for them, and start no engine', async () => {
    show(REFERENCE);
    expect(await hints().provideInlayHints(shown.document, whole())).toEqual([]);
    expect(record()).toBeUndefined();
  });

  it('give each weight and bias its gradient, with the hover behind it', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    const provider = hints();
    const found = await provider.provideInlayHints(shown.document, whole());
    expect(found).toHaveLength(26);
    const all = labels(found);
    expect(all[0]).toBe('0.05 ∂0.007358');
    for (const bias of BIASES) expect(all.join()).toContain(` ${bias}`);
    expect(all.join()).toContain('∂−0.07581');
    const resolved = await provider.resolveInlayHint(found[0]);
    const tooltip = (resolved.tooltip as vscode.MarkdownString).value;
    expect(tooltip).toMatch(/∂E\/∂w₄₁ = `0\.00735/);
    expect(tooltip).toMatch(/^∂ in the text: the gradient of the first sample alone/);
    expect(record()?.state).toMatchObject({ phase: 'idle', step: 0 });
    expect(shown.document.version).toBe(1);
  });

  it('are bounded, and only where the person looks', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'batch' });
    const line = REFERENCE.split('\n').findIndex(text => text.includes('[0.05'));
    const some = new Range(
      line,
      0,
      line,
      REFERENCE.split('\n')[line].length,
    ) as unknown as vscode.Range;
    expect(await hints().provideInlayHints(shown.document, some)).toHaveLength(3);
  });

  it('are never those of another text', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    const provider = hints();
    await provider.provideInlayHints(shown.document, whole());
    shown.host.document.change(REFERENCE.replace('0.05', '0.95'));
    const now = await provider.provideInlayHints(shown.document, whole());
    expect(labels(now)[0]).toMatch(/^0\.95 ∂/);
    expect(labels(now)[0]).not.toBe('0.95 ∂0.007358');
    // Asked for one text, answered when it was another already.
    shown.host.document.change(REFERENCE.replace('0.05', '0.55'));
    const asked = provider.provideInlayHints(shown.document, whole());
    shown.host.document.change(REFERENCE.replace('0.05', '0.75'));
    expect(await asked).toEqual([]);
    shown.host.document.change(REFERENCE.replace('"loss"', '"loss'));
    expect(await provider.provideInlayHints(shown.document, whole())).toEqual([]);
  });

  it('are told anew after a training, and stay with the text while the run is ahead of it', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample', 'nabla.train.writeBack': 'never' });
    const provider = hints();
    await told();
    const before = labels(await provider.provideInlayHints(shown.document, whole()));
    let changes = 0;
    provider.onDidChangeInlayHints(() => (changes += 1));
    await shown.host.runs.use(shown.host.uri, run => run.step('epoch'));
    await told();
    expect(record()?.ahead).toBe(true);
    expect(labels(await provider.provideInlayHints(shown.document, whole()))).toEqual(before);
    expect(changes).toBe(0);
    await shown.host.runs.use(shown.host.uri, run => run.writeWeights());
    await told();
    expect(changes).toBeGreaterThan(0);
    const after = labels(await provider.provideInlayHints(shown.document, whole()));
    expect(after).toHaveLength(26);
    expect(after[0]).not.toBe(before[0]);
  });

  it('stand behind no other number when the text changes while they are asked for', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    const provider = hints();
    const first = REFERENCE.split('\n').findIndex(line => line.includes('[0.05'));
    const row = new Range(first, 0, first + 1, 0) as unknown as vscode.Range;
    expect(await provider.provideInlayHints(shown.document, row)).not.toEqual([]);
    const asked = provider.provideInlayHints(shown.document, whole());
    shown.host.document.change(`\n\n${REFERENCE}`);
    expect(await asked).toEqual([]);
  });

  it('are those of now where what was known is forgotten while they are asked for', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    const changed = keep(new EventEmitter<vscode.Uri>());
    const answers: ((values: readonly number[]) => void)[] = [];
    const gradients = (_: unknown, { parameters }: GradientsRequest) =>
      new Promise(resolve =>
        answers.push(values => resolve({ values: parameters.map((_, i) => values[i % 3]) })),
      );
    const source = { onDidChange: changed.event, isOfText: () => true, gradients };
    const provider = hints(source as unknown as TextNumbers);
    const first = REFERENCE.split('\n').findIndex(line => line.includes('[0.05'));
    const row = new Range(first, 0, first + 1, 0) as unknown as vscode.Range;
    const ask = async (range: vscode.Range, values: readonly number[], meanwhile = () => {}) => {
      const asked = provider.provideInlayHints(shown.document, range);
      meanwhile();
      answers.pop()?.(values);
      return labels(await asked);
    };
    expect((await ask(row, [1, 1, 1]))[0]).toBe('0.05 ∂1');
    await ask(whole(), [1, 1, 1], () => changed.fire(shown.document.uri));
    expect((await ask(row, [2, 2, 2]))[0]).toBe('0.05 ∂2');
  });

  it('say nothing about the number of another text', async () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    const provider = hints();
    const [hint] = await provider.provideInlayHints(shown.document, whole());
    shown.host.document.change(REFERENCE.replace('[0.05', '[0.95'));
    expect((await provider.resolveInlayHint(hint)).tooltip).toBeUndefined();
  });

  it('let the engine rest when the text can no longer be seen', () => {
    show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
    vi.runAllTimers();
    expect(shown.host.runs.get(shown.host.uri)).toBeDefined();
    shown.close();
    vi.runAllTimers();
    expect(shown.host.runs.get(shown.host.uri)).toBeUndefined();
  });
});

it('alarms and a gradcheck ask for no number anew', async () => {
  show(REFERENCE, { 'nabla.inlayGradients': 'sample' });
  await told();
  let changes = 0;
  numbers.onDidChange(() => (changes += 1));
  record()?.setHealth([{ alarm: { kind: 'rate' } } as HealthNote]);
  record()?.setGradcheck({ type: 'running', checked: 0, parameters: 26 });
  await told();
  expect(changes).toBe(0);
  record()?.setAhead(true);
  await told();
  expect(changes).toBe(1);
});

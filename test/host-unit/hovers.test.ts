import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Hovers } from '../../src/host/hovers';
import { createHostWith, settled } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const example = (name: string) =>
  readFileSync(new URL(`../../media/examples/${name}.nn.json`, import.meta.url), 'utf8');
const REFERENCE = example('reference-3-4-2');

let host: Omit<Host, 'workers'>;
let hovers: Hovers;

function open(text = REFERENCE): void {
  host = createHostWith(sessionPort, text);
  hovers = new Hovers(host.documents, host.runs);
}

/** The hover on the first character of `at`, which is searched for behind `after`. */
async function hover(at: string, after = ''): Promise<{ text: string; covered: string }> {
  const text = host.document.getText();
  const offset = text.indexOf(at, text.indexOf(after));
  const document = host.document as unknown as vscode.TextDocument;
  const position = host.document.positionAt(offset) as vscode.Position;
  const found = await hovers.provideHover(document, position);
  if (!found) return { text: '', covered: '' };
  const contents = found.contents as vscode.MarkdownString[];
  const range = found.range as unknown as Parameters<typeof coveredText>[0];
  return { text: contents.map(part => part.value).join('\n---\n'), covered: coveredText(range) };
}

function coveredText({ start, end }: { start: vscode.Position; end: vscode.Position }): string {
  const { document } = host;
  return document.getText().slice(document.offsetAt(start), document.offsetAt(end));
}

/** Numbers at full precision, by the words behind them. */
function exact(text: string): Record<string, number> {
  const lines = [...text.matchAll(/= `([^`]+)` — ([^,(]+)/g)];
  return Object.fromEntries(lines.map(([, number, scope]) => [scope.trim(), Number(number)]));
}

beforeEach(() => open());
afterEach(() => host.runs.dispose());

describe('a hover in the text', () => {
  it('shows the gradient of a weight at full precision', async () => {
    const { text, covered } = await hover('0.05', '"weights"');
    expect(covered).toBe('0.05');
    const numbers = exact(text);
    expect(numbers['sample 1']).toBeCloseTo(0.007358, 6);
    expect(String(numbers['sample 1']).length).toBeGreaterThan(15);
    expect(numbers['training part']).toBe(numbers['sample 1']);
  });

  it('shows the gradient of a bias', async () => {
    const { text, covered } = await hover('0.1', '"bias"');
    expect(covered).toBe('0.1');
    expect(exact(text)['sample 1']).toBeCloseTo(0.007358, 6);
  });

  it('shows the neuron on its row of weights', async () => {
    const { text, covered } = await hover('[0.05', '"weights"');
    expect(covered).toBe('[0.05, 0, -0.05]');
    expect(text).toMatch(/0\.007358/);
  });

  it('shows the loss with its number', async () => {
    const { text } = await hover('"loss"');
    expect(exact(text)['training part']).toBeCloseTo(0.3421, 4);
  });

  it('explains an activation and its derivative', async () => {
    const { text } = await hover('"activation"');
    expect(text).toMatch(/sigmoid/i);
    expect(text).toMatch(/1 − /);
  });

  it('explains units', async () => {
    expect((await hover('"units"')).text).toMatch(/4/);
  });

  it('shows for learningRate how far each layer would go', async () => {
    const { text } = await hover('"learningRate"');
    expect(text).toMatch(/layers\\\[0\\\] \| 0\.5 \| 0\.0\d+/);
    expect(text).toMatch(/layers\\\[1\\\] \| 0\.5 \| 0\.\d+/);
  });

  it('says nothing where there is nothing to say', async () => {
    expect((await hover('"version"')).text).toBe('');
  });

  it('does not train, write or keep a run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await hover('0.05', '"weights"');
    expect(host.runs.get(host.uri)?.record.state).toMatchObject({ phase: 'idle', step: 0 });
    expect(host.document.version).toBe(1);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(host.runs.get(host.uri)).toBeUndefined();
  });
});

describe('a hover in a broken text', () => {
  it('says that it is for the last valid version', async () => {
    await hover('0.05', '"weights"');
    const broken = REFERENCE.replace('"name"', '"name');
    host.document.change(broken.replace('"version"', '"x" "version"'));
    await settled();
    const { text } = await hover('0.05', '"weights"');
    expect(text).toMatch(/for the last valid version/);
  });

  it('is absent when there never was a valid one', async () => {
    open('{ "layers": [ { "weights": [[0.05 ');
    expect((await hover('0.05')).text).toBe('');
    expect(editor.messages).toEqual([]);
  });
});

it('says what is missing instead of numbers', async () => {
  open(REFERENCE.replace(/,\s*"data": [^]*$/, '\n}\n'));
  const { text } = await hover('0.05', '"weights"');
  expect(text).toMatch(/data/);
  expect(exact(text)).toEqual({});
});

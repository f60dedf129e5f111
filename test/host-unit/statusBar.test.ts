import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActiveNetworkWatch } from '../../src/host/activeNetwork';
import type { Documents } from '../../src/host/documents';
import type { RunEvent } from '../../src/host/runRecord';
import type { Runs, RunsEvent } from '../../src/host/runs';
import { StatusBar } from '../../src/host/statusBar';
import { allOf, fitting, spoken, type StatusPart } from '../../src/host/statusText';
import { EventEmitter, TabInputText, editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

beforeEach(() => {
  editor.reset();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A status bar over runs that a test speaks for; `looks` counts how often it makes its text. */
function statusBar() {
  const { uri } = editor.open('/work/net.nn.json', '{}');
  editor.activeInput = new TabInputText(uri);
  const events = new EventEmitter<RunsEvent>();
  const looks = vi.fn(() => []);
  const never = new EventEmitter<never>().event;
  const bar = new StatusBar(
    { onDidChange: never, open: looks } as unknown as Documents,
    { onDidChange: events.event, get: () => undefined } as unknown as Runs,
    { onDidChange: never } as unknown as ActiveNetworkWatch,
  );
  const hear = (event: RunEvent): void => events.fire({ uri, event } as unknown as RunsEvent);
  return { bar, looks, hear };
}

const state = (phase: 'running' | 'paused'): RunEvent =>
  ({ type: 'state', state: { phase } }) as unknown as RunEvent;
const metrics = { type: 'metrics', chunk: {} } as unknown as RunEvent;

it('shows a few numbers a second while training runs, and its end at once', () => {
  const { bar, looks, hear } = statusBar();
  for (let time = 0; time < 2000; time += 50) {
    hear(state('running'));
    hear(metrics);
    vi.advanceTimersByTime(50);
  }
  expect(looks.mock.calls.length).toBe(8);
  hear(state('paused'));
  expect(looks.mock.calls.length).toBe(9);
  bar.dispose();
});

describe('what the status bar says', () => {
  const parts = (sizes: string, parameters: string, ...more: string[]): StatusPart[] => [
    { text: sizes, rank: 3 },
    { text: parameters, rank: 4 },
    { text: 'loss 0.342', rank: 0 },
    { text: 'epoch 12', rank: 0 },
    ...more.map((text, i) => ({ text, rank: i + 1 })),
  ];

  it('is all of it where there is room', () => {
    const small = parts('2 – 3 – 1', '13 parameters', '$(check) gradcheck 13/13');
    expect(fitting(small)).toBe(allOf(small));
    expect(spoken(allOf(small))).toBe(
      '2 – 3 – 1 · 13 parameters · loss 0.342 · epoch 12 · gradcheck 13/13',
    );
  });

  it('leaves parameters out first, then sizes, then directions; never the loss', () => {
    const check = ['$(check) gradcheck 200/200', '20/20 directions'];
    expect(fitting(parts('8 – 9 – 1', '91 parameters', ...check))).toBe(
      'loss 0.342 · epoch 12 · $(check) gradcheck 200/200 · 20/20 directions',
    );
    expect(fitting(parts('784 – 128 – 10', '101,770 parameters', check[0]))).toBe(
      '784 – 128 – 10 · loss 0.342 · epoch 12 · $(check) gradcheck 200/200',
    );
    const deep = '784 – 512 – 256 – 128 – 64 – 32 – 10';
    expect(fitting(parts(deep, '101,770 parameters', check[0]))).toBe(
      'loss 0.342 · epoch 12 · $(check) gradcheck 200/200',
    );
    const many = '$(check) gradcheck 1,234,567/1,234,567';
    expect(fitting(parts(deep, '1,234,567 parameters', many, check[1]))).toBe(
      `loss 0.342 · epoch 12 · ${many}`,
    );
  });

  it('counts a Chinese letter twice', () => {
    const words = '梯度检查'.repeat(5);
    expect(fitting(parts('784 – 128 – 10', '', words))).toBe(`loss 0.342 · epoch 12 · ${words}`);
  });
});

import { beforeEach, expect, it, vi } from 'vitest';
import type { ActiveNetworkWatch } from '../../src/host/activeNetwork';
import type { Documents } from '../../src/host/documents';
import type { RunEvent } from '../../src/host/runRecord';
import type { Runs, RunsEvent } from '../../src/host/runs';
import { StatusBar } from '../../src/host/statusBar';
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

/** News of a training that come one after the other are shown together. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/protocol';
import { Beat } from '../../webview/beat';
import { initialState, Store } from '../../webview/store';
import { ManualTimer } from './timer';

let timer: ManualTimer;
let store: Store;
let beat: Beat;
let shown: string[];

const tell = (news: string, urgent = false): void => beat.tell(() => shown.push(news), urgent);
const become = (phase: RunState['phase']): void =>
  store.dispatch({ type: 'runState', run: { phase } as unknown as RunState });

beforeEach(() => {
  timer = new ManualTimer();
  store = new Store(initialState);
  beat = new Beat(store, timer);
  shown = [];
  become('running');
});

describe('news of a training', () => {
  it('are shown at once after a rest', () => {
    tell('state');
    expect(shown).toEqual(['state']);
  });

  it('are shown together, in their order, eleven times a second at most', () => {
    const times: number[] = [];
    const look = (): void => {
      if (shown.length > 0) times.push(timer.now());
      shown = [];
    };
    for (let at = 0; at < 1000; at += 10) {
      tell(`at ${at}`);
      look();
      timer.pass(10);
      look();
    }
    expect(times.length).toBeGreaterThan(9);
    expect(times.length).toBeLessThanOrEqual(12);
    tell('state');
    tell('curve');
    tell('picture');
    timer.pass(90);
    expect(shown.slice(-3)).toEqual(['state', 'curve', 'picture']);
  });

  it('wait no longer once one of them is urgent', () => {
    tell('state');
    tell('picture');
    expect(shown).toEqual(['state']);
    tell('card of another neuron', true);
    expect(shown).toEqual(['state', 'picture', 'card of another neuron']);
    timer.pass(200);
    expect(shown).toHaveLength(3);
  });

  it('do not wait when training rests', () => {
    tell('state');
    become('paused');
    tell('picture');
    tell('card');
    expect(shown).toEqual(['state', 'picture', 'card']);
  });
});

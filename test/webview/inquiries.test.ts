/** Numbers of what is pointed at that were asked for while the pointer still rested. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Facts, Target } from '../../src/engine/facts';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import type { DocumentState, RunState } from '../../src/protocol';
import type { Host } from '../../webview/host';
import { Inquiries } from '../../webview/inquiries';
import { initialState, Store, type Action } from '../../webview/store';
import { ManualTimer } from './timer';

const a: Target = { type: 'neuron', layer: 0, row: 0 };
const b: Target = { type: 'neuron', layer: 0, row: 1 };
const run = (phase: RunState['phase'], step: number): RunState =>
  ({ phase, step }) as unknown as RunState;

const network = parseNetwork(
  JSON.stringify({
    version: 1,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 2, activation: 'sigmoid' }],
    loss: { type: 'meanSquaredError' },
  }),
).network!;
const document = {
  version: 1,
  network,
  shapes: inferShapes(network),
  issues: [],
} as unknown as DocumentState;

let asked: Target[];
/** The next answer waits for this. */
let gate: Promise<void>;
let store: Store;
let inquiries: Inquiries;

beforeEach(() => {
  asked = [];
  gate = Promise.resolve();
  const inspect = async (target: Target): Promise<Facts> => {
    const count = asked.push(target);
    await gate;
    return { type: 'neuron', asked: count } as unknown as Facts;
  };
  const never = (): Promise<never> => new Promise(() => {});
  const remote = { inspect, view: never, samples: never } as unknown as Host['remote'];
  store = new Store({ ...initialState, document, run: run('idle', 0) });
  inquiries = new Inquiries(remote, store);
  store.subscribe((state, before) => inquiries.follow(state, before));
});

const point = async (target: Target): Promise<unknown> => {
  store.dispatch({ type: 'point', target });
  await new Promise(resolve => setTimeout(resolve, 0));
  const answer = store.state.pointedFacts;
  return answer?.type === 'facts' && (answer.facts as unknown as { asked: number }).asked;
};

describe('numbers that were foreseen', () => {
  it('are there at once, and asked for once', async () => {
    inquiries.foresee(a);
    expect(await point(a)).toBe(1);
    expect(asked).toEqual([a]);
  });

  it('are used once: what is pointed at again may have others', async () => {
    inquiries.foresee(a);
    await point(a);
    store.dispatch({ type: 'point', target: undefined });
    expect(await point(a)).toBe(2);
  });

  it('are those of what is pointed at', async () => {
    inquiries.foresee(a);
    expect(await point(b)).toBe(2);
    expect(asked).toEqual([a, b]);
  });

  it.each<[string, Action]>([
    ['a step', { type: 'runState', run: run('paused', 1) }],
    ['an edit', { type: 'document', document: { ...document, version: 2 } }],
    ['another sample', { type: 'show', change: { scope: { type: 'sample', index: 1 } } }],
  ])('are asked for anew once %s has changed them', async (_, change) => {
    inquiries.foresee(a);
    store.dispatch(change);
    expect(await point(a)).toBe(2);
  });

  it('are shown in training, where newer ones follow', async () => {
    store.dispatch({ type: 'runState', run: run('running', 1) });
    inquiries.foresee(a);
    store.dispatch({ type: 'runState', run: run('running', 2) });
    expect(await point(a)).toBe(1);
  });

  it('are not asked for without a network', () => {
    store.dispatch({
      type: 'document',
      document: { ...document, network: undefined, shapes: undefined },
    });
    inquiries.foresee(a);
    expect(asked).toEqual([]);
  });
});

it.each<[string, Action]>([
  ['pointed at', { type: 'point', target: a }],
  ['selected', { type: 'show', change: { selection: a } }],
  ['pinned', { type: 'show', change: { pins: [a] } }],
])('a late answer about another sample is not shown of what is %s', async (_, look) => {
  let open = (): void => {};
  gate = new Promise(resolve => (open = resolve));
  store.dispatch(look);
  store.dispatch({ type: 'show', change: { scope: { type: 'sample', index: 1 } } });
  gate = Promise.resolve();
  const seen: unknown[] = [];
  store.subscribe(({ pointedFacts, selectionFacts, pinFacts }) => {
    const answer = pointedFacts ?? selectionFacts ?? pinFacts[0];
    if (answer?.type === 'facts') seen.push((answer.facts as unknown as { asked: number }).asked);
  });
  open();
  await new Promise(resolve => setTimeout(resolve, 0));
  expect(seen).toEqual([2]);
});

describe('a card while training runs', () => {
  it('is asked for three times a second, and at once when training rests', async () => {
    const timer = new ManualTimer();
    const inspect = async (target: Target): Promise<Facts> => {
      asked.push(target);
      return { type: 'neuron' } as unknown as Facts;
    };
    const never = (): Promise<never> => new Promise(() => {});
    const remote = { inspect, view: never, samples: never } as unknown as Host['remote'];
    const watched = new Store({ ...initialState, document, run: run('running', 0) });
    const asks = new Inquiries(remote, watched, timer);
    watched.subscribe((state, before) => asks.follow(state, before));
    const passes = async (phase: RunState['phase'], step: number): Promise<void> => {
      watched.dispatch({ type: 'runState', run: run(phase, step) });
      await new Promise(resolve => setTimeout(resolve, 0));
    };
    watched.dispatch({ type: 'point', target: a });
    await passes('running', 1);
    for (let step = 2; step <= 11; step++) {
      timer.pass(100);
      await passes('running', step);
    }
    expect(asked).toHaveLength(3);
    await passes('paused', 12);
    expect(asked).toHaveLength(4);
  });
});

describe('numbers that are refreshed while training runs', () => {
  it('are shown with what else there is, and those of another neuron at once', async () => {
    const timer = new ManualTimer();
    const inspect = async (target: Target): Promise<Facts> => {
      asked.push(target);
      return { type: 'neuron', asked: asked.length } as unknown as Facts;
    };
    const never = (): Promise<never> => new Promise(() => {});
    const remote = { inspect, view: never, samples: never } as unknown as Host['remote'];
    const watched = new Store({ ...initialState, document, run: run('running', 0) });
    const asks = new Inquiries(remote, watched, timer);
    watched.subscribe((state, before) => asks.follow(state, before));
    const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));
    const count = (): unknown => {
      const answer = watched.state.pointedFacts;
      return answer?.type === 'facts' && (answer.facts as unknown as { asked: number }).asked;
    };
    watched.dispatch({ type: 'point', target: a });
    await settled();
    expect(count()).toBe(1);
    timer.pass(350);
    asks.beat.tell(() => watched.dispatch({ type: 'runState', run: run('running', 1) }), false);
    await settled();
    expect(asked).toHaveLength(2);
    expect(count()).toBe(1);
    timer.pass(90);
    expect(count()).toBe(2);
    watched.dispatch({ type: 'point', target: b });
    await settled();
    expect(count()).toBe(3);
  });
});

/** Maps within the neurons: what an earlier network could not be asked says nothing of the one that is shown. */
import { afterEach, expect, it, vi } from 'vitest';
import type { DataRange } from '../../src/protocol';
import type { Named } from '../../webview/canvas/names';
import { NeuronMapKeeper } from '../../webview/canvas/neuronMaps';
import { initialState, type State } from '../../webview/store';

const named = { sizes: [2, 1] } as unknown as Named;
const range: DataRange = {
  inputNames: ['a', 'b'],
  outputNames: ['y'],
  classNames: undefined,
  least: [0, 0],
  most: [1, 1],
};

/** Another text, and other numbers each time. */
const stateOf = (): State =>
  ({
    ...initialState,
    document: { shapes: { inputSize: 2, layers: [{ units: 1 }] }, stale: false },
    view: {},
    show: { ...initialState.show, maps: true },
  }) as unknown as State;

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

afterEach(() => vi.unstubAllGlobals());

it('draws the maps of a network after an earlier one has failed late', async () => {
  vi.stubGlobal('document', { body: {}, documentElement: {} });
  vi.stubGlobal(
    'MutationObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
  const open: { resolve: (answer: DataRange) => void; reject: (error: Error) => void }[] = [];
  const map = vi.fn(() => new Promise<never>(() => {}));
  const asks = {
    map,
    dataRange: () => new Promise<DataRange>((resolve, reject) => open.push({ resolve, reject })),
  };
  const keeper = new NeuronMapKeeper(
    () => asks,
    () => {},
  );
  keeper.of(stateOf(), named);
  const state = stateOf();
  keeper.of(state, named);
  const [first, second] = open;
  second.resolve(range);
  await settled();
  first.reject(new Error('Nothing is loaded.'));
  await settled();
  keeper.of(state, named);
  expect(map).toHaveBeenCalledOnce();
});

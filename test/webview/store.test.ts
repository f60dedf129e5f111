import { describe, expect, it } from 'vitest';
import type { Facts, Target } from '../../src/engine/facts';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import type { DocumentState } from '../../src/protocol';
import {
  exists,
  initialState,
  reduce,
  selectedLayers,
  Store,
  type State,
} from '../../webview/store';
import { restoreView } from '../../webview/viewState';

function documentOf(...sizes: number[]): DocumentState {
  const [inputs, ...units] = sizes;
  const network = {
    input: { shape: [inputs] },
    layers: units.map(count => ({ type: 'dense', units: count, useBias: true })),
  } as unknown as Network;
  return {
    version: 1,
    fileName: 'a.nn.json',
    network,
    shapes: inferShapes(network),
    issues: [],
    stale: false,
    readOnly: false,
    data: { samples: 10, training: 8, validation: 2, inputNames: [], classNames: undefined },
  };
}

const weight: Target = { type: 'weight', layer: 0, row: 3, column: 1 };
const facts = { type: 'weight' } as Facts;

const opened = (): State =>
  reduce(initialState, { type: 'document', document: documentOf(3, 4, 2) });

describe('reduce', () => {
  it('drops a selection whose place is gone and keeps one that is still there', () => {
    const selected = reduce(opened(), { type: 'show', change: { selection: weight } });
    const same = reduce(selected, { type: 'document', document: documentOf(3, 4, 5) });
    expect(same.show.selection).toEqual(weight);
    const smaller = reduce(selected, { type: 'document', document: documentOf(3, 2, 2) });
    expect(smaller.show.selection).toBeUndefined();
  });

  it('selects and points at nothing that the text no longer has', () => {
    const gone: Target = { type: 'layer', layer: 2 };
    const all = [gone, { type: 'weight', layer: 0, row: 4, column: 0 } as const];
    for (const target of all) {
      const shown = reduce(opened(), { type: 'show', change: { selection: target } });
      expect(shown.show.selection).toBeUndefined();
      expect(reduce(opened(), { type: 'point', target }).pointed).toBeUndefined();
    }
    const late = reduce(opened(), { type: 'selectLayers', layers: [1, 2] });
    expect(late.show.selection).toBeUndefined();
    expect(selectedLayers(late)).toEqual([]);
    const one = reduce(opened(), { type: 'selectLayers', layers: [0, 1] });
    expect(selectedLayers(one)).toEqual([0, 1]);
  });

  it('drops a view whose sizes no longer fit', () => {
    const layers = [3, 4, 2].map(units => ({ units }));
    const view = { layers } as State['view'] & object;
    const drawn = reduce(opened(), { type: 'view', view });
    expect(reduce(drawn, { type: 'document', document: documentOf(3, 4, 2) }).view).toBe(view);
    const others = reduce(drawn, { type: 'document', document: documentOf(3, 5, 2) });
    expect(others.view).toBeUndefined();
    expect(
      reduce(others, { type: 'view', view }).view,
      'an answer that comes late',
    ).toBeUndefined();
  });

  it('returns to the first sample when the chosen one is gone', () => {
    const chosen = reduce(opened(), {
      type: 'show',
      change: { scope: { type: 'sample', index: 9 } },
    });
    const document = documentOf(3, 4, 2);
    const data = document.data && { ...document.data, samples: 5 };
    const fewer = reduce(chosen, { type: 'document', document: { ...document, data } });
    expect(fewer.show.scope).toEqual({ type: 'sample', index: 0 });
  });

  it('gives an answer only to whom it belongs', () => {
    const pointed = reduce(opened(), { type: 'point', target: weight });
    const other: Target = { ...weight, column: 2 };
    const late = reduce(pointed, {
      type: 'answers',
      answers: [{ type: 'facts', target: other, facts }],
    });
    expect(late.pointedFacts).toBeUndefined();
    const right = reduce(pointed, {
      type: 'answers',
      answers: [{ type: 'facts', target: weight, facts }],
    });
    expect(right.pointedFacts).toMatchObject({ facts });
  });

  it('starts a card with what the inspector already knows', () => {
    const selected = reduce(opened(), { type: 'show', change: { selection: weight } });
    const answer = { type: 'facts', target: weight, facts } as const;
    const known = reduce(selected, { type: 'answers', answers: [answer] });
    expect(reduce(known, { type: 'point', target: weight }).pointedFacts).toEqual(answer);
  });

  it('keeps the numbers of pinned cards in their order, also of one that is already known', () => {
    const loss: Target = { type: 'loss' };
    const known = reduce(reduce(opened(), { type: 'point', target: weight }), {
      type: 'answers',
      answers: [{ type: 'facts', target: weight, facts }],
    });
    const pinned = reduce(known, { type: 'show', change: { pins: [loss, weight] } });
    expect(pinned.pinFacts.map(({ target }) => target)).toEqual([weight]);
    const answered = reduce(pinned, {
      type: 'answers',
      answers: [{ type: 'failed', target: loss, message: 'no data' }],
    });
    expect(answered.pinFacts.map(({ target }) => target)).toEqual([loss, weight]);
    const [, other] = reduce(answered, { type: 'show', change: { pins: [weight] } }).pinFacts;
    expect(other).toBeUndefined();
  });

  it('unpins what the text no longer has, and leaves the other pins as they are', () => {
    const pins: Target[] = [{ type: 'loss' }, weight];
    const pinned = reduce(opened(), { type: 'show', change: { pins } });
    expect(reduce(pinned, { type: 'document', document: documentOf(3, 4, 2) }).show.pins).toBe(
      pins,
    );
    const fewer = reduce(pinned, { type: 'document', document: documentOf(3, 2, 2) });
    expect(fewer.show.pins).toEqual([{ type: 'loss' }]);
  });

  it('shows all digits while it is told to, and changes nothing when told twice', () => {
    const exact = reduce(opened(), { type: 'exact', on: true });
    expect(exact.exact).toBe(true);
    expect(reduce(exact, { type: 'exact', on: true })).toBe(exact);
    expect(reduce(exact, { type: 'exact', on: false }).exact).toBe(false);
  });

  it('does not change when nothing changes', () => {
    const pointed = reduce(opened(), { type: 'point', target: weight });
    expect(reduce(pointed, { type: 'point', target: { ...weight } })).toBe(pointed);
  });
});

describe('a folded inspector', () => {
  it('opens for a layer, whose form must be seen, and for nothing else', () => {
    const folded = reduce(opened(), { type: 'show', change: { fold: 'folded' } });
    const edge = reduce(folded, { type: 'show', change: { selection: weight } });
    expect(edge.show.fold).toBe('folded');
    const layer = reduce(edge, {
      type: 'show',
      change: { selection: { type: 'layer', layer: 0 } },
    });
    expect(layer.show.fold).toBe('auto');
  });
});

describe('exists', () => {
  it('knows the places of a network', () => {
    const sizes = {
      inputSize: 3,
      layers: [
        { units: 4, rows: 4, columns: 3 },
        { units: 2, rows: 2, columns: 4 },
      ],
    };
    expect(exists(weight, sizes)).toBe(true);
    expect(exists({ ...weight, column: 3 }, sizes)).toBe(false);
    expect(exists({ type: 'neuron', layer: -1, row: 2 }, sizes)).toBe(true);
    expect(exists({ type: 'neuron', layer: 1, row: 2 }, sizes)).toBe(false);
    expect(exists({ type: 'layer', layer: 2 }, sizes)).toBe(false);
    expect(exists({ type: 'loss' }, sizes)).toBe(true);
    expect(exists({ type: 'loss' }, { inputSize: 3, layers: [] })).toBe(false);
  });

  it('counts filters and what they see, not the values of an image', () => {
    const conv = { inputSize: 64, layers: [{ units: 64 * 8, rows: 8, columns: 9 }] };
    expect(exists({ type: 'neuron', layer: 0, row: 511 }, conv)).toBe(true);
    expect(exists({ type: 'weight', layer: 0, row: 7, column: 8 }, conv)).toBe(true);
    expect(exists({ type: 'weight', layer: 0, row: 8, column: 0 }, conv)).toBe(false);
    expect(exists({ type: 'weight', layer: 0, row: 0, column: 9 }, conv)).toBe(false);
    expect(exists({ type: 'bias', layer: 0, row: 7 }, conv)).toBe(true);
    expect(exists({ type: 'bias', layer: 0, row: 8 }, conv)).toBe(false);
  });
});

describe('restoreView', () => {
  it('takes back what was kept and refuses what does not fit', () => {
    const kept = { ...initialState.show, edges: 'gradient' as const, logScale: true };
    expect(restoreView(structuredClone(kept))).toEqual(kept);
    expect(restoreView({ edges: 'colour' })).toEqual(initialState.show);
    expect(restoreView({ scope: { type: 'sample', index: 'first' } })).toEqual(initialState.show);
    expect(restoreView(undefined)).toEqual(initialState.show);
  });

  it.each([
    { layers: [1, -1] },
    { layers: [2, 1] },
    { layers: 'all' },
    { palette: 'wide' },
    { groups: ['training'] },
    { groups: { training: 'open' } },
    { selection: { type: 'weight', layer: 0, row: 'first', column: 0 } },
    { selection: { type: 'layer', layer: 0.5 } },
    { chartHeight: NaN },
    { pins: 'all' },
    { pins: [{ type: 'layer', layer: 'first' }] },
    { pins: [{ type: 'loss' }, { type: 'loss' }] },
    { pins: [0, 1, 2, 3].map(layer => ({ type: 'layer', layer })) },
    { inspector: 'yes' },
    { biasUnits: 'yes' },
  ])('refuses %j', change => {
    expect(restoreView({ ...initialState.show, ...change })).toEqual(initialState.show);
  });

  it('takes back several layers, groups and a selection', () => {
    const kept = {
      ...initialState.show,
      layers: [0, 2],
      groups: { training: false },
      selection: { type: 'bias', layer: 0, row: 1 } as const,
      pins: [{ type: 'loss' }, { type: 'weight', layer: 0, row: 1, column: 2 }] as const,
    };
    expect(restoreView(structuredClone(kept))).toEqual(kept);
  });
});

describe('Store', () => {
  it('tells of changes, with the state before, until the subscription ends', () => {
    const store = new Store(opened());
    const heard: [State, State][] = [];
    const end = store.subscribe((state, before) => heard.push([state, before]));
    store.dispatch({ type: 'point', target: weight });
    store.dispatch({ type: 'point', target: weight });
    end();
    store.dispatch({ type: 'point', target: undefined });
    expect(heard).toHaveLength(1);
    expect(heard[0][0].pointed).toEqual(weight);
    expect(heard[0][1].pointed).toBeUndefined();
  });
});

describe('several selected layers', () => {
  const several = (): State => reduce(opened(), { type: 'selectLayers', layers: [0, 1], main: 0 });

  it('have one that is the selection, and end with the next selection', () => {
    expect(several().show).toMatchObject({
      selection: { type: 'layer', layer: 0 },
      layers: [0, 1],
    });
    const one = reduce(several(), { type: 'show', change: { selection: weight } });
    expect(selectedLayers(several())).toEqual([0, 1]);
    expect(selectedLayers(one)).toEqual([]);
    const alone = reduce(opened(), { type: 'selectLayers', layers: [1] });
    expect(alone.show.layers).toEqual([]);
    expect(selectedLayers(alone)).toEqual([1]);
    const none = reduce(several(), { type: 'selectLayers', layers: [] });
    expect(none.show.selection).toBeUndefined();
  });

  it('stay while all of them exist', () => {
    const same = reduce(several(), { type: 'document', document: documentOf(3, 5, 2) });
    expect(selectedLayers(same)).toEqual([0, 1]);
    const fewer = reduce(several(), { type: 'document', document: documentOf(3, 2) });
    expect(selectedLayers(fewer)).toEqual([0]);
  });
});

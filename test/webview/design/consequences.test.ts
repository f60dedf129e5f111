import { describe, expect, it } from 'vitest';
import { consequence, type Dragged, type DropPlace } from '../../../webview/design/consequences';
import type { World } from '../../../webview/design/world';
import { dense, merge, world } from './situations';

const item = (units = 4): Dragged => ({
  type: 'item',
  item: { type: 'layer', units, activation: 'sigmoid' },
});
const mergeItem = (type: 'add' | 'concat'): Dragged => ({
  type: 'item',
  item: { type: 'merge', merge: type },
});
const activation = (name: string): Dragged => ({
  type: 'item',
  item: { type: 'activation', activation: name },
});
const slot = (index: number): DropPlace => ({ type: 'slot', index });
const layer = (index: number): DropPlace => ({ type: 'layer', layer: index });

function says(of: World, dragged: Dragged, place: DropPlace): string | undefined {
  const found = consequence(of, dragged, place);
  return found && (found.possible ? found.says : `no: ${found.why}`);
}
function edit(of: World, dragged: Dragged, place: DropPlace): unknown {
  const found = consequence(of, dragged, place);
  return found?.possible ? found.edit : undefined;
}

const chain = world([dense(4, 'sigmoid', 'hidden'), dense(3, 'sigmoid')]);
const classes = world([dense(4), dense(3, 'softmax')]);

describe('a new layer', () => {
  it('names its neighbours, its weights, and those that change', () => {
    expect(says(chain, item(5), slot(1))).toBe(
      'Insert between hidden and the output · new W 5 × 4 · the output: W 3 × 5',
    );
    expect(says(chain, item(4), slot(1))).toBe(
      'Insert between hidden and the output · new W 4 × 4',
    );
  });

  it('says when it becomes the output', () => {
    expect(says(chain, item(2), slot(2))).toBe(
      'Insert after the output · new W 2 × 3 · 2 outputs instead of 3',
    );
  });

  it('comes between also where the next layer has named the one above', () => {
    const of = world([dense(4, 'sigmoid', 'a'), { ...dense(3, 'sigmoid', 'o'), from: ['a'] }]);
    expect(says(of, item(5), slot(1))).toBe('Insert between a and o · new W 5 × 4 · o: W 3 × 5');
  });

  it('does not follow softmax', () => {
    expect(says(classes, item(), slot(2))).toBe(
      'no: nothing can follow the output: softmax stands in the last layer alone',
    );
  });

  it('does not make the network too large', () => {
    const wide = world([dense(60_000), dense(4)]);
    expect(says(wide, item(60_000), slot(1))).toMatch(/at most 50,000,000 parameters/);
  });

  it('is not dropped onto a layer', () => {
    expect(consequence(chain, item(), layer(0))).toBeUndefined();
  });
});

describe('a new merge', () => {
  const even = world([dense(3), dense(3), dense(2)]);

  it('adds what went round the layer above', () => {
    expect(edit(even, mergeItem('add'), slot(2))).toEqual({
      type: 'addMerge',
      index: 2,
      merge: 'add',
      sources: [0, 1],
    });
  });

  it('needs layers of equal size to add', () => {
    expect(says(chain, mergeItem('add'), slot(1))).toBe(
      'no: add needs layers of equal size, found 3, 4',
    );
  });

  it('concatenates any sizes, and the next weights grow', () => {
    expect(says(chain, mergeItem('concat'), slot(1))).toBe(
      'Concat of the input + hidden, between hidden and the output · 7 values · the output: W 3 × 7',
    );
  });

  it('cannot be the first', () => {
    expect(says(chain, mergeItem('concat'), slot(0))).toMatch(/^no: Concat joins two layers/);
  });
});

describe('moving', () => {
  it('names the weights that change', () => {
    const of = world([dense(4), dense(5), dense(2)]);
    const dragged: Dragged = { type: 'layers', layers: [0], copy: false };
    expect(says(of, dragged, slot(2))).toBe(
      'Move layer 1 between layer 2 and the output · layer 2: W 5 × 3 · layer 1: W 4 × 5 · the output: W 2 × 4',
    );
    expect(consequence(of, dragged, slot(2))).toMatchObject({ select: [1] });
  });

  it('keeps a source before those who take from it', () => {
    const of = world([
      dense(3, 'sigmoid', 'a'),
      dense(3, 'sigmoid', 'b'),
      { ...merge('add', ['a', 'b'], 3), id: 's' },
      dense(1),
    ]);
    const dragged: Dragged = { type: 'layers', layers: [0], copy: false };
    // Without "from" a would take the values of s, from which s takes its own.
    expect(says(of, dragged, slot(3))).toBe('no: would make a cycle: s → a → s');
  });

  it('leaves softmax in the last place', () => {
    const dragged: Dragged = { type: 'layers', layers: [1], copy: false };
    expect(says(classes, dragged, slot(0))).toMatch(/nothing can follow the output/);
  });
});

describe('connecting', () => {
  const of = world([
    dense(3, 'sigmoid', 'a'),
    dense(3, 'sigmoid', 'b'),
    { ...merge('add', ['a', 'b'], 3), id: 's' },
    dense(2, 'sigmoid', 'o'),
  ]);
  const port = (from: number): Dragged => ({ type: 'port', layer: from });

  it('replaces the source of a dense layer', () => {
    expect(edit(of, port(-1), layer(1))).toEqual({ type: 'setSources', layer: 1, sources: [-1] });
  });

  it('gives a merge one more source, of equal size, and takes it away again', () => {
    expect(edit(of, port(-1), layer(2))).toEqual({
      type: 'setSources',
      layer: 2,
      sources: [0, 1, -1],
    });
    const three = world([
      dense(3, 'sigmoid', 'a'),
      dense(3, 'sigmoid', 'b'),
      merge('add', ['input', 'a', 'b'], 3),
      dense(2),
    ]);
    expect(edit(three, port(0), layer(2))).toEqual({
      type: 'setSources',
      layer: 2,
      sources: [-1, 1],
    });
    expect(says(of, port(0), layer(2))).toBe('no: s takes the values of a already');
  });

  it('refuses a cycle by naming it', () => {
    expect(says(of, port(2), layer(1))).toBe('no: would make a cycle: b → s → b');
    expect(says(of, port(1), layer(1))).toBe('no: would make a cycle: b → b');
  });

  it('refuses a source below', () => {
    const free = world([
      dense(3, 'sigmoid', 'a'),
      { ...dense(3, 'sigmoid', 'b'), from: ['input'] },
      dense(2),
    ]);
    expect(says(free, port(1), layer(0))).toBe(
      'no: a takes its values from b, which must stand before it',
    );
  });

  it('gives the input nothing', () => {
    expect(says(of, port(0), layer(-1))).toMatch(/takes its values from the data/);
  });
});

describe('an activation', () => {
  it('changes the loss with the output where they belong together', () => {
    expect(says(chain, activation('relu'), layer(0))).toBe('hidden: relu');
    const loss = { type: 'crossEntropy', half: true, reduction: 'mean' } as const;
    const of = world([dense(4), dense(3, 'softmax')], 3, { loss });
    expect(says(of, activation('sigmoid'), layer(1))).toBe(
      'the output: sigmoid · loss binaryCrossEntropy',
    );
  });

  it('is refused where it cannot be, and where it is', () => {
    expect(says(chain, activation('softmax'), layer(0))).toBe(
      'no: softmax can stand in the last layer alone',
    );
    expect(says(chain, activation('sigmoid'), layer(0))).toBe('no: hidden is sigmoid already');
    expect(says(chain, activation('relu'), layer(-1))).toBe('no: the input has no activation');
  });
});

describe('an output', () => {
  const output = (purpose: 'regression' | 'binary' | 'classes'): Dragged => ({
    type: 'item',
    item: { type: 'output', purpose },
  });
  it('sets activation and loss as one edit, on the last layer alone', () => {
    expect(edit(chain, output('classes'), layer(1))).toMatchObject({
      type: 'several',
      edits: [
        { type: 'set', path: ['layers', 1, 'activation'], value: 'softmax' },
        { type: 'set', path: ['loss', 'type'], value: 'crossEntropy' },
      ],
    });
    expect(says(chain, output('classes'), layer(0))).toBe('no: only the output gives the outputs');
  });

  it('gives a single output a second one for classes, as one edit that says so', () => {
    const one = world([dense(4), dense(1)]);
    expect(says(one, output('classes'), layer(1))).toBe(
      'the output: softmax, 2 units, loss crossEntropy',
    );
    expect(edit(one, output('classes'), layer(1))).toEqual({
      type: 'several',
      label: 'Set output to Classes: softmax, 2 units, crossEntropy',
      edits: [
        { type: 'setUnits', layer: 1, units: 2 },
        { type: 'set', path: ['layers', 1, 'activation'], value: 'softmax' },
        { type: 'set', path: ['loss', 'type'], value: 'crossEntropy' },
      ],
    });
  });

  it('is refused as classes where data or sources decide that there is one output', () => {
    const data = { type: 'csv' } as unknown as World['network']['data'];
    const given = world([dense(1)], 3, { data });
    expect(says(given, output('classes'), layer(0))).toMatch(
      /^no: softmax needs at least 2 outputs/,
    );
    const sum = world([
      dense(1, 'sigmoid', 'a'),
      dense(1, 'sigmoid', 'b'),
      merge('add', ['a', 'b'], 1),
    ]);
    expect(says(sum, output('classes'), layer(2))).toMatch(/at least 2 outputs/);
  });
});

describe('a drag that asks again', () => {
  it('gets the same answer for the same thing and place, another for another', () => {
    const of = world([dense(4), dense(3)]);
    const first = consequence(of, item(5), slot(1));
    expect(consequence(of, item(5), slot(1))).toBe(first);
    expect(consequence(of, item(6), slot(1))).not.toEqual(first);
    expect(consequence(of, item(5), slot(2))).not.toEqual(first);
    expect(consequence(world([dense(7), dense(3)]), item(5), slot(1))).not.toEqual(first);
  });
});

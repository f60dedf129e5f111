/** Who takes values from whom: connecting, merging, moving and removing layers; the whole text afterwards. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { zeros } from './support/draws';
import { refusalOf } from './support/refusal';

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, planEdit(text, edit, zeros).edits);

const file = (...layers: readonly string[]): string =>
  `{"input": {"shape": [2]}, "layers": [${layers.join(', ')}]}`;

const refusal = (text: string, edit: NetworkEdit): string => refusalOf(() => edited(text, edit));

const a = '{"id": "a", "units": 2}';
const b = '{"units": 2, "type": "dense"}';
const c = '{"units": 2, "note": "c"}';

describe('sources of a layer', () => {
  const connect = (text: string, layer: number, ...sources: readonly number[]): string =>
    edited(text, { type: 'setSources', layer, sources });

  it.each<[readonly string[], number, readonly number[], readonly string[]]>([
    [[a, b, c], 2, [0], [a, b, '{"from": ["a"], "units": 2, "note": "c"}']],
    [[a, b, c], 2, [-1], [a, b, '{"from": ["input"], "units": 2, "note": "c"}']],
    [[a, b, c], 1, [-1], [a, '{"units": 2, "type": "dense", "from": ["input"]}', c]],
    [[a, b, c], 2, [1], [a, b, c]],
    [[a, b, c], 0, [-1], [a, b, c]],
    [
      [b, b, '{"type": "dense", "id": "z", "units": 1}'],
      2,
      [0],
      [
        '{"units": 2, "type": "dense", "id": "dense1"}',
        b,
        '{"type": "dense", "id": "z", "from": ["dense1"], "units": 1}',
      ],
    ],
    [[a, b, '{"from": "a", "units": 1}'], 2, [-1], [a, b, '{"from": "input", "units": 1}']],
    [[a, b, '{"from": ["a" ], "units": 1}'], 2, [-1], [a, b, '{"from": ["input"], "units": 1}']],
    [[a, b, '{"from": ["a" ], "units": 1}'], 2, [0], [a, b, '{"from": ["a" ], "units": 1}']],
    [[a, b, '{"from": "a", "units": 1}'], 2, [1], [a, b, '{"units": 1}']],
    [
      [a, '{"type": "concat", "from": ["a", "input"]}'],
      1,
      [-1, 0],
      [a, '{"type": "concat", "from": ["input", "a"]}'],
    ],
    [
      [a, c, '{"type": "add", "from": ["a", "input"]}'],
      2,
      [0, -1, 1],
      [
        a,
        '{"id": "dense1", "units": 2, "note": "c"}',
        '{"type": "add", "from": ["a", "input", "dense1"]}',
      ],
    ],
    [
      [a, '{"type": "concat", "from": "a"}'],
      1,
      [0, -1],
      [a, '{"type": "concat", "from": ["a", "input"]}'],
    ],
  ])('of %j: layer %i from %j', (before, layer, sources, after) => {
    expect(connect(file(...before), layer, ...sources)).toBe(file(...after));
  });

  it('are named as the members of the layer stand', () => {
    const lines = '{\r\n\t"units": 2,\r\n\t"type": "dense"\r\n}';
    expect(connect(file(a, b, lines), 2, -1)).toBe(
      file(a, b, lines.replace('"dense"', '"dense",\r\n\t"from": ["input"]')),
    );
    const commented = '{"units": 2, "type": "dense" // last\r\n}';
    expect(connect(file(a, b, commented), 2, -1)).toBe(
      file(a, b, '{"units": 2, "type": "dense", // last\r\n"from": ["input"]\r\n}'),
    );
  });

  it('there must be, and above it', () => {
    const refused = (layer: number, ...sources: readonly number[]): string =>
      refusal(file(a, b, c), { type: 'setSources', layer, sources });
    for (const source of [3, -2, 0.5, NaN])
      expect(refused(1, source)).toBe(`There is no layers[${source}]: the network has 3.`);
    expect(refused(3, 0)).toBe('There is no layers[3]: the network has 3.');
    expect(refused(2, 0, 1)).toBe(
      'layers[2] is dense and takes exactly one source, not 2: join them with an add or concat first.',
    );
    expect(refused(1, 1)).toContain('cycle');
  });
});

describe('a merge', () => {
  const merge = (text: string, index: number, ...sources: readonly number[]): string =>
    edited(text, { type: 'addMerge', index, merge: 'concat', sources });
  const text = file(b, c, '{"units": 1}');

  it.each<[number, readonly number[], readonly string[]]>([
    [
      2,
      [0, 1],
      [
        '{"units": 2, "type": "dense", "id": "dense1"}',
        '{"id": "dense2", "units": 2, "note": "c"}',
        '{ "type": "concat", "from": ["dense1", "dense2"] }',
        '{"units": 1}',
      ],
    ],
    [
      1,
      [-1, 0],
      [
        '{"units": 2, "type": "dense", "id": "dense1"}',
        '{ "type": "concat", "from": ["input", "dense1"] }',
        c,
        '{"units": 1}',
      ],
    ],
    [
      3,
      [2, -1],
      [b, c, '{"id": "dense1", "units": 1}', '{ "type": "concat", "from": ["dense1", "input"] }'],
    ],
  ])('at %i of %j', (index, sources, after) =>
    expect(merge(text, index, ...sources)).toBe(file(...after)),
  );

  it('stands below two different sources that there are', () => {
    const refused = (index: number, ...sources: readonly number[]): string =>
      refusal(text, { type: 'addMerge', index, merge: 'add', sources });
    expect(refused(1, 0, 1)).toBe(
      'The add would stand above layers[1] and cannot take its values: insert it below.',
    );
    expect(refused(0, 0, -1)).toContain('above layers[0]');
    for (const sources of [[0], [], [0, 0]])
      expect(refused(2, ...sources)).toBe(
        'The add joins at least two different sources: choose another one.',
      );
    expect(refused(4, 0, 1)).toBe('No layer can be put at 4: the network has 3 layers.');
    expect(refused(3, 0, 3)).toBe('There is no layers[3]: the network has 3.');
    expect(refused(3, -2, 0)).toBe('There is no layers[-2]: the network has 3.');
  });
});

describe('layers that are moved', () => {
  const move = (text: string, layers: readonly number[], to: number): string =>
    edited(text, { type: 'moveLayers', layers, to });

  it.each<[readonly number[], number, readonly string[]]>([
    [[0], 0, [a, b, c]],
    [[0], 1, [a, b, c]],
    [[0], 2, [b, a, c]],
    [[0], 3, [b, c, a]],
    [[2], 0, [c, a, b]],
    [[2], 2, [a, b, c]],
    [[2, 0], 1, [a, c, b]],
    [[2, 0, 2], 3, [b, a, c]],
    [[0, 1, 2], 1, [a, b, c]],
    [[], 2, [a, b, c]],
  ])('%j to %i', (layers, to, after) =>
    expect(move(file(a, b, c), layers, to)).toBe(file(...after)),
  );

  it('leave what stands between them where it was', () => {
    expect(
      move('{"layers": [ // list\n{"units": 1}, // one\n\t{"units": 2} // two\n]}', [1], 0),
    ).toBe('{"layers": [ // list\n{"units": 2}, // one\n\t{"units": 1} // two\n]}');
  });

  it('are refused where there is no such layer or place', () => {
    const refused = (layers: readonly number[], to: number): string =>
      refusal(file(a, b), { type: 'moveLayers', layers, to });
    expect(refused([2], 0)).toBe('There is no layers[2]: the network has 2.');
    for (const to of [-1, 3, 0.5, NaN])
      expect(refused([0], to)).toBe(`No layer can be put at ${to}: the network has 2 layers.`);
  });

  it('bring to the output the loss that goes with it', () => {
    const sigmoid = '{"units": 2, "activation": "sigmoid"}';
    const withLoss = (loss: string, ...layers: readonly string[]): string =>
      `{"input": {"shape": [2]}, "layers": [${layers.join(', ')}], "loss": {"type": "${loss}"}}`;
    expect(move(withLoss('binaryCrossEntropy', a, sigmoid), [1], 0)).toBe(
      withLoss('meanSquaredError', sigmoid, a),
    );
    expect(move(withLoss('huber', a, sigmoid), [1], 0)).toBe(withLoss('huber', sigmoid, a));
    expect(
      edited(withLoss('binaryCrossEntropy', a, sigmoid), { type: 'removeLayer', layer: 1 }),
    ).toBe(withLoss('meanSquaredError', a));
    expect(
      edited(withLoss('binaryCrossEntropy', a, sigmoid), { type: 'removeLayer', layer: 0 }),
    ).toBe(withLoss('binaryCrossEntropy', sigmoid));
  });
});

describe('layers that are removed', () => {
  const remove = (text: string, ...layers: readonly number[]): string =>
    edited(text, { type: 'removeLayers', layers });
  const from = (...names: readonly string[]): string =>
    `{"type": "add", "from": [${names.map(name => `"${name}"`).join(', ')}]}`;

  it.each<[readonly string[], readonly number[], readonly string[]]>([
    [[a, b, c], [1], [a, c]],
    [[a, b, c], [2, 0], [b]],
    [[a, b, c], [1, 1, 0], [c]],
    [[a, b, c], [], [a, b, c]],
    // Who called it takes its source.
    [
      [a, '{"id": "b", "units": 2}', '{"from": "b", "units": 1}'],
      [1],
      [a, '{"from": "a", "units": 1}'],
    ],
    [
      [a, '{"id": "b", "units": 2, "from": "input"}', c],
      [1],
      [a, '{"from": ["input"], "units": 2, "note": "c"}'],
    ],
    [[a, '{"id": "b", "units": 2}', from('a', 'input')], [1], [a, from('a', 'input')]],
    [[a, '{"id": "b", "units": 2}', from('b', 'input')], [1], [a, from('a', 'input')]],
    [
      [a, '{"id": "b", "units": 2}', from('b', 'input')],
      [0],
      ['{"id": "b", "units": 2}', from('b', 'input')],
    ],
    // A merge is passed the way that the layers stand, else by its first source.
    [[a, from('input', 'a'), c], [1], [a, c]],
    [[a, b, from('input', 'a'), c], [2], [a, b, '{"from": ["input"], "units": 2, "note": "c"}']],
    // One behind the other, and at the top.
    [
      [a, '{"id": "b", "units": 2}', '{"id": "c", "units": 2, "from": "b"}', from('c', 'input')],
      [1, 2],
      [a, from('a', 'input')],
    ],
    [[a, '{"units": 2, "from": "a"}', c], [0], ['{"units": 2, "from": "input"}', c]],
    [[a, c, '{"units": 2, "from": "a"}'], [0, 1], ['{"units": 2, "from": "input"}']],
    [[a, from('input', 'a'), c], [0, 1], [c]],
  ])('of %j: %j', (before, layers, after) =>
    expect(remove(file(...before), ...layers)).toBe(file(...after)),
  );

  it('must leave one, and be there', () => {
    const refused = (...layers: readonly number[]): string =>
      refusal(file(a, b), { type: 'removeLayers', layers });
    expect(refused(0, 1)).toBe('A network needs at least one layer: keep one of them.');
    expect(refused(2)).toBe('There is no layers[2]: the network has 2.');
    expect(refused(-1)).toBe('There is no layers[-1]: the network has 2.');
  });
});

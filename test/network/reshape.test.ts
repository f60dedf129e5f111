/** Written numbers of layers that get other dimensions: what stays, what goes, what is asked for, and how it is written. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { DrawRequest, EditTools, NetworkEdit } from '../../src/network/edit';

/** Draws 0.5, 1.5, … for every layer. */
function edit(text: string, change: NetworkEdit, draws = true) {
  const asked: DrawRequest[] = [];
  const draw = (request: DrawRequest): readonly number[] => {
    asked.push(request);
    return Array.from({ length: request.count }, (_, n) => n + 0.5);
  };
  const { edits, drawn } = planEdit(text, change, draws ? { draw } : undefined);
  return { after: applyTextEdits(text, edits), drawn, asked };
}

const units = (count: number, layer = 0): NetworkEdit => ({
  type: 'setUnits',
  layer,
  units: count,
});
const inputs = (size: number): NetworkEdit => ({ type: 'setInputs', size });

/** A network of one dense layer of two neurons with two inputs. */
const file = (layer: string, size = 2, shape = 2): string =>
  `{"input": {"shape": [${shape}]}, "layers": [{"units": ${size}, ${layer}}]}`;

describe('a dense layer', () => {
  const kept = '"weights": [[1, 2], [3, 4]]';
  it.each<[string, number, string, number]>([
    // Shrinking: the last neurons go.
    [`${kept}, "bias": [5, 6]`, 1, '"weights": [[1, 2]], "bias": [5]', 0],
    [kept, 1, '"weights": [[1, 2]]', 0],
    ['"bias": [5, 6]', 1, '"bias": [5]', 0],
    // Growing: new rows as the last one is written, new biases 0.
    [`${kept}, "bias": [5, 6]`, 3, '"weights": [[1, 2], [3, 4], [0.5, 1.5]], "bias": [5, 6, 0]', 3],
    [kept, 4, '"weights": [[1, 2], [3, 4], [0.5, 1.5], [2.5, 3.5]]', 4],
    ['"bias": [5, 6]', 4, '"bias": [5, 6, 0, 0]', 2],
    ['"weights": [[1, 2],[ 3  ,4 ]]', 3, '"weights": [[1, 2],[ 3  ,4 ],[ 0.5  ,1.5 ]]', 2],
    [
      '"weights": [[ 1, 2 ], [3, 4 /* x */]]',
      3,
      '"weights": [[ 1, 2 ], [3, 4 /* x */], [0.5, 1.5]]',
      2,
    ],
    ['"weights": [[1, 2], [/* x */3, 4]]', 3, '"weights": [[1, 2], [/* x */3, 4], [0.5, 1.5]]', 2],
    ['"weights": [[1, 2], [3,/**/4]]', 3, '"weights": [[1, 2], [3,/**/4], [0.5, 1.5]]', 2],
    // What does not fit its layer goes, and is drawn from the seed.
    ['"weights": [[1, 2]], "bias": [5, 6]', 1, '"bias": [5]', 0],
    ['"weights": [[1, 2], [3]], "bias": [5, 6]', 1, '"bias": [5]', 0],
    ['"weights": [[1, 2], [3, 4, 5]], "bias": [5, 6]', 3, '"bias": [5, 6, 0]', 1],
    [`${kept}, "bias": [5]`, 3, '"weights": [[1, 2], [3, 4], [0.5, 1.5]]', 2],
    [`${kept}, "bias": 5`, 1, '"weights": [[1, 2]]', 0],
    // What has no effect stays as its author wrote it.
    [
      `${kept}, "useBias": false, "bias": [5]`,
      1,
      '"weights": [[1, 2]], "useBias": false, "bias": [5]',
      0,
    ],
    ['"mean": [1, 2], "variance": [3, 4]', 1, '"mean": [1, 2], "variance": [3, 4]', 0],
    ['"note": 1', 3, '"note": 1', 0],
    // An unknown way to draw is none.
    [`${kept}, "init": "x", "bias": [5, 6]`, 3, '"init": "x", "bias": [5, 6, 0]', 1],
    [`${kept}, "init": "x"`, 1, '"weights": [[1, 2]], "init": "x"', 0],
  ])('with %s gets %i neurons', (before, count, after, drawn) => {
    const result = edit(file(before), units(count));
    expect(result).toMatchObject({ after: file(after, count), drawn });
  });

  it.each<[string, number, string, number]>([
    [`${kept}, "bias": [5, 6]`, 1, '"weights": [[1], [3]], "bias": [5, 6]', 0],
    [`${kept}, "bias": [5, 6]`, 3, '"weights": [[1, 2, 0.5], [3, 4, 1.5]], "bias": [5, 6]', 2],
    [kept, 4, '"weights": [[1, 2, 0.5, 1.5], [3, 4, 2.5, 3.5]]', 4],
    ['"weights": [[1 ,2], [3, 4/**/]]', 3, '"weights": [[1 ,2 ,0.5], [3, 4,/**/ 1.5]]', 2],
    ['"weights": [[1], [3]]', 1, '', 0],
    ['"weights": [[1, 2]]', 3, '', 0],
    ['"bias": [5, 6]', 3, '"bias": [5, 6]', 0],
  ])('with %s gets %i inputs', (before, count, after, drawn) => {
    const expected = after ? file(after, 2, count) : file('', 2, count).replace(', }', '}');
    expect(edit(file(before), inputs(count))).toMatchObject({ after: expected, drawn });
  });

  it('whose one column is followed by others has them with a comma and a blank', () => {
    const one = file('"weights": [[1], [3]]', 2, 1);
    expect(edit(one, inputs(2)).after).toBe(file('"weights": [[1, 0.5], [3, 1.5]]'));
    expect(edit(one, units(3)).after).toBe(file('"weights": [[1], [3], [0.5]]', 3, 1));
  });

  it('both ways at once', () => {
    const both: NetworkEdit = { type: 'several', label: '', edits: [inputs(3), units(3)] };
    expect(edit(file(`${kept}, "bias": [5, 6]`), both)).toMatchObject({
      after: file(
        '"weights": [[1, 2, 0.5], [3, 4, 1.5], [2.5, 3.5, 4.5]], "bias": [5, 6, 0]',
        3,
        3,
      ),
      drawn: 6,
    });
    const across: NetworkEdit = { type: 'several', label: '', edits: [inputs(1), units(3)] };
    expect(edit(file(kept), across).after).toBe(file('"weights": [[1], [3], [0.5]]', 3, 1));
    const less: NetworkEdit = { type: 'several', label: '', edits: [inputs(3), units(1)] };
    expect(edit(file(kept), less).after).toBe(file('"weights": [[1, 2, 0.5]]', 1, 3));
  });

  it('keeps without anything that draws only what needs nothing new', () => {
    const full = file(`${kept}, "bias": [5, 6]`);
    expect(edit(full, units(1), false).after).toBe(file('"weights": [[1, 2]], "bias": [5]', 1));
    expect(edit(full, units(3), false).after).toBe(file('', 3).replace(', }', '}'));
    expect(edit(full, inputs(1), false).after).toBe(
      file('"weights": [[1], [3]], "bias": [5, 6]', 2, 1),
    );
    expect(edit(full, inputs(3), false).after).toBe(file('"bias": [5, 6]', 2, 3));
    for (const count of [1, 3]) expect(edit(full, units(count), false).drawn).toBe(0);
  });

  it('asks for what its initializer needs to know', () => {
    const init = '"init": {"type": "normal", "scale": 2}';
    const rest = { seed: 0, precision: 'float32', layer: 0 };
    expect(edit(file(`${kept}, ${init}`), units(4)).asked).toEqual([
      {
        ...rest,
        init: expect.objectContaining({ type: 'normal', scale: 2 }) as unknown,
        inputs: 2,
        units: 4,
        count: 4,
      },
    ]);
    const double = file(kept).replace(
      '{"input"',
      '{"seed": 7, "training": {"precision": "float64"}, "input"',
    );
    expect(edit(double, inputs(5)).asked).toEqual([
      {
        ...rest,
        seed: 7,
        precision: 'float64',
        init: expect.objectContaining({ type: 'xavierUniform' }) as unknown,
        inputs: 5,
        units: 2,
        count: 6,
      },
    ]);
    expect(edit(file(kept), units(1)).asked).toEqual([]);
    expect(edit(file('"bias": [5, 6]'), units(3)).asked).toEqual([]);
  });

  it('writes what is drawn in the precision of the file', () => {
    const third: EditTools = { draw: ({ count }) => Array<number>(count).fill(1 / 3) };
    const grow = (text: string): string =>
      applyTextEdits(text, planEdit(text, units(3), third).edits);
    expect(grow(file(kept))).toContain('[0.33333334, 0.33333334]]');
    const double = file(kept).replace('{"input"', '{"training": {"precision": "float64"}, "input"');
    expect(grow(double)).toContain('[0.3333333333333333, 0.3333333333333333]]');
  });
});

describe('batch normalisation', () => {
  const norm = (numbers: string, size = 2): string =>
    `{"input": {"shape": [3]}, "layers": [{"units": ${size}}, {"type": "batchNorm", ${numbers}}, {"units": 1}]}`;

  it.each<[string, number, string, number]>([
    [
      '"weights": [[1], [2]], "bias": [3, 4]',
      3,
      '"weights": [[1], [2], [0.5]], "bias": [3, 4, 0]',
      2,
    ],
    ['"mean": [1, 2], "variance": [3, 4]', 4, '"mean": [1, 2, 0, 0], "variance": [3, 4, 1, 1]', 4],
    ['"variance": [3, 4], "mean": [1]', 3, '"variance": [3, 4, 1]', 1],
    ['"weights": [[1], [2]], "bias": [3, 4]', 1, '"weights": [[1]], "bias": [3]', 0],
    ['"mean": [1, 2], "variance": [3, 4]', 1, '"mean": [1], "variance": [3]', 0],
    ['"useBias": false, "bias": [3, 4]', 1, '"useBias": false, "bias": [3, 4]', 0],
  ])('with %s of %i features', (before, count, after, drawn) => {
    expect(edit(norm(before), units(count))).toMatchObject({ after: norm(after, count), drawn });
  });

  const sources = (from: string): string =>
    `{"input": {"shape": [2]}, "layers": [{"id": "a", "units": 2}, {"id": "b", "units": 3}, {"id": "c", "units": 2}, {"type": "batchNorm"${from}, "mean": [1, 2], "weights": [[1], [2]]}]}`;
  const from = (source: number): NetworkEdit => ({
    type: 'setSources',
    layer: 3,
    sources: [source],
  });

  it('of as many other features keeps its numbers, of more or fewer of them it has none', () => {
    expect(edit(sources(''), from(0)).after).toBe(sources(', "from": ["a"]'));
    expect(edit(sources(''), from(1)).after).toBe(
      sources(', "from": ["b"]').replace(', "mean": [1, 2], "weights": [[1], [2]]', ''),
    );
  });

  it('of as many features keeps its numbers, also where one source grows as another shrinks', () => {
    const joined = (left: number, right: number): string =>
      `{"input": {"shape": [2]}, "layers": [{"id": "a", "units": ${left}}, {"id": "b", "units": ${right}}, {"type": "concat", "from": ["a", "b"]}, {"type": "batchNorm", "mean": [1, 2, 3, 4]}]}`;
    const both = (left: number, right: number): NetworkEdit => ({
      ...{ type: 'several', label: '', edits: [units(left), units(right, 1)] },
    });
    expect(edit(joined(2, 2), both(3, 1)).after).toBe(joined(3, 1));
    expect(edit(joined(2, 2), both(3, 2)).after).toBe(
      joined(3, 2).replace(', "mean": [1, 2, 3, 4]', ''),
    );
  });

  it('of channels of an image has rows only as long as there are as many', () => {
    const image = (shape: string, rest: string): string =>
      `{"input": {"shape": [${shape}]}, "layers": [{"type": "batchNorm"${rest}}, {"type": "maxPool2d", "size": [1, 1]}]}`;
    const change = (shape: readonly number[]): string =>
      edit(image('2, 2, 2', ', "mean": [1, 2]'), {
        type: 'set',
        path: ['input', 'shape'],
        value: shape,
      }).after;
    expect(change([3, 3, 2])).toBe(image('3, 3, 2', ', "mean": [1, 2]'));
    expect(change([2, 2, 3])).toBe(image('2, 2, 3', ''));
    expect(change([2, 2, 1])).toBe(image('2, 2, 1', ''));
  });
});

describe('a layer that looks at images', () => {
  const nine = '1, 2, 3, 4, 5, 6, 7, 8';
  const conv = (
    settings: string,
    numbers = `, "weights": [[${nine}]], "bias": [9]`,
    shape = '4, 4, 2',
  ): string =>
    `{"input": {"shape": [${shape}]}, "layers": [{"type": "conv2d", ${settings}${numbers}}]}`;
  const usual = '"filters": 1, "kernel": [2, 2]';
  const set = (
    path: readonly (string | number)[],
    value: number | string | readonly number[],
  ): NetworkEdit => ({
    ...{ type: 'set', path, value },
  });

  it('draws filters by the numbers of a window, for as many neurons as a value goes out to', () => {
    const { after, asked, drawn } = edit(conv(usual), set(['layers', 0, 'filters'], 3));
    const more = `, "weights": [[${nine}], [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5], [8.5, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5]], "bias": [9, 0, 0]`;
    expect(after).toBe(conv('"filters": 3, "kernel": [2, 2]', more));
    expect(asked).toMatchObject([{ layer: 0, inputs: 8, units: 3 * 4, count: 16 }]);
    expect(drawn).toBe(18);
  });

  it.each<[NetworkEdit, string, string | undefined, string?]>([
    [set(['layers', 0, 'kernel'], [2, 2]), usual, undefined],
    [set(['layers', 0, 'kernel'], [1, 2]), '"filters": 1, "kernel": [1, 2]', ', "bias": [9]'],
    [set(['layers', 0, 'kernel', 1], 1), '"filters": 1, "kernel": [2, 1]', ', "bias": [9]'],
    [set(['layers', 0, 'padding'], 'same'), `${usual}`, undefined],
    [set(['input', 'shape'], [5, 6, 2]), usual, undefined, '5, 6, 2'],
    [set(['input', 'shape'], [4, 4, 1]), usual, ', "bias": [9]', '4, 4, 1'],
  ])('after %j', (change, settings, numbers, shape) => {
    const { after } = edit(conv(usual), change);
    const expected = conv(settings, numbers, shape);
    expect(after.replace(', "padding": "same"', '')).toBe(expected);
  });
});

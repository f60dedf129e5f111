/** A network that names a file of weights: what its text says, and how edits change it. */
import { describe, expect, test } from 'vitest';
import { initialParameters } from '../../src/engine/initializers';
import { applyTextEdits, planEdit, textEdits } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { keptParameters } from '../../src/network/keptParameters';
import { parseNetwork } from '../../src/network/parse';
import { networkToJson } from '../../src/network/toJson';

const SUM = '0123456789abcdef'.repeat(4);
const OTHER = SUM.replaceAll('0', 'f');

const TEXT = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "init": "zeros" },
    { "type": "dense", "units": 1 }
  ],
  "weights": { "file": "w.safetensors", /* from the lab */ "sha256": "${SUM}" }
}
`;

const INLINE = [
  {
    weights: [
      [1, 2],
      [3, 4],
    ],
    bias: [5, 6],
  },
  { weights: [[7, 8]], bias: [9] },
];

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, textEdits(text, edit));

test('is read, without a word about equal weights', () => {
  const { network, issues } = parseNetwork(TEXT);
  expect(issues).toEqual([]);
  expect(network?.weights).toEqual({ file: 'w.safetensors', sha256: SUM });
});

test('is written as it was read, without the numbers of the file', () => {
  const { network } = parseNetwork(TEXT);
  if (!network?.weights) throw new Error('no network');
  const weights = { ...network.weights, parameters: new Float64Array(9) };
  expect(networkToJson({ ...network, weights }).weights).toEqual({
    file: 'w.safetensors',
    sha256: SUM,
  });
});

test('is drawn where only the name of the file is wrong, and never computed with', () => {
  const { network, sketch } = parseNetwork(TEXT.replace('w.safetensors', '/w'));
  expect(network).toBeUndefined();
  expect(sketch?.layers).toHaveLength(2);
  expect(sketch?.weights).toBeUndefined();
});

describe('setParameters', () => {
  const layers = [undefined, undefined];
  const set = (change: Partial<Extract<NetworkEdit, { type: 'setParameters' }>>): NetworkEdit => ({
    type: 'setParameters',
    label: '',
    layers,
    ...change,
  });

  test('names another file, and leaves what stands beside the name', () => {
    const weights = { file: 'v.safetensors', sha256: OTHER };
    expect(edited(TEXT, set({ weights }))).toBe(
      TEXT.replace('w.safetensors', 'v.safetensors').replace(SUM, OTHER),
    );
  });

  test('puts the numbers into the text, and the file is named no more', () => {
    const text = edited(TEXT, set({ layers: INLINE }));
    expect(text).not.toContain('safetensors');
    const { network, issues } = parseNetwork(text);
    expect(issues).toEqual([]);
    expect(network && [...initialParameters(network)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const weights = { file: 'w.safetensors', sha256: SUM };
    expect(parseNetwork(edited(text, set({ weights }))).network).toEqual(
      parseNetwork(TEXT).network,
    );
  });

  test('removes them wherever they are', () => {
    const { network } = parseNetwork(edited(TEXT, set({})));
    expect(network?.weights).toBeUndefined();
  });

  test('never writes the numbers themselves into the name', () => {
    const weights = { file: 'v', sha256: OTHER, parameters: new Float64Array(3) };
    expect(edited(edited(TEXT, set({})), set({ weights }))).not.toContain('parameters');
  });
});

test('numbers in the file count as kept', () => {
  const before = parseNetwork(TEXT);
  const bias: NetworkEdit = { type: 'set', path: ['layers', 1, 'useBias'], value: false };
  const { edits, drawn } = planEdit(before, bias);
  const after = parseNetwork(applyTextEdits(TEXT, edits));
  expect(keptParameters(before, after, drawn)).toEqual({ kept: 8, fresh: 0 });
});

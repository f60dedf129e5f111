import { describe, expect, it } from 'vitest';
import { carriedOver } from '../../src/engine/carryOver';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

const network = (layers: readonly object[], more: object = {}): Network => {
  const { network: found, issues } = parseNetwork(
    JSON.stringify({ version: 1, input: { shape: [1] }, layers, ...more }),
  );
  if (!found) throw new Error(JSON.stringify(issues));
  return found;
};

const dense = (units: number, more: object = {}) => ({ type: 'dense', units, ...more });

/** `start`, `start` + 1, … for all numbers of a network. */
const numbered = (of: Network, start: number) => ({
  network: of,
  parameters: Float64Array.from({ length: inferShapes(of).stored }, (_, i) => start + i),
});

/** Trained numbers count from 1, those of the text and its seed from 101. */
const carried = (before: Network, now: Network): number[] => [
  ...carriedOver(numbered(before, 1), numbered(now, 101)),
];

describe('a training whose network was changed goes on', () => {
  it('with what was trained where nothing of the weights was said', () => {
    const before = network([dense(2), dense(1)]);
    expect(carried(before, before)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // Another seed starts otherwise, and this training has started.
    expect(carried(before, network([dense(2), dense(1)], { seed: 9 }))).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
  });

  it('with the layers that still fit, wherever they stand, and others anew', () => {
    const before = network([dense(2), dense(1)]);
    // 1-2-3-1: the first fits; of the last the inputs are others.
    expect(carried(before, network([dense(2), dense(3), dense(1)]))).toEqual([
      ...[1, 2, 3, 4],
      ...Array.from({ length: 9 }, (_, i) => 105 + i),
      ...[114, 115, 116, 117],
    ]);
    // 1-1-2-1: both fit behind the new one.
    expect(carried(before, network([dense(1), dense(2), dense(1)]))).toEqual([
      ...[101, 102],
      ...[1, 2, 3, 4, 5, 6, 7],
    ]);
    const named = network([dense(1, { id: 'a' }), dense(1, { id: 'b' })]);
    expect(carried(named, network([dense(1, { id: 'b' }), dense(1, { id: 'a' })]))).toEqual([
      ...[3, 4],
      ...[103, 104],
    ]);
    expect(carried(named, network([dense(1, { id: 'b' })]))).toEqual([3, 4]);
    // A name that comes or goes is no other layer.
    const nameless = network([dense(1), dense(1)]);
    expect(carried(named, nameless)).toEqual([1, 2, 3, 4]);
    expect(carried(nameless, named)).toEqual([1, 2, 3, 4]);
  });

  it('without a bias that is none any more, and with a new one from the text', () => {
    const before = network([dense(2, { useBias: false }), dense(1)]);
    expect(carried(before, network([dense(2), dense(1, { useBias: false })]))).toEqual([
      ...[1, 2],
      ...[103, 104],
      ...[3, 4],
    ]);
  });

  it('with exactly the numbers that were changed by hand, and those beside them in the text', () => {
    const text = { weights: [[0.5], [0.5]], bias: [0, 0] };
    const last = { weights: [[1, 1]], bias: [0] };
    const before = network([dense(2, text), dense(1, last)]);
    const now = network([dense(2, { ...text, bias: [0, 1] }), dense(1, last)]);
    expect(carried(before, now)).toEqual([101, 102, 103, 104, 105, 106, 107]);
    // What the text does not have goes on.
    const partly = network([dense(2, text), dense(1)]);
    expect(carried(network([dense(2), dense(1)]), partly)).toEqual([101, 102, 103, 104, 5, 6, 7]);
    expect(carried(before, network([dense(2), dense(1)]))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('with what was trained where the text has old numbers that nobody touched', () => {
    const text = { weights: [[0.5], [0.5]], bias: [0, 0] };
    const before = network([dense(2, text), dense(1)]);
    const wider = network([dense(2, text), dense(3), dense(1)]);
    expect(carried(before, wider).slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  it('with the numbers of another file of weights, and not of the same', () => {
    const file = (sha256: string) => ({ weights: { file: 'w.safetensors', sha256 } });
    const [one, other] = ['a', 'b'].map(digit => file(digit.repeat(64)));
    const layers = [dense(2), dense(1)];
    expect(carried(network(layers, one), network(layers, one))[0]).toBe(1);
    expect(carried(network(layers, one), network(layers, other))).toEqual([
      101, 102, 103, 104, 105, 106, 107,
    ]);
  });

  it('with running statistics, too', () => {
    const before = network([dense(2), { type: 'batchNorm' }, dense(1)]);
    const now = network([dense(2), { type: 'batchNorm' }, dense(4), dense(1)]);
    expect(carried(before, now).slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

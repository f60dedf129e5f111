/** How samples come into the lanes, and out of them again. */
import {
  addI32,
  i32,
  isLess,
  load,
  loadI32,
  multiplyI32,
  shuffle,
  smallerI32,
  store,
  subtractI32,
  type Code,
  type FunctionCode,
} from './code';
import type { Constants } from './constants';
import type { LanesRoom } from './lanesRoom';
import { vectorIndices } from './vectors';

/** A function under construction whose vectors hold one neuron of four samples. */
export interface Lanes {
  readonly f: FunctionCode;
  readonly c: Constants;
  readonly room: LanesRoom;
  /** Bytes from neuron to neuron. */
  readonly stride: number;
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** For each vector of a neuron: what it is given counts their bytes. */
export function byVectors({ f, stride }: Lanes, body: (at: Code) => void): void {
  const at = f.integer(i32(0));
  f.repeat(
    () => {
      body(at.get);
      at.set(addI32(at.get, i32(16)));
    },
    () => isLess(at.get, i32(stride)),
  );
}

/**
 * Samples, four by four, turned into vectors of each of their numbers. Behind the last one stands that one again.
 *
 * @param order where their indices stand  @param rows how many they are
 * @param from where sample 0 stands  @param apart bytes from sample to sample  @param count numbers of each
 */
export function gather(
  lanes: Lanes,
  order: Code,
  rows: Code,
  from: number,
  apart: number,
  count: number,
  to: number,
): void {
  const { f, stride } = lanes;
  const last = f.integer(subtractI32(rows, i32(1))).get;
  const row = f.integer(i32(0));
  byVectors(lanes, at => {
    const addresses = range(4).map(i => {
      const place = smallerI32(addI32(row.get, i32(i)), last);
      const sample = loadI32(addI32(order, multiplyI32(place, i32(4))));
      return f.integer(addI32(i32(from), multiplyI32(sample, i32(apart)))).get;
    });
    for (const q of vectorIndices(count)) {
      const turned = transposed(
        f,
        addresses.map(address => load(address, 16 * q)),
      );
      for (const [c, vector] of turned.entries()) {
        if (4 * q + c < count) f.do(store(at, vector, to + (4 * q + c) * stride));
      }
    }
    row.set(addI32(row.get, i32(4)));
  });
}

/** δ of `units` neurons, sample by sample, in vectors of four neurons. */
export function turn(lanes: Lanes, delta: number, units: number): void {
  const { f, c, room, stride } = lanes;
  const quads = vectorIndices(units);
  const to = f.integer(i32(room.turned));
  byVectors(lanes, at => {
    for (const q of quads) {
      const vectors = range(4).map(i =>
        4 * q + i < units ? load(at, delta + (4 * q + i) * stride) : c.of(0),
      );
      for (const [i, vector] of transposed(f, vectors).entries())
        f.do(store(to.get, vector, 16 * (i * quads.length + q)));
    }
    to.set(addI32(to.get, i32(64 * quads.length)));
  });
}

/** Lane i of vector j becomes lane j of vector i. */
function transposed(f: FunctionCode, vectors: readonly Code[]): Code[] {
  const [a, b, c, d] = vectors.map(vector => f.keep(vector));
  const pairs = (x: Code, y: Code): Code[] => [
    f.keep(shuffle(x, y, [0, 4, 1, 5])),
    f.keep(shuffle(x, y, [2, 6, 3, 7])),
  ];
  const [[ab, abHigh], [cd, cdHigh]] = [pairs(a, b), pairs(c, d)];
  return [
    [ab, cd],
    [abHigh, cdHigh],
  ].flatMap(([x, y]) => [shuffle(x, y, [0, 1, 4, 5]), shuffle(x, y, [2, 3, 6, 7])]);
}

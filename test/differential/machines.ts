/** All machines on one network: how far each is from the float64 reference, and which of them must give the same bits. */
import type { Trainer } from '../../src/engine/trainer';
import { isSmall } from '../../src/engine/wasm/small/isSmall';
import type { Layer, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { apart, largest, SideBySide, type Quantity } from '../engine/comparison';
import {
  fusedNarrow,
  fusedWide,
  narrow,
  reference,
  reference32,
  stateOf,
  threaded,
  wide,
  type Engine,
} from '../engine/engines';
import type { RandomCase } from '../engine/randomCases';
import { ulp } from '../engine/ulps';

/** Steps that are made in one go, one after the other. */
const GOES = [1, 2, 3];

/** A layer that changes no number, before which there is no code of a network's own. */
const byLists: Engine = {
  ...narrow,
  name: 'wasm plain-4x8, by lists',
  create: (network, ...rest) => narrow.create(withFlatten(network), ...rest),
};

function withFlatten(network: Network): Network {
  const { inputSize } = inferShapes(network);
  const first: Layer = { type: 'flatten', units: inputSize, activation: 'linear' };
  return { ...network, layers: [first, ...network.layers] };
}

/** What is computed in float32 and rounded in its own way. */
interface Group {
  readonly name: string;
  /** Those behind the first give its bits. */
  readonly engines: readonly Engine[];
}

const twoThreads = threaded('plain-4x8', 2);

/** Threads are started for every eighth network alone: that takes longer than its steps. */
function groupsOf({ network }: RandomCase, seed: number): Group[] {
  const isOwn = isSmall(network, inferShapes(network));
  const several = seed % 32 < 4 && !isOwn ? [twoThreads] : [];
  const [plain, fused] = [
    [narrow, wide, ...several],
    [fusedNarrow, fusedWide],
  ];
  return [
    { name: 'reference float32', engines: [reference32] },
    { name: isOwn ? 'wasm, code of its own' : 'wasm', engines: plain },
    { name: isOwn ? 'fast maths, code of its own' : 'fast maths', engines: fused },
    ...(isOwn ? [{ name: 'wasm, the same by lists', engines: [byLists] }] : []),
  ];
}

export interface MachineErrors {
  readonly machine: string;
  /** The largest over all goes, relative. */
  readonly errors: Record<Quantity, number>;
  /** Of outputs and parameters, in units of the last place of a float32 as large as the largest of the tensor. */
  readonly ulps: { readonly outputs: number; readonly parameters: number };
}

export interface Machines {
  readonly found: readonly MachineErrors[];
  /** Machines that gave other bits than they must. */
  readonly otherBits: readonly string[];
  /** Goes that were compared; the others stand at a kink. */
  readonly goes: number;
}

export function compareMachines(one: RandomCase, seed: number): Machines {
  const groups = groupsOf(one, seed);
  const make = ({ create }: Engine): Trainer => create(one.network, one.dataset, one.start);
  const teams = groups.map(({ name, engines }) => ({ name, engines, trainers: engines.map(make) }));
  const all = new SideBySide(
    one,
    make(reference),
    teams.flatMap(({ trainers }) => trainers),
  );
  const worst = new Map<string, MachineErrors>();
  const otherBits: string[] = [];
  let goes = 0;
  if (all.atKink) return { found: [], otherBits, goes };
  for (const steps of GOES) {
    if (!all.advance(steps)) break;
    goes += 1;
    for (const { name, engines, trainers } of teams) {
      const [first, ...rest] = trainers;
      const errors = { machine: name, errors: all.errors(first), ulps: ulpsOf(all, first) };
      worst.set(name, larger(errors, worst.get(name)));
      rest.forEach((trainer, i) => {
        const same =
          stateOf(trainer) === stateOf(first) &&
          Object.is(trainer.evaluation.loss, first.evaluation.loss);
        if (!same) otherBits.push(`${engines[i + 1].name} and ${engines[0].name}`);
      });
    }
  }
  return { found: [...worst.values()], otherBits, goes };
}

function larger(a: MachineErrors, b: MachineErrors = a): MachineErrors {
  const most = <T extends string>(x: Record<T, number>, y: Record<T, number>): Record<T, number> =>
    Object.fromEntries(
      Object.keys(x).map(key => [key, Math.max(x[key as T], y[key as T])]),
    ) as Record<T, number>;
  return { machine: a.machine, errors: most(a.errors, b.errors), ulps: most(a.ulps, b.ulps) };
}

function ulpsOf(all: SideBySide, ours: Trainer): MachineErrors['ulps'] {
  const [exact, found] = [all.exact, ours].map(trainer => trainer.readParameters());
  const parameters = all.exact.plan.parameterTables.map(({ offset, length }) =>
    ulpsApart(found.subarray(offset, offset + length), exact.subarray(offset, offset + length)),
  );
  return {
    outputs: ulpsApart(all.outputsOf(ours), all.outputsOf(all.exact)),
    parameters: Math.max(0, ...parameters),
  };
}

const ulpsApart = (ours: Float64Array, exact: Float64Array): number =>
  apart(ours, exact, ulp(largest(exact)));

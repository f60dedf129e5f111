/** All machines on one network: how far each is from the float64 reference, and which of them must give the same bits. */
import type { Trainer } from '../../src/engine/trainer';
import { isSmall } from '../../src/engine/wasm/small/isSmall';
import type { Layer, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { apart, largest, SideBySide, type Floor, type Quantity } from '../engine/comparison';
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
import { Draw, type RandomCase } from '../engine/randomCases';
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
    { name: STORED, engines: [reference32] },
    { name: isOwn ? 'wasm, code of its own' : 'wasm', engines: plain },
    { name: isOwn ? 'fast maths, code of its own' : 'fast maths', engines: fused },
    ...(isOwn ? [{ name: 'wasm, the same by lists', engines: [byLists] }] : []),
  ];
}

/** Gradients that cancel are nothing but rounding of what cancels, which is some thousand times as large at least. */
const FLOOR: Floor = { part: 1e-3, gradient: 1e-3, farthest: true };

/** Rounds what it stores, and nothing else. */
export const STORED = 'reference float32';

/** What float64 makes of a start that is rounded otherwise, by as much as float32 rounds. */
export const SHAKEN = 'float64, shaken by 2⁻²⁴';

/** How far the numbers themselves hang on rounding: where they cancel, no float32 knows better. */
function shaken({ network, dataset, start }: RandomCase, seed: number): Trainer {
  const draw = new Draw(seed, 'shaken');
  const moved = start.map(value => value * (1 + 2 ** -24 * (2 * draw.uniform() - 1)));
  return reference.create(network, dataset, moved);
}

export interface MachineErrors {
  readonly machine: string;
  /** The largest over all goes, relative. */
  readonly errors: Record<Quantity, number>;
  /** Of outputs and parameters, in units of the last place of a float32 as large as the largest of the tensor. */
  readonly ulps: { readonly outputs: number; readonly parameters: number };
}

interface Team extends Group {
  readonly trainers: readonly Trainer[];
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
  const teams: Team[] = [
    { name: SHAKEN, engines: [], trainers: [shaken(one, seed)] },
    ...groups.map(group => ({ ...group, trainers: group.engines.map(make) })),
  ];
  const all = new SideBySide(
    one,
    make(reference),
    teams.flatMap(({ trainers }) => trainers),
    FLOOR,
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
  const least = FLOOR.part * largest(exact);
  const parameters = all.exact.plan.parameterTables.map(({ offset, length }) =>
    ulpsApart(
      found.subarray(offset, offset + length),
      exact.subarray(offset, offset + length),
      least,
    ),
  );
  return {
    outputs: ulpsApart(all.outputsOf(ours), all.outputsOf(all.exact)),
    parameters: Math.max(0, ...parameters),
  };
}

/** @param least size that is taken for the largest */
const ulpsApart = (ours: Float64Array, exact: Float64Array, least = 0): number =>
  apart(ours, exact, ulp(Math.max(least, largest(exact))));

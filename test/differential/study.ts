/** Random networks, each computed in every way that there is: what was worst, and what was wrong. */
import type { Network } from '../../src/network/network';
import { hasParameters, layerTraits } from '../../src/network/layerTypes';
import { networkToJson } from '../../src/network/toJson';
import * as vocabulary from '../../src/network/vocabulary';
import { QUANTITIES, TOLERANCES, type Quantity } from '../engine/comparison';
import { fusedNarrow, narrow, reference, reference32, type Engine } from '../engine/engines';
import type { RandomCase } from '../engine/randomCases';
import { cancellingCase, differentialCase } from './cases';
import { differencesOf } from './differences';
import { compareMachines, SHAKEN, STORED, type MachineErrors } from './machines';
import { TORCH_LIMITS, TORCH_QUANTITIES, torchErrors, type TorchErrors } from './torch';
import { readDescriptions, readTorch, torchCase, type Description } from './torchCases';
import { WorstTable } from './worst';

/** How far numbers may be from each other. */
export const LIMITS = {
  /** Gradients in float64 from differences of five points. */
  difference: 1e-6,
  /** The reference's outputs and loss in float64, which another order of sums rounds otherwise. */
  forward: 1e-12,
  /** float32 from float64. */
  machines: TOLERANCES,
  /**
   * Where a start that is rounded otherwise leads float64 itself so far apart, or what is stored in float32, numbers
   * cancel: a machine rounds in every operation, and may be so many times as far. Of a tanh near 1 the next number has half
   * the slope, and which of both it is, is chance.
   */
  cancelling: 100,
  /** The reference in float32 is the same code as in float64: it says what cancels, as long as it is not so many times off. */
  stored: 100,
};

export class Study {
  readonly failures: string[] = [];
  readonly #limits: typeof LIMITS;
  #networks = 0;
  #moved = 0;
  #atKinks = 0;
  #goes = 0;
  readonly #gradients = new WorstTable(
    'float64 against a plain one',
    ['gradient', 'outputs', 'loss'],
    true,
  );
  readonly #machines = new WorstTable('float32 against float64', [...QUANTITIES], true);
  readonly #ulps = new WorstTable(
    'the same, in ulps of the largest',
    ['outputs', 'parameters'],
    true,
  );
  readonly #torch = new WorstTable('beside PyTorch', [...TORCH_QUANTITIES], true);
  readonly #parts = new WorstTable(
    'the worst by what is there, where nothing cancels',
    ['gradient', 'PyTorch', 'reference', 'wasm', 'own code', 'fast maths'],
    false,
  );

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** Computes the network of this seed in every way. */
  look(seed: number): void {
    this.#networks += 1;
    this.#try(seed, cancellingCase(seed), one => this.#lookAtGradients(seed, one));
    this.#try(seed, differentialCase(seed), one => this.#lookAtMachines(seed, one));
  }

  /** What throws has failed, and others are looked at all the same. */
  #try(seed: number, one: RandomCase, look: (one: RandomCase) => void): void {
    try {
      look(one);
    } catch (error) {
      this.#fail(seed, one.network, String(error));
    }
  }

  /** Trains the networks of the fixtures by each machine, with PyTorch's numbers beside them. */
  lookAtTorch(): void {
    const descriptions = readDescriptions();
    for (const engine of [reference, reference32, narrow, fusedNarrow]) {
      const theirs = readTorch(engine.precision);
      for (const one of descriptions.filter(({ seed }) => theirs.has(seed))) {
        const errors = torchErrors(one, engine, theirs.get(one.seed)!);
        this.#recordTorch(engine, one, errors);
      }
    }
  }

  #recordTorch({ name, precision }: Engine, one: Description, errors: TorchErrors): void {
    const { network } = torchCase(one);
    for (const key of TORCH_QUANTITIES) {
      const error = errors[key];
      if (error === undefined) continue;
      this.#torch.add(name, key, error, one.seed);
      if (precision === 'float64')
        for (const part of partsOf(network)) this.#parts.add(part, 'PyTorch', error, one.seed);
      const most = TORCH_LIMITS[precision][key];
      if (error <= most) continue;
      const what = `${key} of ${name} ${error} from PyTorch's, at most ${most}`;
      this.failures.push(
        `Network ${one.seed} of test/reference/differential.networks.json: ${what}.`,
      );
    }
  }

  report(): string {
    const count = (n: number): string => n.toLocaleString('en');
    const counts =
      `${count(this.#networks)} networks: ${count(this.#moved)} parameters moved, ${count(this.#atKinks)} more stand at a ` +
      `kink; ${count(this.#goes)} goes of ${QUANTITIES.length} quantities compared; ${this.failures.length} failures`;
    const tables = [this.#gradients, this.#machines, this.#ulps, this.#torch, this.#parts];
    return [counts, ...tables.map(String), ...this.failures].join('\n\n');
  }

  #lookAtGradients(seed: number, one: RandomCase): void {
    const { layers } = one.network;
    const trains = layers.some(({ type }) => type === 'dropout' || type === 'batchNorm');
    for (const training of trains ? [false, true] : [false]) {
      const { differences, atKinks, outputs, loss } = differencesOf(one, training);
      const row = training ? 'as a step sees it' : 'as it is looked at';
      this.#moved += differences.length;
      this.#atKinks += atKinks;
      this.#gradients.add(row, 'outputs', outputs, seed);
      this.#gradients.add(row, 'loss', loss, seed);
      if (!(Math.max(outputs, loss) <= this.#limits.forward))
        this.#fail(seed, one.network, `outputs ${outputs}, loss ${loss}: not those of plain sums`);
      for (const { table, error } of differences) {
        this.#gradients.add(row, 'gradient', error, seed);
        for (const part of partsOf(one.network)) this.#parts.add(part, 'gradient', error, seed);
        if (error <= this.#limits.difference) continue;
        const what = `the gradient of a ${table.kind} of layers[${table.layer}], ${row}`;
        this.#fail(seed, one.network, `${what}, is ${error} from the difference`);
      }
    }
  }

  #lookAtMachines(seed: number, one: RandomCase): void {
    const { found, otherBits, goes } = compareMachines(one, seed);
    this.#goes += goes;
    for (const names of new Set(otherBits)) this.#fail(seed, one.network, `other bits by ${names}`);
    const byMachine = new Map(found.map(each => [each.machine, each]));
    const cancels = this.#cancels(byMachine);
    for (const machine of found) {
      this.#record(machine, cancels, one.network, seed);
      if (machine.machine === SHAKEN) continue;
      for (const key of QUANTITIES) {
        const most = this.#limitOf(key, machine, byMachine);
        if (machine.errors[key] <= most) continue;
        const error = `${key} ${machine.errors[key]} from float64, at most ${most}`;
        this.#fail(seed, one.network, `${machine.machine}: ${error}`);
      }
    }
  }

  #limitOf(
    key: Quantity,
    { machine }: MachineErrors,
    found: ReadonlyMap<string, MachineErrors>,
  ): number {
    const { machines, cancelling, stored } = this.#limits;
    const [shaken, rounded] = [SHAKEN, STORED].map(name => found.get(name)!.errors[key]);
    if (machine === STORED) return Math.max(stored * machines[key], cancelling * shaken);
    return Math.max(machines[key], cancelling * Math.max(shaken, rounded));
  }

  /** Whether digits are lost wherever numbers are rounded: such networks have rows of their own. */
  #cancels(found: ReadonlyMap<string, MachineErrors>): boolean {
    return [SHAKEN, STORED].some(name =>
      QUANTITIES.some(key => (found.get(name)?.errors[key] ?? 0) > this.#limits.machines[key]),
    );
  }

  #record(
    { machine, errors, ulps }: MachineErrors,
    cancels: boolean,
    network: Network,
    seed: number,
  ): void {
    const row = cancels ? `${machine}, cancelling` : machine;
    for (const key of QUANTITIES) this.#machines.add(row, key, errors[key], seed);
    this.#ulps.add(row, 'outputs', ulps.outputs, seed);
    this.#ulps.add(row, 'parameters', ulps.parameters, seed);
    if (machine === SHAKEN || cancels) return;
    const most = Math.max(...QUANTITIES.map(key => errors[key]));
    for (const part of partsOf(network)) this.#parts.add(part, columnOf(machine), most, seed);
  }

  #fail(seed: number, network: Network, what: string): void {
    const command = `npm run differential -- --networks 1 --seed ${seed}`;
    const text = JSON.stringify(networkToJson(network));
    this.failures.push(`Network ${seed}: ${what}.\n  ${command}\n  ${text}`);
  }
}

function columnOf(machine: string): string {
  if (machine.startsWith('fast maths')) return 'fast maths';
  if (machine.startsWith('reference')) return 'reference';
  return machine.endsWith('own') ? 'own code' : 'wasm';
}

/** What {@link partsOf} must find among networks that are meant to have everything, initializers apart. */
export const partsOfAll: readonly string[] = [
  ...Object.keys(layerTraits).map(name => `layer ${name}`),
  ...Object.keys(vocabulary.activations).map(name => `activation ${name}`),
  ...Object.keys(vocabulary.losses).map(name => `loss ${name}`),
  ...Object.keys(vocabulary.optimizers).map(name => `optimizer ${name}`),
  ...['', ', momentum', ', Nesterov'].map(name => `optimizer sgd${name}`),
  ...Object.keys(vocabulary.schedules).map(name => `schedule ${name}`),
  ...['sum', 'mean', 'meanAll'].map(name => `reduction ${name}`),
  ...['clip norm', 'clip value', 'batch one', 'batch some', 'batch all'],
];

export const initializersOfAll: readonly string[] = Object.keys(vocabulary.initializers).map(
  name => `init ${name}`,
);

/** What a network has: a row of the table each. */
export function partsOf({ layers, loss, regularization, training }: Network): string[] {
  const { optimizer, schedule, clip, batchSize } = training;
  const parts = layers.flatMap(layer => [
    `layer ${layer.type}`,
    `activation ${layer.activation}`,
    ...(hasParameters(layer) && layer.type !== 'batchNorm' ? [`init ${layer.init.type}`] : []),
  ]);
  const momentum = optimizer.momentum === 0 ? '' : optimizer.nesterov ? ', Nesterov' : ', momentum';
  const { l1, l2, scale, bias } = regularization;
  return [
    ...new Set(parts),
    `loss ${loss.type}`,
    `reduction ${loss.reduction}`,
    `optimizer ${optimizer.type}${optimizer.type === 'sgd' ? momentum : ''}`,
    `schedule ${schedule.type}${schedule.warmUp > 0 ? ', warm-up' : ''}`,
    ...(l1 > 0 ? [`penalty l1, ${scale}${bias ? ', biases' : ''}`] : []),
    ...(l2 > 0 ? [`penalty l2, ${scale}${bias ? ', biases' : ''}`] : []),
    ...(clip.norm === null ? [] : ['clip norm']),
    ...(clip.value === null ? [] : ['clip value']),
    `batch ${batchSize === 'all' ? 'all' : batchSize === 1 ? 'one' : 'some'}`,
  ];
}

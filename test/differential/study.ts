/** Random networks, each computed in every way that there is: what was worst, and what was wrong. */
import type { Network } from '../../src/network/network';
import { hasParameters } from '../../src/network/layerTypes';
import { networkToJson } from '../../src/network/toJson';
import { QUANTITIES, TOLERANCES, type Quantity } from '../engine/comparison';
import { cancellingCase, differentialCase } from './cases';
import { differencesOf } from './differences';
import { compareMachines, type MachineErrors } from './machines';
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
   * Where outputs or updates are little of what cancels in them, all float32 lose digits: the reference in float32, which
   * rounds only what it stores, tells how many. Others may lose more, but not by two orders of magnitude.
   */
  ill: 30,
};

const REFERENCE = 'reference float32';

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
  readonly #parts = new WorstTable(
    'the worst by what is there',
    ['gradient', REFERENCE, 'wasm', 'own code', 'fast maths'],
    false,
  );

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** Computes the network of this seed in every way. */
  look(seed: number): void {
    this.#networks += 1;
    try {
      this.#lookAtGradients(seed);
      this.#lookAtMachines(seed);
    } catch (error) {
      this.#fail(seed, differentialCase(seed).network, String(error));
    }
  }

  report(): string {
    const count = (n: number): string => n.toLocaleString('en');
    const counts =
      `${count(this.#networks)} networks: ${count(this.#moved)} parameters moved, ${count(this.#atKinks)} more stand at a ` +
      `kink; ${count(this.#goes)} goes of ${QUANTITIES.length} quantities compared; ${this.failures.length} failures`;
    const tables = [this.#gradients, this.#machines, this.#ulps, this.#parts];
    return [counts, ...tables.map(String), ...this.failures].join('\n\n');
  }

  #lookAtGradients(seed: number): void {
    const one = cancellingCase(seed);
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

  #lookAtMachines(seed: number): void {
    const one = differentialCase(seed);
    const { found, otherBits, goes } = compareMachines(one, seed);
    this.#goes += goes;
    for (const names of new Set(otherBits)) this.#fail(seed, one.network, `other bits by ${names}`);
    const reference = found.find(({ machine }) => machine === REFERENCE);
    for (const machine of found) {
      this.#record(machine, one.network, seed);
      for (const key of QUANTITIES) {
        const most = this.#limitOf(key, machine === reference ? undefined : reference);
        if (machine.errors[key] <= most) continue;
        const error = `${key} ${machine.errors[key]} from float64, at most ${most}`;
        this.#fail(seed, one.network, `${machine.machine}: ${error}`);
      }
    }
  }

  /** @param reference in float32, where it is not the one that is judged */
  #limitOf(key: Quantity, reference: MachineErrors | undefined): number {
    const { machines, ill } = this.#limits;
    return Math.max(machines[key], reference ? ill * reference.errors[key] : 0);
  }

  #record({ machine, errors, ulps }: MachineErrors, network: Network, seed: number): void {
    for (const key of QUANTITIES) this.#machines.add(machine, key, errors[key], seed);
    this.#ulps.add(machine, 'outputs', ulps.outputs, seed);
    this.#ulps.add(machine, 'parameters', ulps.parameters, seed);
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
  return machine.endsWith('own') ? 'own code' : machine.startsWith('wasm') ? 'wasm' : machine;
}

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

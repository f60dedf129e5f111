/** WebAssembly computes what the float64 reference defines, but for rounding: 500 random networks. */
import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../src/data/inputs';
import { accuracyRule, countCorrect } from '../../src/engine/metrics';
import type { ParameterTable } from '../../src/engine/plan';
import type { Trainer } from '../../src/engine/trainer';
import {
  fusedNarrow,
  fusedWide,
  narrow,
  reference,
  runTo,
  stateOf,
  wide,
  type Engine,
} from './engines';
import { distanceFromKinks } from './kinks';
import { randomCase, type RandomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

/** Half a unit in the last place of a float32 near 1: a number that is stored may be so far off, times itself. */
const ROUNDING = 2 ** -24;

/** Nearer than this to a kink, rounding may take the other side, and both are right: the comparison ends there. */
const KINK = 1e-6;

/** Steps that are made in one go, one after the other. */
const GOES = [1, 2, 3];

/**
 * How far each may be off. All of them are relative: updates and moments to the largest one of the tensor, outputs to
 * the largest output; so an error of one wrong sample, neuron or factor is far above.
 */
const TOLERANCES = { update: 1e-4, moments: 1e-4, norm: 2e-5, outputs: 1e-5, loss: 1e-5 };

type Quantity = keyof typeof TOLERANCES;

const every = Object.keys(TOLERANCES) as Quantity[];

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** Largest difference, relative to `size`, once each number may be `allowed` of its own off. NaN where one is. */
function apart(ours: Float64Array, theirs: Float64Array, size: number, allowed = 0): number {
  let worst = 0;
  for (let i = 0; i < theirs.length; i++) {
    const far = Math.abs(ours[i] - theirs[i]) - allowed * Math.abs(theirs[i]);
    if (!(far <= worst)) worst = far;
  }
  return worst === 0 ? 0 : worst / size;
}

/** Relative, and to 0.001 where a number is smaller. */
function near(ours: number, theirs: number): number {
  return Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-3);
}

/** The same arithmetic by both blocks: the narrow one first. */
type Blocks = readonly [Engine, Engine];

const PLAIN: Blocks = [narrow, wide];
/** Products are rounded with the sums that they are added to: nearer to the reference, if anything. */
const FUSED: Blocks = [fusedNarrow, fusedWide];

/** One network, trained by all engines side by side. */
class Comparison {
  readonly #case: RandomCase;
  readonly #exact: Trainer;
  readonly #narrow: Trainer;
  readonly #wide: Trainer;

  constructor(one: RandomCase, blocks: Blocks) {
    const [exact, four, eight] = [reference, ...blocks].map(engine =>
      engine.create(one.network, one.dataset, one.start),
    );
    this.#case = one;
    this.#exact = exact;
    this.#narrow = four;
    this.#wide = eight;
  }

  get atKink(): boolean {
    const { network, dataset } = this.#case;
    return distanceFromKinks(network, dataset, this.#exact.readParameters()) < KINK;
  }

  /** So many steps more, one call where that can be; false when the reference has come to a kink. */
  advance(steps: number): boolean {
    const goal = this.#exact.step + steps;
    while (this.#exact.step < goal) {
      runTo(this.#exact, this.#exact.step + 1);
      if (this.atKink) return false;
    }
    runTo(this.#narrow, goal);
    runTo(this.#wide, goal);
    for (const trainer of [this.#exact, this.#narrow, this.#wide]) trainer.evaluate();
    return true;
  }

  errors(): Record<Quantity, number> {
    const [exact, ours] = [this.#exact, this.#narrow];
    const [theirs, outputs] = [exact, ours].map(trainer => this.#outputsOf(trainer));
    return {
      update: this.#updateError(),
      moments: this.#momentError(),
      norm: near(ours.gradientNorm, exact.gradientNorm),
      outputs: apart(outputs, theirs, largest(theirs)),
      loss: Math.max(...losses(ours).map((loss, i) => near(loss, losses(exact)[i]))),
    };
  }

  /** Both blocks give the same bits, and accuracy is that of the outputs. */
  expectSameBits(): void {
    const [a, b] = [this.#narrow, this.#wide];
    expect(stateOf(b)).toBe(stateOf(a));
    expect(b.evaluation).toEqual(a.evaluation);
    // A sum in float64, by panels: their width is its order.
    expect(near(b.gradientNorm, a.gradientNorm)).toBeLessThan(1e-12);
    expect(this.#outputsOf(b)).toEqual(this.#outputsOf(a));
    const { dataset } = this.#case;
    const { outputSize, targets, training } = dataset;
    const rule = accuracyRule(dataset);
    const right = countCorrect(rule, this.#outputsOf(a), targets, training.length, outputSize);
    expect(a.evaluation.accuracy).toBe(right / training.length);
  }

  #outputsOf(trainer: Trainer): Float64Array {
    const { dataset } = this.#case;
    return trainer.predict(inputsOf(dataset, 0, dataset.samples), dataset.samples);
  }

  #updateError(): number {
    const { step } = this.#exact;
    const [ours, exact] = [this.#narrow, this.#exact].map(trainer => trainer.readParameters());
    return this.#worstOf(table => {
      const [w, v, start] = [ours, exact, this.#case.start].map(all => part(all, table));
      const update = largest(v.map((value, i) => value - start[i]));
      // AdamW rounds twice: the decayed number, and what is left after the update.
      return apart(w, v, update, 2 * step * ROUNDING);
    });
  }

  #momentError(): number {
    const [ours, exact] = [this.#narrow, this.#exact].map(
      each => each.readOptimizerState().moments,
    );
    const errors = exact.map((moment, n) =>
      this.#worstOf(table => {
        const theirs = part(moment, table);
        return apart(part(ours[n], table), theirs, largest(theirs));
      }),
    );
    return Math.max(0, ...errors);
  }

  #worstOf(error: (table: ParameterTable) => number): number {
    return Math.max(0, ...this.#exact.plan.parameterTables.map(error));
  }
}

function losses({ evaluation }: Trainer): number[] {
  return [evaluation.loss, evaluation.validationLoss].filter((_, i) => i === 0 || !isNaN(_));
}

function part(all: Float64Array, { offset, length }: ParameterTable): Float64Array {
  return all.subarray(offset, offset + length);
}

/** Networks from `first` on, that agree after each of their goes; answers how many of these have been compared. */
function expectAgreement(
  first: number,
  count: number,
  draw: (seed: number) => RandomCase,
  blocks = PLAIN,
): number {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = first; seed < first + count; seed++) {
    const comparison = new Comparison(draw(seed), blocks);
    if (comparison.atKink) continue;
    for (const steps of GOES) {
      if (!comparison.advance(steps)) break;
      const errors = comparison.errors();
      for (const key of every) {
        if (!(errors[key] <= TOLERANCES[key])) wrong.push(`${seed}, ${key}: ${errors[key]}`);
      }
      comparison.expectSameBits();
      compared += 1;
    }
  }
  expect(wrong).toEqual([]);
  return compared;
}

/** The largest of each: update 3.1e-5, moments 7.1e-6, norm 7.9e-6, outputs 2.6e-6, loss 1.3e-6. */
describe.each(Array.from({ length: 10 }, (_, i) => 50 * i))('50 networks from %i on', first => {
  test('agree, and both blocks to the bit', () => {
    // Of 150; the others stand at a kink.
    expect(expectAgreement(first, 50, randomCase)).toBeGreaterThan(130);
  });
});

describe.each(Array.from({ length: 6 }, (_, i) => 25 * i))('25 over images from %i on', first => {
  test('agree, and both blocks to the bit', () => {
    // Of 75.
    expect(expectAgreement(first, 25, randomImageCase)).toBeGreaterThan(40);
  });
});

describe('with fast maths', () => {
  test.each(Array.from({ length: 3 }, (_, i) => 500 + 50 * i))('50 networks from %i on', first => {
    expect(expectAgreement(first, 50, randomCase, FUSED)).toBeGreaterThan(130);
  });

  test('25 over images', () => {
    expect(expectAgreement(150, 25, randomImageCase, FUSED)).toBeGreaterThan(40);
  });
});

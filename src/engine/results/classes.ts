/** Counts of what is true and what was predicted, and the shares that follow from them. */
import type { Cell, ClassQuestion, ClassScores, MacroScores } from './report';

/** Classes of which every pair is counted. */
export const MOST_CLASSES = 50;

export class Confusion {
  readonly #names: readonly string[];
  readonly #name: string | undefined;
  readonly #support: Float64Array;
  readonly #predicted: Float64Array;
  readonly #right: Float64Array;
  readonly #counts: Float64Array | undefined;

  /**
   * @param names of the classes
   * @param name of the question, where there are several
   */
  constructor(names: readonly string[], name?: string) {
    const { length } = names;
    this.#names = names;
    this.#name = name;
    this.#support = new Float64Array(length);
    this.#predicted = new Float64Array(length);
    this.#right = new Float64Array(length);
    this.#counts = length <= MOST_CLASSES ? new Float64Array(length * length) : undefined;
  }

  add({ truth, predicted }: Cell): void {
    this.#support[truth] += 1;
    this.#predicted[predicted] += 1;
    if (truth === predicted) this.#right[truth] += 1;
    if (this.#counts) this.#counts[truth * this.#names.length + predicted] += 1;
  }

  question(): ClassQuestion {
    const classes = this.#names.map((name, i) =>
      scoresOf(name, this.#support[i], this.#predicted[i], this.#right[i]),
    );
    return {
      ...(this.#name !== undefined && { name: this.#name }),
      classes,
      macro: macroOf(classes),
      ...(this.#counts && { counts: [...this.#counts] }),
    };
  }
}

/** 0 / 0 is NaN, and said to be undefined. */
function scoresOf(name: string, support: number, predicted: number, right: number): ClassScores {
  return {
    name,
    support,
    predicted,
    right,
    precision: right / predicted,
    recall: right / support,
    f1: (2 * right) / (support + predicted),
  };
}

function macroOf(classes: readonly ClassScores[]): MacroScores {
  const mean = (score: (of: ClassScores) => number): number => {
    const defined = classes.map(score).filter(value => !Number.isNaN(value));
    return defined.reduce((sum, value) => sum + value, 0) / defined.length;
  };
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

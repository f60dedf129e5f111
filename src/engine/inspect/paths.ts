/**
 * A gradient as the sum over all paths from its parameter to the loss: what the chain rule says before any δ is stored
 * and used again. There are as many paths as the widths of the layers on the way multiplied, so only those with the
 * largest products are kept; the number of all of them and their work are counted without walking them.
 */
import type { GradientPath, PathFacts, PathStep, Target, Term } from '../facts';
import { reachedLayers } from '../gradientFlow';
import { activationSlope } from './batchPass';
import { sourcesOf, type Context } from './context';
import type { SamplePass } from './samplePass';
import { outgoingTerms } from './terms';

/** Paths that are kept. */
const MOST_PATHS = 12;
/** Connections before a parameter; with more of them the paths of every hover would cost a millisecond and more. */
const MOST_CONNECTIONS = 4000;
/** Layers behind the parameter's own: nobody reads a product of more factors. */
const MOST_LAYERS = 40;

/** The rest of a path, from a neuron on. */
interface Way {
  /** What it adds to the δ of the neuron. */
  readonly value: number;
  readonly steps: readonly PathStep[];
  readonly output: number;
}

/** All ways from one neuron to the loss. */
interface Ways {
  /** Largest first. */
  readonly best: readonly Way[];
  readonly count: number;
  /** Multiplications of all their products, without the parameter's own source. */
  readonly work: number;
}

/**
 * @param source the activation that the parameter multiplies; 1 for a bias
 * @returns undefined where there are too many connections or layers on the way
 */
export function pathFacts(
  context: Context,
  sample: SamplePass,
  target: Extract<Target, { type: 'weight' | 'bias' }>,
  source: number,
): PathFacts | undefined {
  if (sample.layers.length - target.layer > MOST_LAYERS) return undefined;
  const walk = new Walk(context, sample);
  const ways = walk.from(target.layer, target.row);
  if (!ways) return undefined;
  const { delta } = sample.layers[sample.layers.length - 1];
  const paths = ways.best.map(({ value, steps, output }): GradientPath => {
    return { steps, output, delta: delta[output], product: source * value };
  });
  const total = source * sample.layers[target.layer].delta[target.row];
  const named = paths.reduce((sum, { product }) => sum + product, 0);
  const count = ways.count - paths.length;
  const own = target.type === 'weight' ? 1 : 0;
  return {
    paths,
    more: { count, sum: count === 0 ? 0 : total - named },
    count: ways.count,
    multiplications: { apart: ways.work + own * ways.count, shared: walk.work + own },
  };
}

class Walk {
  /** Multiplications when the δ of every neuron on the way is computed once. */
  work = 0;
  readonly #context: Context;
  readonly #sample: SamplePass;
  readonly #reached: readonly boolean[];
  readonly #known = new Map<string, Ways>();
  #connections = 0;

  constructor(context: Context, sample: SamplePass) {
    this.#context = context;
    this.#sample = sample;
    this.#reached = reachedLayers(sourcesOf(context.plan).map(sources => ({ sources })));
  }

  /** Undefined when there are too many connections. */
  from(layer: number, row: number): Ways | undefined {
    const key = `${layer} ${row}`;
    const ways = this.#known.get(key) ?? this.#found(layer, row);
    if (ways) this.#known.set(key, ways);
    return ways;
  }

  #found(layer: number, row: number): Ways | undefined {
    const last = this.#context.plan.operations.length - 1;
    const { delta } = this.#sample.layers[layer];
    if (layer === last)
      return { best: [{ value: delta[row], steps: [], output: row }], count: 1, work: 0 };
    const terms = outgoingTerms(this.#context, this.#sample, layer, row).filter(
      term => this.#reached[term.layer],
    );
    this.#connections += terms.length;
    if (this.#connections > MOST_CONNECTIONS) return undefined;
    this.work += terms.length > 0 ? 1 : 0;
    const all: Ways[] = [];
    for (const term of terms) {
      const ways = this.from(term.layer, term.index);
      if (!ways) return undefined;
      all.push(this.#through(layer, row, term, ways));
      this.work += term.identity ? 0 : 1;
    }
    return merged(all);
  }

  /** The ways that begin with one connection. */
  #through(layer: number, row: number, term: Term, { best, count, work }: Ways): Ways {
    const { activation } = this.#context.plan.operations[layer];
    const { z, activation: a } = this.#sample.layers[layer];
    const derivative = activationSlope(activation, z[row], a[row]);
    const { weight, identity } = term;
    const step: PathStep = {
      ...{ layer, row, activation, derivative, weight },
      ...(identity && { identity }),
    };
    return {
      best: best.map(({ value, steps, output }) => {
        return { value: derivative * weight * value, steps: [step, ...steps], output };
      }),
      count,
      work: work + (identity ? 1 : 2) * count,
    };
  }
}

function merged(all: readonly Ways[]): Ways {
  const best = all.flatMap(ways => ways.best);
  return {
    best: best.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_PATHS),
    count: all.reduce((sum, { count }) => sum + count, 0),
    work: all.reduce((sum, { work }) => sum + work, 0),
  };
}

/** Arbitrary networks with branches, as the JSON value of their file. */
import fc from 'fast-check';
import type { JsonObject } from './networks';

/** How a layer is made: its type, whether it has an id, and numbers that choose sources and units. */
interface Plan {
  readonly type: 'dense' | 'add' | 'concat';
  readonly named: boolean;
  readonly picks: readonly number[];
  readonly units: number;
}

const planArbitrary: fc.Arbitrary<Plan> = fc.record({
  type: fc.constantFrom('dense', 'add', 'concat'),
  named: fc.boolean(),
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  units: fc.integer({ min: 1, max: 3 }),
});

/** What stands above a layer: ids with their sizes. */
interface Above {
  readonly id: string;
  readonly size: number;
}

function picked(above: readonly Above[], picks: readonly number[]): readonly Above[] {
  return [...new Set(picks.map(pick => above[pick % above.length]))];
}

/** A plan that cannot be kept, such as adding layers of different sizes, becomes a dense layer. */
function layerOf(
  plan: Plan,
  index: number,
  above: readonly Above[],
): { layer: JsonObject; size: number } {
  const { type, named, units } = plan;
  const id: JsonObject = named ? { id: `n${index}` } : {};
  const sources = picked(above, plan.picks);
  const equal = sources.filter(({ size }) => size === sources[0]?.size);
  const joined = type === 'add' ? equal : sources;
  const from = joined.map(source => source.id);
  if (type === 'dense' || joined.length < 2) {
    const free = plan.picks.length === 1;
    const only = from.length > 1 ? [from[0]] : from[0];
    const source: JsonObject = free ? {} : { from: only };
    return { layer: { type: 'dense', ...id, ...source, units }, size: units };
  }
  const sizes = joined.map(({ size }) => size);
  const size = type === 'add' ? sizes[0] : sizes.reduce((sum, each) => sum + each, 0);
  return { layer: { type, ...id, from }, size };
}

/** A valid network; `sizes` are the units that its layers must have. */
export const branchedArbitrary: fc.Arbitrary<{ network: JsonObject; sizes: readonly number[] }> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    plans: fc.array(planArbitrary, { minLength: 1, maxLength: 9 }),
  })
  .map(({ inputs, plans }) => {
    const above: Above[] = [{ id: 'input', size: inputs }];
    const sizes: number[] = [];
    const layers = plans.map((plan, index) => {
      const { layer, size } = layerOf(plan, index, above);
      if (plan.named) above.push({ id: `n${index}`, size });
      sizes.push(size);
      return layer;
    });
    return { network: { version: 1, input: { shape: [inputs] }, layers }, sizes };
  });

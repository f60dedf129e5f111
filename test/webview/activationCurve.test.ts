/** The curve of a neuron's activation goes through its own numbers. */
import { describe, expect, it } from 'vitest';
import { elementActivations } from '../../src/engine/activations';
import { curveOf } from '../../webview/inspect/activationCurve';

const element = Object.keys(elementActivations) as (keyof typeof elementActivations)[];

describe('the curve of an activation', () => {
  it.each(element)(
    '%s: every point is f(z), and every slope the difference of its neighbours',
    name => {
      const z = 0.7;
      const { value } = elementActivations[name];
      const curve = curveOf({ activation: name, weightedInput: z, output: value(z) });
      if (!curve) throw new Error('there is a curve');
      for (const [at, of] of curve.value) expect(of).toBe(value(at));
      const h = 1e-6;
      for (const [at, slope] of curve.slope) {
        // At a kink there are two slopes.
        if (Math.abs(at) < 1e-3) continue;
        expect(slope).toBeCloseTo((value(at + h) - value(at - h)) / (2 * h), 6);
      }
    },
  );

  it('softmax: the share of one neuron while the others stay', () => {
    const others = [0.5, -1.2];
    const share = (z: number): number => {
      const all = [z, ...others].map(Math.exp);
      return all[0] / all.reduce((sum, e) => sum + e);
    };
    const curve = curveOf({ activation: 'softmax', weightedInput: 0.3, output: share(0.3) });
    expect(curve?.value.length).toBeGreaterThan(50);
    for (const [at, of] of curve?.value ?? []) expect(of).toBeCloseTo(share(at), 12);
  });

  it('reaches beyond a large z, and holds all that it draws', () => {
    const curve = curveOf({ activation: 'relu', weightedInput: -40, output: 0 });
    expect(curve?.reach).toBe(50);
    expect([curve?.from, curve?.to]).toEqual([0, 50]);
  });

  it('softmax of one neuron is flat: its share is always all', () => {
    const curve = curveOf({ activation: 'softmax', weightedInput: 2, output: 1 });
    expect(new Set(curve?.value.map(([, of]) => of))).toEqual(new Set([1]));
    expect(new Set(curve?.slope.map(([, of]) => of))).toEqual(new Set([0]));
  });

  it('there is none where z is no finite number', () => {
    expect(curveOf({ activation: 'sigmoid', weightedInput: NaN, output: NaN })).toBeUndefined();
  });
});

/** What a derivative beside a difference is called, and which differences are asked for until that is known. */
import { describe, expect, it } from 'vitest';
import { elementActivations } from '../../src/engine/activations';
import type { Verdict } from '../../src/engine/gradcheck';
import { Comparer, type Compared } from '../../src/engine/gradcheck/comparison';
import { atZero, lossPieces, worse, type Crossing } from '../../src/engine/gradcheck/crossings';
import { HUBER_DELTA } from '../../src/engine/losses';
import type { ActivationName, LossName } from '../../src/network/network';

interface Told {
  readonly numeric: number;
  readonly crossed?: Crossing;
}

/** A line on which these differences are found, by their step; `asked` collects the steps. */
function line(
  analytic: number,
  central: (h: number) => Told,
  more: { scale?: number; flat?: boolean; fivePoint?: (h: number) => Told } = {},
) {
  const asked: string[] = [];
  const told = (name: string, of: (h: number) => Told) => (h: number) => {
    asked.push(`${name} ${h.toExponential(0)}`);
    return { crossed: 'none' as const, ...of(h) };
  };
  const { scale = 1, flat = false, fivePoint = central } = more;
  const compared: Compared = {
    ...{ analytic, scale, flat },
    central: told('central', central),
    fivePoint: told('five', fivePoint),
  };
  return { compared, asked };
}

describe('a verdict', () => {
  it.each<[string, number, Told, boolean, Verdict]>([
    ['right', 1, { numeric: 1 + 9e-7 }, false, 'ok'],
    ['nearly right', 1, { numeric: 1 + 2e-6 }, false, 'look'],
    ['rather wrong', 1, { numeric: 1 + 9e-5 }, false, 'look'],
    ['wrong', 1, { numeric: 1 + 2e-4 }, false, 'fail'],
    ['of the wrong sign', 1, { numeric: -1 }, false, 'fail'],
    ['no number', NaN, { numeric: 1 }, false, 'fail'],
    ['beside no number', 1, { numeric: NaN }, false, 'fail'],
    ['as good as nothing', 9e-10, { numeric: -9e-10 }, false, 'tiny'],
    ['not so small', 2e-9, { numeric: 2e-9 }, false, 'ok'],
    ['small beside what is not', 9e-10, { numeric: 2e-9 }, false, 'fail'],
    ['right across a bend', 1, { numeric: 1, crossed: 'bend' }, false, 'ok'],
    ['nothing across a bend', 0, { numeric: 0, crossed: 'bend' }, false, 'tiny'],
    ['wrong across a bend', 1, { numeric: 2, crossed: 'bend' }, false, 'kink'],
    ['right across a kink', 1, { numeric: 1, crossed: 'kink' }, false, 'kink'],
    ['nothing across a kink', 0, { numeric: 0, crossed: 'kink' }, false, 'kink'],
    ['nothing behind a step', 0, { numeric: 0 }, true, 'flat'],
    ['right behind a step', 1, { numeric: 1 }, true, 'flat'],
    ['nothing behind a step that was taken', 0, { numeric: 9, crossed: 'kink' }, true, 'flat'],
    ['wrong behind a step', 1, { numeric: 2 }, true, 'fail'],
    ['wrong behind a step, across a bend', 1, { numeric: 2, crossed: 'bend' }, true, 'kink'],
  ])('on what is %s', (_, analytic, told, flat, verdict) => {
    // The loss is so small that rounding is no excuse: with the step 1 it shows 15 digits.
    const { compared } = line(analytic, () => told, { flat });
    const found = new Comparer(0, 1).compare(compared);
    expect(found).toEqual({
      ...{ analytic, numeric: told.numeric, verdict },
      error: expect.any(Number) as number,
    });
  });

  it.each([
    [2, 2.5, 0.2],
    [-2.5, 2, 1.8],
    [0, 4, 1],
    [3, 3, 0],
    [NaN, 1, Infinity],
    [Infinity, Infinity, Infinity],
  ])('comes from the distance of %d and %d beside the larger: %d', (analytic, numeric, error) => {
    const { compared } = line(analytic, () => ({ numeric }));
    expect(new Comparer(1, 0.1).compare(compared).error).toBeCloseTo(error, 12);
  });

  it.each([
    [1, 1e-5],
    [0.01, 1e-5],
    [-300, 1e-5],
    [1, 1e-3],
  ])('allows for the rounding of a loss of %d with the step %d', (loss, h) => {
    // 4 ε times the loss, of which a millionth of the derivative is to be seen.
    const floor = (4 * Number.EPSILON * Math.max(1, Math.abs(loss))) / (1e-6 * h);
    const errorOf = (numeric: number): number =>
      new Comparer(loss, h).compare(line(0, () => ({ numeric })).compared).error;
    expect(errorOf(floor / 2)).toBeCloseTo(0.5, 12);
    expect(errorOf(2 * floor)).toBeCloseTo(1, 12);
  });
});

describe('the differences that are asked for', () => {
  const ask = (...given: Parameters<typeof line>) => {
    const { compared, asked } = line(...given);
    return { found: new Comparer(1, undefined).compare(compared), asked };
  };

  it('are one where it agrees', () => {
    const { found, asked } = ask(1, () => ({ numeric: 1 }));
    expect([found.verdict, asked]).toEqual(['ok', ['central 1e-5']]);
  });

  it('are relative to the scale, also of the step that is asked for', () => {
    expect(ask(1, () => ({ numeric: 1 }), { scale: 200 }).asked).toEqual(['central 2e-3']);
    const { compared, asked } = line(1, () => ({ numeric: 2 }), { scale: 3 });
    expect(new Comparer(1, 0.1).compare(compared)).toMatchObject({ numeric: 2, verdict: 'fail' });
    expect(asked).toEqual(['central 3e-1']);
  });

  it('are two of a higher order where it does not, and the best of all three tells', () => {
    const wrong = ask(1, () => ({ numeric: 1.5 }), {
      scale: 2,
      fivePoint: h => ({ numeric: 1.2 + h }),
    });
    expect(wrong.asked).toEqual(['central 2e-5', 'five 2e-3', 'five 2e-4']);
    expect(wrong.found).toMatchObject({ numeric: 1.2 + 2e-4, verdict: 'fail' });
    const worse = ask(1, () => ({ numeric: 1.00005 }), { fivePoint: () => ({ numeric: 1.1 }) });
    expect(worse.found).toMatchObject({ numeric: 1.00005, verdict: 'look' });
    const soon = ask(1, () => ({ numeric: 1.5 }), { fivePoint: () => ({ numeric: 1 }) });
    expect([soon.found.verdict, soon.asked]).toEqual(['ok', ['central 1e-5', 'five 1e-3']]);
    const across = ask(1, () => ({ numeric: 1.5 }), {
      fivePoint: () => ({ numeric: 1, crossed: 'bend' }),
    });
    expect([across.found.verdict, across.asked.length]).toEqual(['fail', 3]);
  });

  it('are smaller and smaller where a kink lies between, until none does', () => {
    const near = ask(1, h => (h > 5e-7 ? { numeric: 2, crossed: 'kink' } : { numeric: 1 }));
    expect([near.found.verdict, near.asked]).toEqual([
      'ok',
      ['central 1e-5', 'central 1e-6', 'central 1e-7'],
    ]);
    const at = ask(1, h => ({ numeric: 2 + h, crossed: 'kink' }), { scale: 2 });
    expect(at.found).toMatchObject({ numeric: 2 + 2e-8, verdict: 'kink' });
    expect(at.asked).toEqual(['central 2e-5', 'central 2e-6', 'central 2e-7', 'central 2e-8']);
    const bend = ask(1, h => ({ numeric: 2, crossed: h > 5e-6 ? 'bend' : 'none' }));
    expect([bend.found.verdict, bend.asked]).toEqual(['fail', ['central 1e-5', 'central 1e-6']]);
  });
});

describe('where functions are made of pieces', () => {
  it.each(Object.entries(atZero).filter(([name]) => name !== 'softmax'))(
    '%s has at 0 a %s, as its values say',
    (name, crossing) => {
      const { value } = elementActivations[name as Exclude<ActivationName, 'softmax'>];
      const h = 1e-4;
      // The slopes to both sides of 0, and how these change: a jump of either is no rounding.
      const slope = (z: number): number => (value(z + h) - value(z)) / h;
      const kink = Math.abs(slope(0) - slope(-h)) > 0.1;
      const curvature = (z: number): number => (slope(z) - slope(z - h)) / h;
      const bend = Math.abs(curvature(2 * h) - curvature(-h)) > 0.1;
      expect(crossing).toBe(kink ? 'kink' : bend ? 'bend' : 'none');
    },
  );

  it('the worse of two is the one that tells less', () => {
    const order: Crossing[] = ['none', 'bend', 'kink'];
    for (const [i, a] of order.entries())
      for (const [j, b] of order.entries()) expect(worse(a, b)).toBe(order[Math.max(i, j)]);
  });

  it.each(Object.keys(lossPieces) as LossName[])('%s has pieces as its slopes say', name => {
    const { piece, crossing } = lossPieces[name];
    if (crossing === 'none') expect([-2, -0.5, 0, 3].map(piece)).toEqual([0, 0, 0, 0]);
    if (name === 'meanAbsoluteError')
      expect([-9, -1e-9, 0, 1e-9, 9].map(piece)).toEqual([-1, -1, 0, 1, 1]);
    if (name === 'huber') {
      const [inside, outside] = [0.999 * HUBER_DELTA, 1.001 * HUBER_DELTA];
      expect([-inside, 0, inside, HUBER_DELTA, -HUBER_DELTA].map(piece)).toEqual(Array(5).fill(0));
      expect([outside, -outside].map(piece)).toEqual([1, 1]);
    }
    expect(crossing === 'none').toBe(name !== 'huber' && name !== 'meanAbsoluteError');
  });
});

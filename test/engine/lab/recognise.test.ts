/** Which mistake is named where several would explain a gradient: the fewest. */
import { describe, expect, it } from 'vitest';
import { createLab } from '../../../src/engine/lab/lab';
import { STANDARD_RULE, type LabRule } from '../../../src/engine/lab/presets';
import type { Factor } from '../../../src/engine/lab/recognise';
import type { Layer, Loss } from '../../../src/network/network';
import { inferShapes } from '../../../src/network/shapes';
import { dense, network, randomDataset } from '../networks';

/** What is found where all parameters are 0: every z is 0, and so are all f′ of a layer the same. */
function found(
  layers: readonly Layer[],
  samples: number,
  rule: Partial<LabRule>,
  loss: Partial<Loss> = {},
): readonly (readonly Factor[] | string)[] {
  const net = network(3, layers, { loss });
  const shapes = inferShapes(net);
  const data = randomDataset(samples, 3, shapes.outputSize);
  const request = {
    ...{ rule: { ...STANDARD_RULE, ...rule }, tried: {} },
    scope: { type: 'batch' } as const,
  };
  const job = createLab(net, data, new Float64Array(shapes.parameters), request);
  expect(job.run()).toBe(true);
  return job
    .result()
    .layers.map(({ finding }) => (finding.type === 'factors' ? finding.factors : finding.type));
}

// f′(0) of a sigmoid is ¼.
const SIGMOID = [dense(2, 'sigmoid')];
const constant = (value: number, of: 'loss' | 'reduction' | 'both'): Factor => {
  return { type: 'constant', value, of };
};
const SLOPE: Factor = { type: 'slope', layers: [0] };

describe('a gradient that is four times too large', () => {
  it('lacks one slope rather than 2 of the loss and 2 of the samples', () => {
    expect(found(SIGMOID, 2, { slope: 'output' })).toEqual([[SLOPE]]);
    expect(found(SIGMOID, 2, { reduction: true, lossFactor: true })).toEqual([[SLOPE]]);
  });

  it('lacks the division by four samples, which is told before a slope', () => {
    expect(found(SIGMOID, 4, { slope: 'output' })).toEqual([[constant(4, 'reduction')]]);
    expect(found(SIGMOID, 4, { reduction: true })).toEqual([[constant(4, 'reduction')]]);
  });

  it('lacks both of them where it is more', () => {
    expect(found(SIGMOID, 2, { slope: 'output', reduction: true })).toEqual([
      [SLOPE, constant(2, 'both')],
    ]);
    expect(found(SIGMOID, 3, { slope: 'output', reduction: true })).toEqual([
      [SLOPE, constant(3, 'reduction')],
    ]);
    expect(found(SIGMOID, 3, { slope: 'output', sign: true })).toEqual([[SLOPE, { type: 'sign' }]]);
  });
});

describe('constants', () => {
  const LINEAR = [dense(2, 'linear')];

  it.each<[number, Partial<LabRule>, Partial<Loss>, readonly Factor[] | 'right']>([
    [3, {}, {}, 'right'],
    [3, { lossFactor: true }, { half: true }, [constant(2, 'loss')]],
    [3, { lossFactor: true }, { half: false }, [constant(0.5, 'loss')]],
    [3, { reduction: true }, {}, [constant(3, 'reduction')]],
    [3, { reduction: true }, { reduction: 'meanAll' }, [constant(6, 'reduction')]],
    [1, { reduction: true }, { reduction: 'meanAll' }, [constant(2, 'both')]],
    [2, { lossFactor: true }, { half: true }, [constant(2, 'both')]],
    [2, { lossFactor: true }, { half: false }, [constant(0.5, 'loss')]],
    [
      3,
      { reduction: true, lossFactor: true },
      { half: true },
      [constant(2, 'loss'), constant(3, 'reduction')],
    ],
    [
      3,
      { reduction: true, lossFactor: true },
      { half: false },
      [constant(0.5, 'loss'), constant(3, 'reduction')],
    ],
    [2, { reduction: true, lossFactor: true }, { half: false }, 'right'],
    [3, { reduction: true, sign: true }, {}, [{ type: 'sign' }, constant(3, 'reduction')]],
  ])('of %i samples, by %j with %j', (samples, rule, loss, wanted) => {
    expect(found(LINEAR, samples, rule, { reduction: 'mean', ...loss })).toEqual([
      typeof wanted === 'string'
        ? wanted
        : wanted.map(factor =>
            factor.type === 'constant'
              ? { ...factor, value: expect.closeTo(factor.value, 9) as number }
              : factor,
          ),
    ]);
  });
});

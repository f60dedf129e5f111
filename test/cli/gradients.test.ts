import { describe, expect, it } from 'vitest';
import type { GradientReport } from '../../src/engine/inspect';
import { EXAMPLES, example, nabla, nablaJson } from './support';

const REFERENCE = example('reference-3-4-2');

function digits(values: readonly number[] | undefined): string[] | undefined {
  return values?.map(value => value.toFixed(6));
}

describe('gradients', () => {
  it('prints the reference numbers of the 3-4-2 network', async () => {
    const { loss, layers } = await nablaJson<GradientReport>(['gradients', REFERENCE]);
    const [hidden, output] = layers;
    expect(loss.toFixed(6)).toBe('0.342100');
    expect(digits(hidden.activation)).toEqual(['0.549834', '0.586618', '0.622459', '0.657010']);
    expect(digits(output.activation)).toEqual(['0.440615', '0.609335']);
    expect(digits(output.delta)).toEqual(['-0.137873', '0.145050']);
    expect(digits(hidden.delta)).toEqual(['0.007358', '0.007035', '0.006649', '0.006214']);
    expect(output.weights[0][0].toFixed(6)).toBe('-0.075808');
    expect(hidden.weights[0][0].toFixed(6)).toBe('0.007358');
    expect(output.bias).toEqual(output.delta);
    expect(hidden.z?.map(z => Number(z.toFixed(12)))).toEqual([0.2, 0.35, 0.5, 0.65]);
  });

  it('prints the same for people', async () => {
    const { code, stdout } = await nabla(['gradients', REFERENCE, '--sample', '0']);
    expect(code).toBe(0);
    expect(stdout).toContain('C = 0.342100, the loss of sample 1 (index 0)\n');
    expect(stdout).toMatch(/^0 +-0\.238665 +0\.440615 +-0\.137873 +-0\.137873$/m);
    expect(stdout).toMatch(/^to 0 +-0\.075808( +-?\d\.\d{6}){3}$/m);
  });

  it('of a summed loss over the batch are the sums of those of the samples', async () => {
    const file = example('chain-2-3-2-2');
    const batch = await nablaJson<GradientReport>(['gradients', file, '--batch']);
    const samples = await Promise.all(
      ['0', '1', '2', '3'].map(i => nablaJson<GradientReport>(['gradients', file, '--sample', i])),
    );
    expect(batch.loss).toBeCloseTo(
      samples.reduce((sum, { loss }) => sum + loss, 0),
      12,
    );
    batch.layers.forEach((layer, l) => {
      expect(Object.keys(layer)).toEqual(['weights', 'bias']);
      layer.weights.forEach((row, j) =>
        row.forEach((gradient, k) => {
          const sum = samples.reduce((s, { layers }) => s + layers[l].weights[j][k], 0);
          expect(gradient).toBeCloseTo(sum, 12);
        }),
      );
    });
  });

  it('prints numbers that are not finite as texts: JSON would say null', async () => {
    const network = {
      version: 1,
      input: { shape: [1] },
      layers: [{ type: 'dense', units: 1, activation: 'linear', weights: [[1e200]], bias: [0] }],
      loss: { type: 'meanSquaredError' },
      training: { precision: 'float64' },
      data: { inline: [{ x: [1e10], y: [0] }] },
    };
    const { stdout } = await nabla(['gradients', 'a.nn.json', '--json'], {
      'a.nn.json': JSON.stringify(network),
    });
    expect(JSON.parse(stdout)).toMatchObject({ loss: 'Infinity' });
    expect(stdout).not.toContain('null');
  });

  it('shows what passes through merges, which have no weights', async () => {
    const file = example('residual');
    const { layers } = await nablaJson<GradientReport>(['gradients', file]);
    expect([layers[3].weights, layers[3].bias]).toEqual([[], []]);
    const [stem, , change, sum] = layers;
    sum.z?.forEach((z, j) =>
      expect(z).toBeCloseTo((stem.activation?.[j] ?? NaN) + (change.activation?.[j] ?? NaN), 13),
    );
    const { code, stdout } = await nabla(['gradients', file]);
    expect(code).toBe(0);
    const [, block] = stdout.split('layers[3] (add, relu) from stem, change\n');
    expect(block.split('\n')[0]).toMatch(/^neuron +z +a +δ = ∂C\/∂z$/);
    expect(block.slice(0, block.indexOf('layers[4]'))).not.toContain('∂C/∂w');
    const batch = await nabla(['gradients', file, '--batch']);
    expect(batch.stdout).not.toContain('layers[3]');
    expect(batch.stdout).toContain('layers[4] (dense, softmax)\nneuron');
  });

  it('has no bias where there is none, and batch tables without activity', async () => {
    const file = example('rates-3-3-2-1');
    const { layers } = await nablaJson<GradientReport>(['gradients', file]);
    expect(layers.map(layer => layer.bias)).toEqual([[], [], []]);
    const { stdout } = await nabla(['gradients', file, '--batch']);
    expect(stdout).toContain('the loss of all 8 training samples');
    expect(stdout).not.toContain('∂C/∂b');
  });
});

interface Report {
  parameters: number;
  checked: number;
  worst: { path: string; analytic: number; numeric: number; error: number };
  failed: unknown[];
  kinks: readonly { readonly path: string }[];
}

/** Where a window sees blank pixels alone and the bias is still 0, z is 0: just in the kink of a ReLU. */
const KINKS: Readonly<Record<string, readonly string[]>> = {
  [example('digits-conv')]: Array.from({ length: 8 }, (_, filter) => `layers[0].bias[${filter}]`),
};

describe('gradcheck', () => {
  it.each(EXAMPLES)('agrees on %s', async file => {
    const { parameters, checked, worst, failed, kinks } = await nablaJson<Report>([
      'gradcheck',
      file,
    ]);
    expect(checked).toBe(parameters);
    expect(failed).toEqual([]);
    expect(kinks.map(({ path }) => path)).toEqual(KINKS[file] ?? []);
    expect(worst.error).toBeGreaterThan(0);
    expect(worst.error).toBeLessThanOrEqual(1e-6);
    expect(worst.path).toMatch(/^layers\[\d+\]\.(weights\[\d+\]\[\d+\]|bias\[\d+\])$/);
    expect(Math.abs(worst.analytic - worst.numeric)).toBeLessThan(1e-6);
  });

  it('prints the same for people', async () => {
    const { code, stdout } = await nabla(['gradcheck', REFERENCE]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^parameters +26$/m);
    expect(stdout).toMatch(/^worst +\d\.\de-\d+ at layers\[/m);
    expect(stdout).toMatch(/^failed +0$/m);
  });
});

/** What a new file begins as: the network that its name promises, ready to be trained. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { newNetworkText, templateNames } from '../../src/network/templates';
import type { TemplateName } from '../../src/network/templates';

const read = (name: TemplateName) => parseNetwork(newNetworkText(name));

describe('a template', () => {
  it.each<[TemplateName, number, readonly string[], string, string]>([
    ['blank', 2, ['3 sigmoid', '1 sigmoid'], 'meanSquaredError true', 'sgd 0.5 all 500'],
    ['xor', 2, ['4 tanh', '1 sigmoid'], 'binaryCrossEntropy', 'sgd 0.5 all 1000'],
    ['sine', 1, ['12 tanh', '1 linear'], 'meanSquaredError true', 'adam 0.01 32 500'],
  ])(
    '%s has %i inputs and the layers %j, and is trained by %s and %s',
    (name, size, layers, loss, training) => {
      const { network } = read(name);
      expect(network?.input.shape).toEqual([size]);
      expect(network?.layers.map(({ units, activation }) => `${units} ${activation}`)).toEqual(
        layers,
      );
      const { type, half } = network!.loss;
      expect(name === 'xor' ? type : `${type} ${half}`).toBe(loss);
      const { optimizer, batchSize, epochs } = network!.training;
      expect([optimizer.type, optimizer.learningRate, batchSize, epochs].join(' ')).toBe(training);
    },
  );

  it('has a name of its own, so that a person knows what was made', () => {
    const names = templateNames.map(name => read(name).network?.name ?? '');
    expect(names.slice(0, 4)).toEqual([
      'New network',
      'XOR',
      expect.stringMatching(/spiral/i),
      'Sine',
    ]);
    expect(new Set(names).size).toBe(templateNames.length);
    expect(names).not.toContain('');
    expect(templateNames).toEqual([
      'blank',
      'xor',
      'spiral',
      'sine',
      'reference',
      'chain',
      'linear',
      'rates',
      'nielsen',
    ]);
  });

  it('xor knows when exactly one of its two inputs is 1', () => {
    const { network } = read('xor');
    expect(network?.input.names).toEqual(['x1', 'x2']);
    const { source } = network!.data!;
    const samples = source.type === 'inline' ? source.samples : [];
    expect(samples.map(({ x }) => x)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    for (const { x, y } of samples) expect(y).toEqual([x[0] === x[1] ? 0 : 1]);
  });

  it('sine holds back a part of its noisy samples', () => {
    const { network } = read('sine');
    expect(network?.input.names).toEqual(['x']);
    expect(network?.data).toMatchObject({
      source: { type: 'generator', name: 'sine', samples: 200, noise: 0.05 },
      validation: 0.2,
    });
  });
});

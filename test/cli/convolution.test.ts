/** The command line on a convolutional network. */
import { describe, expect, it } from 'vitest';
import type { GradientReport } from '../../src/engine/inspect';
import { example, nabla, nablaJson } from './support';

const FILE = example('digits-conv');

const explained = async (target: string, ...options: string[]): Promise<string> => {
  const { code, stdout, stderr } = await nabla(['explain', FILE, '--target', target, ...options]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe('explain', () => {
  it('tells of a weight of a filter, and of its places one by one', async () => {
    const text = await explained('layers[2].weights[3][10]', '--all');
    expect(text).toContain('weight of filter 4 of layer 4, at row 1, column 2 for map 3');
    expect(text).toMatch(/∂C\/∂w\[4,11\]⁴ = Σₚ aₚ₊ₖ³·δₚ⁴\s+= /);
    expect(text).toContain('used at 12 of 16 places, at the others over the padding');
    expect(text).toContain('by way of neuron');
  });

  it('tells of biases, neurons, layers and matrices, in both languages', async () => {
    expect(await explained('layers[0].bias[1]')).toContain('bias of filter 2 of layer 2');
    expect(await explained('layers[1].neurons[40]')).toMatch(/max\(/);
    expect(await explained('layers[5]')).toContain('nothing is dropped');
    expect(await explained('layers[0]', '--language', 'zh-cn')).toContain('个 3 × 3 的卷积核');
    const matrices = await explained('layers[0].weights[1][3]', '--matrix');
    expect(matrices).toContain('One place of the image is shown: row 5, column 5.');
    expect(matrices).toContain('the other places');
  });

  it('says what there is where the target is not', async () => {
    const { code, stderr } = await nabla(['explain', FILE, '--target', 'layers[0].weights[8][0]']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('layers[0] has no filter 8, expected 0 to 7');
    expect(stderr).toContain('layers[0] (conv2d): 512 neurons, weights [8][9], bias [8]');
    const pool = await nabla(['explain', FILE, '--target', 'layers[1].bias[0]']);
    expect(pool.stderr).toContain('layers[1] has no bias');
    const column = await nabla(['explain', FILE, '--target', 'layers[2].weights[0][72]']);
    expect(column.stderr).toContain('has no weight 72 in a filter, expected 0 to 71');
  });
});

it('gradients: a table of the filters beside that of the neurons', async () => {
  const { code, stdout } = await nabla(['gradients', FILE]);
  expect(code).toBe(0);
  expect(stdout).toContain('layers[0] (conv2d, relu)');
  expect(stdout).toMatch(/^filter 7 /m);
  const { layers } = await nablaJson<GradientReport>(['gradients', FILE]);
  expect(layers.map(({ weights, bias }) => [weights.length, bias.length])).toEqual([
    [8, 8],
    [0, 0],
    [16, 16],
    [0, 0],
    [0, 0],
    [0, 0],
    [10, 10],
  ]);
});

it('gradcheck agrees', async () => {
  const { code, stdout } = await nabla(['gradcheck', FILE]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/failed +0/)]);
});

it('predict answers for an image given as a list', async () => {
  const image = JSON.stringify(Array.from({ length: 64 }, (_, i) => i % 17));
  const { code, stdout } = await nabla(['predict', FILE, '--input', image]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('class')]);
});

it('health, formulas and the lab answer, the lab with why it cannot', async () => {
  expect((await nabla(['health', FILE])).code).toBeLessThanOrEqual(1);
  const { code, stdout } = await nabla(['formulas', FILE]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('conv')]);
  expect((await nabla(['lab', FILE])).stderr).toContain('found conv2d in layers[0]');
});

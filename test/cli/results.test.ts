/** What `nabla results` says of classes, of numbers, and where it cannot say anything. */
import { describe, expect, it } from 'vitest';
import { example, nabla, nablaJson } from './support';

interface Json {
  readonly type: string;
  readonly part: string;
  readonly samples: number;
  readonly accuracy: number;
  readonly questions: readonly {
    readonly classes: readonly { readonly name: string; readonly precision: number | null }[];
    readonly counts: readonly number[];
  }[];
  readonly listed: readonly {
    readonly index: number;
    readonly row: number;
    readonly loss: number;
  }[];
}

const IRIS = example('iris');

const numbers = (targets: readonly number[], rest: object = {}): string =>
  JSON.stringify({
    version: 1,
    input: { shape: [1] },
    layers: [{ type: 'dense', units: 1, activation: 'linear', weights: [[2]], bias: [0] }],
    loss: { type: 'meanSquaredError' },
    data: { inline: targets.map((y, i) => ({ x: [i], y: [y] })) },
    ...rest,
  });

describe('results', () => {
  it('say which classes are told right, over the validation part', async () => {
    const found = await nablaJson<Json>(['results', IRIS]);
    expect(found).toMatchObject({ type: 'classes', part: 'validation', samples: 30 });
    const [{ classes, counts }] = found.questions;
    expect(classes.map(({ name }) => name)).toEqual(['setosa', 'versicolor', 'virginica']);
    const right = counts.filter((_, i) => i % 4 === 0).reduce((sum, each) => sum + each, 0);
    expect(found.accuracy).toBeCloseTo(right / 30, 12);
    expect(found.listed).toHaveLength(10);
    for (const { index, row } of found.listed) expect(row).toBe(index + 2);
    const losses = found.listed.map(({ loss }) => loss);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
  });

  it('print tables, a dash where a share is undefined', async () => {
    const { code, stdout } = await nabla(['results', IRIS, '--part', 'training', '--worst', '3']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^training part, 120 samples, mean loss \d\.\d+, accuracy \d+\.\d %\n/);
    expect(stdout).toMatch(/^true \\ predicted +setosa +versicolor +virginica$/m);
    expect(stdout).toMatch(/^class +precision +recall +F1 +samples$/m);
    expect(stdout).toMatch(/^sample \d+ \(index \d+\) +\d+ +\d\.\d+ +\w+ +\w+ +0\.\d+$/m);
    expect(stdout.match(/\(index/g)).toHaveLength(3);
    const always = JSON.parse(numbers([0, 1, 1])) as { layers: Record<string, unknown>[] };
    Object.assign(always.layers[0], { weights: [[0]], bias: [1] });
    const one = await nabla(['results', 'a.nn.json'], { 'a.nn.json': JSON.stringify(always) });
    expect(one.stdout).toMatch(/^0 +– +0\.0 % +0\.0 % +1$/m);
  });

  it('say how far numbers are off', async () => {
    // Predicted are 0, 2, 4: the errors are 0, 1 and 2, and the true values spread by 2.
    const { stdout } = await nabla(['results', 'n.nn.json'], { 'n.nn.json': numbers([0, 1, 2]) });
    expect(stdout).toContain('training part, 3 samples, mean loss');
    expect(stdout).toMatch(
      /^y +-1\.500000 +1\.000000 +1\.290994 +2\.000000 +sample 3 \(index 2\)$/m,
    );
    const equal = await nabla(['results', 'n.nn.json'], { 'n.nn.json': numbers([3, 3]) });
    expect(equal.stdout).toMatch(/^y +– /m);
  });

  it('need data, a validation part where one is asked for, and numbers that exist', async () => {
    const without = await nabla(['results', 'n.nn.json'], {
      'n.nn.json': numbers([], { data: undefined }),
    });
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toContain('A result needs data');
    const part = await nabla(['results', example('xor'), '--part', 'validation']);
    expect(part.code).toBe(1);
    expect(part.stderr).toContain('data.split.validation');
    expect((await nabla(['results', IRIS, '--output', '3'])).stderr).toContain('from 0 to 2');
    expect((await nabla(['results', IRIS, '--worst', '51'])).stderr).toContain('up to 50');
    expect((await nabla(['results', IRIS, '--part', 'test'])).code).toBe(2);
  });
});

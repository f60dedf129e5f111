import { describe, expect, it } from 'vitest';
import { example, nabla } from './support';

const LINEAR = example('linear-3-3-2');
const RATES = example('rates-3-3-2-1');
const SIGMOID = ['--hidden', 'sigmoid', '--output', 'sigmoid'];

interface Printed {
  readonly rules: readonly {
    readonly rule: { readonly name: string };
    readonly failed: number;
    readonly checked: number;
    readonly layers: readonly {
      readonly ratio: { min: number; max: number };
      readonly words: string;
    }[];
  }[];
}

async function rules(words: readonly string[]): Promise<Printed['rules']> {
  const { stdout } = await nabla(['lab', ...words, '--json']);
  return (JSON.parse(stdout) as Printed).rules;
}

describe('lab', () => {
  it('agrees with the notes where activations are linear, and exits with 0', async () => {
    const { code, stdout } = await nabla(['lab', LINEAR]);
    expect(code).toBe(0);
    expect(stdout.match(/^Gradcheck agrees: all 20 gradients on 1 sample;/gm)).toHaveLength(4);
    expect(stdout).toContain('Try it with sigmoid.');
  });

  it('shows with sigmoid which layers are how much too large, and exits with 1', async () => {
    const { code, stdout } = await nabla(['lab', RATES, ...SIGMOID, '--rule', 'note-004']);
    expect(code).toBe(1);
    expect(stdout).toContain('Note 004: δ by weights only, f′ at the update');
    expect(stdout).toMatch(
      /layer 1 +17\.3–18\.3 × too large +9\/9 +f′\(z\) of layers 2 and 3 is missing/,
    );
    expect(stdout).toMatch(/layer 2 +4\.33 × too large +6\/6 +f′\(z\) of layer 3 is missing/);
    expect(stdout).toMatch(/layer 3 +exact +0\/2 +nothing is missing/);
    expect(stdout).toMatch(/^ {2}layer +rule ÷ right +failing\/checked +found$/m);
    expect(stdout).toContain('this rule  ∂J/∂w₃ⱼₖ = σ′(z₃ⱼ)·δ₃ⱼ·H₂ₖ');
  });

  it('prints the numbers for machines', async () => {
    const all = await rules([RATES, ...SIGMOID]);
    expect(all.map(({ rule, failed }) => [rule.name, failed])).toEqual([
      ['standard', 0],
      ['note000Hidden', 15],
      ['note000All', 17],
      ['note004', 15],
    ]);
    // One output: every weight of layer 2 lacks the same factor.
    const { min, max } = all[3].layers[1].ratio;
    expect(max / min - 1).toBeLessThan(1e-12);
  });

  it('puts mistakes together', async () => {
    const [own] = await rules([LINEAR, '--batch', '--rule', 'flip-sign,forget-reduction']);
    expect(own.rule.name).toBe('own');
    expect(own.layers[0].words).toBe('the sign is flipped; 1/m is missing: 6 times too large');
  });

  it('puts a rule of a note together with mistakes, in whatever order', async () => {
    const rule = async (names: string) => {
      const [{ rule: found }] = await rules([LINEAR, ...SIGMOID, '--rule', names]);
      return found;
    };
    const both = { slope: 'hidden', sign: true };
    expect(await rule('note-000-hidden,flip-sign')).toMatchObject(both);
    expect(await rule('flip-sign,note-000-hidden')).toMatchObject(both);
  });

  it.each([
    ['drop-hidden,drop-output', '"drop-hidden" and "drop-output"'],
    ['note-004,flip-sign,drop-all', '"note-004" and "drop-all"'],
    ['forget-penalty,penalise-biases', '"forget-penalty" and "penalise-biases"'],
  ])('does not choose between mistakes that exclude each other: %s', async (names, found) => {
    const { code, stderr } = await nabla(['lab', LINEAR, '--rule', names]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--rule takes only one of \S.*; found /);
    expect(stderr).toContain(found);
  });

  it('speaks Chinese and other notations', async () => {
    const words = ['lab', LINEAR, ...SIGMOID, '--rule', 'drop-hidden', '--language', 'zh-cn'];
    const { stdout } = await nabla([...words, '--notation', 'nielsen']);
    expect(stdout).toContain('缺少第 2 层的 f′(z)');
    expect(stdout).toContain('此规则  δⱼ² = Σₖ wₖⱼ³·δₖ³');
  });

  it('says what cannot be tried', async () => {
    const rule = await nabla(['lab', LINEAR, '--rule', 'drop-everything']);
    expect(rule.code).toBe(2);
    expect(rule.stderr).toContain('--rule takes one or several of standard, note-000-hidden');
    const loss = await nabla(['lab', example('iris'), '--output', 'linear']);
    expect(loss.code).toBe(1);
    expect(loss.stderr).toContain(
      'The loss crossEntropy needs the output activation softmax, found linear',
    );
    const hidden = await nabla(['lab', LINEAR, '--hidden', 'softmax']);
    expect(hidden.code).toBe(2);
    expect((await nabla(['lab', LINEAR, '--sample', '0', '--batch'])).code).toBe(2);
  });

  it('leaves the file as it is', async () => {
    const { written } = await nabla(['lab', LINEAR, ...SIGMOID]);
    expect(written).toEqual({});
  });
});

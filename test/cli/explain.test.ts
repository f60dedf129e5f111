import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commandSpecs';
import type { Facts } from '../../src/engine/facts';
import type { GradientReport } from '../../src/engine/inspect';
import { availableNotations } from '../../src/explain/notation';
import { example, nabla, nablaJson } from './support';

const REFERENCE = example('reference-3-4-2');
const EXAMPLES = ['reference-3-4-2', 'chain-2-3-2-2', 'residual', 'rates-3-3-2-1'].map(example);

interface Printed {
  readonly text: string;
  readonly value?: number | string;
}

interface Report {
  readonly notation: string;
  readonly language: string;
  readonly facts: Facts;
  readonly explanation: {
    readonly symbol: string;
    readonly words: string;
    readonly path: string;
    readonly headline: Printed;
    readonly lines: readonly (Printed & { role: string; label: string; note?: string })[];
    readonly cautions: readonly string[];
  };
}

const explained = (file: string, target: string, ...options: string[]): Promise<Report> =>
  nablaJson<Report>(['explain', file, '--target', target, ...options]);

async function text(file: string, target: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await nabla(['explain', file, '--target', target, ...options]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

/** The number at the end of the first line, as it was printed. */
function headlineNumber(stdout: string): number {
  const [, printed] = /= (.*)$/.exec(stdout.split('\n')[0]) ?? [];
  return Number(printed.replaceAll('−', '-'));
}

describe('the numbers of the reference network', () => {
  it.each(availableNotations())('in the notation %s', async notation => {
    for (const [target, digits] of [
      ['layers[1].weights[0][0]', '-0.075808'],
      ['layers[0].weights[0][0]', '0.007358'],
    ]) {
      const found = await explained(REFERENCE, target, '--notation', notation);
      expect(found.notation).toBe(notation);
      expect(Number(found.explanation.headline.value).toFixed(6)).toBe(digits);
      const exact = await text(REFERENCE, target, '--notation', notation, '--digits', '17');
      expect(headlineNumber(exact)).toBe(found.explanation.headline.value);
    }
  });

  it('as a person reads them', async () => {
    expect(await text(REFERENCE, 'layers[0].weights[0][0]')).toBe(
      [
        '∂E/∂w₄₁ = 0.007358',
        'weight from input 1 to neuron 4 of layer 1 · layers[0].weights[0][0]',
        '',
        'value              w₄₁ = 0.05',
        'gradient           ∂E/∂w₄₁ = −x₁·δ₄ = −1·(−0.007358) = 0.007358   (4.12) · rank 11 of 26 by size',
        'error term         δ₄ = −0.007358',
        'source activation  x₁ = 1   known from the forward pass',
        'update             w₄₁ ← w₄₁ + η·δ₄·x₁ = 0.05 + 0.5·(−0.007358)·1 = 0.04632   if the batch were only this sample',
        '',
        '⚠ In this notation δ is minus the derivative of the loss.',
        '',
      ].join('\n'),
    );
  });

  it('with the bias as weight 0', async () => {
    const options = ['--notation', 'nielsen', '--bias-as-weight'];
    const stdout = await text(REFERENCE, 'layers[0].bias[0]', ...options, '--all');
    expect(stdout).toContain('∂C/∂w₁₀²');
    expect(stdout).toContain('∂z₁²/∂w₁₀² = a₀¹ = 1');
    const report = await nablaJson<Report & { biasAsWeight: boolean }>([
      ...['explain', REFERENCE, '--target', 'layers[0].bias[0]', ...options],
    ]);
    expect([report.notation, report.biasAsWeight]).toEqual(['nielsen', true]);
  });

  it('in Chinese, as Markdown and as LaTeX', async () => {
    const target = 'layers[1].weights[0][0]';
    expect(await text(REFERENCE, target, '--language', 'zh-cn')).toContain('\n更新        w₈₄ ←');
    expect(await text(REFERENCE, target, '--format', 'text')).toBe(await text(REFERENCE, target));
    const markdown = await text(REFERENCE, target, '--format', 'markdown');
    expect(markdown).toMatch(/^\*\*∂E\/∂w₈₄ = −0\.07581\*\* {2}\n[^]*\n```text\nvalue /);
    const latex = await text(REFERENCE, target, '--format', 'latex', '--language', 'zh-cn');
    expect(latex).toMatch(/^\\begin\{alignat\*\}\{2\}\n& \\text\{当前值\}/);
    expect(latex).toContain('\\frac{\\partial E}{\\partial w_{84}} &= -a_{4} \\cdot \\delta_{8}');
    expect(latex).toMatch(/\\end\{alignat\*\}\n$/);
  });

  it("takes the file's notation, else nielsen", async () => {
    expect((await explained(REFERENCE, 'loss')).notation).toBe('zybuluo');
    const file = readFileSync(REFERENCE, 'utf8').replace('"notation": "zybuluo",', '');
    const words = ['explain', 'n.nn.json', '--target', 'loss'];
    const found = await nablaJson<Report>(words, { 'n.nn.json': file });
    expect([found.notation, found.language]).toEqual(['nielsen', 'en']);
    expect(found.explanation.headline.text).toBe('C = ½·Σₖ (aₖ³ − yₖ)² = 0.1565 + 0.1856 = 0.3421');
  });
});

describe('the number of a sample', () => {
  it.each(['0', '2'])(
    '%s is the index that was asked for, beside the number people count by',
    async n => {
      const said = `sample ${Number(n) + 1} (index ${n})`;
      const { stdout } = await nabla(['gradients', example('xor'), '--sample', n]);
      expect(stdout).toContain(`the loss of ${said}\n`);
      expect(await text(example('xor'), 'input.neurons[0]', '--sample', n)).toContain(said);
      const chinese = await text(
        example('xor'),
        'input.neurons[0]',
        '--sample',
        n,
        '--language',
        'zh-cn',
      );
      expect(chinese).toContain(`样本 ${Number(n) + 1} (index ${n})`);
    },
  );

  it('is an index in the table of predictions', async () => {
    const { stdout } = await nabla(['predict', example('xor'), '--data']);
    expect(stdout).toMatch(/^index .*\n +0 /);
    expect((await nabla(['explain', '--help'])).stdout).toContain(
      'N is its index, 0 for the first',
    );
  });
});

describe('agrees with nabla gradients to the last digit', () => {
  it.each(EXAMPLES)('%s', async file => {
    let compared = 0;
    for (const scope of [['--sample', '0'], ['--sample', '2'], ['--batch']]) {
      if (file === REFERENCE && scope[1] === '2') continue;
      const report = await nablaJson<GradientReport>(['gradients', file, ...scope]);
      const check = async (target: string, expected: number): Promise<void> => {
        const { explanation } = await explained(file, target, ...scope, '--notation', 'nielsen');
        expect(explanation.headline.value).toBe(expected);
        if (target.includes('weights')) expect(explanation.path).toBe(target);
        const printed = await text(file, target, ...scope, '--digits', '17', '--notation', 'ng');
        expect(headlineNumber(printed)).toBe(expected);
        compared += 1;
      };
      await check('loss', report.loss);
      for (const [i, { weights, bias, delta }] of report.layers.entries()) {
        const last = weights.length - 1;
        if (last >= 0) await check(`layers[${i}].weights[${last}][1]`, weights[last][1]);
        if (bias.length > 0) await check(`layers[${i}].bias[0]`, bias[0]);
        if (delta)
          await check(`layers[${i}].neurons[${delta.length - 1}]`, delta[delta.length - 1]);
      }
    }
    expect(compared).toBeGreaterThan(7);
  });
});

describe('targets', () => {
  it.each([
    ['layers[0].weights[1][2]', { type: 'weight', layer: 0, row: 1, column: 2 }],
    ['layers[1].bias[1]', { type: 'bias', layer: 1, row: 1 }],
    ['layers[0].neurons[3]', { type: 'neuron', layer: 0, row: 3 }],
    ['layers[0].weights[3]', { type: 'neuron', layer: 0, row: 3 }],
    ['layers[1]', { type: 'layer', layer: 1 }],
    ['input.neurons[2]', { type: 'neuron', layer: -1, row: 2 }],
    ['input', { type: 'layer', layer: -1 }],
    ['loss', { type: 'loss' }],
  ])('%s, in both scopes', async (target, expected) => {
    for (const scope of [[], ['--batch']]) {
      const { facts, explanation } = await explained(REFERENCE, target, ...scope);
      expect(facts).toMatchObject({ target: expected });
      expect(facts.scope.type).toBe(scope.length === 0 ? 'sample' : 'batch');
      expect(explanation.lines.length).toBeGreaterThan(0);
      for (const { role, label, text: line, value } of explanation.lines) {
        expect(line, label).toMatch(/ [=←] /);
        expect(typeof value).toBe(role === 'rule' ? 'undefined' : 'number');
      }
      // Where it stands is a target, too.
      if (explanation.path !== '') await explained(REFERENCE, explanation.path);
    }
  });

  it('neurons of a merge, which has no weights', async () => {
    const { explanation } = await explained(example('residual'), 'layers[3].neurons[2]');
    expect(explanation.lines[0].text).toMatch(/^z₃⁵ = a₃² \+ a₃⁴ = /);
  });
});

describe('JSON', () => {
  it('writes numbers that are not finite as texts, never as null', async () => {
    const file = readFileSync(REFERENCE, 'utf8')
      .replaceAll('"sigmoid"', '"linear"')
      .replace('[0.1, 0, -0.1, -0.2]', '[1e200, 0, -0.1, -0.2]')
      .replace('[0.05, 0, -0.05]', '[1e200, 0, -0.05]');
    const files = { 'a.nn.json': file };
    for (const target of ['layers[1].weights[0][0]', 'layers[0].neurons[0]', 'loss']) {
      const words = ['explain', 'a.nn.json', '--target', target];
      const { code, stdout } = await nabla([...words, '--json'], files);
      expect(code).toBe(0);
      expect(stdout).not.toContain('null');
      const { facts, explanation } = JSON.parse(stdout) as Report;
      expect(facts.lossValue).toBe('Infinity');
      expect(explanation.headline.value).toMatch(/^(-?Infinity|NaN)$/);
      expect((await nabla(words, files)).stdout).toMatch(/^.* = (−?∞|NaN)\n/);
    }
  });

  it('is one line, with the digits that were asked for', async () => {
    const { stdout } = await nabla([
      'explain',
      REFERENCE,
      ...['--target', 'loss', '--json', '--digits', '2', '--language', 'zh-cn'],
    ]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const { explanation, language } = JSON.parse(stdout) as Report;
    expect(language).toBe('zh-cn');
    expect(explanation.lines[0]).toEqual({
      role: 'value',
      label: '损失',
      text: 'E = ½·Σₖ (yₖ − tₖ)² = 0.16 + 0.19 = 0.34',
      value: 0.34210037402149623,
    });
  });
});

describe('names of a file', () => {
  it('do not act in a terminal', async () => {
    const evil = 'x\\u001b[31m\\u200f\\u202e';
    const file = readFileSync(REFERENCE, 'utf8').replace('"x1"', `"${evil}"`);
    for (const format of ['text', 'markdown', 'latex']) {
      const words = ['explain', 'a.nn.json', '--target', 'input.neurons[0]', '--format', format];
      const { code, stdout } = await nabla(words, { 'a.nn.json': file });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\u001b\u200f\u202e]/);
    }
  });
});

describe('help', () => {
  it('names every choice that there is', async () => {
    const { stdout } = await nabla(['explain', '--help']);
    expect(stdout.split('\n')[0]).toBe(
      'Usage: nabla explain FILE --target PATH [--sample N | --batch] [--notation nielsen|ng|chain0|zybuluo|triple|plain] [--bias-as-weight] [--format text|markdown|latex] [--all] [--matrix] [--language en|zh-cn] [--digits N] [--json]',
    );
    const { options } = COMMANDS.explain;
    expect(options.notation.value?.split('|')).toEqual(availableNotations());
    for (const name of ['format', 'language'] as const)
      for (const word of options[name].value?.split('|') ?? [])
        await text(REFERENCE, 'loss', `--${name}`, word);
  });
});

describe('with --matrix', () => {
  it('a layer, a neuron or a weight brings the rules of its layer with their numbers', async () => {
    for (const target of ['layers[0]', 'layers[0].neurons[1]', 'layers[0].weights[0][0]']) {
      const stdout = await text(REFERENCE, target, '--matrix');
      expect(stdout).toContain('w₁: 4 × (3 + 1), with the bias as column b');
      expect(stdout).toMatch(/4 ⎡ +0\.2 ⎤ +4 ⎡ 0\.05 +0 +−0\.05 +0\.1 ⎤ +1 ⎡ +1 ⎤/);
    }
  });

  it('also in JSON with every digit, as LaTeX, as Markdown, over all samples and in Chinese', async () => {
    interface Step {
      readonly role: string;
      readonly equation: readonly (string | { readonly cells: number[][] })[];
    }
    const { matrices } = await nablaJson<{
      matrices: { sections: readonly { steps: readonly Step[] }[] };
    }>(['explain', REFERENCE, '--target', 'layers[0]', '--matrix']);
    const steps = matrices.sections.flatMap(section => section.steps);
    const [left] = steps.find(({ role }) => role === 'weightGradient')?.equation ?? [];
    const { facts } = await explained(REFERENCE, 'layers[0].weights[0][0]');
    expect(typeof left === 'object' && left.cells[0][0]).toBe(
      'gradient' in facts && facts.gradient,
    );
    const shown = ['layers[0]', '--matrix'] as const;
    expect(await text(REFERENCE, ...shown, '--format', 'latex')).toContain('\\begin{bmatrix}');
    expect(await text(REFERENCE, ...shown, '--format', 'markdown')).toContain('```text');
    expect(await text(REFERENCE, ...shown, '--batch')).toContain('Gradient over all samples');
    expect(await text(REFERENCE, ...shown, '--language', 'zh-cn')).toContain('反向传播');
  });

  it('the loss is in no layer', async () => {
    const { code, stderr } = await nabla(['explain', REFERENCE, '--target', 'loss', '--matrix']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--matrix shows a layer')]);
  });
});

describe('with --all', () => {
  it('a weight brings its derivation and its paths, which end with the gradient', async () => {
    const stdout = await text(REFERENCE, 'layers[0].weights[0][0]', '--all');
    expect(stdout).toMatch(
      /Derivation by the chain rule\n[^]*together +∂E\/∂w₄₁ = [^\n]*= 0\.007358/,
    );
    expect(stdout).toMatch(/All paths to the loss\. 2 paths to the loss\./);
    expect(stdout).toMatch(/path 1: 4 → 9[^\n]+\npath 2: 4 → 8/);
  });

  it('a neuron brings its edges, with their sums', async () => {
    const stdout = await text(REFERENCE, 'layers[0].weights[0]', '--all');
    expect(stdout).toMatch(/from input 1 +w₄₁·x₁ = 0\.05·1 = 0\.05/);
    expect(stdout).toMatch(/by way of neuron 8 of layer 2 +w₈₄·δ₈ = 0\.1·0\.1379 = 0\.01379/);
  });

  it('without it nothing is unfolded', async () => {
    expect(await text(REFERENCE, 'layers[0].weights[0][0]')).not.toMatch(/path 1/);
  });
});

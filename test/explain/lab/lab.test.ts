/** What the formula lab says: formulas in every notation, ratios, and the one sentence. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../../src/data/load';
import { initialParameters } from '../../../src/engine/initializers';
import { createLab, type LabReport, type LabRequest } from '../../../src/engine/lab/lab';
import { labPresets, presetOf, STANDARD_RULE } from '../../../src/engine/lab/presets';
import { labVerdict } from '../../../src/explain/lab/findings';
import { labFormulas } from '../../../src/explain/lab/formulas';
import { wholeFormula } from '../../../src/explain/lab/pieces';
import { labEnglish } from '../../../src/explain/lab/words.en';
import { labChinese } from '../../../src/explain/lab/words.zh';
import { profileOf } from '../../../src/explain/notation';
import { toUnicode } from '../../../src/explain/unicode';
import type { NotationName } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';

const SAMPLE = { type: 'sample', index: 0 } as const;
const BATCH = { type: 'batch' } as const;
const SIGMOID = { hidden: 'sigmoid', output: 'sigmoid' } as const;

function tried(name: string, request: Partial<LabRequest>): LabReport {
  return triedText(readFileSync(`media/examples/${name}.nn.json`, 'utf8'), request);
}

function triedText(text: string, request: Partial<LabRequest>): LabReport {
  const { network } = parseNetwork(text);
  if (!network) throw new Error(text);
  const files = { 'iris.csv': readFileSync('media/examples/iris.csv', 'utf8') };
  const { dataset } = loadDataset(network, inferShapes(network), files);
  if (!dataset) throw new Error(text);
  const whole = { rule: STANDARD_RULE, scope: SAMPLE, tried: {}, ...request };
  const job = createLab(network, dataset, initialParameters(network), whole);
  job.run();
  return job.result();
}

/** Both formulas of each line, as texts; one where they are the same. */
function formulas(report: LabReport, notation: NotationName): Record<string, string[]> {
  return Object.fromEntries(
    labFormulas(report, profileOf(notation), labEnglish).map(formula => {
      const texts = (['standard', 'rule'] as const).map(of => toUnicode(wholeFormula(formula, of)));
      return [formula.label, [...new Set(texts)]];
    }),
  );
}

function verdict(report: LabReport, notation: NotationName = 'nielsen', words = labEnglish) {
  const isStandard = presetOf(report.request.rule) === 'standard';
  return labVerdict(report, isStandard, profileOf(notation), words);
}

describe('the formulas stand beside the standard ones', () => {
  test('note 000, in its own notation', () => {
    const report = tried('linear-3-3-2', { rule: labPresets.note000All, tried: SIGMOID });
    expect(formulas(report, 'ng')).toEqual({
      lossSlope: ['∂J/∂aⱼ⁽³⁾ = aⱼ⁽³⁾ − yⱼ'],
      outputError: ['δⱼ⁽³⁾ = ∂J/∂aⱼ⁽³⁾·g′(zⱼ⁽³⁾)', 'δⱼ⁽³⁾ = ∂J/∂aⱼ⁽³⁾'],
      hiddenError: ['δⱼ⁽²⁾ = g′(zⱼ⁽²⁾)·Σₖ Θₖⱼ⁽²⁾·δₖ⁽³⁾', 'δⱼ⁽²⁾ = Σₖ Θₖⱼ⁽²⁾·δₖ⁽³⁾'],
      weights: ['∂J/∂Θⱼₖ⁽²⁾ = δⱼ⁽³⁾·aₖ⁽²⁾'],
      biases: ['∂J/∂Θⱼ₀⁽²⁾ = δⱼ⁽³⁾'],
    });
  });

  test('note 004, in its own notation: f′ only where the weights change', () => {
    const report = tried('rates-3-3-2-1', { rule: labPresets.note004, tried: SIGMOID });
    expect(formulas(report, 'triple')).toMatchObject({
      outputError: ['δ₃ⱼ = ∂J/∂OUTPUTⱼ·σ′(z₃ⱼ)', 'δ₃ⱼ = ∂J/∂OUTPUTⱼ'],
      hiddenError: ['δ₂ⱼ = σ′(z₂ⱼ)·Σₖ w₃ₖⱼ·δ₃ₖ', 'δ₂ⱼ = Σₖ w₃ₖⱼ·δ₃ₖ'],
      weights: ['∂J/∂w₃ⱼₖ = δ₃ⱼ·H₂ₖ', '∂J/∂w₃ⱼₖ = σ′(z₃ⱼ)·δ₃ⱼ·H₂ₖ'],
    });
  });

  test('every switch shows, and a sign is kept where what it stood before is left out', () => {
    const rule = {
      ...STANDARD_RULE,
      sign: true,
      reduction: true,
      lossFactor: true,
      biasSum: true,
      penalty: 'biases',
    } as const;
    const report = tried('linear-3-3-2', { rule, scope: BATCH });
    expect(formulas(report, 'zybuluo')).toMatchObject({
      lossSlope: ['∂E/∂yⱼ = yⱼ − tⱼ', '∂E/∂yⱼ = 2·(yⱼ − tⱼ)'],
      weights: ['∂E/∂wⱼₖ = −1/N·Σ_d δⱼ·aₖ + λ/N·wⱼₖ', '∂E/∂wⱼₖ = −(−(Σ_d δⱼ·aₖ) + λ/N·wⱼₖ)'],
      biases: ['∂E/∂w_jb = −1/N·Σ_d δⱼ', '∂E/∂w_jb = −(−δⱼ + λ/N·w_jb)'],
    });
    const forgotten = tried('linear-3-3-2', {
      rule: { ...STANDARD_RULE, penalty: 'forgotten' },
      scope: BATCH,
    });
    expect(formulas(forgotten, 'ng')['weights']).toEqual([
      '∂J/∂Θⱼₖ⁽²⁾ = 1/m·Σᵢ δⱼ⁽³⁾·aₖ⁽²⁾ + λ/m·Θⱼₖ⁽²⁾',
      '∂J/∂Θⱼₖ⁽²⁾ = 1/m·Σᵢ δⱼ⁽³⁾·aₖ⁽²⁾',
    ]);
  });

  test('W for Wᵀ is shown where W is square', () => {
    const request = { rule: { ...STANDARD_RULE, transpose: true } };
    const layer = (units: number) => ({ type: 'dense', units, activation: 'tanh' });
    const square = triedText(
      JSON.stringify({
        version: 1,
        input: { shape: [2] },
        layers: [layer(3), layer(3), layer(1)],
        loss: { type: 'meanSquaredError' },
        data: { inline: [{ x: [1, 2], y: [0.5] }] },
      }),
      request,
    );
    expect(formulas(square, 'nielsen')['hiddenError']).toEqual([
      'δⱼ² = tanh′(zⱼ²)·Σₖ wₖⱼ³·δₖ³',
      'δⱼ² = tanh′(zⱼ²)·Σₖ wⱼₖ³·δₖ³',
    ]);
    expect(formulas(tried('linear-3-3-2', request), 'nielsen')['hiddenError']).toHaveLength(1);
  });

  test('a fused loss has no f′ of its own, and says so', () => {
    const report = tried('iris', { rule: labPresets.note000All });
    const output = labFormulas(report, profileOf('nielsen'), labEnglish)[1];
    expect(output.note).toBe(labEnglish.fusedSlope);
    expect(formulas(report, 'nielsen')['outputError']).toEqual(['δⱼ³ = aⱼ³ − yⱼ', 'δⱼ³ = ∂C/∂aⱼ³']);
    const squared = tried('linear-3-3-2', {
      rule: labPresets.note000All,
      tried: { output: 'softmax' },
    });
    const [, softmax] = labFormulas(squared, profileOf('nielsen'), labEnglish);
    expect(softmax.note).toBe(labEnglish.softmaxSlope);
    expect(formulas(squared, 'nielsen')['outputError'][0]).toContain('Σₖ ∂C/∂aₖ³·∂aₖ³/∂zⱼ³');
  });
});

describe('the sentence names what is missing', () => {
  test('of the example 3-3-2-1 with sigmoid, by the rule of note 004', () => {
    const report = tried('rates-3-3-2-1', { rule: labPresets.note004, tried: SIGMOID });
    const { sentence, meaning, layers, notes } = verdict(report, 'triple');
    expect(sentence).toBe('Gradcheck fails: 15 of 17 gradients on 1 sample');
    expect(meaning).toMatch(
      /^Found from the numbers: the derivative of the activation, f′\(z\), is missing\. The f′ of a sigmoid is at most ¼/,
    );
    expect(layers.map(({ ratio }) => ratio)).toEqual([
      '17.3–18.3 × too large',
      '4.33 × too large',
      'exact',
    ]);
    expect(layers.map(({ finding }) => finding)).toEqual([
      'f′(z) of layers 2 and 3 is missing',
      'f′(z) of layer 3 is missing',
      'nothing is missing',
    ]);
    expect(notes[0]).toMatch(/^worst relative error 9\.\de-1 at layers\[0\]\.weights/);
    // The same layers have other numbers where the input is called 1.
    expect(verdict(report, 'nielsen').layers[1].finding).toBe('f′(z) of layer 4 is missing');
    expect(verdict(report, 'triple', labChinese).meaning).toContain('缺少激活函数的导数 f′(z)');
  });

  test('linear networks hide the mistake, and the sentence says why', () => {
    const { meaning, sentence } = verdict(tried('linear-3-3-2', { rule: labPresets.note000All }));
    expect(sentence).toBe('Gradcheck agrees: all 20 gradients on 1 sample');
    expect(meaning).toContain('every activation is linear here');
    expect(verdict(tried('linear-3-3-2', {})).meaning).toBe(labEnglish.isStandard);
    const reduction = { ...STANDARD_RULE, reduction: true };
    const idle = tried('linear-3-3-2', { rule: reduction, tried: SIGMOID });
    expect(verdict(idle).meaning).toBe(labEnglish.changesNothing);
  });

  test('a sample that cannot show the mistake is named as the reason', () => {
    const blind = verdict(tried('xor', { rule: labPresets.note000Hidden }));
    expect(blind.sentence).toMatch(/^Gradcheck agrees/);
    expect(blind.meaning).toBe(
      labEnglish.onSample([labEnglish.blindness.unitSlopes, labEnglish.blindness.noInput]),
    );
    const other = tried('xor', {
      rule: labPresets.note000Hidden,
      scope: { type: 'sample', index: 1 },
    });
    expect(other.blind).toEqual([]);
    expect(verdict(other).meaning).toContain('is missing');
    expect(
      verdict(tried('xor', { rule: labPresets.note000Hidden, scope: BATCH })).meaning,
    ).toContain('is missing');
  });

  test.each([
    ['sign', { sign: true }, 'the sign is flipped', '−1 ×'],
    ['the ½', { lossFactor: true }, 'the factor 2: the ½ of the loss is forgotten', undefined],
    ['1/m', { reduction: true }, '1/m is missing: 6 times too large', undefined],
    ['the penalty', { penalty: 'forgotten' }, 'the penalty is missing', undefined],
    [
      'biases',
      { penalty: 'biases' },
      'biases are penalised, which the loss does not do',
      undefined,
    ],
    [
      'the sum',
      { biasSum: true },
      'the bias takes the last sample, not the sum over all',
      undefined,
    ],
  ] as const)('%s', (_name, change, words, ratio) => {
    const report = tried('linear-3-3-2', { rule: { ...STANDARD_RULE, ...change }, scope: BATCH });
    const { meaning, layers } = verdict(report);
    expect(meaning).toBe(`Found from the numbers: ${words}.`);
    if (ratio) expect(layers.map(each => each.ratio)).toEqual([ratio, ratio]);
  });
});

/** The page with all formulas of a network. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { formulaSheet } from '../../src/explain/sheet';
import { sheetEnglish } from '../../src/explain/sheetWords.en';
import { sheetChinese } from '../../src/explain/sheetWords.zh';
import { english } from '../../src/explain/words.en';
import { chinese } from '../../src/explain/words.zh';
import type { Network, NotationName } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { dense, network } from '../engine/networks';

const FOLDER = new URL('../../media/examples/', import.meta.url);
const examples = readdirSync(FOLDER).filter(name => name.endsWith('.nn.json'));

function example(name: string): Network {
  const parsed = parseNetwork(readFileSync(new URL(name, FOLDER), 'utf8')).network;
  if (!parsed) throw new Error(`${name} is a network`);
  return parsed;
}

function sheetOf(of: Network, notation: NotationName = 'nielsen', isChinese = false): string {
  return formulaSheet({
    network: of,
    shapes: inferShapes(of),
    name: of.name || 'unnamed',
    notation,
    profile: profileOf(notation),
    words: isChinese ? chinese : english,
    sheetWords: isChinese ? sheetChinese : sheetEnglish,
  });
}

/** Backward through a merge there is a rule, but no gradient. */
const merges = ({ layers }: Network): number =>
  layers.filter(({ type }) => type !== 'dense').length;

describe('the formula sheet', () => {
  it.each(examples)('%s: in every notation and language, a rule for every layer', name => {
    const of = example(name);
    for (const notation of availableNotations())
      for (const isChinese of [false, true]) {
        const page = sheetOf(of, notation, isChinese);
        expect(page).not.toMatch(/undefined|NaN|\[object/);
        const blocks = page.split('\n').filter(line => line === '$$').length;
        expect(blocks % 2).toBe(0);
        expect(page.match(/\\begin\{alignat\*\}/g)?.length).toBe(blocks / 2);
        expect(page.match(/\\end\{alignat\*\}/g)?.length).toBe(blocks / 2);
        // Forward and backward of each layer, its activations, the loss and the update.
        expect(blocks / 2).toBeGreaterThanOrEqual(2 * of.layers.length + 3 - merges(of));
      }
  });

  it('counts a single parameter as one', () => {
    const page = sheetOf(network(1, [dense(1, 'linear', { useBias: false })]));
    expect(page).toContain('· 1 parameter ·');
  });

  it('has the four equations of the third note', () => {
    const page = sheetOf(example('nielsen-2-4-2.nn.json'));
    for (const rule of ['BP1', 'BP2', 'BP3', 'BP4']) expect(page).toContain(`\\text{${rule}}`);
  });

  it('derives a − y where activation and loss cancel, and says nothing wrong where f′ is a matrix', () => {
    const of = (activation: 'softmax' | 'sigmoid', type: 'crossEntropy' | 'meanSquaredError') =>
      sheetOf(network(2, [dense(3, activation)], { loss: { type } }));
    const backward = (page: string): string => page.split('## Backward')[1].split('##')[0];
    expect(backward(of('softmax', 'crossEntropy'))).toContain('&= a^{2} - y');
    expect(backward(of('sigmoid', 'meanSquaredError'))).toContain('\\odot');
    expect(backward(of('softmax', 'meanSquaredError'))).toContain('\\mathsf{T}');
  });

  it('says the idea, what is agreed, and where the proof is', () => {
    const page = sheetOf(example('reference-3-4-2.nn.json'));
    expect(page).toMatch(/A network is a function: .* Backpropagation answers with the chain rule/);
    expect(page).toContain('f([2, 3]) = [f(2), f(3)]');
    expect(page).toContain('[1, 2] ⊙ [3, 4] = [3, 8]');
    expect(page).toMatch(
      /depends on the outputs and their targets only; a penalty is a term of its own/,
    );
    expect(page).toMatch(/Parameters are learned: .* Hyper-parameters are chosen by people/);
    expect(page).toContain('http://neuralnetworksanddeeplearning.com/chap2.html');
  });

  it('has the penalty, where there is one, and says that the loss contains it', () => {
    const of = (regularization: Partial<Network['regularization']>): string =>
      sheetOf(network(2, [dense(1, 'linear')], { regularization }));
    const lossPart = (page: string): string => page.split('## Loss')[1].split('##')[0];
    const page = lossPart(of({ l2: 0.1, l1: 0.2, scale: 'lambda/2', bias: true }));
    expect(page).toContain('+ \\Omega');
    expect(page).toContain('\\frac{\\lambda}{2}');
    expect(page).toContain('b^{2}');
    expect(page).toContain('\\frac{\\partial\\Omega}{\\partial w}');
    expect(lossPart(of({ l2: 0, l1: 0 }))).not.toContain('Omega');
  });

  it('names both ends of every symbol', () => {
    const page = sheetOf(example('linear-3-3-2.nn.json'), 'ng');
    expect(page).toMatch(
      /\| \$\\Theta_\{11\}\^\{\(1\)\}\$ \| weight from input 1 .*to neuron 1 of layer 2/,
    );
  });

  it('keeps hostile names text', () => {
    const page = sheetOf({ ...network(1, [dense(1, 'linear')]), name: '<b>[x](y)|$$' });
    expect(page.split('\n')[0]).toBe('# Formulas of &lt;b&gt;\\[x\\](y)\\|\\$\\$');
  });
});

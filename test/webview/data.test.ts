import { describe, expect, it } from 'vitest';
import { planOutputs } from '../../src/data/infer';
import { previewCsv } from '../../src/data/previewCsv';
import { applyTextEdits, textEdits } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { newNetworkText, templateNames } from '../../src/network/templates';
import type { TemplateName } from '../../src/network/templates';
import { generators } from '../../src/network/vocabulary';
import type { GeneratorName } from '../../src/network/network';
import { changeData, csvData, csvNeeds, generatorNeeds } from '../../webview/data/changes';
import { nextCard, templateSizes } from '../../webview/data/start';

function template(name: TemplateName) {
  const text = newNetworkText(name);
  const { network } = parseNetwork(text);
  if (!network) throw new Error(name);
  return { text, network, shapes: inferShapes(network) };
}

describe('the pictures of the templates', () => {
  it.each(templateNames)('%s has the sizes that it will have', name => {
    const { shapes } = template(name);
    const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
    expect(templateSizes[name]).toEqual(sizes);
  });
});

describe('the arrow keys', () => {
  // a b / c d e / f
  const places = [
    [0, 0],
    [100, 0],
    [0, 50],
    [100, 50],
    [200, 50],
    [0, 100],
  ].map(([left, top]) => ({ left, top }));

  it.each([
    [0, 'ArrowRight', 1],
    [1, 'ArrowRight', 2],
    [0, 'ArrowLeft', undefined],
    [5, 'ArrowRight', undefined],
    [1, 'ArrowDown', 3],
    [4, 'ArrowUp', 1],
    [4, 'ArrowDown', 5],
    [5, 'ArrowDown', undefined],
    [3, 'Home', 0],
    [3, 'End', 5],
    [3, 'x', undefined],
  ])('from %i, %s leads to %s', (at, key, to) => {
    expect(nextCard(places, at, key)).toBe(to);
  });
});

/** Every network with every other source: the edit must leave a network that its data fit. */
describe('a change of the data', () => {
  const names = Object.keys(generators) as GeneratorName[];
  const cases = templateNames.flatMap(from => names.map(name => [from, name] as const));

  it.each(cases)('%s takes %s', (from, name) => {
    const { text, ...target } = template(from);
    const needs = generatorNeeds(name, target);
    const data = { generator: name, samples: 40, noise: 0 };
    const { edit } = changeData(target, data, needs, `Use data ${name}`);
    const { network, issues } = parseNetwork(applyTextEdits(text, textEdits(text, edit)));
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(network?.data).toMatchObject({
      source: { name },
      normalize: target.network.data?.normalize ?? 'none',
    });
    expect(network && inferShapes(network)).toMatchObject({
      inputSize: generators[name].inputs.length,
      outputSize: needs.outputs,
    });
  });

  it('keeps outputs that fit', () => {
    expect(generatorNeeds('moons', template('nielsen'))).toMatchObject({
      outputs: 2,
      loss: undefined,
    });
    expect(generatorNeeds('sine', template('rates'))).toMatchObject({ activation: undefined });
    expect(generatorNeeds('sine', template('xor'))).toMatchObject({ activation: 'linear' });
  });

  it.each(templateNames)('%s takes a CSV file', from => {
    const csv = 'a,b,c,t\n1,2,3,x\n4,5,6,y\n7,8,9,z\n';
    const { text, ...target } = template(from);
    const preview = previewCsv('a.csv', csv, csv.length);
    const data = csvData(preview, ['a', 'c'], ['t']);
    expect(data).toEqual({ csv: 'a.csv', inputs: ['a', 'c'], target: 't' });
    const { edit } = changeData(target, data, csvNeeds(preview, ['a', 'c'], ['t']), 'Use data');
    const { network, issues } = parseNetwork(applyTextEdits(text, textEdits(text, edit)));
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(network?.layers.at(-1)).toMatchObject({ units: 3, activation: 'softmax' });
    expect(network?.loss.type).toBe('crossEntropy');
    expect(planOutputs(preview.columns.slice(3)).purpose).toBe('classes');
  });
});

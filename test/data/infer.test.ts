import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  chooseColumns,
  inferNetwork,
  inputShape,
  planOutputs,
  spoiltColumns,
} from '../../src/data/infer';
import { loadDataset } from '../../src/data/load';
import { previewCsv } from '../../src/data/previewCsv';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { formatJson } from '../../src/network/write';

const example = (name: string): string =>
  readFileSync(new URL(`../../media/examples/${name}`, import.meta.url), 'utf8');

const preview = (text: string, path = 'a.csv') => previewCsv(path, text, text.length);
const choose = (text: string) => chooseColumns(preview(text));
const plan = (text: string, ...targets: string[]) =>
  planOutputs(preview(text).columns.filter(({ name }) => targets.includes(name)));

/** The inferred network, which must be one that its own data fit. */
function infer(text: string, path = 'a.csv') {
  const written = formatJson(inferNetwork(preview(text, path)));
  const { network, issues } = parseNetwork(written);
  expect(issues).toEqual([]);
  if (!network) throw new Error(written);
  const shapes = inferShapes(network);
  const loaded = loadDataset(network, shapes, { [path]: text });
  expect(loaded.issues).toEqual([]);
  if (!loaded.dataset) throw new Error(written);
  return { network, shapes, dataset: loaded.dataset, written };
}

describe('the columns', () => {
  it('takes the last column of classes for the target, and leaves texts and ids out', () => {
    expect(choose('id,a,name,kind,b\n1,2,Ada,x,1\n2,3,Alan,y,0\n3,5,Anna,x,7')).toEqual({
      inputs: ['a', 'b'],
      target: 'kind',
      leftOut: [
        { name: 'id', why: 'id' },
        { name: 'name', why: 'text' },
      ],
    });
  });

  it.each([
    ['a column called so', 'y,a,b\n0,2,3\n1,5,4', 'y'],
    ['the last number', 'a,b,c\n1,2,3\n4,5,6', 'c'],
    ['the last that does not number the rows', 'a,b,row_id\n1,7,1\n4,5,2\n3,3,3', 'b'],
    ['the last that varies', 'a,b,c\n1,2,3\n4,5,3', 'b'],
    ['the last without a bad cell', 'a,b,c\n1,2,3\n4,5,x\n4,5,6', 'b'],
    ['a column of a file without a header', '1,2\n3,4', 'column 2'],
  ])('predicts %s', (_, text, target) => {
    expect(choose(text).target).toBe(target);
  });

  it.each([
    ['empty', 'a,b,t\n1,,3\n4,,6'],
    ['bad', 'a,b,t\n1,2,3\n1,3,6\n4,?,6'],
    ['constant', 'a,b,t\n1,2,3\n4,2,6'],
    ['text', 'a,b,t\n1,u,x\n4,v,y'],
  ])('leaves an input that is %s out', (why, text) => {
    expect(choose(text)).toMatchObject({ inputs: ['a'], leftOut: [{ name: 'b', why }] });
  });

  it('names the columns that would be used but for some cells, and the first of these', () => {
    const rows = Array.from({ length: 9 }, (_, row) => `${row < 4 ? '?' : row},${row},note ${row}`);
    const found = spoiltColumns(preview(`a,b,t\n${rows.join('\n')}\n7,,x`));
    expect(found).toMatchObject([
      { name: 'a', count: 4, cells: [{ line: 2, text: '?' }, { line: 3 }, { line: 4 }] },
      { name: 'b', count: 1, cells: [{ line: 11, text: '' }] },
    ]);
    expect(spoiltColumns(preview('a,t\n1,x\n2,\n3,y'))).toMatchObject([{ name: 't', count: 1 }]);
    expect(spoiltColumns(preview('id,name,a,t\n1,u,1,x\n2,,3,y'))).toEqual([]);
  });

  it('keeps numbers that happen to rise', () => {
    expect(choose('year,t\n2001,1\n2002,4\n2003,2').inputs).toEqual(['year']);
  });

  it('sees a picture in counted columns', () => {
    const pixels = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`);
    expect(inputShape(pixels(64))).toEqual([8, 8]);
    expect(inputShape(pixels(63))).toEqual([63]);
    expect(inputShape(pixels(4))).toEqual([4]);
    expect(inputShape([...pixels(24), 'age'])).toEqual([25]);
  });
});

describe('the outputs', () => {
  it.each([
    ['three names', 't\nx\ny\nz', 'classes', 3],
    ['two names', 't\nx\ny\nx', 'binary', 1],
    ['0 and 1', 't\n0\n1\n1', 'binary', 1],
    ['1 and 2', 't\n1\n2\n1', 'classes', 2],
    ['class numbers', 't\n0\n2\n1\n3', 'classes', 4],
    ['whole numbers with gaps', 't\n0\n2\n7', 'numbers', 1],
    ['numbers', 't\n0.5\n2\n1', 'numbers', 1],
  ])('%s', (_, text, purpose, outputs) => {
    expect(plan(text, 't')).toMatchObject({ purpose, outputs });
  });

  it('gives several columns one output each', () => {
    expect(plan('t,u\n0,1\n1,0', 't', 'u')).toEqual({
      purpose: 'binary',
      outputs: 2,
      activation: 'sigmoid',
      loss: 'binaryCrossEntropy',
    });
    expect(plan('t,u\n0,1.5\n1,0', 't', 'u')).toMatchObject({ purpose: 'numbers', outputs: 2 });
  });
});

describe('the network', () => {
  it.each([
    ['two classes', 'a,b,t\n1,2,yes\n3,4,no\n5,7,no'],
    ['numbers 1 and 2', 'a,b,t\n1,2,1\n3,4,2\n5,7,2'],
    ['regression', 'a,b,t\n1,2,1.5\n3,4,-2\n5,7,200'],
    ['no header', '1,2,3.5\n4,5,6.5\n7,1,9'],
    ['semicolons, decimal commas and a byte order mark', '\ufeffa;b;t\n1,5;2;x\n2,5;4;y\n1;1;x'],
    ['an id and a text', 'id,name,a,t\n1,x,2,0.5\n2,y,5,1\n3,z,4,9'],
    ['trailing delimiters', 'a,t,\n1,2,\n3,5,\n'],
    ['two rows', 'a,t\n1,2.5\n2,3.5'],
    ['a class among which numbers are', 'a,t\n1,x\n2,3\n3,y\n4,z\n5,x'],
  ])('fits its own data: %s', (_, text) => {
    const { network, dataset } = infer(text);
    expect(dataset.targetNames).toHaveLength(dataset.outputSize);
    expect(network.data?.source).toMatchObject({ path: 'a.csv' });
  });

  it('learns iris', () => {
    const { network, shapes, dataset } = infer(example('iris.csv'), 'data/iris.csv');
    expect([shapes.inputSize, ...network.layers.map(({ units }) => units)]).toEqual([4, 8, 3]);
    expect(network).toMatchObject({ name: 'iris', loss: { type: 'crossEntropy' } });
    expect(network.input.names).toEqual([
      'sepal_length',
      'sepal_width',
      'petal_length',
      'petal_width',
    ]);
    const trainer = createTrainer(network, dataset);
    while (trainer.epoch < network.training.epochs) trainer.run({ steps: Infinity });
    expect(trainer.evaluation.accuracy).toBeGreaterThan(0.95);
    expect(trainer.evaluation.validationAccuracy).toBeGreaterThan(0.9);
  });

  it('learns digits, as pictures', () => {
    const { network, dataset } = infer(example('digits_8x8.csv'), 'digits_8x8.csv');
    expect(network.input).toEqual({ shape: [8, 8] });
    expect(network.layers.map(({ units }) => units)).toEqual([64, 10]);
    const trainer = createTrainer(network, dataset);
    while (trainer.epoch < 5) trainer.run({ steps: Infinity });
    expect(trainer.evaluation.validationAccuracy).toBeGreaterThan(0.9);
  });

  it.each([
    ['', { kind: 'empty' }],
    ['a,b\n', { kind: 'rows' }],
    ['a\n1\n2', { kind: 'inputs', target: 'a', spoilt: [] }],
    ['a,b\n1,2\n3', { kind: 'table', place: { line: 3, kind: 'cells', text: '1 / 2' } }],
    ['a,a,b\n1,2,3', { kind: 'table', place: { line: 1, kind: 'name', text: 'a' } }],
    ['a,b\n1,"2', { kind: 'table', place: { line: 2, kind: 'quote' } }],
    [`a,b\n${'?,1\n'.repeat(20)}${'1,2\n'.repeat(30)}3`, { kind: 'table', place: undefined }],
    ['a,b\n1,1\n2,1', { kind: 'inputs', target: 'a', spoilt: [] }],
    [
      'a,b,t\n1,,x\n?,2,y\n3,4,x',
      {
        ...{ kind: 'inputs', target: 't' },
        spoilt: [
          { name: 'a', count: 1, cells: [{ line: 3, text: '?' }] },
          { name: 'b', count: 1, cells: [{ line: 2, text: '' }] },
        ],
      },
    ],
    [
      'a,t\n1,2\n3,\n5,x\n7,8',
      {
        ...{ kind: 'inputs', target: 'a' },
        spoilt: [
          {
            name: 't',
            count: 2,
            cells: [
              { line: 3, text: '' },
              { line: 4, text: 'x' },
            ],
          },
        ],
      },
    ],
    ['a,b\n1,1\n1,1', { kind: 'target', spoilt: [] }],
  ])('refuses %j with the reason', (text, fault) => {
    expect(caught(() => inferNetwork(preview(text)))).toMatchObject({ name: 'InferError', fault });
  });
});

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { isList, isObject } from '../../src/network/json';
import type { JsonValue } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';
import { networkSchema } from '../../src/network/schema';
import {
  dataSnippets,
  layerSnippets,
  networkSnippets,
  optimizerSnippets,
  scheduleSnippets,
} from '../../src/network/snippets';
import { newNetworkText, templateNames } from '../../src/network/templates';
import { networkArbitrary } from './support/networks';

const media = new URL('../../media/', import.meta.url);
const schema = networkSchema();
const accepts = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** Errors of the rules between values, which a schema cannot say. */
const semantic =
  /^(id\.duplicate|from\.|add\.|concat\.|weights\.|init\.overflow|bias\.|statistics\.|activation\.|loss\.|network\.|input\.|number\.float32|clip\.both|expect\.(inputs|outputs?|gradcheck|data)|data\.(inputs|outputs|targetRange|path|target|columns))/;

describe('defaults in hovers of the JSON', () => {
  /** Every part of the schema of the training that describes a setting of this name. */
  function described(key: string): readonly { markdownDescription: string; default?: number }[] {
    const found: { markdownDescription: string }[] = [];
    const { training } = schema.properties as { readonly training: JsonValue };
    JSON.stringify(training, (name, value: { markdownDescription?: string } | null) => {
      if (name === key && value?.markdownDescription) found.push(value as (typeof found)[0]);
      return value;
    });
    return found;
  }

  it.each(['learningRate', 'epsilon'])('of %s are those of each optimizer', key => {
    const all = described(key);
    expect(all.length).toBeGreaterThan(0);
    for (const { markdownDescription, default: one } of all) {
      expect(one).toBeUndefined();
      const [, words] = markdownDescription.split('Default: ');
      for (const [, number, names] of words.matchAll(/`([^`]+)` \(([^)]+)\)/g))
        for (const type of names.split(', ')) {
          const training = { optimizer: { type } };
          const { network } = parseNetwork(
            JSON.stringify({
              version: 1,
              input: { shape: [1] },
              layers: [{ type: 'dense', units: 1, activation: 'linear' }],
              loss: { type: 'meanSquaredError' },
              training,
            }),
          );
          const { optimizer } = network?.training as unknown as {
            optimizer: Record<string, number>;
          };
          expect([type, optimizer[key]]).toEqual([type, Number(number)]);
        }
    }
  });
});

function parserAccepts(text: string): boolean {
  const errors = parseNetwork(text).issues.filter(issue => issue.severity === 'error');
  return errors.every(issue => semantic.test(issue.code));
}

/** Every path of a value. */
function pathsOf(value: JsonValue, path: (string | number)[] = []): (string | number)[][] {
  const inner = isList(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [path, ...inner];
}

function replaced(
  value: JsonValue,
  path: (string | number)[],
  by: JsonValue | undefined,
): JsonValue {
  if (path.length === 0) return by ?? null;
  const [key, ...rest] = path;
  const entries = Object.entries(value as { [key: string]: JsonValue });
  const changed = entries.flatMap(([name, item]) => {
    if (name !== String(key)) return [[name, item] as const];
    const next = rest.length > 0 ? replaced(item, rest, by) : by;
    return next === undefined ? [] : [[name, next] as const];
  });
  const isNew =
    entries.length === changed.length && !entries.some(([name]) => name === String(key));
  if (isNew && by !== undefined) changed.push([String(key), by]);
  return isList(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}

const full: JsonValue = {
  version: 1,
  name: 'full',
  notation: 'ng',
  seed: 1,
  input: { shape: [2], names: ['a', 'b'] },
  layers: [
    {
      type: 'dense',
      id: 'h',
      units: 2,
      activation: 'tanh',
      useBias: true,
      init: { type: 'normal', scale: 0.1, value: 0 },
      weights: [
        [1, 2],
        [3, 4],
      ],
      bias: [0, 0],
      learningRateScale: 1,
    },
    { type: 'add', id: 's', from: ['h', 'input'], activation: 'relu' },
    { type: 'dense', id: 'd', from: ['s'], units: 3 },
    { type: 'dense', id: 'e', from: 'h', units: 1 },
    { type: 'concat', from: ['s', 'd', 'e'] },
    { type: 'dense', units: 1, init: 'zeros' },
  ],
  loss: { type: 'meanSquaredError', half: true, reduction: 'sum' },
  regularization: { l2: 0.1, l1: 0, scale: 'lambda', bias: true },
  training: {
    precision: 'float64',
    optimizer: {
      type: 'adamw',
      learningRate: 0.1,
      momentum: 0.5,
      nesterov: false,
      decay: 0.9,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-7,
      weightDecay: 0,
    },
    schedule: { type: 'cosine', every: 3, factor: 0.5, minimum: 0.001, warmUp: 2 },
    clip: { norm: 1, value: null },
    batchSize: 'all',
    epochs: 3,
    shuffle: false,
    stop: { targetLoss: 0.1, patience: null, maxSeconds: 60 },
  },
  data: {
    csv: 'a.csv',
    inputs: ['a', 'b'],
    target: ['y'],
    split: { validation: 0.5 },
    normalize: 'minMax',
  },
  expect: [
    { name: 'one', input: [0, 1], output: [1], tolerance: 0.1 },
    { gradcheck: true },
    { name: 'small', loss: { atMost: 0.5, afterEpochs: 3 } },
  ],
};

/** Every setting of every layer that looks at images. */
const imageLayers: JsonValue = [
  {
    type: 'conv2d',
    id: 'c',
    filters: 1,
    kernel: [1, 2],
    stride: [1, 1],
    padding: 'same',
    activation: 'relu',
    useBias: true,
    init: 'heNormal',
    weights: [[1, 2]],
    bias: [0],
    learningRateScale: 1,
  },
  {
    type: 'batchNorm',
    epsilon: 0.01,
    momentum: 0.5,
    activation: 'linear',
    useBias: true,
    learningRateScale: 1,
    weights: [[1]],
    bias: [0],
    mean: [0],
    variance: [1],
  },
  { type: 'maxPool2d', from: 'c', size: [2, 2], stride: [1, 2], padding: 'valid' },
  { type: 'averagePool2d', size: [2, 1] },
  { type: 'dropout', id: 'd', rate: 0.5 },
  { type: 'flatten', from: ['d'] },
];

const wrongValues: readonly (JsonValue | undefined)[] = [
  undefined,
  null,
  true,
  0,
  1,
  -1,
  0.5,
  2.5,
  1e9,
  65_536,
  65_537,
  9007199254740994,
  1e308,
  '',
  'all',
  'sgd',
  'cosine',
  'sigmoid',
  'mean',
  'dropout',
  'conv2d',
  'dense',
  'add',
  'concat',
  'input',
  'h',
  'none',
  'a'.repeat(101),
  '😀'.repeat(100),
  [],
  [1],
  [[1]],
  ['a'],
  [''],
  ['input'],
  ['h', 'input'],
  ['h', 'h'],
  ['h', 1],
  ['h', ''],
  {},
  { type: 'sgd' },
  { type: 'nope' },
  { generator: 'xor' },
  { inline: [] },
  { inline: [{ x: [1], y: [1] }] },
  { inline: [{ x: [1] }] },
  { csv: 'a', generator: 'or' },
  { idx: 1 },
  { csv: 'a', target: 'y' },
  { csv: 'a', target: [] },
  { shape: [1] },
  [{ type: 'dense', units: 1 }],
  [{ type: 'dense', units: 1, from: 'x' }],
  { type: 'dense', units: 1, from: 'x' },
  { type: 'dense', from: ['a'] },
  { type: 'add', from: ['h', 'input'] },
  { type: 'add', from: ['h'], units: 0, weights: 3 },
  { type: 'concat', units: 3 },
  { type: 'concat', units: -1, from: ['h', 's'], activation: 'nope' },
  { from: ['h', 's'], units: 2 },
  { type: 'conv2d', units: -1 },
  { file: 'w' },
  [{ gradcheck: true, loss: { atMost: 1 } }],
  [{ input: [1], output: [1] }],
  [{ loss: {} }],
  { atMost: 1 },
];

describe('media/network.schema.json', () => {
  it('is made from the catalogue (npm run schema)', () => {
    const committed = readFileSync(new URL('network.schema.json', media), 'utf8');
    expect(JSON.parse(committed)).toEqual(schema);
  });

  it('accepts the templates and the examples', () => {
    const folder = new URL('examples/', media);
    const files = readdirSync(folder).filter(name => name.endsWith('.nn.json'));
    expect(files.length).toBeGreaterThan(0);
    const examples = files.map(name => readFileSync(new URL(name, folder), 'utf8'));
    for (const text of [...templateNames.map(newNetworkText), ...examples]) {
      expect(parserAccepts(text)).toBe(true);
      expect(accepts(parseJsonc(text)), JSON.stringify(accepts.errors)).toBe(true);
    }
  });
});

describe('schema and parser agree', () => {
  it('on a network with every setting, each value replaced by every wrong and right one', () => {
    let valid = 0;
    let invalid = 0;
    const outside: (string | number)[][] = [
      ['weights'],
      ['layers', 0, 'from'],
      ['layers', 1, 'units'],
      ['layers', 1, 'weights'],
      ['layers', 4, 'id'],
      ['data', 'idx'],
      ['extra'],
    ];
    for (const path of [...pathsOf(full), ...outside]) {
      for (const value of wrongValues) {
        const text = JSON.stringify(replaced(full, path, value));
        const bySchema = accepts(JSON.parse(text));
        expect(`${bySchema} ${text}`).toBe(`${parserAccepts(text)} ${text}`);
        if (bySchema) valid++;
        else invalid++;
      }
    }
    expect(valid).toBeGreaterThan(100);
    expect(invalid).toBeGreaterThan(100);
  });

  it('on layers that look at images', () => {
    const { training } = full;
    const network: JsonValue = {
      version: 1,
      input: { shape: [6, 6, 1] },
      layers: imageLayers,
      training,
    };
    const values: readonly (JsonValue | undefined)[] = [
      ...[undefined, 0, 1, 2.5, 0.25, 'same', 'conv2d', 'dropout', 'batchNorm', [2], [2, 2]],
      ...[[0, 1], [1, 2, 3], [1.5, 1], ['a', 1], [1024, 1025], {}, [[1, 2]]],
    ];
    const paths = pathsOf(network).filter(path => path[0] === 'layers' && path.length > 1);
    let valid = 0;
    for (const path of [...paths, ['layers', 1, 'units'], ['layers', 3, 'activation']]) {
      for (const value of values) {
        const text = JSON.stringify(replaced(network, path, value));
        const bySchema = accepts(JSON.parse(text));
        expect(`${bySchema} ${text}`).toBe(`${parserAccepts(text)} ${text}`);
        if (bySchema) valid++;
      }
    }
    expect(valid).toBeGreaterThan(100);
  });

  it('on arbitrary networks with two mutations', () => {
    const value = fc.oneof(fc.constantFrom(...wrongValues), fc.jsonValue({ maxDepth: 2 }));
    const mutated = networkArbitrary.chain(network => {
      const mutation = fc.tuple(fc.constantFrom(...pathsOf(network)), value);
      return fc.tuple(fc.constant(network), mutation, mutation);
    });
    fc.assert(
      fc.property(mutated, ([network, [path, value], [otherPath, otherValue]]) => {
        const once = replaced(network, path, value as JsonValue | undefined);
        const exists = pathsOf(once).some(known => known.join() === otherPath.join());
        const twice = exists
          ? replaced(once, otherPath, otherValue as JsonValue | undefined)
          : once;
        const text = JSON.stringify(twice);
        expect(`${accepts(JSON.parse(text))} ${text}`).toBe(`${parserAccepts(text)} ${text}`);
      }),
      { numRuns: 500 },
    );
  });
});

describe('completions of whole values', () => {
  /** The text that a completion leaves when nothing else is typed. */
  function accepted(body: unknown): JsonValue {
    const text = JSON.stringify(body).replace(/"\^\$\{\d:([^}]*)\}"/g, '$1');
    return JSON.parse(text.replace(/\$\{\d:([^}]*)\}/g, '$1')) as JsonValue;
  }

  const base: JsonValue = {
    version: 1,
    input: { shape: [1] },
    layers: [
      { type: 'dense', id: 'a', units: 1 },
      { type: 'dense', id: 'b', units: 1 },
      { type: 'dense', units: 1 },
    ],
    training: {},
  };
  /** Where a window finds an image. */
  const images: JsonValue = {
    ...base,
    input: { shape: [8, 8, 1] },
    layers: [
      { type: 'conv2d', filters: 2, kernel: [3, 3] },
      { type: 'maxPool2d', size: [2, 2] },
      { type: 'flatten' },
    ],
  };

  it.each([
    ...networkSnippets.map(snippet => [snippet.label, [], snippet] as const),
    ...layerSnippets.map(snippet => [snippet.label, ['layers', 2], snippet] as const),
    ...optimizerSnippets.map(
      snippet => [snippet.label, ['training', 'optimizer'], snippet] as const,
    ),
    ...scheduleSnippets.map(snippet => [snippet.label, ['training', 'schedule'], snippet] as const),
    ...dataSnippets.map(snippet => [snippet.label, ['data'], snippet] as const),
  ])('%s is valid as it is', (label, path, { body }) => {
    const isSliding = /2d layer$/.test(label);
    const text = JSON.stringify(replaced(isSliding ? images : base, [...path], accepted(body)));
    expect(parseNetwork(text).issues).toEqual([]);
    expect(accepts(JSON.parse(text))).toBe(true);
  });
});

describe('parseNetwork', () => {
  it('never throws, and gives no network for a broken text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"layers"',
      '"type"',
      '1',
      'null',
      '//',
      '/*',
      '\n',
      '\\',
      '"',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        const { network, issues } = parseNetwork(pieces.join(''));
        expect(network).toBeUndefined();
        expect(issues.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Networks that are too large, too deep, or say so. */
import type { Extreme } from '../target';

const MEGABYTE = 1024 * 1024;

const networkOf = (layers: string, more = ''): string =>
  `{ "version": 1, "input": { "shape": [2] }, "layers": [${layers}]${more} }`;

const repeated = (part: string, length: number, between = ''): string =>
  (part + between).repeat(Math.ceil(length / (part.length + between.length)));

const texts: { readonly [name: string]: () => string } = {
  'a layer of 1e9 units': () => networkOf('{ "type": "dense", "units": 1e9 }'),
  '65,536 units on 1,048,576 inputs': () =>
    networkOf('{ "type": "dense", "units": 65536 }').replace('[2]', '[1048576]'),
  '1,000 layers of 65,536 units': () =>
    networkOf(Array(1000).fill('{ "type": "dense", "units": 65536 }').join(', ')),
  '1,000 layers of one unit, all joined again and again': () =>
    networkOf(
      Array.from({ length: 500 }, (_, i) => {
        const from = Array.from({ length: Math.min(i, 250) }, (_, k) => `"d${k}"`);
        return `{ "type": "dense", "id": "d${i}", "units": 1 }, { "type": "concat", "id": "c${i}", "from": [${['"input"', `"d${i}"`, ...from].join(', ')}] }`;
      }).join(', '),
    ),
  '1e8 generated rows': () =>
    networkOf(
      '{ "type": "dense", "units": 1 }',
      ', "data": { "generator": "xor", "samples": 1e8 }',
    ),
  'lists nested 10,000 deep': () => '['.repeat(10_000) + ']'.repeat(10_000),
  'objects nested 10,000 deep': () => '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  'weights nested 10,000 deep': () =>
    networkOf(
      `{ "type": "dense", "units": 1, "weights": ${'['.repeat(10_000)}1${']'.repeat(10_000)} }`,
    ),
  'an unknown key nested 4,000 deep': () =>
    networkOf(
      '{ "type": "dense", "units": 1 }',
      `, "note": ${'['.repeat(4000)}${']'.repeat(4000)}`,
    ),
  'a name of 50 MB': () =>
    networkOf('{ "type": "dense", "units": 1 }', `, "name": "${'x'.repeat(50 * MEGABYTE)}"`),
  'an unknown activation of 1 MB': () =>
    networkOf(`{ "type": "dense", "units": 1, "activation": "${'s'.repeat(MEGABYTE)}" }`),
  'an unknown key of 1 MB': () =>
    networkOf('{ "type": "dense", "units": 1 }', `, "${'k'.repeat(MEGABYTE)}": 1`),
  '50 MB of blanks': () => ' '.repeat(50 * MEGABYTE),
  '50 MB of opening brackets': () => '['.repeat(50 * MEGABYTE),
  '50 MB of empty lists': () => `[${repeated('[]', 50 * MEGABYTE, ',')}[]]`,
  '50 MB of numbers': () =>
    networkOf(
      '{ "type": "dense", "units": 1 }',
      `, "note": [${repeated('0.5', 50 * MEGABYTE, ',')}1]`,
    ),
  '50 MB of weights': () =>
    networkOf(
      `{ "type": "dense", "units": 1, "weights": [[${repeated('0.5', 50 * MEGABYTE, ',')}1]] }`,
    ),
  '50 MB of errors': () => repeated('#', 50 * MEGABYTE),
  '50 MB of commas': () => `[${','.repeat(50 * MEGABYTE)}]`,
  '50 MB of open quotes': () => `{${repeated('"a\n', 50 * MEGABYTE)}`,
  '50 MB of open comments': () => repeated('/* ', 50 * MEGABYTE),
  '50 MB of keys': () => `{${repeated('"a":1', 50 * MEGABYTE, ',')}"b":1}`,
  '50 MB of samples': () =>
    networkOf(
      '{ "type": "dense", "units": 1 }',
      `, "data": { "inline": [${repeated('{"x":[0,1],"y":[1]}', 50 * MEGABYTE, ',')}{"x":[0,1],"y":[1]}] }`,
    ),
  '50 MB of tests': () =>
    networkOf(
      '{ "type": "dense", "units": 1 }',
      `, "expect": [${repeated('{"input":[0,1],"output":[1]}', 50 * MEGABYTE, ',')}{"input":[0,1],"output":[1]}]`,
    ),
  '50 MB of rows of weights': () =>
    networkOf(
      `{ "type": "dense", "units": 1, "weights": [${repeated('[1,2]', 50 * MEGABYTE, ',')}[1,2]] }`,
    ),
  'a million names': () =>
    networkOf('{ "type": "dense", "units": 1 }').replace(
      '[2]',
      `[1048576], "names": [${repeated('"n"', 4 * MEGABYTE, ',')}"n"]`,
    ),
  'a number of a million digits': () =>
    networkOf(`{ "type": "dense", "units": 1, "bias": [${'9'.repeat(1_000_000)}] }`),
  'a number that never becomes one': () =>
    networkOf(`{ "type": "dense", "units": 1, "bias": [${'1'.repeat(1_000_000)}x] }`),
  'a million line ends': () => `${'\n'.repeat(1_000_000)}{`,
};

export const networkExtremes: readonly Extreme<string>[] = Object.entries(texts).map(
  ([name, make]) => ({ name, make }),
);

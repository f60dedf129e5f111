import { expect, it } from 'vitest';
import { outlineOf } from '../../src/network/outline';
import type { OutlineEntry } from '../../src/network/outline';
import { parseNetwork, parseSyntax } from '../../src/network/parse';

const TEXT = `{
  "version": 1,
  "name": "Digits",
  "input": { "shape": [8, 8, 1] },
  "layers": [
    { "type": "conv2d", "filters": 2, "kernel": [3, 3], "activation": "relu" },
    { "type": "flatten" },
    { "type": "dense", "id": "left", "units": 4, "activation": "tanh" },
    { "type": "dense", "id": "right", "from": "left", "units": 4 },
    { "type": "add", "from": ["left", "right"] },
    { "type": "dense", "units": 2, "activation": "softmax", "weights": [[1, 2, 3, 4], [5, 6, 7, 8]], "bias": [0, 0] }
  ],
  "loss": { "type": "crossEntropy" },
  "training": { "optimizer": "adam" },
  "data": { "csv": "digits.csv", "target": "digit" },
  "expect": [{ "name": "sure", "gradcheck": true }, { "loss": { "atMost": 1 } }]
}`;

const shown = ({ name, detail, children }: OutlineEntry, depth = 0): string[] => [
  `${'  '.repeat(depth)}${name}${detail === '' ? '' : ` | ${detail}`}`,
  ...children.flatMap(entry => shown(entry, depth + 1)),
];

it('has the parts of a network, each in a few words', () => {
  expect(outlineOf(parseNetwork(TEXT)).flatMap(entry => shown(entry))).toEqual([
    'input | 8 × 8 × 1',
    'conv2d 8 × 8 × 1 → 6 × 6 × 2 | relu',
    'flatten 6 × 6 × 2 → 72',
    'left | dense 72 → 4, tanh',
    'right | dense 4 → 4, linear',
    'add 4 + 4 → 4 | linear',
    'dense 4 → 2 | softmax',
    '  weights | 2 × 4',
    '  bias | 2',
    'loss | crossEntropy',
    'training | adam',
    'data | digits.csv',
    'expect | 2',
    '  sure | gradcheck',
    '  loss [1]',
  ]);
});

it('lies in the text as it is nested', () => {
  const check = (entry: OutlineEntry, outer: OutlineEntry['range']): void => {
    const { range, selection, children } = entry;
    expect(outer.start <= range.start && range.end <= outer.end, entry.name).toBe(true);
    expect(range.start <= selection.start && selection.end <= range.end, entry.name).toBe(true);
    for (const inner of children) check(inner, range);
  };
  for (const entry of outlineOf(parseNetwork(TEXT))) check(entry, { start: 0, end: TEXT.length });
});

it('can be had of a text that somebody is typing', () => {
  for (let length = 0; length < TEXT.length; length++) {
    const names = outlineOf(parseSyntax(TEXT.slice(0, length))).map(({ name }) => name);
    if (length > 60) expect(names).toContain('input');
    expect(names.every(name => name !== '')).toBe(true);
  }
  expect(outlineOf(parseNetwork('[]'))).toEqual([]);
});

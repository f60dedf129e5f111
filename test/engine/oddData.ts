/** Odd cells of a file, and data that are odd as a whole: no sample, one sample, one class, nothing that varies. */
import { SAMPLES } from './odd';
import type { Odd, OddCase } from './odd';

const csv = (text: string, more: object = {}): Odd => ({
  csv: text,
  data: { csv: 'a.csv', target: 'y', ...more },
});
const rows = (...cells: string[]): Odd => csv(['a,b,y', ...cells].join('\n'));
const classes = (units: number): Odd['layers'] => [{ type: 'dense', units, activation: 'softmax' }];

export const oddData: readonly OddCase[] = [
  {
    name: 'a cell NaN',
    answer: 'refused: data.csv.number at data.csv',
    odd: rows('1,2,3', 'NaN,2,3', '1,1,1'),
  },
  {
    name: 'a cell inf',
    answer: 'refused: data.csv.number at data.csv',
    odd: rows('1,2,3', '1,-inf,3', '1,1,1'),
  },
  {
    name: 'a cell 1e999',
    answer: 'refused: data.csv.number at data.csv',
    odd: rows('1,2,3', '1,1e999,3', '1,1,1'),
  },
  {
    name: 'a target cell 1e999',
    answer: 'refused: data.csv.number at data.csv',
    odd: rows('1,2,3', '1,1,1e999', '1,1,1'),
  },
  {
    name: 'a cell 1e308',
    answer: { float64: 'trains', float32: 'refused: data.precision at data.csv' },
    odd: rows('1,2,0.3', '1,1e308,0.3', '1,1,1'),
  },
  {
    name: 'cells of ±1e308, standardised',
    answer: 'refused: data.precision at data.csv',
    odd: { ...csv('a,b,y\n1e308,2,0.3\n-1e308,1,0.3\n1,1,1', { normalize: 'standard' }) },
  },
  {
    name: 'cells of ±1e308, between 0 and 1',
    answer: 'refused: data.precision at data.csv',
    odd: { ...csv('a,b,y\n1e308,2,0.3\n-1e308,1,0.3\n1,1,1', { normalize: 'minMax' }) },
  },
  {
    name: 'cells of 1e-320, standardised',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1e-320,2,0.3\n2e-320,1,0.3\n1e-320,1,1', { normalize: 'standard' }) },
  },
  {
    name: 'cells of 1e-320, between 0 and 1',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1e-320,2,0.3\n2e-320,1,0.3\n1e-320,1,1', { normalize: 'minMax' }) },
  },
  {
    name: 'cells of 1e-160, standardised',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1e-160,2,0.3\n2e-160,1,0.3\n1e-160,1,1', { normalize: 'standard' }) },
  },
  {
    name: 'a column that does not vary, standardised',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1,7,0\n2,7,1\n3,7,0', { normalize: 'standard' }) },
  },
  {
    name: 'a column that does not vary, between 0 and 1',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1,7,0\n2,7,1\n3,7,0', { normalize: 'minMax' }) },
  },
  {
    name: 'a column that varies in its last bit, standardised',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1,0.1,0\n2,0.10000000000000002,1\n3,0.1,0', { normalize: 'standard' }) },
  },
  { name: 'targets that do not vary', answer: 'trains', odd: rows('1,2,5', '2,3,5', '3,4,5') },
  {
    name: 'one class alone, softmax',
    answer: 'refused: data.classes at data.target',
    odd: {
      ...csv('a,b,y\n1,2,yes\n2,3,yes\n'),
      layers: classes(2),
      loss: { type: 'crossEntropy' },
    },
  },
  {
    name: 'one class alone, one softmax output',
    answer: 'refused: data.classes at data.target',
    odd: {
      ...csv('a,b,y\n1,2,yes\n2,3,yes\n'),
      layers: classes(1),
      loss: { type: 'crossEntropy' },
    },
  },
  { name: 'one sample', answer: 'trains', odd: { data: { inline: SAMPLES.slice(1, 2) } } },
  {
    name: 'one sample, standardised',
    answer: 'trains',
    odd: { ...csv('a,b,y\n1,2,3\n', { normalize: 'standard' }) },
  },
  {
    name: 'one sample, half of it for validation',
    answer: 'refused: data.split.training at data.split.validation',
    odd: { data: { inline: SAMPLES.slice(0, 1), split: { validation: 0.5 } } },
  },
  {
    name: 'no sample',
    answer: 'refused: data.empty at data.inline',
    odd: { data: { inline: [] } },
  },
  { name: 'a header alone', answer: 'refused: data.csv.empty at data.csv', odd: csv('a,b,y\n') },
  { name: 'a batch larger than the data', answer: 'trains', odd: { training: { batchSize: 100 } } },
  { name: 'a batch of 1e9', answer: 'trains', odd: { training: { batchSize: 1e9 } } },
  { name: 'a batch of 1e308', answer: 'trains', odd: { training: { batchSize: 1e308 } } },
  {
    name: 'a validation share that is less than a sample',
    answer: 'trains, warns: data.split.validation at data.split.validation',
    odd: { data: { inline: SAMPLES, split: { validation: 0.01 } } },
  },
  {
    name: 'a validation share of all but nothing',
    answer: 'refused: data.split.training at data.split.validation',
    odd: { data: { inline: SAMPLES, split: { validation: 0.9999 } } },
  },
  {
    name: 'a validation share of 1',
    answer: 'refused: value.range at data.split.validation',
    odd: { data: { inline: SAMPLES, split: { validation: 1 } } },
  },
  {
    name: 'a validation share of −1',
    answer: 'refused: value.range at data.split.validation',
    odd: { data: { inline: SAMPLES, split: { validation: -1 } } },
  },
  {
    name: 'a validation share of 5e-324',
    answer: 'trains, warns: data.split.validation at data.split.validation',
    odd: { data: { inline: SAMPLES, split: { validation: 5e-324 } } },
  },
];

/** Results over data that a network was not trained with: of the form, the scale and the classes of its own. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { idxFile } from '../data/support';
import { example, nabla, nablaJson } from './support';

interface Json {
  readonly part?: string;
  readonly data?: string;
  readonly samples: number;
  readonly meanLoss: number;
  readonly accuracy: number;
  readonly questions: readonly { readonly counts: readonly number[] }[];
  readonly listed: readonly { readonly row?: number }[];
}

const IRIS = example('iris');
const CSV = readFileSync('media/examples/iris.csv', 'utf8').trim().split('\n');

/** The header and some of the 150 rows, which are sorted by class. */
const rows = (start: number, end: number): string =>
  [CSV[0], ...CSV.slice(1 + start, 1 + end)].join('\n');

describe('of a CSV file', () => {
  it('are those of both parts together, where it is the same', async () => {
    const [all, ...parts] = [
      await nablaJson<Json>(['results', IRIS, '--csv', 'media/examples/iris.csv']),
      await nablaJson<Json>(['results', IRIS, '--part', 'training']),
      await nablaJson<Json>(['results', IRIS, '--part', 'validation']),
    ];
    expect(all).toMatchObject({ samples: 150, data: 'media/examples/iris.csv' });
    expect(all.part).toBeUndefined();
    const [training, validation] = parts;
    const mean = (training.meanLoss * 120 + validation.meanLoss * 30) / 150;
    expect(all.meanLoss).toBeCloseTo(mean, 12);
    const sums = training.questions[0].counts.map((n, i) => n + validation.questions[0].counts[i]);
    expect(all.questions[0].counts).toEqual(sums);
  });

  it('keep the scale and the classes of the network’s own, also where one is missing', async () => {
    const files = { 'flowers/some.csv': rows(50, 100) };
    const { code, stdout } = await nabla(['results', IRIS, '--csv', 'flowers/some.csv'], files);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^flowers\/some\.csv, 50 samples, mean loss /);
    const counts = (text: string): readonly string[] => text.match(/^versicolor .*$/gm) ?? [];
    const whole = await nabla(['results', IRIS, '--csv', 'media/examples/iris.csv']);
    expect(counts(stdout)[0].split(/ +/)).toEqual(counts(whole.stdout)[0].split(/ +/));
    expect(stdout).toMatch(/^virginica +0 +0 +0$/m);
  });

  it('name a class that the network does not know, and its row', async () => {
    const files = { 'new.csv': `${rows(0, 2)}\n5,3,2,1,tulip\n` };
    const { code, stderr } = await nabla(['results', IRIS, '--csv', 'new.csv'], files);
    expect(code).toBe(1);
    expect(stderr).toContain('species is tulip in row 4, a class that the network does not know');
    expect(stderr).toContain('setosa, versicolor, virginica');
  });

  it('want targets of the same kind, and the columns', async () => {
    const text = JSON.stringify({
      version: 1,
      input: { shape: [1] },
      layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
      loss: { type: 'binaryCrossEntropy' },
      data: { csv: 'own.csv', target: 'y' },
    });
    const of = (own: string, other: string) =>
      nabla(['results', 'n.nn.json', '--csv', 'other.csv'], {
        'n.nn.json': text,
        'own.csv': own,
        'other.csv': other,
      });
    const [words, numbers] = ['x,y\n1,no\n2,yes\n', 'x,y\n1,0\n2,1\n'];
    expect((await of(words, numbers)).stderr).toContain('The targets are numbers, those that');
    expect((await of(numbers, words)).stderr).toContain('The targets are classes, those that');
    expect((await of(words, 'x,y\n3,yes\n')).stdout).toMatch(/^other\.csv, 1 sample, /);
    expect((await of(words, 'x,z\n3,yes\n2,no\n')).stderr).toContain('data.csv');
    expect((await of(words, 'z,y\n3,yes\n2,no\n')).stderr).toContain('has no column x');
    const swapped = (await of(words, 'z,y,x\n9,yes,3\n9,no,2\n')).stdout;
    expect(swapped).toBe((await of(words, 'x,y\n3,yes\n2,no\n')).stdout);
  });
});

describe('of IDX files', () => {
  const FILE = 'n/pictures.nn.json';
  const network = (normalize: string): string =>
    JSON.stringify({
      version: 1,
      input: { shape: [2, 2] },
      layers: [
        {
          type: 'dense',
          units: 3,
          activation: 'softmax',
          weights: [
            [3, 0, 0, 0],
            [0, 2, 0, 0],
            [0, 0, 1, 0],
          ],
        },
      ],
      loss: { type: 'crossEntropy' },
      data: { idx: { images: 'x.idx', labels: 'y.idx' }, normalize },
    });
  const pixels = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 51, 102, 0, 9];
  const files = {
    'n/x.idx': idxFile([4, 2, 2], pixels),
    'n/y.idx': idxFile([4], [0, 1, 2, 1]),
    'test/x.gz': gzipSync(idxFile([2, 2, 2], pixels.slice(0, 8))),
    'test/y': idxFile([2], [0, 1]),
  };
  const OTHER = ['--images', 'test/x.gz', '--labels', 'test/y'];

  it.each(['none', 'standard', 'minMax'])('with inputs normalised by %s', async normalize => {
    const all = { ...files, [FILE]: network(normalize) };
    const other = await nablaJson<Json>(['results', FILE, ...OTHER], all);
    expect(other).toMatchObject({ samples: 2, data: 'test/x.gz' });
    // The first two samples of its own: their losses are in the list of all four.
    const own = await nablaJson<{ listed: readonly { index: number; loss: number }[] }>(
      ['results', FILE, '--worst', '4'],
      all,
    );
    const losses = own.listed.filter(({ index }) => index < 2).map(({ loss }) => loss);
    expect(losses).toHaveLength(2);
    expect(other.meanLoss).toBeCloseTo((losses[0] + losses[1]) / 2, 12);
  });

  it.each([
    [['--images', 'test/x.gz'], '--images and --labels need each other, found only --images'],
    [['--labels', 'test/y'], '--images and --labels need each other, found only --labels'],
    [[...OTHER, '--csv', 'a.csv'], 'takes either --csv or --images and --labels, found both'],
    [['--csv', 'a.csv'], '--csv needs a network with data.csv, found data.idx'],
    [[...OTHER, '--part', 'training'], "--part is of the network's own data"],
    [['--images', 'test/none', '--labels', 'test/y'], 'cannot read test/none'],
  ])('refuse %j', async (options, message) => {
    const { code, stderr } = await nabla(['results', FILE, ...options], {
      ...files,
      [FILE]: network('none'),
    });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('are refused where the files do not belong together, or are of another size', async () => {
    const wrong = async (changed: object): Promise<string> => {
      const all = { ...files, [FILE]: network('none'), ...changed };
      const { code, stderr } = await nabla(['results', FILE, ...OTHER], all);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await wrong({ 'test/y': idxFile([3], [0, 1, 2]) })).toContain('has 3 labels');
    expect(await wrong({ 'test/x.gz': idxFile([2, 3], [1, 2, 3, 4, 5, 6]) })).toContain('3 inputs');
  });
});

it('of a CSV file need a network that has one', async () => {
  const { code, stderr } = await nabla(['results', example('spiral'), '--csv', 'a.csv']);
  expect(code).toBe(2);
  expect(stderr).toContain('--csv needs a network with data.csv, found data.generator');
});

import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { idxFile } from '../data/support';
import { nabla, nablaJson } from './support';

const NETWORK = `{
  "version": 1,
  "input": { "shape": [2, 2] },
  "layers": [{ "type": "dense", "units": 3, "activation": "softmax",
    "weights": [[3, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0]] }],
  "loss": { "type": "crossEntropy" },
  "data": { "idx": { "images": "x.idx.gz", "labels": "y.idx" } }
}
`;
const FILE = 'n/pictures.nn.json';
const pixels = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 51, 102, 0, 9];
const images = idxFile([4, 2, 2], pixels);
const files = {
  [FILE]: NETWORK,
  'n/x.idx.gz': gzipSync(images),
  'n/y.idx': idxFile([4], [0, 1, 2, 1]),
};

it('reads pictures, packed or not', async () => {
  const { code, stdout } = await nabla(['validate', FILE], files);
  expect(stdout).toBe(`${FILE}: 4-3, 15 parameters, 4 samples: valid\n`);
  expect(code).toBe(0);
  const unpacked = await nabla(['validate', FILE], { ...files, 'n/x.idx.gz': images });
  expect(unpacked.stdout).toBe(stdout);
});

it('predicts the data, and the same from numbers from 0 to 1', async () => {
  const ofData = await nablaJson<{ outputs: number[][] }>(['predict', FILE, '--data'], files);
  const inputs = [0, 1, 2, 3].map(i => pixels.slice(4 * i, 4 * i + 4).map(byte => byte / 255));
  const typed = await nablaJson<{ outputs: number[][] }>(
    ['predict', FILE, '--input', JSON.stringify(inputs)],
    files,
  );
  expect(ofData).toEqual(typed);
  expect(ofData.outputs.map(row => row.indexOf(Math.max(...row)))).toEqual([0, 1, 2, 1]);
});

it('trains, and agrees with the gradcheck', async () => {
  const trained = await nabla(['train', FILE, '--epochs', '20', '--json'], files);
  expect(trained.code).toBe(0);
  const lines = trained.stdout.trim().split('\n');
  const { accuracy } = JSON.parse(lines[lines.length - 2]) as { accuracy: number };
  expect(accuracy).toBe(1);
  expect((await nabla(['gradcheck', FILE], files)).code).toBe(0);
});

it('places what is wrong at the file that it is wrong with', async () => {
  const issues = async (changed: object): Promise<unknown> => {
    const { stdout } = await nabla(['validate', FILE, '--json'], { ...files, ...changed });
    return (JSON.parse(stdout) as { issues: unknown }).issues;
  };
  expect(await issues({ 'n/y.idx': idxFile([4], [0, 1, 2, 3]) })).toMatchObject([
    { code: 'data.idx.label', path: 'data.idx.labels', line: 7, column: 54 },
  ]);
  expect(await issues({ [FILE]: NETWORK.replace('x.idx.gz', 'z.idx') })).toMatchObject([
    { code: 'data.missing', path: 'data.idx.images', line: 7, column: 32 },
  ]);
  expect(await issues({ [FILE]: NETWORK.replace('y.idx', '../../y.idx') })).toMatchObject([
    { code: 'data.idx.path', path: 'data.idx.labels' },
  ]);
});

/** Networks whose weights are in a file of their own. */
import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../src/engine/initializers';
import { storeWeights } from '../../src/export/weightsFile';
import { parseNetwork } from '../../src/network/parse';
import { nabla, nablaJson, trainingLines } from './support';
import type { Files } from './support';

/** 2 → 5,000 → 1: 20,001 parameters. */
const LARGE = `{
  "version": 1,
  "name": "large",
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 5000, "activation": "tanh" },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "training": { "epochs": 1, "optimizer": { "type": "sgd", "learningRate": 0.001 } },
  "data": { "generator": "xor" }
}
`;
const SMALL = LARGE.replace('5000', '3');

/** A trained network and its file. */
async function trained(
  text = LARGE,
  ...options: string[]
): Promise<{ text: string; files: Files; name: string }> {
  const words = ['train', 'a.nn.json', '--write', ...options];
  const { code, stderr, written, bytes } = await nabla(words, { 'a.nn.json': text });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const [name] = Object.keys(bytes);
  const changed = written['a.nn.json'];
  return { text: changed, name, files: { 'a.nn.json': changed, ...bytes } };
}

const outputs = async (files: Files): Promise<number[][]> => {
  const words = ['predict', 'a.nn.json', '--data'];
  return (await nablaJson<{ outputs: number[][] }>(words, files)).outputs;
};

describe('a training', () => {
  it('of many parameters writes them into a file beside the network', async () => {
    const { text, name, files } = await trained();
    expect(name).toMatch(/^a\.[0-9a-f]{8}\.safetensors$/);
    const { weights } = JSON.parse(text) as { weights: { file: string; sha256: string } };
    expect(weights).toEqual({
      file: name,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(text.replace(/,\n {2}"weights": \{[^}]*\}/, '')).toBe(LARGE);
    const { stdout } = await nabla(['validate', 'a.nn.json'], files);
    expect(stdout).toContain('20001 parameters, 4 samples: valid');
    // The same numbers as a training that ends with them.
    const { stdout: printed } = await nabla(['train', 'a.nn.json', '--json'], {
      'a.nn.json': LARGE,
    });
    const { stdout: again } = await nabla(['train', 'a.nn.json', '--epochs', '0', '--json'], files);
    expect(trainingLines(again).done.loss).toBe(trainingLines(printed).done.loss);
  });

  it('of few parameters writes them into the text', async () => {
    const { text, files } = await trained(SMALL);
    expect(Object.keys(files)).toEqual(['a.nn.json']);
    expect(text).toContain('"bias": [');
  });

  it('of few parameters that have a file already keeps to one, and leaves the old one', async () => {
    const inFile = await storedSmall(SMALL);
    const { code, written, bytes } = await nabla(['train', 'a.nn.json', '--write'], inFile.files);
    expect(code).toBe(0);
    const [name] = Object.keys(bytes);
    expect(name).not.toBe(inFile.name);
    expect(written['a.nn.json']).not.toContain('"bias"');
    const files = { ...inFile.files, ...bytes, 'a.nn.json': written['a.nn.json'] };
    expect(await outputs(files)).not.toEqual(await outputs(inFile.files));
  });

  it('into another file puts the weights beside that', async () => {
    const { files } = await trained();
    const words = ['train', 'a.nn.json', '--out', 'b.nn.json'];
    const { written, bytes } = await nabla(words, files);
    const [name] = Object.keys(bytes);
    expect(name).toMatch(/^b\.[0-9a-f]{8}\.safetensors$/);
    expect(written['b.nn.json']).toContain(`"file": "${name}"`);
  });

  it('whose weights cannot be written leaves everything as it is, and says why', async () => {
    const words = ['train', 'a.nn.json', '--out', 'full/b.nn.json'];
    const { code, stderr, written } = await nabla(words, { 'a.nn.json': LARGE });
    expect([code, written]).toEqual([1, {}]);
    expect(stderr).toContain('cannot write the weights of full/b.nn.json beside it: ENOSPC');
  });

  it('with --fresh starts from the seed, and the text names no old file any more', async () => {
    const small = await storedSmall(SMALL);
    const fresh = await nabla(['train', 'a.nn.json', '--fresh', '--json', '--write'], small.files);
    const without = await nabla(['train', 'a.nn.json', '--json'], { 'a.nn.json': SMALL });
    const losses = [fresh, without].map(({ stdout }) => trainingLines(stdout).done.loss);
    expect(losses[0]).toBe(losses[1]);
    expect(fresh.written['a.nn.json']).not.toContain('safetensors');
    const missing = { 'a.nn.json': small.text };
    expect((await nabla(['train', 'a.nn.json', '--fresh'], missing)).code).toBe(0);
  });
});

/** A small network whose weights a person has put into a file. */
async function storedSmall(text: string): Promise<{ text: string; files: Files; name: string }> {
  const { network } = parseNetwork(text);
  if (!network) throw new Error('no network');
  const files: Record<string, string | Uint8Array> = {};
  const parameters = initialParameters(network).map((_, i) => (i + 1) / 8);
  const weights = await storeWeights(network, 'own.safetensors', parameters, {
    subtle: webcrypto.subtle,
    read: () => Promise.resolve(undefined),
    write: (file, bytes) => Promise.resolve(void (files[file] = bytes)),
  });
  const named = text.replace(/\n}\s*$/, `,\n  "weights": ${JSON.stringify(weights)}\n}\n`);
  return { text: named, name: weights.file, files: { ...files, 'a.nn.json': named } };
}

describe('every command computes with the numbers of the file', () => {
  const commands: [string, string[]][] = [
    ['predict', ['predict', '--input', '[1, 0]']],
    ['gradients', ['gradients']],
    ['explain', ['explain', '--target', 'layers[0].weights[1][0]']],
    ['gradcheck', ['gradcheck']],
    ['health', ['health']],
    ['lab', ['lab', '--rule', 'flip-sign']],
    ['train', ['train', '--epochs', '0']],
  ];
  it.each(commands)('%s', async (_, [command, ...options]) => {
    const { files, name } = await storedSmall(SMALL);
    const hidden =
      '"weights": [[0.125, 0.25], [0.375, 0.5], [0.625, 0.75]], "bias": [0.875, 1, 1.125]';
    const output = '"weights": [[1.25, 1.375, 1.5]], "bias": [1.625]';
    const inline = SMALL.replace('"units": 3', `"units": 3, ${hidden}`).replace(
      '"units": 1,',
      `"units": 1, ${output},`,
    );
    const words = [command, 'a.nn.json', ...options, ...(command === 'train' ? [] : ['--json'])];
    const stored = await nabla(words, files);
    const written = await nabla(words, { 'a.nn.json': inline });
    expect(written.code).toBeLessThan(2);
    expect({ ...stored, bytes: {} }).toEqual({ ...written, bytes: {} });
    // Without the file nothing is computed: no other numbers take its place.
    const alone = await nabla(words, { 'a.nn.json': files['a.nn.json'] });
    expect([alone.code, alone.stdout]).toEqual([1, '']);
    expect(alone.stderr).toContain(`The weights are in the file ${name}, which cannot be read`);
    expect(alone.stderr).toMatch(/^a\.nn\.json:12:\d+ weights\.missing /);
  });
});

describe('refused', () => {
  it.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['truncated', bytes => bytes.slice(0, -1), 'weights.hash'],
    [
      'changed',
      bytes => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)),
      'weights.hash',
    ],
    ['empty', () => new Uint8Array(0), 'weights.hash'],
  ])('a %s file', async (_, change, code) => {
    const { files, name } = await storedSmall(SMALL);
    const broken = { ...files, [name]: change(files[name] as Uint8Array) };
    const outcome = await nabla(['train', 'a.nn.json', '--write'], broken);
    expect([outcome.code, outcome.stdout, outcome.written]).toEqual([1, '', {}]);
    expect(outcome.stderr).toContain(`${code} ${name} (`);
    expect(outcome.stderr).toContain('expected SHA-256');
  });

  it('a path that leads out', async () => {
    const { files, name } = await storedSmall(SMALL);
    const text = (files['a.nn.json'] as string).replace(name, `../../${name}`);
    const { code, stderr } = await nabla(['validate', 'x/a.nn.json'], {
      ...files,
      'x/a.nn.json': text,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('leads out of the folder of the network and of the current folder');
  });

  it('an edited number of units', async () => {
    const { files, name } = await storedSmall(SMALL);
    const text = (files['a.nn.json'] as string).replace('"units": 3', '"units": 4');
    const { stderr } = await nabla(['validate', 'a.nn.json'], { ...files, 'a.nn.json': text });
    expect(stderr).toContain(
      `weights.tensors ${name}: The tensor "layers.0.weight": expected the shape (4, 2) of layers[0], found (3, 2).`,
    );
  });
});

it('inputs are predicted without the data, never without the weights', async () => {
  const { files, name } = await storedSmall(SMALL);
  const noData = (files['a.nn.json'] as string).replace(
    '"generator": "xor"',
    '"generator": "none"',
  );
  const words = ['predict', 'a.nn.json', '--input', '[1, 0]', '--json'];
  const whole = await nabla(words, files);
  const { code, stdout } = await nabla(words, { ...files, 'a.nn.json': noData });
  expect([code, stdout]).toEqual([0, whole.stdout]);
  const neither = await nabla(words, { 'a.nn.json': noData });
  expect([neither.code, neither.stdout]).toEqual([1, '']);
  expect(neither.stderr).toContain(`weights.missing The weights are in the file ${name}`);
});

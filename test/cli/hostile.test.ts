/** Files of somebody else: bytes that are no text, characters that a terminal obeys, paths that lead away. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonLine, printable } from '../../src/cli/printable';
import { decodeUtf8 } from '../../src/cli/utf8';
import { example, nabla } from './support';

const CSV = 'a,b,kind\n1,2,no\n3,4,yes\n5,6,no\n7,8,yes\n';
const NETWORK = `{
  "version": 1,
  "name": "small",
  "input": { "shape": [2] },
  "layers": [{ "type": "dense", "units": 1, "activation": "sigmoid" }],
  "loss": { "type": "binaryCrossEntropy" },
  "training": { "epochs": 1 },
  "data": { "csv": "a.csv", "target": "kind" }
}
`;

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

describe('bytes that are not UTF-8', () => {
  it.each([
    ['café au lait', 'caf', 3],
    ['\xff\xfea\0', '', 0],
    ['caf\xc3', 'caf', 3],
    ['\xc3\xa9\xe2\x82x', 'é', 2],
    ['\xed\xa0\x80', '', 0],
  ])('%j end at the first of them', (bytes, valid, offset) => {
    expect(decodeUtf8(latin1(bytes))).toEqual({ valid, offset });
  });

  it('others are text, byte order mark included', () => {
    for (const text of ['', 'é∇😀', '\ufeffa', '\ufffd']) {
      expect(decodeUtf8(new TextEncoder().encode(text))).toEqual({ text });
    }
  });

  it.each(['validate', 'train', 'gradients'])('stop %s', async command => {
    const files = { 'n/a.nn.json': latin1(NETWORK.replace('small', 'café')), 'n/a.csv': CSV };
    const options = command === 'train' ? ['--write'] : [];
    const { code, stderr, written } = await nabla([command, 'n/a.nn.json', ...options], files);
    expect([code, written]).toEqual([1, {}]);
    expect(stderr).toBe(
      'n/a.nn.json:3:15 text.encoding n/a.nn.json is not UTF-8: the byte at offset 32 (0xE9) does not belong there. Save the file with the encoding UTF-8.\n',
    );
  });

  it('stop in data as well', async () => {
    const files = { 'n/a.nn.json': NETWORK, 'n/a.csv': latin1(CSV.replace('yes', 'né')) };
    const { code, stderr } = await nabla(['train', 'n/a.nn.json'], files);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^n\/a\.nn\.json:8:\d+ data\.csv\.encoding a\.csv is not UTF-8: the byte at offset 21 \(0xE9\)/,
    );
    expect(stderr).toContain('Save the file with the encoding UTF-8.');
  });

  it('a byte order mark is kept', async () => {
    const files = { 'a.nn.json': `\ufeff${NETWORK}`, 'a.csv': CSV };
    const { code, written } = await nabla(['train', 'a.nn.json', '--write'], files);
    expect(code).toBe(0);
    expect(written['a.nn.json'].startsWith('\ufeff{')).toBe(true);
  });
});

describe('characters that a terminal obeys', () => {
  const OBEYED = '\x00\x07\b\n\r\x1b\x7f\x80\x9b\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069';

  it('are written as numbers, others as they are', () => {
    expect(printable('a\x1b]0;t\x07\u202eb\x9b')).toBe('a\\u001b]0;t\\u0007\\u202eb\\u009b');
    expect(printable('∇ é 漢字 😀 שלום')).toBe('∇ é 漢字 😀 שלום');
    for (const character of OBEYED) expect(printable(character)).toMatch(/^\\u[0-9a-f]{4}$/);
  });

  it('read back from JSON', () => {
    const value = { text: `"\\${OBEYED}` };
    const line = jsonLine(value);
    expect(JSON.parse(line)).toEqual(value);
    expect(printable(line.slice(0, -1))).toBe(line.slice(0, -1));
  });

  const unsafe = (text: string): boolean => text.split('\n').some(line => printable(line) !== line);

  it('do not get out of names of columns, classes and files', async () => {
    const evil = '\u202e\x1b[31m';
    const network = NETWORK.replace('a.csv', 'b.csv').replace('"kind"', `"kin${evil}"`);
    const escaped = network.replaceAll('\x1b', '\\u001b');
    const csv = CSV.replace('kind', `kin${evil}`).replaceAll('yes', `y${evil}`);
    const file = `n/${evil}.nn.json`;
    const files = { [file]: escaped, 'n/b.csv': csv };
    for (const words of [
      ['validate', file],
      ['validate', file, '--json'],
      ['predict', file, '--data'],
      ['train', file, '--out', `locked/${evil}`],
      ['train', `none${evil}`],
      [`fly${evil}`],
    ]) {
      const { stdout, stderr } = await nabla(words, files);
      expect(stdout + stderr).toContain(words.includes('--json') ? '[]' : '\\u001b');
      expect(unsafe(stdout + stderr)).toBe(false);
    }
    const broken = { ...files, 'n/b.csv': csv.replace('3,4', `3,"${evil}\n\x9b"`) };
    const { code, stderr } = await nabla(['train', file], broken);
    expect([code, unsafe(stderr)]).toEqual([1, false]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('paths of data', () => {
  const at = (path: string): string => NETWORK.replace('a.csv', path);
  const codes = async (file: string, path: string, data: string): Promise<string[]> => {
    const files = { [file]: at(path), [data]: CSV };
    const { stdout } = await nabla(['validate', file, '--json'], files);
    const { issues } = JSON.parse(stdout) as { issues: { code: string; severity: string }[] };
    return issues.filter(issue => issue.severity === 'error').map(issue => issue.code);
  };

  it('may go up as far as the current folder', async () => {
    expect(await codes('n/m/a.nn.json', '../../d/a.csv', 'd/a.csv')).toEqual([]);
    expect(await codes('n/m/a.nn.json', '../a.csv', 'n/a.csv')).toEqual([]);
  });

  it('may stay beside a network elsewhere', async () => {
    expect(await codes('/elsewhere/n/a.nn.json', 'd/../a.csv', '/elsewhere/n/a.csv')).toEqual([]);
  });

  it('may not leave both', async () => {
    const outside = ['data.csv.path'];
    expect(await codes('n/a.nn.json', '../../a.csv', '../a.csv')).toEqual(outside);
    expect(await codes('/elsewhere/n/a.nn.json', '../a.csv', '/elsewhere/a.csv')).toEqual(outside);
    const { code, stderr } = await nabla(['train', 'n/a.nn.json'], {
      'n/a.nn.json': at('../../a.csv'),
      '../a.csv': CSV,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('../../a.csv leads out of the folder of the network');
  });
});

describe('predict --input without data that could be used', () => {
  const predict = (network: string, files = {}) =>
    nabla(['predict', 'n/a.nn.json', '--input', '[1, 2]', '--json'], {
      'n/a.nn.json': network,
      ...files,
    });

  it.each([
    ['missing', NETWORK, {}],
    ['of another size', NETWORK, { 'n/a.csv': CSV.replaceAll('\n', ',0\n') }],
    ['at no path', NETWORK.replace('a.csv', '/a.csv'), {}],
    ['of no kind', NETWORK.replace('"csv": "a.csv"', '"sql": 3'), {}],
    [
      'inline and too wide',
      NETWORK.replace(/"data".*/, '"data": {"inline": [{"x": [1], "y": [0]}]}'),
      {},
    ],
  ])('computes when they are %s, and says what is wrong', async (_, network, files) => {
    const { code, stdout, stderr } = await predict(network, files);
    const none = await predict(NETWORK.replace(/,\n {2}"data".*/, ''));
    expect(code).toBe(0);
    expect(none.stderr).toBe('');
    expect(stdout).toBe(none.stdout);
    expect(stderr).toMatch(/^n\/a\.nn\.json:\d+:\d+ data/);
    expect(stderr).toContain('predicting without the data');
  });

  it.each(['standard', 'minMax'])('refuses when they say how to normalise (%s)', async kind => {
    const network = NETWORK.replace('"kind" }', `"kind", "normalize": "${kind}" }`);
    const { code, stdout, stderr } = await predict(network);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`("normalize": "${kind}"), but the statistics for that are missing`);
    expect(stderr).toContain('data.missing');
  });

  it('refuses when anything else is wrong', async () => {
    const { code, stderr } = await predict(NETWORK.replace('"sigmoid"', '"sigmoidal"'));
    expect(code).toBe(1);
    expect(stderr).toContain('sigmoidal');
  });

  it('works on an example whose data are not there', async () => {
    const xor = readFileSync(example('xor'), 'utf8').replace(
      /"data": \{[^}]*\}/,
      '"data": {"csv": "no.csv", "target": "y"}',
    );
    const { code } = await nabla(['predict', 'x.nn.json', '--input', '[0, 1]'], {
      'x.nn.json': xor,
    });
    expect(code).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { EXAMPLES, example, nabla, nablaJson } from './support';
import type { PlacedIssue } from '../../src/cli/document';

const NETWORK = `{
  "version": 1,
  "name": "small",
  "input": { "shape": [2] },
  "layers": [{ "type": "dense", "units": 1, "activation": "sigmoid" }],
  "loss": { "type": "meanSquaredError" },
  "data": { "csv": "a.csv", "target": "t" }
}
`;

async function issuesOf(text: string, data = 'a,b,t\n1,2,0\n3,4,1\n'): Promise<PlacedIssue[]> {
  const files = { 'n/small.nn.json': text, 'n/a.csv': data };
  const { code, stdout } = await nabla(['validate', 'n/small.nn.json', '--json'], files);
  const { issues } = JSON.parse(stdout) as { issues: PlacedIssue[] };
  expect(code).toBe(issues.some(issue => issue.severity === 'error') ? 1 : 0);
  return issues;
}

describe('validate', () => {
  it.each(EXAMPLES)('finds nothing to say about %s', async file => {
    expect(await nablaJson(['validate', file])).toEqual({ issues: [] });
    const { code, stdout, stderr } = await nabla(['validate', file]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /: \d+(-([a-zA-Z]+(2d)? )?\d+)+, \d+ parameters, \d+ samples?: valid\n$/,
    );
  });

  it('names merges, and says what is wrong with branches', async () => {
    const valid = await nabla(['validate', example('two-branches')]);
    expect(valid.stdout).toMatch(/: 4-6-2-concat 8-3, 67 parameters, 150 samples: valid\n$/);
    const branched = (layers: string): string =>
      NETWORK.replace(/"layers": .*/, `"layers": ${layers},`);
    const b = '{ "type": "dense", "id": "b", "units": 1, "activation": "sigmoid" }';
    const [unused, ...others] = await issuesOf(
      branched(
        `[{ "type": "dense", "id": "a", "units": 3 }, ${b.replace('"id"', '"from": ["input"], "id"')}]`,
      ),
    );
    expect(others).toEqual([]);
    expect(unused).toMatchObject({ severity: 'warning' });
    expect(unused.path).toMatch(/^layers\[0\]/);
    const [wrong] = await issuesOf(
      branched(
        `[{ "type": "dense", "id": "a", "units": 3 }, ${b}, { "type": "add", "from": ["a", "b"] }]`,
      ),
    );
    expect(wrong).toMatchObject({ severity: 'error' });
    expect(wrong.message).toMatch(/3/);
  });

  it('places an error of the text', async () => {
    const [issue, ...others] = await issuesOf(NETWORK.replace('"sigmoid"', '"sigmoidal"'));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      severity: 'error',
      path: 'layers[0].activation',
      line: 5,
      column: 59,
    });
    expect(issue.message).toContain('sigmoidal');
    expect(Object.keys(issue)).toEqual(['code', 'severity', 'path', 'line', 'column', 'message']);
  });

  it('places an error of the data, and counts lines as the file ends them', async () => {
    const windows = `\ufeff${NETWORK.replaceAll('\n', '\r\n')}`;
    const [issue] = await issuesOf(windows, 'a,b,c,t\n1,2,3,0\n3,4,5,1\n');
    expect(issue).toMatchObject({ code: 'data.inputs', path: 'data.csv', line: 7, column: 20 });
    expect(issue.message).toContain('The data have 3 inputs (a, b, c), the network has 2');
  });

  it('prints file:line:column code message for people', async () => {
    const files = { 'n/small.nn.json': NETWORK, 'n/a.csv': 'a,b,c,t\n1,2,3,0\n3,4,5,1\n' };
    const { code, stdout, stderr } = await nabla(['validate', 'n/small.nn.json'], files);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^n\/small\.nn\.json:7:20 data\.inputs The data have 3 inputs/);
    expect(stdout).toBe('n/small.nn.json: 1 error\n');
  });

  it('places what breaks the JSON', async () => {
    const [issue] = await issuesOf(NETWORK.replace('"version": 1,', '"version" 1,'));
    expect(issue).toMatchObject({ severity: 'error', line: 2 });
  });

  it('says which data file is missing, and reads none outside the folder', async () => {
    const missing = NETWORK.replace('a.csv', 'b.csv');
    expect(await issuesOf(missing)).toMatchObject([{ code: 'data.missing', path: 'data.csv' }]);
    for (const path of ['../../a.csv', '/etc/passwd', 'file:///a.csv', 'C:\\\\a.csv']) {
      const [issue, ...others] = await issuesOf(NETWORK.replace('a.csv', path));
      expect(others).toEqual([]);
      expect(issue).toMatchObject({ severity: 'error', path: 'data.csv' });
      expect(issue.code).not.toBe('data.missing');
    }
  });

  it('stops every other command', async () => {
    const files = { 'n/small.nn.json': NETWORK.replace('"sigmoid"', '"sigmoidal"') };
    for (const words of [['train'], ['gradients'], ['gradcheck'], ['predict', '--data']]) {
      const { code, stdout, stderr } = await nabla([...words, 'n/small.nn.json'], files);
      expect([words[0], code, stdout]).toEqual([words[0], 1, '']);
      expect(stderr).toMatch(/^n\/small\.nn\.json:5:59 /);
    }
  });

  it('says what a network without data cannot do', async () => {
    const text = NETWORK.replace(/,\n {2}"data".*/, '');
    const files = { 'n/small.nn.json': text };
    expect((await nabla(['validate', 'n/small.nn.json'], files)).stdout).toContain(
      'no data: valid',
    );
    for (const words of [['train'], ['gradients'], ['gradcheck'], ['predict', '--data']]) {
      const { code, stderr } = await nabla([...words, 'n/small.nn.json'], files);
      expect(code).toBe(1);
      expect(stderr).toContain('needs data, and this network has none: add "data"');
    }
  });
});

/** What the shipped program does to real files, pipes and devices. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCli, runProcess } from './bundle';
import type { Ended } from './bundle';
import { example } from './support';

const root = mkdtempSync(join(tmpdir(), 'nabla-disk-'));
const folder = join(root, 'work');
const file = join(folder, 'a.nn.json');
let script = '';

beforeAll(async () => {
  script = await buildCli(join(root, 'program'));
});

afterAll(() => rmSync(root, { recursive: true }));

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  copyFileSync(example('reference-3-4-2'), file);
});

function nabla(...words: readonly string[]): Promise<Ended> {
  return runProcess(process.execPath, [script, ...words], folder);
}

/** A line of bash; `$nabla` is the program. Its exit code is that of the pipeline's first command. */
function shell(line: string): Promise<Ended> {
  const env = { ...process.env, nabla: `${process.execPath} ${script}` };
  return runProcess('bash', ['-c', `${line}; exit \${PIPESTATUS[0]}`], folder, env);
}

const text = (): string => readFileSync(file, 'utf8');
const networkOf = (path: string) =>
  JSON.parse(readFileSync(join(folder, path), 'utf8')) as { layers: { weights?: number[][] }[] };

describe.skipIf(process.platform === 'win32')('standard output', () => {
  it('closed early does not keep the training from being saved as a whole', async () => {
    const silent = await nabla('train', 'a.nn.json', '--epochs', '300', '--out', 'b.nn.json');
    expect(silent.code).toBe(0);
    const line = '$nabla train a.nn.json --json --write --epochs 300 | head -2';
    const { code, stdout, stderr } = await shell(line);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{"engine":.*\}\n\{"epoch":1,.*\}\n$/);
    expect(text()).toBe(readFileSync(join(folder, 'b.nn.json'), 'utf8'));
    expect(readdirSync(folder)).toEqual(['a.nn.json', 'b.nn.json']);
  });

  it('closed early ends a training that would never end', async () => {
    // The time limit is longer than the test's: it only keeps a failure from running for ever.
    const network = JSON.parse(readFileSync(example('linear-3-3-2'), 'utf8')) as {
      training: object;
    };
    const training = { ...network.training, stop: { maxSeconds: 60 } };
    writeFileSync(file, JSON.stringify({ ...network, training }));
    const { code, stderr } = await shell(
      '$nabla train a.nn.json --json --epochs 1000000000 | head -1',
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'that is full is one sentence, and changes no file',
    async () => {
      const before = text();
      for (const words of ['train a.nn.json --json --write --epochs 50', 'gradients a.nn.json']) {
        const { code, stderr } = await shell(`$nabla ${words} >/dev/full`);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^nabla: cannot write the output: .*ENOSPC.*\n$/);
      }
      expect(text()).toBe(before);
    },
  );
});

describe('a network file', () => {
  it.skipIf(process.platform === 'win32')('keeps its permissions', async () => {
    const before = text();
    chmodSync(file, 0o640);
    expect((await nabla('train', 'a.nn.json', '--epochs', '1', '--write')).code).toBe(0);
    expect(statSync(file).mode & 0o7777).toBe(0o640);
    expect(text()).not.toBe(before);
    expect(readdirSync(folder)).toEqual(['a.nn.json']);
  });

  it.skipIf(process.platform === 'win32')('that is a link stays one', async () => {
    const before = text();
    mkdirSync(join(folder, 'links'));
    symlinkSync('../a.nn.json', join(folder, 'links/l.nn.json'));
    expect((await nabla('train', 'links/l.nn.json', '--epochs', '1', '--write')).code).toBe(0);
    expect(lstatSync(join(folder, 'links/l.nn.json')).isSymbolicLink()).toBe(true);
    expect(text()).not.toBe(before);
  });

  it.skipIf(process.platform === 'win32')(
    'that cannot be written to its end stays as it was',
    async () => {
      copyFileSync(example('spiral'), file);
      // The trained network is larger than the 1 KiB that a file may have here.
      const { code, stdout, stderr } = await shell(
        'ulimit -f 1; $nabla train a.nn.json --epochs 1 --json --write',
      );
      expect(code).toBe(1);
      expect(stdout).toMatch(/\{"done":"epochs",.*\}\n$/);
      expect(stderr).toMatch(/^cannot write a\.nn\.json: EFBIG.*\n$/);
      expect(text()).toBe(readFileSync(example('spiral'), 'utf8'));
      expect(readdirSync(folder)).toEqual(['a.nn.json']);
    },
  );

  it('in another encoding is not touched', async () => {
    const latin1 = Buffer.from(text().replace('"name": "', '"name": "caf\xe9 '), 'latin1');
    writeFileSync(file, latin1);
    const { code, stderr } = await nabla('train', 'a.nn.json', '--epochs', '1', '--write');
    expect(code).toBe(1);
    expect(stderr).toContain(`the byte at offset ${latin1.indexOf(0xe9)} (0xE9)`);
    expect(readFileSync(file).equals(latin1)).toBe(true);
  });
});

describe('--out', () => {
  it.each([
    ['nodir/x', 'cannot write nodir/x: there is no folder nodir: create it'],
    ['.', 'cannot write .: this is a folder: add the name of a file'],
    ['x/', 'cannot write x/: this names no file: add its name'],
    ['a.nn.json/x', 'cannot write a.nn.json/x: ENOTDIR'],
  ])('%s is refused before the training', async (out, message) => {
    const { code, stdout, stderr } = await nabla('train', 'a.nn.json', '--out', out);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  it.skipIf(process.platform === 'win32')('writes to a device as to a device', async () => {
    const { code, stderr } = await nabla(
      'train',
      'a.nn.json',
      '--epochs',
      '1',
      '--out',
      '/dev/null',
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    const printed = await shell(
      '$nabla train a.nn.json --epochs 1 --out /dev/stderr 2>&1 >/dev/null | cat',
    );
    expect((JSON.parse(printed.stdout) as { version: number }).version).toBe(1);
  });

  it('creates a file that can be read back', async () => {
    expect((await nabla('train', 'a.nn.json', '--epochs', '1', '--out', 'new.nn.json')).code).toBe(
      0,
    );
    expect(networkOf('new.nn.json').layers[0].weights).toHaveLength(4);
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, 'new.nn.json')).mode & 0o777).toBe(0o666 & ~process.umask());
    }
  });
});

describe.skipIf(process.platform === 'win32')('data behind a link', () => {
  const CSV = 'a,b,c,y1,y2\n1,2,3,0,1\n3,2,1,1,0\n';
  const codes = async (link: string, target: string): Promise<string[]> => {
    const network = JSON.parse(text()) as object;
    const data = { csv: 'l/d.csv', target: ['y1', 'y2'] };
    writeFileSync(file, JSON.stringify({ ...network, data }));
    symlinkSync(target, join(folder, link));
    const { stdout } = await nabla('validate', 'a.nn.json', '--json');
    const { issues } = JSON.parse(stdout) as { issues: { code: string }[] };
    return issues.map(issue => issue.code);
  };

  it('are read when it stays within', async () => {
    mkdirSync(join(folder, 'm'));
    writeFileSync(join(folder, 'm/d.csv'), CSV);
    expect(await codes('l', 'm')).toEqual([]);
  });

  it('are not when it leads out, by a folder or by the file', async () => {
    mkdirSync(join(root, 'secret'), { recursive: true });
    writeFileSync(join(root, 'secret/d.csv'), CSV);
    expect(await codes('l', '../secret')).toEqual(['data.csv.path']);
    rmSync(join(folder, 'l'));
    mkdirSync(join(folder, 'l'));
    copyFileSync(example('reference-3-4-2'), file);
    expect(await codes('l/d.csv', '../../secret/d.csv')).toEqual(['data.csv.path']);
  });
});

describe('a kept run', () => {
  it('lies in a folder that is made for it, and names the network from the workspace', async () => {
    const { code, stderr } = await nabla(
      'train',
      'a.nn.json',
      '--epochs',
      '2',
      '--run',
      '.nabla/runs',
    );
    expect([code, stderr]).toEqual([0, '']);
    const names = readdirSync(join(folder, '.nabla/runs'));
    expect(names).toEqual([expect.stringMatching(/^a-\d{8}T\d{9}Z-\d+\.jsonl$/)]);
    const text = readFileSync(join(folder, '.nabla/runs', names[0]), 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines[0]).toMatchObject({ format: 'nabla-run', file: 'a.nn.json' });
    expect(Math.abs(Date.parse(lines[0].begun) - Date.now())).toBeLessThan(600_000);
    expect(lines.at(-1)).toMatchObject({ reason: 'epochs', epochs: 2 });
  });

  it('is refused before the training where a file is in the way', async () => {
    const { code, stdout, stderr } = await nabla('train', 'a.nn.json', '--run', 'a.nn.json');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('cannot keep runs in a.nn.json: ');
  });
});

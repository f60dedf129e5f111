/** What was found under fire and is mended, each once: no input of these takes all time or memory, or ends in a wrong error. */
import { describe, expect, it } from 'vitest';
import { isNumber } from '../../src/data/cells';
import { readCsv } from '../../src/data/csv';
import { inferNetwork } from '../../src/data/infer';
import { loadDataset } from '../../src/data/load';
import { previewCsv } from '../../src/data/previewCsv';
import { pack, PackedError, unpack } from '../../src/export/packed';
import { readSafetensors } from '../../src/export/safetensors';
import { asEdit } from '../../src/host/messageChecks';
import { parseNetwork } from '../../src/network/parse';
import { readable, shown } from '../../src/network/sentence';
import { inferShapes } from '../../src/network/shapes';
import { connect, throughJson } from '../../src/rpc';
import type { Envelope } from '../../src/rpc';
import { readRun } from '../../src/runs/readRun';
import { readUnfinished } from '../../src/runs/unfinished';
import { idxFile, loadBytes } from '../data/support';
import { expectChinese } from '../support/english';
import { nested } from './mutation';
import { fileOf } from './targets/tensors';

describe('texts of networks', () => {
  const codeOf = (text: string): unknown => {
    const { issues, network } = parseNetwork(text);
    expect(network).toBeUndefined();
    expectChinese(issues);
    return issues.map(({ code, range }) => [code, range.start <= text.length]);
  };

  it('have a limit of values, of numbers and of levels, before they are held in memory', () => {
    expect(codeOf(`[${'[],'.repeat(500_000)}[]]`)).toEqual([['json.size', true]]);
    expect(codeOf(`[[${'1,'.repeat(4_000_000)}1]]`)).toEqual([['json.size', true]]);
    expect(codeOf(`{"a":${'[1,2],'.repeat(0)}${'['.repeat(5_000_000)}`)).toEqual([
      ['json.depth', true],
    ]);
  });

  it('that are long have their first mistake told, and no tree', () => {
    const text = `{ "note": "${'x'.repeat(5_000_000)}", #`;
    const { issues, root } = parseNetwork(text);
    expect(root).toBeUndefined();
    expect(issues).toMatchObject([{ code: 'json.syntax', range: { start: text.length - 1 } }]);
    expectChinese(issues);
  });
});

describe('CSV files', () => {
  it('have cells of any length: each digit is looked at once', () => {
    expect(isNumber(`${'1'.repeat(1_000_000)}x`, false)).toBe(false);
    expect(isNumber('1'.repeat(300), false)).toBe(true);
    for (const text of ['1', '1.', '.5', '-1.5e-3', '+0', '1e5'])
      expect(isNumber(text, false)).toBe(true);
    for (const text of ['.', '', 'e5', '1.2.3', '1e', '--1'])
      expect(isNumber(text, false)).toBe(false);
  });

  const source = { type: 'csv', path: 'a.csv', target: 'y' } as const;

  it('may be as wide as they like: names are not looked for one by one', () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `c${i}`);
    const { table } = readCsv(source, `${names.join(',')},y\n${'1,'.repeat(200_000)}1\n`);
    expect(table?.inputNames).toEqual(names);
  });

  it('have no more classes than a layer has outputs', () => {
    const rows = Array.from({ length: 65_537 }, (_, i) => `${i},k${i}`);
    const { issues, table } = readCsv(source, `a,y\n${rows.join('\n')}`);
    expect(table).toBeUndefined();
    expect(issues).toMatchObject([{ code: 'data.classes', path: ['data', 'target'] }]);
    expect(issues[0].message).toContain('65,536');
    expectChinese(issues);
  });

  it('have no more cells than can be held', () => {
    const names = Array.from({ length: 16 }, (_, i) => `c${i}`).join(',');
    const { issues } = readCsv(
      source,
      `a,y,${names}\n${`a,b${',x'.repeat(16)}\n`.repeat(500_000)}`,
    );
    expect(issues).toMatchObject([{ code: 'data.csv.size' }]);
    expect(issues[0].message).toContain('fewer rows in the file, or fewer columns (data.inputs)');
    expectChinese(issues);
  });

  it('may have any number of cells in rows of another length: none of them is held', () => {
    const { issues } = readCsv(source, `a,y\n${'a,b,,,,,,,,,,,,,,,,\n'.repeat(500_000)}`);
    expect(issues).toMatchObject([{ code: 'data.csv.ragged' }]);
    expect(issues[0].message).toContain(
      "500000 rows do not have the header's 2 cells: row 2 has 18",
    );
    expectChinese(issues);
  });

  it('have no row that does not end', () => {
    const text = `a,y\n1,2\n3,"${'x'.repeat(34_000_000)}`;
    const { issues } = readCsv(source, text);
    expect(issues).toMatchObject([{ code: 'data.csv.size' }]);
    expect(issues[0].message).toContain('row 3: the row does not end within 16777216 characters');
    expectChinese(issues);
    const preview = previewCsv('a.csv', text, text.length);
    expect(preview).toMatchObject({ blocking: 1, bad: [{ line: 3, kind: 'endless' }] });
    expect(() => inferNetwork(preview)).toThrow('"kind":"endless"');
  });
});

describe('IDX files', () => {
  it('have no sample of more values than a network has inputs, nor are they unpacked for it', async () => {
    const images = idxFile([1, 1_048_577], []);
    const files = { i: images, l: idxFile([1], [0]) };
    const { issues } = await loadBytes({ type: 'idx', images: 'i', labels: 'l' }, {}, files);
    expect(issues).toMatchObject([{ code: 'data.idx.wide', path: ['data', 'idx', 'images'] }]);
    expect(issues[0].message).toContain('1,048,577 values for each sample, at most 1,048,576');
  });
});

describe('safetensors', () => {
  const none = new Uint8Array(0);

  it('have a header of some levels, and names that a sentence can hold', () => {
    const deep = fileOf(`{"a":${JSON.stringify(nested(40))}}`, none);
    expect(() => readSafetensors(deep)).toThrow('at most 32 levels of JSON');
    const long = fileOf(`{"${'n'.repeat(100_000)}":{"dtype":"F32"}}`, none);
    expect(() => readSafetensors(long)).toThrow(/^.{1,2000}$/s);
  });
});

it('safetensors have no more tensors than networks may have', () => {
  const one = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
  const header = `{${Array.from({ length: 65_537 }, (_, i) => `"t${i}":${one}`).join(',')}}`;
  expect(() => readSafetensors(fileOf(header, new Uint8Array(0)))).toThrow(
    'at most 65536 tensors, found 65537',
  );
});

describe('files of runs', () => {
  const head = {
    ...{ format: 'nabla-run', version: 1, file: 'a', sha256: 'b', begun: '2026-01-01T00:00:00Z' },
    ...{ engine: {}, network: {} },
  };

  it('have as many names of numbers as fit, and as many faults as are read', () => {
    const rows = Array.from({ length: 4_000 }, (_, i) => JSON.stringify({ [`k${i}`]: 1 }));
    const { columns, faults } = readRun([JSON.stringify(head), ...rows, '{'].join('\n'));
    expect(columns.size).toBe(2500);
    expect(faults.join()).toContain('1500 numbers were left out');
    const spoilt = readRun([JSON.stringify(head), ...Array<string>(500).fill('{')].join('\n'));
    expect(spoilt.faults).toHaveLength(101);
    expect(spoilt.faults[100]).toBe('401 more faults are not listed.');
  });

  it('of lines that are none are not read to their end', () => {
    const { faults } = readRun(
      [JSON.stringify(head), ...Array<string>(20_000).fill('{')].join('\n'),
    );
    expect(faults.at(-1)).toBe('9902 more faults are not listed.');
  });

  it('that are no text are named so', () => {
    expect(() => unpack(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4))).toThrow(
      '"other bytes"',
    );
  });

  it.each([
    ['null', 'null'],
    ['an array that is none', '{"$array":5}'],
    ['an array of another kind', '{"$array":["f32",0,0]}'],
    ['an array at no multiple of eight', '{"$array":["f64",4,0]}'],
  ])('unfinished ones that hold %s are refused as such', (_, json) => {
    const file = pack({});
    const bytes = new Uint8Array(64);
    bytes.set(file.subarray(0, 4));
    new DataView(bytes.buffer).setUint32(4, json.length, true);
    bytes.set(new TextEncoder().encode(json), 8);
    expect(() => readUnfinished(bytes)).toThrow(PackedError);
    if (json !== 'null') expect(() => unpack(bytes)).toThrow(PackedError);
  });
});

/** What a page may call. */
interface Served {
  echo(value: unknown): unknown;
  asEdit(value: unknown): unknown;
}

describe('messages', () => {
  /** What is answered to one message. */
  async function answerTo(message: unknown): Promise<readonly Envelope[]> {
    const answers: Envelope[] = [];
    let receive: (message: unknown) => void = () => undefined;
    const endpoint = {
      post: (answer: Envelope) => void answers.push(answer),
      listen: (heard: (message: unknown) => void) => ((receive = heard), () => undefined),
    };
    connect<object, object, Served>(
      throughJson(endpoint),
      { echo: (value: unknown) => value, asEdit },
      { heard: () => undefined },
    );
    receive(message);
    await new Promise(resolve => setTimeout(resolve, 0));
    return answers;
  }
  const call = (method: string, ...args: readonly unknown[]): unknown => ({
    type: 'call',
    id: 1,
    method,
    args,
  });

  it('may be as deep as they like: they are answered', async () => {
    const value = nested(100_000);
    expect(await answerTo(call('echo', value))).toHaveLength(1);
    const [answer] = await answerTo(call('asEdit', { type: 'set', path: [], value }));
    expect(answer).toMatchObject({ type: 'throw', error: { name: 'TypeError' } });
    expect(JSON.stringify(answer)).toContain('at most 100 lists and objects within each other');
  });

  it('have as many arguments as a method takes', async () => {
    const many = Array<number>(1_000_000).fill(0);
    const [answer] = await answerTo(call('echo', ...many.slice(0, 17)));
    expect(JSON.stringify(answer)).toContain('at most 16 arguments; found 17 for \\"echo\\"');
    expect(await answerTo({ type: 'call', id: 1, method: 'echo', args: many })).toHaveLength(1);
    expect(await answerTo({ type: 'event', name: 'heard', args: many })).toEqual([]);
  });

  it('are calls also with names that stand for numbers elsewhere', async () => {
    const message = { ...(call('echo', { $number: 'NaN' }) as object), $number: '1' };
    expect(await answerTo(message)).toEqual([{ type: 'return', id: 1, value: { $number: 'NaN' } }]);
  });

  it('carry __proto__ as a name like any other', async () => {
    const value: unknown = JSON.parse('{ "__proto__": { "a": 1 }, "b": { "$number": "NaN" } }');
    const [answer] = await answerTo(call('echo', value));
    expect(JSON.stringify(answer)).toContain('"__proto__":{"a":1}');
  });

  it('have edits of edits to some depth', () => {
    let edit: unknown = { type: 'setSeed', seed: 1 };
    for (let i = 0; i < 20; i++) edit = { type: 'several', label: '', edits: [edit] };
    expect(() => asEdit(edit)).toThrow('at most 8 edits within each other');
  });
});

describe('sentences', () => {
  it('are cut in their middle where nobody would read them', () => {
    expect(readable('short')).toBe('short');
    const long = readable(`a.csv has no column ${'x'.repeat(1e6)}. Did you mean y?`);
    expect(long).toHaveLength(2000);
    expect(long).toMatch(/^a\.csv has no column x+…x+\. Did you mean y\?$/);
    const text = `{ "version": 1, "input": { "shape": [1] }, "layers": [{ "type": "dense", "units": 1 }],
      "data": { "csv": "a.csv", "target": "${'t'.repeat(1e5)}" } }`;
    const { network } = parseNetwork(text);
    const { issues } = loadDataset(network!, inferShapes(network!), { 'a.csv': 'a,y\n1,2\n' });
    expect(issues[0].message.length).toBeLessThanOrEqual(2000);
  });

  it('show a value where it is short, and what it is where not', () => {
    expect([undefined, 3, 'a', [4, 4], null].map(shown)).toEqual([
      'nothing',
      '3',
      '"a"',
      '[4,4]',
      'null',
    ]);
    expect(shown(nested(10_000))).toBe('a list of 1');
    expect(shown({ a: {} })).toBe('an object');
    expect(shown('x'.repeat(100))).toBe(`"${'x'.repeat(58)}…`);
  });
});

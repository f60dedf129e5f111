/** Single members and elements of a document: what is written, in which layout, and what is refused. */
import { describe, expect, it } from 'vitest';
import { assertFinite, Editing, sameNumber } from '../../src/network/editing';
import { applyTextEdits } from '../../src/network/json';
import type { JsonValue, TextEdit } from '../../src/network/json';
import type { JsonPath } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { refusalOf } from './support/refusal';

const editing = (text: string): Editing => new Editing(parseNetwork(text));

function edited(text: string, make: (editing: Editing) => readonly TextEdit[]): string {
  return applyTextEdits(text, make(editing(text)));
}

const set = (text: string, path: JsonPath, value: JsonValue): string =>
  edited(text, own => own.set(path, value));

/** The sentence with which something is refused. */
describe('a document', () => {
  it.each(['', '[1]', '3', '{', '{ "seed": }', '{} {}'])('is none: %j', text => {
    expect(refusalOf(() => editing(text))).toBe(
      'The text is no JSON object, so nothing in it can be changed: correct it.',
    );
  });

  it.each([
    ['{}', '\n', '  ', false],
    ['{\n}', '\n', '  ', true],
    ['\n{ "seed": 1 }\n', '\n', '  ', false],
    ['{\r\n\t"seed": 1\r\n}', '\r\n', '\t', true],
    ['{\n    "seed": 1,\n  "name": ""\n}', '\n', '    ', true],
    ['{ "name": "",\n   "seed": 1\n}', '\n', '   ', true],
    ['{ "name": "", "seed": 1,\n   "loss": {} }\n', '\n', '   ', true],
    ['  {\n      "seed": 1\n  }', '\n', '    ', true],
    ['{\n"seed": 1\n}', '\n', '  ', true],
    ['\ufeff{\n "seed": 1\n}', '\n', ' ', true],
  ])('%j has its line ends and its indentation', (text, lineEnd, unit, multiLine) => {
    const { layout, multiLine: lines } = editing(text);
    expect({ layout, lines }).toEqual({ layout: { lineEnd, unit }, lines: multiLine });
  });

  it('has a precision and a seed, also where none are written', () => {
    const facts = (text: string): unknown => {
      const { precision, seed } = editing(text);
      return { precision, seed };
    };
    expect(facts('{}')).toEqual({ precision: 'float32', seed: 0 });
    expect(facts('{ "seed": 7, "training": { "precision": "float64" } }')).toEqual({
      ...{ precision: 'float64', seed: 7 },
    });
    expect(facts('{ "seed": "7", "training": { "precision": "float16" } }')).toEqual({
      ...{ precision: 'float32', seed: 0 },
    });
  });

  it('has layers, and says how many where there is no such one', () => {
    const own = editing('{ "input": { "shape": [3] }, "layers": [{ "units": 2 }, 5] }');
    expect(own.layers).toHaveLength(2);
    expect(own.layer(0)).toBe(own.layers[0]);
    expect([own.inputs(0), own.units(0)]).toEqual([3, 2]);
    for (const index of [-1, 1, 2, 0.5])
      expect(refusalOf(() => own.layer(index))).toBe(
        `There is no layers[${index}]: the network has 2.`,
      );
  });
});

describe('a value that is set', () => {
  it.each<[string, JsonPath, JsonValue, string]>([
    ['{}', ['seed'], 1, '{\n  "seed": 1\n}'],
    ['{ }', ['seed'], 1, '{\n  "seed": 1\n }'],
    ['{"name":""}', ['seed'], 1, '{"name":"", "seed": 1}'],
    ['{\r\n\t"name": ""\r\n}', ['seed'], 1, '{\r\n\t"name": "",\r\n\t"seed": 1\r\n}'],
    ['{\n  "loss": {}\n}', ['loss', 'half'], true, '{\n  "loss": { "half": true }\n}'],
    ['{ "loss": { "half": true } }', ['loss', 'half'], false, '{ "loss": { "half": false } }'],
    ['{ "seed": 1, "seed": 2 }', ['seed'], 3, '{ "seed": 1, "seed": 3 }'],
    ['{"a": [1, 2]}', ['a', 1], 'x', '{"a": [1, "x"]}'],
    ['{"a": 1}', ['b', 'c', 'd'], 2, '{"a": 1, "b": { "c": { "d": 2 } }}'],
    ['{"a": 1}', ['"b"'], null, '{"a": 1, "\\"b\\"": null}'],
    [
      '{"training": {}}',
      ['training', 'optimizer', 'momentum'],
      0.5,
      '{"training": { "optimizer": { "momentum": 0.5 } }}',
    ],
  ])('in %j at %j to %j', (text, path, value, after) => expect(set(text, path, value)).toBe(after));

  it.each(['optimizer', 'schedule', 'init'])(
    'beside the name of an %s makes a group of it',
    key => {
      expect(set(`{"training": {"${key}": "x"}}`, ['training', key, 'n'], 1)).toBe(
        `{"training": {"${key}": { "type": "x", "n": 1 }}}`,
      );
      for (const value of ['5', '["x"]', 'null'])
        expect(
          refusalOf(() => set(`{"training": {"${key}": ${value}}}`, ['training', key, 'n'], 1)),
        ).toBe(`training.${key} is no object: n cannot be set in it.`);
    },
  );

  it('in a text that is no group is refused, and so is what lies beyond a list', () => {
    expect(refusalOf(() => set('{"loss": "x"}', ['loss', 'half'], true))).toBe(
      'loss is no object: half cannot be set in it.',
    );
    expect(refusalOf(() => set('{"layers": [1]}', ['layers', 1], 2))).toBe(
      'There is no layers[1]: the list is shorter.',
    );
  });

  it('on lines is laid out as the file is', () => {
    const text = '{\r\n\t"layers": [\r\n\t\t{ "type": "dense", "units": 2 }\r\n\t]\r\n}';
    const weights = [[Math.fround(0.1)], [0.5]];
    expect(set(text, ['layers', 0, 'weights'], weights)).toBe(
      text.replace('2 }', '2, "weights": [\r\n\t\t\t\t[0.1],\r\n\t\t\t\t[0.5]\r\n\t\t\t] }'),
    );
    const [one, other] = [{ inline: [{ x: [1] }] }, { inline: [{ x: [2] }, { x: [3] }] }];
    const lines = '{\n  "data": {\n    "inline": [\n      { "x": [1] }\n    ]\n  }\n}';
    expect(set('{\n  "seed": 1\n}', ['data'], one)).toBe(lines.replace('{\n', '{\n  "seed": 1,\n'));
    expect(set(lines, ['data'], other)).toBe(
      lines.replace('{ "x": [1] }', '{ "x": [2] },\n      { "x": [3] }'),
    );
    expect(set('{"seed": 1}', ['data'], one)).toBe(
      '{"seed": 1, "data": { "inline": [{ "x": [1] }] }}',
    );
  });

  it('is in the precision of the network where it is a parameter, and exact elsewhere', () => {
    const text = (precision: string): string =>
      `{"training": {"precision": "${precision}"}, "seed": 0, "layers": [{"bias": [0.1, 1]}]}`;
    const single = Math.fround(0.1);
    const place = ['layers', 0, 'bias', 0];
    expect(set(text('float32'), place, single)).toBe(text('float32'));
    const rounded = text('float32').replace('0.1', '0.10');
    expect(set(rounded, place, single)).toBe(rounded);
    expect(set(rounded, place, 0.1)).toBe(rounded);
    const none = rounded.replace('0.10', '0');
    expect(set(none, place, null)).toBe(none.replace('[0,', '[null,'));
    expect(set(rounded.replace('"seed": 0', '"seed": 0.10'), ['seed'], single)).toContain(
      `"seed": ${single},`,
    );
    expect(set(text('float64'), place, single)).toBe(text('float64').replace('0.1', `${single}`));
    expect(set(text('float32'), ['layers', 0, 'bias', 1], single)).toBe(
      text('float32').replace(', 1]', ', 0.1]'),
    );
    expect(set(text('float32'), ['seed'], single)).toBe(
      text('float32').replace('"seed": 0', `"seed": ${single}`),
    );
    const rate = '{"layers": [{"learningRateScale": 0.1}]}';
    expect(set(rate, ['layers', 0, 'learningRateScale'], single)).toBe(
      rate.replace('0.1', `${single}`),
    );
    expect(set('{"bias": [0.1]}', ['bias', 0], single)).toBe(`{"bias": [${single}]}`);
    expect(set('{"layers": [{"bias": [null]}]}', ['layers', 0, 'bias', 0], 1)).toBe(
      '{"layers": [{"bias": [1]}]}',
    );
    expect(set('{"layers": [{"bias": [1]}]}', ['layers', 0, 'bias', 0], null)).toBe(
      '{"layers": [{"bias": [null]}]}',
    );
  });

  it('that is there already changes nothing, however it is written', () => {
    const text =
      '{"seed": 1.0, "loss": {"half":true,   "type": "huber"}, "layers": [{"bias": [1e0]}]}';
    expect(editing(text).set(['seed'], 1)).toEqual([]);
    expect(editing(text).set(['loss'], { type: 'huber', half: true })).toEqual([]);
    expect(editing(text).set(['layers', 0, 'bias'], [1])).toEqual([]);
    expect(editing(text).set(['layers', 0, 'bias', 0], 1)).toEqual([]);
  });
});

describe('entries of lists', () => {
  const lines = '{\n  "list": [\n    1,\n    2\n  ]\n}';
  it('are inserted and removed where they stand', () => {
    expect(edited(lines, own => own.insert(['list'], 1, 3))).toBe(lines.replace('2', '3,\n    2'));
    expect(edited(lines, own => own.insert(['list'], 2, 3))).toBe(lines.replace('2', '2,\n    3'));
    expect(edited(lines, own => own.remove(['list'], 0))).toBe('{\n  "list": [\n    2\n  ]\n}');
    expect(edited(lines, own => own.unset(['list', 1]))).toBe('{\n  "list": [\n    1\n  ]\n}');
    const empty = '{\n  "list": []\n}';
    expect(edited(empty, own => own.insert(['list'], 0, 3))).toBe('{\n  "list": [3]\n}');
    expect(edited(empty, own => own.insert(['list'], 0, { x: 1 }))).toBe(
      '{\n  "list": [\n    { "x": 1 }\n  ]\n}',
    );
    expect(edited(empty, own => own.insert(['list'], 0, [[1], 2]))).toBe(
      '{\n  "list": [\n    [\n      [1],\n      2\n    ]\n  ]\n}',
    );
    expect(edited(empty, own => own.insert(['list'], 0, [1, 2]))).toBe('{\n  "list": [[1, 2]]\n}');
    expect(edited('{"list": []}', own => own.insert(['list'], 0, { x: 1 }))).toBe(
      '{"list": [{ "x": 1 }]}',
    );
  });

  it('are refused where there is no such place', () => {
    for (const index of [-1, 3, 0.5])
      expect(refusalOf(() => editing(lines).insert(['list'], index, 3))).toBe(
        `list has 2 entries: nothing can be put at ${index}.`,
      );
    expect(refusalOf(() => editing(lines).remove(['list'], 2))).toBe(
      'There is no list[2], so it cannot be removed.',
    );
    expect(refusalOf(() => editing(lines).list(['list', 0]))).toBe('There is no list at list[0].');
    expect(refusalOf(() => editing(lines).unset(['seed', 0]))).toBe('There is no list at seed.');
    expect(refusalOf(() => editing(lines).insert(['list'], 0, NaN))).toBe(
      'NaN cannot be written to list: only finite numbers can.',
    );
  });

  it('of objects go with all that is called so, and nothing happens where there is none', () => {
    const text = '{ "a": 1, "b": { "c": 2 }, "a": 3 }';
    expect(edited(text, own => own.unset(['a']))).toBe('{ "b": { "c": 2 } }');
    expect(edited(text, own => own.unset(['b', 'c']))).toBe('{ "a": 1, "b": {}, "a": 3 }');
    for (const path of [['x'], ['a', 'c'], ['x', 'y'], []])
      expect(editing(text).unset(path)).toEqual([]);
    expect(editing(text).removeKeys(editing(text).root, ['x'])).toEqual([]);
  });
});

describe('what JSON has no text for', () => {
  it.each<[JsonValue, string]>([
    [NaN, 'NaN cannot be written to a: only finite numbers can.'],
    [[1, -Infinity], '-Infinity cannot be written to a[1]: only finite numbers can.'],
    [
      [1, [2, { b: Infinity }]],
      'Infinity cannot be written to a[1][1].b: only finite numbers can.',
    ],
  ])('is refused with its place: %o', (value, message) =>
    expect(refusalOf(() => assertFinite(value, ['a']))).toBe(message),
  );

  it('may be the whole file, and everything else may be written', () => {
    expect(refusalOf(() => assertFinite(NaN, []))).toContain('to the file:');
    const values: JsonValue[] = [1, 'NaN', null, true, [], {}, [1, 'x', null], { a: [{}] }];
    for (const value of values)
      expect(refusalOf(() => assertFinite(value, ['a']))).toBe('not refused');
  });

  it('is what is nested more than 100 deep', () => {
    const nested = (levels: number): JsonValue => {
      let value: JsonValue = 'x';
      for (let i = 0; i < levels; i++) value = [value];
      return value;
    };
    expect(refusalOf(() => assertFinite(nested(99), ['a']))).toBe('not refused');
    expect(refusalOf(() => assertFinite(nested(100), ['a']))).toBe(
      'Lists and objects in a[0][0] are nested more than 100 deep: nothing was written.',
    );
  });
});

it('numbers are the same as they are used', () => {
  const [exact, single] = [0.1, Math.fround(0.1)];
  expect(sameNumber(exact, exact, 'float64')).toBe(true);
  expect(sameNumber(exact, single, 'float64')).toBe(false);
  expect(sameNumber(exact, single, 'float32')).toBe(true);
  expect(sameNumber(0.1, 0.2, 'float32')).toBe(false);
  expect(sameNumber(0, -0, 'float32')).toBe(false);
  expect(sameNumber(0, -0, 'float64')).toBe(false);
});

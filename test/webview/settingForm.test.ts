import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalog, layerGroups } from '../../src/network/catalog';
import type { JsonPath, LayerType } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { choice, count, flag, list, number, part, text } from '../../src/network/setting';
import type { Setting } from '../../src/network/setting';
import { writtenSettings } from '../../src/network/written';
import { layerPaths, networkForms } from '../../webview/properties/formPaths';
import { joinItems, splitItems } from '../../webview/properties/items';
import {
  applies,
  defaultAt,
  isWritten,
  read,
  settingAt,
  shown,
  valueAt,
  type Written,
} from '../../webview/properties/settingForm';
import { settingNames } from '../../webview/properties/settingNames';
import {
  translatedChoice,
  translatedDescription,
  nameOf,
  rangeText,
  settingKey,
} from '../../webview/properties/settingWords';
import { useAllWords } from '../support/words';

/** For the tests beside it. */
function inChinese(): void {
  beforeAll(() => useAllWords('zh'));
  afterAll(() => useAllWords('en'));
}

function form(document: object): Written {
  const parsed = parseNetwork(JSON.stringify(document));
  expect(parsed.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!parsed.network) throw new Error('no network');
  return { network: parsed.network, written: new Set(writtenSettings(parsed.root)) };
}

const base = {
  version: 1,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh', init: 'heNormal' },
    { type: 'dense', units: 1 },
  ],
};

const value = (setting: Setting, typed: string): unknown => {
  const reading = read(setting, typed);
  return reading.ok ? reading.value : reading.message;
};

describe('reading what was typed', () => {
  afterEach(() => useAllWords('en'));

  const rate = number('', { minimum: 0, default: 0.1 });

  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    [' 1e-3 ', 0.001],
    ['.5', 0.5],
    ['1/4', 0.25],
    ['0', 0],
  ])('takes %s as a number', (typed, expected) => {
    expect(value(rate, typed)).toBe(expected);
  });

  it.each([
    ['-1', 'Expected a number of at least 0; found “-1”.'],
    ['−1', 'Expected a number of at least 0; found “−1”.'],
    ['fast', 'Expected a number of at least 0; found “fast”.'],
    ['', 'Expected a number of at least 0; found nothing.'],
    ['1.000,5', 'Expected a number of at least 0; found “1.000,5”.'],
    ['1e999', 'Expected a number of at least 0; found “1e999”.'],
    ['NaN', 'Expected a number of at least 0; found “NaN”.'],
  ])('refuses %s with what was expected and found', (typed, message) => {
    expect(value(rate, typed)).toBe(message);
  });

  it('reads whole numbers, with thousands apart too', () => {
    const units = count('', { maximum: 65_536 });
    expect(value(units, '65,536')).toBe(65_536);
    expect(value(units, '2.5')).toBe('Expected a whole number from 1 to 65,536; found “2.5”.');
    expect(value(units, '65537')).toContain('found “65537”');
    expect(value(part('', 0), '1')).toContain('Expected a number of at least 0 and below 1');
  });

  it('takes nothing as null where there may be nothing', () => {
    const stop = number('', { default: null, nullable: true, above: 0 });
    expect(value(stop, '')).toBeNull();
    expect(value(stop, '0')).toBe('Expected a number above 0, or nothing; found “0”.');
  });

  it('reads a number or a word, in both languages', async () => {
    const batch = settingAt(form(base).network, ['training', 'batchSize']) as Setting;
    expect(value(batch, 'All')).toBe('all');
    expect(value(batch, '16')).toBe(16);
    expect(value(batch, 'some')).toBe(
      'Expected a whole number of at least 1, or all; found “some”.',
    );
    await useAllWords('zh-cn');
    expect(value(batch, '全部')).toBe('all');
    expect(value(batch, '0')).toBe('应为不小于 1 的整数，或 all；输入的是“0”。');
  });

  it('reads choices, flags and texts', () => {
    const either = choice('', { a: '', b: '' });
    expect(value(either, 'b')).toBe('b');
    expect(value(either, 'c')).toBe('Expected a, b; found “c”.');
    expect(value(flag('', true), 'false')).toBe(false);
    expect(value(flag('', true), 'no')).toContain('Expected true, false');
    expect(value(text('', { minimumLength: 1 }), '')).toContain('not empty');
    expect(value(text('', { maximumLength: 2 }), 'abc')).toContain('at most 2 characters');
    expect(value(text('', { reserved: { input: '' } }), 'input')).toContain('another text');
    expect(value(text(''), '<b>')).toBe('<b>');
  });

  it('reads lists, and names the entry that is wrong', () => {
    const names = list('', text(''), { minimumLength: 1, maximumLength: 2 });
    expect(value(names, 'a, "b, c"')).toEqual(['a', 'b, c']);
    expect(value(names, '')).toContain('at least 1');
    expect(value(names, 'a, b, c')).toContain('at most 2');
    expect(value(names, '"a')).toContain('quotes closed');
    expect(value(list('', count('')), '1, x')).toContain('found “x”');
  });

  it('refuses to read a group', () => {
    expect(() => read(catalog, '{}')).toThrow(Error);
  });

  it.each([[['a', 'b']], [['a, b', '"', ' c ', '']], [[]], [['一，二', '三']]])(
    'writes %j so that it reads back',
    items => {
      expect(splitItems(joinItems(items))).toEqual(items);
    },
  );

  it.each([0.1, 1e-8, -0.25, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789])(
    'shows %d with the shortest text that reads back equal',
    each => {
      expect(value(number(''), shown(each))).toBe(each);
    },
  );

  it('shows no value as an empty field', () => {
    expect(shown(null)).toBe('');
    expect(shown(undefined)).toBe('');
    expect(shown(['a', 'b'])).toBe('a, b');
  });
});

describe('ranges in Chinese', () => {
  inChinese();

  it.each([
    [number(''), '数'],
    [number('', { minimum: 0 }), '不小于 0 的数'],
    [number('', { above: 0 }), '大于 0 的数'],
    [count('', { maximum: 9 }), '不小于 1且不大于 9 的整数'],
    [part('', 0), '不小于 0且小于 1 的数'],
  ])('say the same', (setting, words) => {
    expect(rangeText(setting)).toBe(words);
  });
});

describe('the network under a form', () => {
  it('has the values of the text, and defaults that hang on the optimizer', () => {
    const { network } = form({ ...base, training: { optimizer: 'adam' } });
    const rate: JsonPath = ['training', 'optimizer', 'learningRate'];
    expect(valueAt(network, rate)).toBe(0.001);
    expect(defaultAt(network, rate)).toBe(0.001);
    expect(defaultAt(form(base).network, rate)).toBe(0.1);
    expect(defaultAt(network, ['training', 'stop', 'patience'])).toBeNull();
  });

  it('has data by source', () => {
    const { network } = form({
      ...base,
      data: { generator: 'xor', noise: 0.1, split: { validation: 0.25 } },
    });
    expect(valueAt(network, ['data', 'noise'])).toBe(0.1);
    expect(valueAt(network, ['data', 'split', 'validation'])).toBe(0.25);
    expect(defaultAt(network, ['data', 'noise'])).toBe(0);
    expect(valueAt(form(base).network, ['data', 'noise'])).toBeUndefined();
  });

  it('shows only what applies', () => {
    const sgd = form(base);
    expect(applies(sgd, ['training', 'optimizer', 'momentum'])).toBe(true);
    expect(applies(sgd, ['training', 'optimizer', 'beta1'])).toBe(false);
    expect(applies(sgd, ['loss', 'half'])).toBe(true);
    expect(applies(form({ ...base, loss: { type: 'huber' } }), ['loss', 'half'])).toBe(false);
    expect(applies(sgd, ['layers', 0, 'init', 'scale'])).toBe(false);
    expect(applies(sgd, ['data', 'normalize'])).toBe(false);
    const made = form({ ...base, data: { generator: 'xor' } });
    expect(applies(made, ['data', 'noise'])).toBe(true);
    expect(applies(made, ['data', 'target'])).toBe(false);
    expect(applies(made, ['data', 'normalize'])).toBe(true);
  });

  it('knows what stands in the text, also as the name of a whole group', () => {
    const written = form({ ...base, training: { optimizer: 'adam', stop: { patience: 3 } } });
    expect(isWritten(written, ['training', 'optimizer', 'type'])).toBe(true);
    expect(isWritten(written, ['training', 'optimizer', 'learningRate'])).toBe(false);
    expect(isWritten(written, ['layers', 0, 'init', 'type'])).toBe(true);
    expect(isWritten(written, ['layers', 1, 'init', 'type'])).toBe(false);
    expect(isWritten(written, ['training', 'stop', 'patience'])).toBe(true);
    expect(
      isWritten(form({ ...base, training: { optimizer: {} } }), ['training', 'optimizer', 'beta1']),
    ).toBe(false);
  });
});

interface Leaf {
  readonly key: string;
  readonly setting: Setting;
}

/** Every setting below one, by its path in the catalogue; groups and list entries too. */
function everything(setting: Setting, key: string): readonly Leaf[] {
  const own = key === '' ? [] : [{ key, setting }];
  const dot = key === '' ? '' : '.';
  if (setting.kind === 'list') {
    if (key === 'layers') return [...own, { key: 'layers[]', setting: setting.item }, ...layers()];
    return [...own, ...everything(setting.item, `${key}[]`)];
  }
  if (setting.kind === 'numberOrWord')
    return [...own, { key: `${key}.number`, setting: setting.number }];
  if (setting.kind !== 'group') return own;
  return [
    ...own,
    ...Object.entries(setting.settings).flatMap(([name, inner]) =>
      everything(inner, `${key}${dot}${name}`),
    ),
  ];
}

const layers = (): readonly Leaf[] =>
  Object.entries(layerGroups).flatMap(([type, group]) => everything(group, `layers.${type}`));

const all = everything(catalog, '');

describe('the catalogue in Chinese', () => {
  inChinese();

  it.each(all)('describes $key', ({ key, setting }) => {
    expect(translatedDescription(key), setting.description).toMatch(/[\u4e00-\u9fff]/);
  });

  const choices = all.flatMap(({ key, setting }) =>
    setting.kind === 'choice'
      ? Object.keys(setting.choices).map(name => ({ key, name, line: setting.choices[name] }))
      : setting.kind === 'numberOrWord'
        ? Object.keys(setting.words).map(name => ({ key, name, line: setting.words[name] }))
        : [],
  );

  it.each(choices)('says what $name of $key is', ({ key, name, line }) => {
    expect(translatedChoice(key, name), line).toBeTruthy();
  });

  it('has no line that the catalogue has not', () => {
    expect(translatedDescription('layers.dense.nothing')).toBeUndefined();
    expect(translatedChoice('loss.type', 'nothing')).toBeUndefined();
  });
});

/** What is written by gestures, by training or by hand in the text, not in a form. */
const elsewhere =
  /^(\$schema|version|layers\.\w+\.(type|weights|bias|mean|variance)|weights|data\.inline|expect)/;

describe('the forms', () => {
  const paths = [
    ...Object.values(networkForms).flatMap(({ common, more }) => [...common, ...more]),
    ...(Object.keys(layerGroups) as LayerType[]).flatMap(type => {
      const { common, more } = layerPaths(type, 0);
      return [...common, ...more].map(path => ['layers', type, ...path.slice(2)]);
    }),
  ];
  const reachable = new Set(paths.map(path => settingKey(path)));
  const leaves = all.filter(
    ({ key, setting }) =>
      !key.includes('[]') &&
      !key.endsWith('.number') &&
      setting.kind !== 'group' &&
      key !== 'layers' &&
      !elsewhere.test(key),
  );

  it.each(leaves)('reach $key', ({ key }) => {
    expect(reachable).toContain(key);
  });

  it('hold nothing twice, and nothing that the format has not', () => {
    expect(reachable.size).toBe(paths.length);
    const known = all.map(({ key }) => key);
    expect([...reachable].filter(key => !known.includes(key))).toEqual([]);
  });

  describe('in both languages', () => {
    inChinese();

    it.each(leaves)('have a name for $key', ({ key }) => {
      const path = key.replace(/^layers\.\w+\./, 'layers.').split('.');
      expect(Object.keys(settingNames)).toContain(path.join('.'));
      expect(nameOf(path)).not.toBe('');
    });
  });
});

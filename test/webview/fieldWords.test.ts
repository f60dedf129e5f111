/** What stands under the fields of the inspector, and what is said of them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonPath } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { writtenSettings } from '../../src/network/written';
import { helpOfField, hintOf } from '../../webview/properties/fieldWords';
import { layerPaths, networkForms } from '../../webview/properties/formPaths';
import { applies, settingAt, type Written } from '../../webview/properties/settingForm';
import { choiceText } from '../../webview/properties/settingWords';
import { useAllWords } from '../support/words';

afterEach(() => useAllWords('en'));

function form(more: object = {}): Written {
  const parsed = parseNetwork(
    JSON.stringify({
      version: 1,
      input: { shape: [2] },
      layers: [{ type: 'dense', units: 3, id: 'a', init: { type: 'normal', scale: 2 } }],
      ...more,
    }),
  );
  if (!parsed.network) throw new Error('no network');
  return { network: parsed.network, written: new Set(writtenSettings(parsed.root)) };
}

const settingOf = (at: Written, path: JsonPath) => {
  const setting = settingAt(at.network, path);
  if (!setting) throw new Error(`no ${path.join('.')}`);
  return setting;
};
const hint = (path: JsonPath, at = form()): string => hintOf(at, path, settingOf(at, path));
const help = (path: JsonPath, at = form()): string => helpOfField(at, path, settingOf(at, path));

const adam = form({ training: { optimizer: 'adam' } });
const falling = form({ training: { schedule: 'exponential' } });
const circle = form({ data: { generator: 'circle' } });
const table = form({ data: { csv: 'a.csv', target: 'y' } });

describe('the hint under a field', () => {
  it.each<[JsonPath, string, Written?]>([
    [['regularization', 'l2'], 'default 0 · ≥ 0'],
    [['regularization', 'l2'], 'default 0 · ≥ 0', form({ regularization: { l2: 0.1 } })],
    [['training', 'optimizer', 'momentum'], 'default 0 · ≥ 0, < 1'],
    [['training', 'optimizer', 'epsilon'], 'default 1e−8 · > 0', adam],
    [['training', 'batchSize'], 'samples · default 32 · ≥ 1'],
    [['training', 'stop', 'patience'], 'epochs · default none · ≥ 1'],
    [['training', 'stop', 'maxSeconds'], 'seconds · default none · > 0'],
    [['training', 'stop', 'targetLoss'], 'default none'],
    [['training', 'schedule', 'factor'], 'default 0.97 · > 0, ≤ 1', falling],
    [['training', 'schedule', 'warmUp'], 'epochs · default 0 · ≥ 0'],
    [['training', 'clip', 'norm'], 'default none · > 0'],
    [['layers', 0, 'units'], '1 … 65,536'],
    [['name'], 'Name of the network'],
    [['data', 'csv'], 'A CSV file, named relative to this file, with "/" between folders', table],
    [
      ['data', 'inputs'],
      'The columns of the inputs; left out: every column but the targets',
      table,
    ],
    [['layers', 0, 'id'], 'A name for the layer, by which “from” of the layers below calls it'],
  ])('of %j: %s', (path, words, at) => {
    expect(hint(path, at)).toBe(words);
  });

  it('has its thousands apart', () => {
    expect(hint(['data', 'samples'], circle)).toMatch(/^samples · default \d+ · 1 … 1,000,000$/);
    expect(help(['seed'])).toContain('from 0 to 9,007,199,254,740,991');
  });

  it('is Chinese where the page is', async () => {
    await useAllWords('zh-cn');
    expect(hint(['regularization', 'l2'])).toBe('默认 0 · ≥ 0');
    expect(hint(['training', 'stop', 'patience'])).toBe('轮 · 默认 无 · ≥ 1');
    expect(hint(['name'])).toBe('网络的名称');
    expect(hint(['data', 'inputs'], table)).toBe('输入的列；不写则为目标以外的每一列');
  });
});

describe('the help of a field', () => {
  it('does not name the kind that is chosen anyway, unless kinds mean different things', () => {
    expect(help(['training', 'optimizer', 'momentum'])).toBe(
      'Part of the last step that is repeated. A number of at least 0 and below 1. Default 0. Hyper-parameter: chosen, not learned.',
    );
    expect(help(['training', 'optimizer', 'epsilon'], adam)).toMatch(
      /^Keeps the division away .* Default 1e−8\. Hyper-parameter: chosen, not learned\.$/,
    );
    expect(help(['layers', 0, 'init', 'scale'])).toMatch(/^uniform: half .*; normal: the/i);
  });
});

describe('a setting', () => {
  it('says that it is a hyper-parameter, and what is none does not', async () => {
    for (const path of [
      ['layers', 0, 'units'],
      ['training', 'batchSize'],
      ['regularization', 'l2'],
    ])
      expect(help(path)).toMatch(/Hyper-parameter: chosen, not learned\.$/);
    for (const path of [['name'], ['seed'], ['layers', 0, 'id'], ['training', 'precision']])
      expect(help(path)).not.toContain('Hyper-parameter');
    await useAllWords('zh-cn');
    expect(help(['training', 'optimizer', 'learningRate'])).toMatch(
      /超参数：由人选定，不经训练。$/,
    );
  });
});

describe.each(['en', 'zh-cn'])('in %s', language => {
  it('no field shows marks of code, nor the word default alone', async () => {
    await useAllWords(language);
    for (const at of [form(), adam, circle, table]) {
      const groups = [...Object.values(networkForms), layerPaths('dense', 0)];
      const paths = groups.flatMap(({ common, more }) => [...common, ...more]);
      const shown = paths.filter(path => applies(at, path));
      for (const path of shown) {
        const setting = settingOf(at, path);
        const choices = setting.kind === 'choice' ? Object.keys(setting.choices) : [];
        const words = [hint(path, at), help(path, at)];
        words.push(...choices.map(choice => choiceText(path, setting, choice)));
        expect(words.join('\n'), path.join('.')).not.toContain('`');
        expect(hint(path, at), path.join('.')).not.toMatch(/(default|默认)( ·|$)/);
      }
    }
  });
});

it('a choice that speaks of a setting quotes its name', async () => {
  const path = ['layers', 0, 'init', 'type'];
  const setting = settingOf(form(), path);
  expect(choiceText(path, setting, 'constant')).toBe('All weights “value”');
  await useAllWords('zh-cn');
  expect(choiceText(path, setting, 'normal')).toBe('正态分布，标准差为 “scale”');
});

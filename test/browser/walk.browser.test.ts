/**
 * A walk through a network without eyes: what a screen reader tells of it, in order, by what the browser gives to
 * assistive technology. In both languages.
 */
import { describe, expect, it } from 'vitest';
import { byId, harness } from './harness/actions';
import { example } from './harness/browser';
import { focused } from './harness/designing';
import { heard, listen } from './harness/hearing';
import { Reader } from './harness/reader';
import { open, page } from './harness/suite';

/** What is heard on the way. */
interface Words {
  /** Between parts of what is told. */
  readonly comma: string;
  readonly train: RegExp;
  readonly toolbar: RegExp;
  readonly neuron: RegExp;
  readonly weight: RegExp;
  readonly bias: RegExp;
  readonly terms: readonly string[];
  readonly milestone: RegExp;
  readonly ended: RegExp;
  readonly row: RegExp;
  readonly table: readonly RegExp[];
  readonly verdict: RegExp;
  readonly layer: (units: number) => RegExp;
  readonly grown: RegExp;
  readonly undone: RegExp;
  readonly error: RegExp;
  readonly repair: RegExp;
}

const words: { readonly [language: string]: Words } = {
  en: {
    comma: ', ',
    train: /^button "Train"$/,
    toolbar: /^toolbar "Training"$/,
    neuron: /^button "neuron 1 of layer 2, −?[\d.]+"$/,
    weight: /^button "weight from input 1 to neuron 1 of layer 2"$/,
    bias: /^button "bias of neuron 1 of layer 2"$/,
    terms: ['term "value"', 'term "gradient"', 'term "update"'],
    milestone: /^training · epoch [\d,]+ · loss/,
    ended: /^finished: .* · epoch [\d,]+ · loss \S+ · accuracy 100 %/,
    row: /^slider "Loss: .*" = epoch 1, training 0\.\d+/,
    table: [/^columnheader "epoch"/, /^columnheader "loss"/, /^rowheader "20,000"/],
    verdict: /^Gradcheck: 17 of 17 agree, worst .* at layers\[\d\]\./,
    layer: units =>
      new RegExp(`^button "Layer 2: dense ${units} · tanh, ${units * 3} parameters"$`),
    grown: /layer 2: 5 units/,
    undone: /The network is now 2-4-1\./,
    error: /line \d+, column \d+: .*Did you mean/s,
    repair: /The text has an error; nothing is written until it is repaired/,
  },
  'zh-cn': {
    comma: '，',
    train: /^button "训练"$/,
    toolbar: /^toolbar "训练"$/,
    neuron: /^button "第 2 层第 1 个神经元（隐藏层），−?[\d.]+"$/,
    weight: /^button "从输入 1 到第 2 层第 1 个神经元的权重"$/,
    bias: /^button "第 2 层第 1 个神经元的偏置"$/,
    terms: ['term "当前值"', 'term "梯度"', 'term "更新"'],
    milestone: /^训练中 · 第 [\d,]+ 轮 · 损失/,
    ended: /^已完成：.* · 第 [\d,]+ 轮 · 损失 \S+ · 准确率 100 %/,
    row: /^slider "损失：.*" = 第 1 轮.*训练 0\.\d+/,
    table: [/^columnheader "轮/, /^columnheader "损失"/, /^rowheader "20,000"/],
    verdict: /^梯度检查：17 个中有 17 个一致，最大误差 .*，位于 layers\[\d\]\./,
    layer: units => new RegExp(`^button "第 2 层：dense ${units} · tanh，${units * 3} 个参数"$`),
    grown: /第 2 层：5 个神经元/,
    undone: /网络现在是 2-4-1。/,
    error: /第 \d+ 行，第 \d+ 列：/,
    repair: /文本中有错误，修复之前不会写入任何内容/,
  },
};

/** What a person uses, which must have a name. */
const CONTROLS =
  /^(button|radio|checkbox|combobox|textbox|slider|spinbutton|link|option|searchbox|switch) "\s*"/;

/** Icons are letters of a font, which have no sound. */
const UNSPEAKABLE = /[\uE000-\uF8FF]/;

let reader: Reader;

const stands = async (what: RegExp): Promise<void> => {
  await expect.poll(() => reader.standsOn()).toMatch(what);
};

const hears = async (what: RegExp): Promise<void> => {
  const all: string[] = [];
  await expect
    .poll(async () => {
      all.push(...(await heard(page)));
      return all.some(each => what.test(each)) ? what.source : all;
    })
    .toBe(what.source);
};

async function begin(language: string, more: object = {}): Promise<Words> {
  await open({ text: await example('xor'), language, ...more });
  reader = await Reader.on(page);
  await listen(page);
  return words[language];
}

describe.each(Object.keys(words))('a walk in %s', language => {
  it('tells the page from its title to its settings, and each control by its name', async () => {
    const { toolbar } = await begin(language);
    const lines = await reader.reads();
    expect(lines.filter(line => CONTROLS.test(line))).toEqual([]);
    expect(lines.filter(line => UNSPEAKABLE.test(line))).toEqual([]);
    // The title, the toolbar, the palette, the picture, the settings.
    const parts = [
      /^heading "XOR" level 1$/,
      toolbar,
      /^navigation "/,
      /^main/,
      /^application "/,
      /^complementary "/,
    ];
    const places = parts.map(part => lines.findIndex(line => part.test(line)));
    expect(places.every(place => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('goes by Tab and arrows to a neuron, a weight and a bias, and hears their numbers', async () => {
    const { comma, neuron, weight, bias, terms } = await begin(language);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let i = 0; i < 60 && !/^(neuron|input|layer)-/.test((await focused()) ?? ''); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    for (let i = 0; i < 4 && (await focused()) !== 'neuron-0-0'; i++) {
      await page.keyboard.press(
        (await focused())?.startsWith('input') ? 'ArrowRight' : 'ArrowLeft',
      );
      await page.keyboard.press('Home');
    }
    await stands(neuron);
    await hears(/^δ₁² = −?[\d.]+/);
    await page.keyboard.press('e');
    await stands(weight);
    await hears(new RegExp(String.raw`^w₁₁² = −?[\d.]+${comma}∂C/∂w₁₁² = `));
    await expect
      .poll(() => reader.reads('nabla-hover-card'))
      .toEqual(expect.arrayContaining([...terms, 'MathMLMath ""']));
    await page.keyboard.press('b');
    await stands(bias);
    await hears(new RegExp(String.raw`^b₁² = 0${comma}∂C/∂b₁² = −?[\d.]+`));
  });

  it('trains, hears milestones and the end, and reads the chart and its table', async () => {
    // A hundred seconds of the page's clock are one: milestones are ten seconds apart.
    const text = (await example('xor'))
      .replace('"epochs": 500', '"epochs": 20000')
      .replace(/,\s*"stop": .*/, '');
    const { milestone, ended, train, row, table } = await begin(language, {
      text,
      before: () => {
        const now = performance.now.bind(performance);
        performance.now = () => 100 * now();
      },
    });
    await byId(page, 'train').focus();
    await stands(train);
    await page.keyboard.press('Enter');
    await hears(milestone);
    await hears(ended);
    await stands(train);
    await byId(page, 'chart').focus();
    for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key);
    await stands(row);
    await byId(page, 'chart-table').focus();
    await page.keyboard.press('Enter');
    const lines = (): Promise<readonly string[]> => reader.reads('nabla-chart-panel');
    for (const cell of table)
      await expect.poll(lines).toEqual(expect.arrayContaining([expect.stringMatching(cell)]));
  });

  it('checks the gradients and hears the verdict, where the keyboard is', async () => {
    const { verdict } = await begin(language);
    await byId(page, 'gradcheck').focus();
    const before = await reader.standsOn();
    await page.keyboard.press('Enter');
    await hears(verdict);
    expect(await reader.standsOn()).toBe(before);
  });

  it('changes the units, takes it back, meets an error and hears the remedy', async () => {
    const { layer, grown, undone, error, repair } = await begin(language);
    await byId(page, 'layer-0').focus();
    await stands(layer(4));
    await page.keyboard.press('+');
    await hears(grown);
    await stands(layer(5));
    await harness(page, ({ file }) => file.undo());
    await hears(undone);
    await stands(layer(4));
    await harness(page, ({ file, setText }) => setText(file.text.replace('"dense"', '"dens"')));
    await hears(error);
    const notices = async (): Promise<string> => (await reader.reads('.notices')).join(' ');
    await expect.poll(notices).toMatch(/^alert/);
    await expect.poll(notices).toMatch(repair);
    await harness(page, ({ file, setText }) => setText(file.text.replace('"dens"', '"dense"')));
    await byId(page, 'banner').waitFor({ state: 'detached' });
    await stands(layer(4));
  });
});

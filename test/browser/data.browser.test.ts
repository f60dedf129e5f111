/** Data in the inspector, and what an empty file can start from, clicked through. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newNetworkText } from '../../src/network/templates';
import { accessibilityFaults } from './harness/axe';
import { byId, eventually, harness, requests } from './harness/actions';
import { example, EXAMPLES } from './harness/browser';
import { open, openBare, page } from './harness/suite';

const iris = () => readFile(join(EXAMPLES, 'iris.csv'), 'utf8');
const file = () => harness(page, ({ file: { text } }) => text);
const parsed = async () => JSON.parse(await file()) as Record<string, never>;
const undo = () => harness(page, ({ file: text }) => text.undo());

async function choose(id: string, value: string): Promise<void> {
  await byId(page, id).selectOption(value);
}

const FLOWERS = `id;len;kind\n${Array.from({ length: 12 }, (_, i) => `${i + 1};${i},5;${'abc'[i % 3]}`).join('\n')}\n`;

describe('an empty file', () => {
  it.each(['', ' \n\t\n', '\ufeff'])('%j becomes a network in one step and back', async text => {
    await openBare({ text });
    await byId(page, 'template-reference').click();
    await byId(page, 'neuron-0-0').waitFor();
    await expect.poll(() => file()).toBe(newNetworkText('reference'));
    await undo();
    await expect.poll(() => file()).toBe(text);
  });

  it('is gone through by arrow keys', async () => {
    await openBare({ text: '', width: 1000 });
    await byId(page, 'template-blank').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowRight'])
      await page.keyboard.press(key);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await expect.poll(() => focused()).toBe('template-spiral');
    await page.keyboard.press('End');
    await expect.poll(() => focused()).toBe('template-nielsen');
    await expect.poll(() => page.locator('.start-card[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await byId(page, 'neuron-0-0').waitFor();
    await expect.poll(() => requests(page, 'create')).toEqual([['nielsen']]);
  });

  it('becomes a network for a CSV file, seen before it is made', async () => {
    await openBare({ text: '', files: { 'data/flowers.csv': FLOWERS } });
    await byId(page, 'template-csv').click();
    await byId(page, 'csv-facts').waitFor();
    await expect.poll(() => byId(page, 'csv-facts').textContent()).toContain('12 rows · 3 columns');
    await expect.poll(() => byId(page, 'csv-detected').textContent()).toContain('semicolon');
    await expect.poll(() => byId(page, 'csv-detected').textContent()).toContain('decimal comma');
    await expect.poll(() => byId(page, 'csv-columns').textContent()).toContain('numbers the rows');
    await byId(page, 'csv-create').click();
    await byId(page, 'neuron-0-0').waitFor();
    const { data, layers } = await parsed();
    expect(data).toMatchObject({ csv: 'data/flowers.csv', inputs: ['len'], target: 'kind' });
    expect(layers).toMatchObject([{ units: 8 }, { units: 3, activation: 'softmax' }]);
    await undo();
    await expect.poll(() => file()).toBe('');
  });

  it('says why a CSV file cannot be used', async () => {
    const files = { 'a.csv': '', 'b.csv': 'x,y\n', 'c.csv': 'x,y\n1,2\n3\n', 'd.csv': 'x\n1\n2\n' };
    await openBare({ text: '', files });
    await byId(page, 'template-csv').click();
    for (const [path, words] of [
      ['a.csv', 'This file is empty'],
      ['b.csv', 'no row below'],
      ['c.csv', 'corrected'],
      ['d.csv', 'one column'],
    ]) {
      await choose('csv-file', path);
      await byId(page, 'csv-fault').filter({ hasText: words }).waitFor();
    }
    await choose('csv-file', 'c.csv');
    await expect.poll(() => byId(page, 'csv-bad').textContent()).toContain('line 3');
    await choose('csv-file', '');
    await byId(page, 'csv-path').fill('none.csv');
    await page.keyboard.press('Enter');
    await byId(page, 'csv-problem').filter({ hasText: '"none.csv" was not found' }).waitFor();
    await byId(page, 'csv-cancel').click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('template-csv');
  });

  it('says what to do where no column can be an input, and reads the corrected file', async () => {
    await openBare({ text: '', files: { 'a.csv': 'name,kind\nann,a\nbob,b\n' } });
    await byId(page, 'template-csv').click();
    await byId(page, 'csv-missing').filter({ hasText: 'Add a column of numbers' }).waitFor();
    await page.evaluate(() => {
      window.scenario.files['a.csv'] = 'name,size,kind\nann,1,a\nbob,2,b\n';
    });
    await byId(page, 'csv-again').click();
    await byId(page, 'csv-missing').waitFor({ state: 'detached' });
    await byId(page, 'csv-create').click();
    await byId(page, 'neuron-0-0').waitFor();
  });

  it('keeps what a person has chosen when the file is read again', async () => {
    await open({ text: newNetworkText('xor'), files: { 'a.csv': 'a,b,y\n1,2,3\n4,,6\n' } });
    await byId(page, 'use-csv').click();
    await choose('role-0', 'target');
    await choose('role-2', 'input');
    await page.evaluate(() => {
      window.scenario.files['a.csv'] = 'a,b,y\n1,2,3\n4,5,6\n';
    });
    await byId(page, 'csv-again').click();
    await byId(page, 'csv-bad').waitFor({ state: 'detached' });
    const roles = await Promise.all(
      [0, 1, 2].map(column => byId(page, `role-${column}`).inputValue()),
    );
    expect(roles).toEqual(['target', 'input', 'input']);
  });

  it('never names a column without a name', async () => {
    const text = JSON.stringify({
      version: 1,
      input: { shape: [2] },
      layers: [{ type: 'dense', units: 1 }],
      data: { csv: 'a.csv', target: 'y' },
    });
    await open({ text, files: { 'a.csv': ',a,b,y\n7,1,2,3\n8,4,5,6\n' } });
    await byId(page, 'use-csv').click();
    await expect.poll(() => byId(page, 'role-0').inputValue()).toBe('unused');
    await choose('role-2', 'unused');
    await byId(page, 'csv-apply').click();
    await eventually(async () => JSON.stringify((await parsed()).data).includes('"inputs"'), '');
    expect((await parsed()).data).toMatchObject({ inputs: ['a'] });
  });

  it('without a CSV file says where to put one', async () => {
    await openBare({ text: '', files: {} });
    await byId(page, 'template-csv').click();
    await byId(page, 'csv').filter({ hasText: 'There is no CSV file' }).waitFor();
    await expect.poll(() => byId(page, 'csv-path').isVisible()).toBe(true);
  });
});

describe('the data section', () => {
  it('shows the balance of the classes', async () => {
    await open();
    const rows = byId(page, 'class-balance').locator('li');
    await expect.poll(() => rows.count()).toBe(3);
    await expect
      .poll(() => rows.first().getAttribute('aria-label'))
      .toMatch(/^setosa: 50 of 150, \d+ of them for validation$/);
  });

  it('uses a CSV file with everything that follows as one step', async () => {
    const text = newNetworkText('xor');
    await open({ text, files: { 'iris.csv': await iris() } });
    await byId(page, 'use-csv').click();
    await byId(page, 'consequences').waitFor();
    const words = (await byId(page, 'consequences').textContent()) ?? '';
    for (const part of ['inputs 2 → 4', 'outputs 1 → 3', 'sigmoid → softmax', 'crossEntropy'])
      expect(words).toContain(part);
    await byId(page, 'csv-apply').click();
    await eventually(
      async () => (await byId(page, 'data-source').textContent()) === 'iris.csv',
      '',
    );
    const { input, layers, loss, data } = await parsed();
    expect(input).toMatchObject({ shape: [4], names: expect.arrayContaining(['petal_width']) });
    expect(layers).toMatchObject([{}, { units: 3, activation: 'softmax' }]);
    expect(loss).toMatchObject({ type: 'crossEntropy' });
    expect(data).toEqual({ csv: 'iris.csv', target: 'species' });
    await undo();
    await expect.poll(() => file()).toBe(text);
  });

  it('leaves columns out and takes another target', async () => {
    await open({ files: { 'iris.csv': await iris() } });
    await byId(page, 'use-csv').click();
    await byId(page, 'role-4').waitFor();
    await choose('role-4', 'unused');
    await byId(page, 'csv-missing').filter({ hasText: 'predict' }).waitFor();
    await choose('role-0', 'target');
    await byId(page, 'consequences').filter({ hasText: 'softmax → linear' }).waitFor();
    await byId(page, 'csv-apply').click();
    await eventually(async () => (await requests(page, 'edit')).length === 1, 'the edit');
    const { data, layers } = await parsed();
    expect(data).toMatchObject({
      inputs: ['sepal_width', 'petal_length', 'petal_width'],
      target: 'sepal_length',
      split: { validation: 0.2 },
      normalize: 'standard',
    });
    expect(layers).toMatchObject([{}, { units: 1, activation: 'linear' }]);
  });

  it('uses a generator, and refuses numbers that it cannot have', async () => {
    const text = await example('iris');
    await open();
    await byId(page, 'use-generator').click();
    await choose('generator-name', 'sine');
    await byId(page, 'generator-samples').fill('0');
    await byId(page, 'generator').filter({ hasText: 'found “0”' }).waitFor();
    await byId(page, 'generator-samples').fill('50');
    await byId(page, 'generator-noise').fill('0,05');
    await byId(page, 'generator-apply').click();
    await eventually(async () => (await byId(page, 'data-source').textContent()) === 'sine', '');
    const { data, input, layers } = await parsed();
    expect(data).toMatchObject({ generator: 'sine', samples: 50, noise: 0.05 });
    expect(input).toMatchObject({ shape: [1] });
    expect(layers).toMatchObject([{}, { units: 1, activation: 'linear' }]);
    await undo();
    await expect.poll(() => file()).toBe(text);
  });

  it('edits the samples of the file, one step a cell', async () => {
    const text = newNetworkText('xor');
    await open({ text });
    await byId(page, 'inline-0-x-0').fill('0,25');
    await page.keyboard.press('Enter');
    await eventually(async () => (await file()).includes('"x": [0.25, 0]'), 'the number');
    await byId(page, 'inline-0-y-0').fill('yes');
    await page.keyboard.press('Enter');
    await byId(page, 'inline-problem').filter({ hasText: 'found “yes”' }).waitFor();
    await byId(page, 'inline-add').click();
    await byId(page, 'inline-4-x-0').waitFor();
    await byId(page, 'inline-remove-4').click();
    await byId(page, 'inline-4-x-0').waitFor({ state: 'detached' });
    for (let i = 0; i < 3; i++) await undo();
    await expect.poll(() => file()).toBe(text);
  });

  it('leaves samples of many numbers to the text, which opens at them', async () => {
    const x = Array.from({ length: 4096 }, (_, i) => i / 4096);
    const layers = [{ type: 'dense', units: 1, activation: 'sigmoid' }];
    const inline = [{ x, y: [1] }];
    const text = { version: 1, input: { shape: [4096] }, layers, data: { inline } };
    await open({ text: JSON.stringify({ ...text, loss: { type: 'meanSquaredError' } }) });
    await byId(page, 'inline-many').filter({ hasText: '4,097 numbers: more than 32' }).waitFor();
    await expect.poll(() => page.locator('nabla-inline input').count()).toBe(0);
    await page.locator('nabla-inline nabla-button').click();
    expect((await requests(page, 'reveal')).at(-1)?.[0]).toEqual(['data', 'inline']);
  });

  it('gives a network without data some, and takes them away', async () => {
    await open({ text: newNetworkText('blank') });
    await byId(page, 'data-none').waitFor();
    await byId(page, 'use-inline').click();
    await byId(page, 'inline-0-x-0').waitFor();
    expect((await parsed())['data']).toEqual({ inline: [{ x: [0, 0], y: [0] }] });
    await byId(page, 'remove-data').click();
    await byId(page, 'data-none').waitFor();
    await expect.poll(() => file()).not.toContain('"data"');
  });

  it('names both sizes where data and network do not fit, and mends it', async () => {
    const { input: _, ...rest } = JSON.parse(newNetworkText('spiral')) as Record<string, unknown>;
    await open({ text: JSON.stringify({ ...rest, input: { shape: [3] } }) });
    await byId(page, 'data-section')
      .filter({ hasText: 'The data have 2 inputs (x1, x2), the network has 3.' })
      .waitFor();
    await byId(page, 'fit-inputs').click();
    await byId(page, 'class-balance').waitFor();
    expect((await parsed())['input']).toMatchObject({ shape: [2] });
  });
});

describe('axe finds nothing', () => {
  const themes = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;
  const bad = 'id;b;t\n1;2,5;x\n2;?;y\n3;4;z\n4\n';

  it.each(themes)('on the start page, %s', async theme => {
    await openBare({ text: '', theme, files: { 'a.csv': bad }, language: 'zh-cn', width: 560 });
    await byId(page, 'template-xor').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await byId(page, 'template-csv').click();
    await byId(page, 'csv-bad').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it.each(themes)('in the data section, %s', async theme => {
    await open({ text: newNetworkText('xor'), theme, files: { 'iris.csv': await iris() } });
    await byId(page, 'inline').waitFor();
    await byId(page, 'use-csv').click();
    await byId(page, 'consequences').waitFor();
    expect(await accessibilityFaults(page, 'nabla-data')).toEqual([]);
    await byId(page, 'csv-cancel').click();
    await byId(page, 'use-generator').click();
    await byId(page, 'generator-samples').fill('x');
    expect(await accessibilityFaults(page, 'nabla-data')).toEqual([]);
  });
});

/** The inspector's forms: what is written, what is refused, what appears and goes. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { byId, eventually, harness, requests } from './harness/actions';
import { accessibilityFaults } from './harness/axe';
import { example } from './harness/browser';
import { open, page } from './harness/suite';

const rate = 'field-training.optimizer.learningRate';

/** The edits that were asked for, without the version that they are based on. */
async function edits(): Promise<readonly unknown[]> {
  return (await requests(page, 'edit')).map(([edit]) => edit);
}

async function type(id: string, words: string): Promise<Locator> {
  const field = byId(page, id);
  await field.fill(words);
  await field.press('Enter');
  return field;
}

async function choose(id: string, choice: string): Promise<void> {
  await byId(page, id).click();
  await byId(page, id).locator(`nabla-option[value="${choice}"]`).click();
}

const documentNow = async (): Promise<Record<string, never>> =>
  JSON.parse(await harness(page, ({ file }) => file.text)) as Record<string, never>;

/** The refusal and the help, as a screen reader gets them. */
async function described(field: Locator): Promise<string> {
  return field.evaluate(element =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map(id => document.getElementById(id)?.textContent?.trim() ?? `no #${id}`)
      .join('|'),
  );
}

/** What axe finds in the inspector. */
async function faults(): Promise<readonly string[]> {
  const all = await accessibilityFaults(page);
  const inside = await page.evaluate(
    targets => targets.map(target => document.querySelector(target)?.closest('.inspector') != null),
    all.map(fault => fault.split(' | ')[1]),
  );
  return all.filter((_, index) => inside[index]);
}

describe('a number', () => {
  it('is written when it is typed, with a decimal comma too', async () => {
    await open();
    await type(rate, '0,05');
    await eventually(
      async () => (await byId(page, rate).inputValue()) === '0.05',
      'the field shows what the text says',
    );
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'set', path: ['training', 'optimizer', 'learningRate'], value: 0.05 }]);
  });

  it('is written once on leaving the field, and not where nothing has changed', async () => {
    await open();
    const field = byId(page, 'field-training.epochs');
    await field.fill('200');
    await field.press('Enter');
    await field.press('Tab');
    await byId(page, rate).fill('0.010');
    await byId(page, rate).press('Tab');
    await eventually(async () => (await byId(page, rate).inputValue()) === '0.01', 'as before');
    await expect
      .poll(() => edits())
      .toEqual([{ type: 'set', path: ['training', 'epochs'], value: 200 }]);
  });

  it('that cannot be is refused at the field, keeps standing, and is not sent', async () => {
    await open();
    const before = await byId(page, 'field-training.epochs').boundingBox();
    const field = await type(rate, '-1');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await expect
      .poll(() => described(field))
      .toContain('Expected a number of at least 0; found “-1”.');
    await expect.poll(() => field.inputValue()).toBe('-1');
    await expect
      .poll(() => byId(page, 'field-training.epochs').boundingBox(), { message: 'nothing moves' })
      .toEqual(before);
    await field.press('Tab');
    await expect.poll(() => field.inputValue()).toBe('-1');
    await field.fill('0.2');
    await expect
      .poll(() => field.getAttribute('aria-invalid'), {
        message: 'a complaint goes when it is met',
      })
      .toBe('false');
    await field.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('0.01');
    await expect.poll(() => edits()).toEqual([]);
  });

  it('that the host refuses says why at the field', async () => {
    await open({
      text: JSON.stringify({
        version: 1,
        input: { shape: [60000] },
        layers: [
          { type: 'dense', units: 2 },
          { type: 'dense', units: 2 },
        ],
      }),
    });
    await byId(page, 'layer-0').click();
    const field = await type('units', '65536');
    await eventually(
      async () => (await field.getAttribute('aria-invalid')) === 'true',
      'the refusal arrives',
    );
    await expect.poll(() => described(field)).toMatch(/at most 50,000,000/);
  });

  it('goes back to its default, by its button and by emptying the field', async () => {
    await open();
    await byId(page, 'reset-training.optimizer.learningRate').click();
    await eventually(async () => (await byId(page, rate).inputValue()) === '0.001', "adam's own");
    await expect.poll(() => byId(page, 'reset-training.optimizer.learningRate').count()).toBe(0);
    // It stands in the text with the very value of the default: the text changes, the field does not.
    await type('field-training.epochs', '');
    await eventually(
      async () => (await byId(page, 'field-training.epochs').inputValue()) === '100',
      'the default',
    );
    await byId(page, 'reset-training.epochs').waitFor({ state: 'detached' });
    expect((await documentNow())['training']).toEqual({
      optimizer: { type: 'adam' },
      batchSize: 16,
    });
  });

  it('follows the text while nothing is typed, and another layer without a trace', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'units').fill('many');
    await byId(page, 'units').press('Enter');
    await expect.poll(() => byId(page, 'units').getAttribute('aria-invalid')).toBe('true');
    await byId(page, 'layer-1').click();
    await eventually(async () => (await byId(page, 'units').inputValue()) === '3', 'the other one');
    await expect.poll(() => byId(page, 'units').getAttribute('aria-invalid')).toBe('false');
  });

  it('has an undo of its own while it is typed', async () => {
    await open();
    const field = byId(page, rate);
    await field.focus();
    await page.keyboard.press('End');
    await page.keyboard.type('5');
    await expect.poll(() => field.inputValue()).toBe('0.015');
    await page.keyboard.press('Control+z');
    await expect.poll(() => field.inputValue()).toBe('0.01');
  });
});

describe('settings of the training', () => {
  it('take the full batch by a word or by a button', async () => {
    await open();
    await byId(page, 'batch-all').click();
    await eventually(
      async () => (await byId(page, 'field-training.batchSize').inputValue()) === 'all',
      'the full batch',
    );
    await expect.poll(() => byId(page, 'batch-all').getAttribute('aria-pressed')).toBe('true');
    await type('field-training.batchSize', '8');
    await eventually(
      async () => (await byId(page, 'batch-all').getAttribute('aria-pressed')) === 'false',
      'a number again',
    );
    expect((await edits()).map(edit => (edit as { value: unknown }).value)).toEqual(['all', 8]);
  });

  it('are those of the optimizer that is chosen', async () => {
    await open({ text: await example('reference-3-4-2') });
    await expect.poll(() => byId(page, 'field-training.optimizer.momentum').count()).toBe(1);
    await choose('field-training.optimizer.type', 'adam');
    await byId(page, 'field-training.optimizer.momentum').waitFor({ state: 'detached' });
    await byId(page, 'more-training.more').click();
    for (const key of ['beta1', 'beta2', 'epsilon'])
      await expect
        .poll(() => byId(page, `field-training.optimizer.${key}`).count(), { message: key })
        .toBe(1);
    await expect
      .poll(() => byId(page, rate).inputValue(), { message: 'written by hand, so it stays' })
      .toBe('0.5');
  });

  it('add a penalty', async () => {
    await open();
    await type('field-regularization.l2', '0.01');
    await byId(page, 'reset-regularization.l2').waitFor();
    await byId(page, 'more-penalty.more').click();
    await byId(page, 'field-regularization.bias').click();
    await byId(page, 'reset-regularization.bias').waitFor();
    expect((await documentNow())['regularization']).toEqual({ l2: 0.01, bias: true });
    await byId(page, 'reset-regularization.bias').click();
    await byId(page, 'reset-regularization.bias').waitFor({ state: 'detached' });
    await byId(page, 'reset-regularization.l2').click();
    await byId(page, 'reset-regularization.l2').waitFor({ state: 'detached' });
    await expect
      .poll(() => documentNow(), { message: 'nothing stays behind' })
      .not.toHaveProperty('regularization');
  });

  it('bring the output activation along with a loss that needs it', async () => {
    await open();
    const option = byId(page, 'field-loss.type').locator(
      'nabla-option[value="binaryCrossEntropy"]',
    );
    await expect.poll(() => option.textContent()).toContain('binaryCrossEntropy + sigmoid outputs');
    await choose('field-loss.type', 'binaryCrossEntropy');
    await eventually(
      async () => (await byId(page, 'layer-1').textContent())?.includes('sigmoid') ?? false,
      'the picture follows',
    );
    await expect.poll(() => edits()).toHaveLength(1);
    await harness(page, ({ file }) => file.undo());
    await eventually(
      async () => (await byId(page, 'layer-1').textContent())?.includes('softmax') ?? false,
      'one undo takes both back',
    );
  });
});

describe('the form of a layer', () => {
  it('has the settings of its initializer', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'more-layer.dense.more').click();
    await expect.poll(() => byId(page, 'field-layers.0.init.scale').count()).toBe(0);
    await choose('field-layers.0.init.type', 'normal');
    await type('field-layers.0.init.scale', '0.2');
    await byId(page, 'reset-layers.0.init.scale').waitFor();
    expect((await documentNow())['layers'][0]).toMatchObject({
      init: { type: 'normal', scale: 0.2 },
    });
  });

  it('names a layer, but not as another is named', async () => {
    await open();
    await byId(page, 'layer-0').click();
    await byId(page, 'more-layer.dense.more').click();
    await type('field-layers.0.id', 'first');
    await byId(page, 'reset-layers.0.id').waitFor();
    await byId(page, 'layer-1').click();
    const field = await type('field-layers.1.id', 'first');
    await expect.poll(() => described(field)).toContain('a name that no other layer has');
    await type('field-layers.1.id', 'input');
    await expect.poll(() => described(field)).toContain('found “input”');
    await expect.poll(() => edits()).toHaveLength(1);
  });

  it('lists what a sum takes, offers what fits, and keeps two', async () => {
    await open({ text: residual });
    await byId(page, 'select-layer-2').click();
    await expect.poll(() => byId(page, 'remove-source-0').getAttribute('disabled')).not.toBeNull();
    await choose('add-source', '-1');
    await byId(page, 'source-2').waitFor();
    expect((await documentNow())['layers'][2]).toMatchObject({ from: ['a', 'b', 'input'] });
    await byId(page, 'remove-source-0').click();
    await byId(page, 'source-2').waitFor({ state: 'detached' });
    expect((await documentNow())['layers'][2]).toMatchObject({ from: ['b', 'input'] });
  });

  it('takes from another layer', async () => {
    await open({ text: residual });
    await byId(page, 'select-layer-3').click();
    await byId(page, 'more-layer.dense.more').click();
    await choose('field-layers.3.from', '0');
    await eventually(
      async () => JSON.stringify((await documentNow())['layers'][3]).includes('"a"'),
      'the text names the source',
    );
  });
});

const residual = JSON.stringify({
  version: 1,
  input: { shape: [3] },
  layers: [
    { type: 'dense', units: 3, id: 'a', activation: 'tanh' },
    { type: 'dense', units: 3, id: 'b', activation: 'tanh' },
    { type: 'add', from: ['a', 'b'] },
    { type: 'dense', units: 2 },
  ],
});

describe('several layers', () => {
  it('are changed as one', async () => {
    await open();
    await page.evaluate(() => {
      const designer = document.querySelector('nabla-designer') as unknown as {
        controller: { show(change: object): void };
      };
      designer.controller.show({ layers: [0, 1] });
    });
    await byId(page, 'several').waitFor();
    await choose('init', 'zeros');
    await eventually(
      async () => JSON.stringify(await documentNow()).match(/"zeros"/g)?.length === 2,
      'both are changed',
    );
    await expect.poll(() => edits()).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });
});

describe('locked forms', () => {
  it('say why in a read-only file, and while the text has an error', async () => {
    await open({ readOnly: true });
    await expect.poll(() => byId(page, 'lock').textContent()).toContain('Read-only');
    await expect.poll(() => byId(page, rate).isDisabled()).toBe(true);
    await page.close();
    await open();
    await harness(page, ({ setText }) => setText('{'));
    await byId(page, 'lock').waitFor();
    await expect.poll(() => byId(page, 'lock').textContent()).toContain('error');
    await expect.poll(() => byId(page, rate).isDisabled()).toBe(true);
  });

  it('say what a change does to the training that is running', async () => {
    await open();
    const run = {
      epoch: 1,
      step: 1,
      loss: 1,
      validationLoss: 1,
      accuracy: 1,
      validationAccuracy: 1,
    };
    await page.evaluate(state => window.harness.tell('runState', state), {
      ...run,
      seconds: 1,
      samplesPerSecond: 1,
      phase: 'running',
    } as const);
    await byId(page, 'lock').waitFor();
    await expect
      .poll(() => byId(page, 'lock').textContent())
      .toContain('a change of anything else pauses it');
    await expect.poll(() => byId(page, rate).isDisabled()).toBe(false);
  });
});

describe('groups', () => {
  it('are opened and closed by key, and remembered', async () => {
    await open();
    const title = byId(page, 'toggle-stop');
    await expect.poll(() => title.getAttribute('aria-expanded')).toBe('false');
    await title.focus();
    await page.keyboard.press('Enter');
    await byId(page, 'field-training.stop.patience').waitFor();
    const kept = await harness(page, ({ kept: view }) => view);
    await page.close();
    await open({ kept });
    await byId(page, 'field-training.stop.patience').waitFor();
    await expect
      .poll(() => byId(page, 'field-training.stop.patience').getAttribute('placeholder'))
      .toBe('none');
  });
});

describe('in Chinese', () => {
  it('names, helps and refuses', async () => {
    await open({ language: 'zh-cn' });
    const field = await type(rate, '-1');
    await expect.poll(() => described(field)).toContain('应为不小于 0 的数；输入的是“-1”。');
    await field.press('Escape');
    await expect.poll(() => described(field)).toContain('步长：减去梯度的多少倍。');
    await expect.poll(() => page.getByLabel('学习率', { exact: true }).count()).toBe(1);
    await expect
      .poll(() => byId(page, 'inspector').textContent())
      .not.toMatch(/How a gradient|Length of a step/);
  });
});

describe('every state of the forms', () => {
  it.each([1200, 880, 280])('has no fault and no sideways scrolling at %d pixels', async width => {
    await open({ width, height: 900 });
    const fold = byId(page, 'inspector-fold');
    if ((await fold.count()) > 0 && (await fold.getAttribute('aria-expanded')) === 'false')
      await fold.click();
    await type(rate, '-1');
    for (const id of ['network', 'input', 'stop']) await byId(page, `toggle-${id}`).click();
    expect(await faults()).toEqual([]);
    const body = page.locator('.inspector-body');
    await expect.poll(() => body.evaluate(each => each.scrollWidth - each.clientWidth)).toBe(0);
  });
});

describe('the schedule of the learning rate and the limit of gradients', () => {
  const type = 'field-training.schedule.type';

  it('bring the fields that they have, and write them', async () => {
    await open();
    await byId(page, 'more-training.more').click();
    await choose(type, 'cosine');
    await byId(page, 'field-training.schedule.minimum').waitFor();
    await expect.poll(() => byId(page, 'field-training.schedule.every').count()).toBe(0);
    await choose(type, 'step');
    await byId(page, 'field-training.schedule.every').waitFor();
    const warmUp = byId(page, 'field-training.schedule.warmUp');
    await warmUp.fill('3');
    await warmUp.press('Enter');
    const norm = byId(page, 'field-training.clip.norm');
    await norm.fill('0.5');
    await norm.press('Enter');
    const training = async (): Promise<unknown> => (await documentNow()).training;
    await eventually(
      async () => JSON.stringify(await training()).includes('"clip":{"norm":0.5}'),
      'the limit stands in the text',
    );
    await expect.poll(() => training()).toMatchObject({ schedule: { type: 'step', warmUp: 3 } });
    expect(await faults()).toEqual([]);
  });
});

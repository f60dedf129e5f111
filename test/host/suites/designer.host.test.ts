/** A network from nothing: by pointer alone, by keys alone, and all of it taken back. */
import { afterAll, describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../src/network/parse';
import {
  chooseFromMenu,
  design,
  discard,
  dragHandle,
  dragToSlot,
  head,
  keys,
  neuron,
  palette,
  readBytes,
  tabTo,
} from '../designing';
import type { Design } from '../designing';
import { designer, screenshot, uncaught } from '../ui';

/** What a person does, and what changes the text once. */
type Step = readonly [what: string, act: () => Promise<unknown>];

const testId = (id: string) => designer.testId(id);

const byPointer: readonly Step[] = [
  ['begins blank', () => testId('template-blank').click()],
  ['drags the input to 4', () => dragHandle(-1, 2)],
  ['drags the first layer to 8', () => dragHandle(0, 5)],
  ['drags a layer from the palette before the output', () => dragToSlot(palette('dense'), 1)],
  ['drags it to 6', () => dragHandle(1, 2)],
  ['drags the output to 3', () => dragHandle(2, 2)],
  ['drops tanh onto a layer', () => palette('tanh').dragTo(neuron(0, 3))],
  ['drops relu onto another', () => palette('relu').dragTo(neuron(1, 2))],
  ['drops classes onto the output', () => palette('classes').dragTo(neuron(2, 1))],
  ['moves the first layer by its head', () => dragToSlot(head(0), 2)],
  ['moves it back', () => dragToSlot(head(1), 0)],
  ['copies it with Alt', () => dragToSlot(head(0), 1, { modifiers: ['Alt'] })],
  ['deletes the copy by the menu', () => chooseFromMenu(head(1), 'Delete Layer')],
  ['connects the input to the second layer', () => testId('port-input').dragTo(neuron(1, 1))],
  ['connects the first one again', () => testId('port-0').dragTo(neuron(1, 1))],
  ['inserts a layer by a click on the palette', () => palette('dense').click()],
  ['removes it by its button', () => testId('remove-layer').click()],
  [
    'inserts one by "+"',
    async () => {
      await testId('slot-2').click();
      await testId('chooser-insert').click();
    },
  ],
  ['deletes it by the menu', () => chooseFromMenu(head(2), 'Delete Layer')],
  [
    'grows the second layer by a button',
    async () => {
      await head(1).click();
      await testId('more-units').click();
    },
  ],
  ['shrinks it again', () => testId('fewer-units').click()],
  ['gives it silu by a click on the palette', () => palette('silu').click()],
  ['gives it relu again', () => palette('relu').click()],
];

const press =
  (...names: readonly string[]) =>
  () =>
    keys(...names);

/** Presses Enter on something that Tab comes to, and goes back to the canvas. */
const enter = (id: RegExp) => async () => {
  await tabTo(id);
  await keys('Enter');
};

const onCanvas = /^(neuron|input|layer)-/;

const toCanvas =
  (...names: readonly string[]) =>
  async () => {
    await tabTo(onCanvas);
    await keys(...names);
  };

const byKeys: readonly Step[] = [
  ['begins blank', enter(/^template-blank$/)],
  ['goes to the input and adds one', toCanvas('ArrowLeft', '+')],
  ['and one more', press('+')],
  ['grows the first layer', press('ArrowRight', '+')],
  ...Array.from({ length: 4 }, (): Step => ['one more', press('+')]),
  ['inserts a layer of 6', press('i', 'Control+a', '6', 'Enter')],
  ['makes it relu', toCanvas('a', 'ArrowDown', 'ArrowDown', 'Enter')],
  ['makes the first one tanh', toCanvas('ArrowLeft', 'a', 'ArrowDown', 'Enter')],
  ['grows the output', toCanvas('ArrowRight', 'ArrowRight', '+')],
  ['once more', press('+')],
  [
    'makes it one of classes',
    async () => {
      // The palette is one stop of Tab; arrows go through it.
      await tabTo(/^palette-(?!toggle|open|close)/);
      await tabTo(/^palette-classes$/, 'ArrowDown');
      await keys('Enter');
    },
  ],
  ['moves the second layer left', toCanvas('ArrowLeft', 'Alt+ArrowLeft')],
  ['and right again', press('Alt+ArrowRight')],
  ['duplicates it', press('Control+d')],
  ['removes the copy', press('Delete')],
  [
    'connects the input to the second layer',
    press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'c', 'ArrowRight', 'Enter'),
  ],
  ['connects the first one again', press('[', 'c', 'Enter')],
  ['cuts', press('Control+x')],
  ['pastes', press('Control+v')],
];

const files = { pointer: 'pointer.nn.json', keys: 'keys.nn.json' };

/** Takes every step; the text before the first and after each. */
async function build(on: Design, steps: readonly Step[]): Promise<readonly string[]> {
  const texts = [on.text];

  for (const [what, act] of steps) {
    try {
      texts.push(await on.changing(act));
    } catch (error) {
      await screenshot(`designer-${what.replaceAll(/\W/g, '-')}`);
      throw new Error(`"${what}": ${String(error)}\n${on.text}`);
    }
  }
  return texts;
}

function shape(text: string): string {
  const { network } = parseNetwork(text);
  return [network?.input.shape[0], ...(network?.layers.map(({ units }) => units) ?? [])].join('-');
}

describe.each([
  ['pointer', byPointer],
  ['keys', byKeys],
] as const)('from an empty file by %s alone', (way, steps) => {
  let on: Design;
  let texts: readonly string[];

  afterAll(async () => {
    expect(await uncaught()).toEqual([]);
  });

  it('4-8-6-3 is built', async () => {
    on = await design(files[way], '');
    texts = await build(on, steps);
    expect(texts.length).toBeGreaterThan(20);
    expect(shape(on.text)).toBe('4-8-6-3');
    expect((await on.shown()).circles).toEqual([4, 8, 6, 3]);
    await screenshot(`built-by-${way}`);
    await on.save();
  }, 90_000);

  it('every edit is one undo step, down to the empty file', async () => {
    for (const text of texts.slice(0, -1).reverse()) await on.becomes(text, 'Control+z');
    expect(on.text).toBe('');
    await on.save();
    expect(await readBytes(files[way])).toBe('');
  });

  it('and every one comes again', async () => {
    for (const text of texts.slice(1)) await on.becomes(text, 'Control+y');
    expect((await on.shown()).circles).toEqual([4, 8, 6, 3]);
    await on.save();
  });
});

describe('the two files', () => {
  afterAll(async () => {
    for (const file of Object.values(files)) await discard(file);
  });

  it('are equal, byte for byte', async () => {
    const byPointer = await readBytes(files.pointer);
    expect(shape(byPointer)).toBe('4-8-6-3');
    expect(await readBytes(files.keys)).toBe(byPointer);
  });
});

/** Random gestures and random changes of the text, from a seed. */
import { Selection, window } from 'vscode';
import { Random } from '../../src/math/random';
import { activeInColumn, dragHandle, keys, tabStop } from './designing';
import type { Design, Shown } from './designing';
import { designer, type } from './ui';

/** What a step does: `gesture` on the canvas, `text` by whoever writes, `history` by undo and redo. */
export interface Step {
  readonly kind: 'gesture' | 'text' | 'history';
  readonly name: string;
  act(): Promise<unknown>;
}

/** Beyond these it is made smaller before anything else: large networks are tested elsewhere. */
const MOST = { layers: 7, units: 14, text: 12_000 } as const;

const ACTIVATIONS = ['linear', 'tanh', 'relu', 'elu', 'softmax', 'softplus'] as const;

const KEYS: readonly (readonly string[])[] = [
  ['+'],
  ['-'],
  ['Delete'],
  ['Alt+ArrowLeft'],
  ['Alt+ArrowRight'],
  ['Control+d'],
  ['Control+c'],
  ['Control+x'],
  ['Control+v'],
  ['a', 'ArrowDown', 'Enter'],
  ['i', 'Enter'],
  ['Shift+I', 'Enter'],
  ['c', 'ArrowRight', 'Enter'],
  ['c', 'ArrowRight', 'ArrowRight', 'Enter'],
  ['Shift+ArrowRight', 'Delete'],
  ['Control+a', 'Alt+ArrowRight'],
  ['ArrowUp', 'e', 'Enter', '2', 'Enter'],
  ['ArrowUp', 'b', 'Enter', 'Control+a', '1', '/', '3', 'Enter'],
  ['0'],
  ['Escape'],
];

export class Fuzzer {
  readonly #random: Random;
  readonly #on: Design;
  readonly #whole: string;
  /** Changes that can be taken back, and those that have been. */
  #done = 0;
  #undone = 0;

  /** @param whole a text that is a network, for repairs */
  constructor(seed: number, on: Design, whole: string) {
    this.#random = new Random(seed, 'gestures');
    this.#on = on;
    this.#whole = whole;
  }

  #below(end: number): number {
    return this.#random.uint32() % end;
  }

  #of<T>(things: readonly T[]): T {
    return things[this.#below(things.length)];
  }

  next(shown: Shown): Step {
    const { network, stale } = shown;
    if (shown.table) return gesture('t', () => designer.testId('network-table-toggle').click());
    const large =
      !network ||
      network.layers.length > MOST.layers ||
      network.layers.some(({ units }) => units > MOST.units) ||
      network.input.shape[0] > MOST.units ||
      this.#on.text.length > MOST.text;
    if (large || (stale && this.#below(2) === 0)) return this.#repair();
    // What is dragged on empty ground moves the picture.
    if (!this.#part(shown, 'neuron'))
      return gesture('fit', () => designer.testId('zoom-fit').click());
    const kind = this.#below(20);
    if (kind < 11) return this.#pointer(shown);
    if (kind < 14) return this.#keyboard(shown);
    if (kind < 16) return this.#text();
    return this.#history();
  }

  // ------------------------------------------------------------------ the canvas

  #part(shown: Shown, ...kinds: readonly string[]): string | undefined {
    const found = shown.parts.filter(part => kinds.includes(part.split('-')[0]));
    return found.length > 0 ? this.#of(found) : undefined;
  }

  #pointer(shown: Shown): Step {
    const [slot, body, head] = [
      this.#part(shown, 'slot'),
      this.#part(shown, 'neuron', 'input'),
      this.#part({ ...shown, parts: shown.parts.filter(part => part !== 'layer-input') }, 'layer'),
    ];
    const ways = [
      () => this.#drag(`palette-${this.#of(['dense', 'dense', 'add', 'concat'])}`, slot),
      () => this.#drag(`palette-${this.#of(ACTIVATIONS)}`, body),
      () => this.#drag(`palette-${this.#of(['classes', 'binary', 'regression'])}`, body),
      () => this.#drag(head, slot),
      () => this.#drag(head, slot, true),
      () => this.#drag(this.#part(shown, 'port'), body),
      () => this.#drag(head, head),
      () => this.#handle(this.#part(shown, 'handle')),
      () => this.#handle(this.#part(shown, 'handle')),
    ];
    return this.#of(ways)();
  }

  #drag(from: string | undefined, to: string | undefined, copies = false): Step {
    const name = `${from} → ${to}${copies ? ' with Alt' : ''}`;
    if (!from || !to) return this.#nothing(name);
    const how = copies ? { modifiers: ['Alt' as const] } : {};
    return gesture(name, () => designer.testId(from).dragTo(designer.testId(to), how));
  }

  #handle(handle: string | undefined): Step {
    const units = this.#below(9) - 4;
    if (!handle) return this.#nothing('no handle');
    const layer = handle === 'handle-input' ? -1 : Number(handle.split('-')[1]);
    return gesture(`${handle} by ${units}`, () => dragHandle(layer, units));
  }

  #keyboard(shown: Shown): Step {
    const names = this.#of(KEYS);
    const head = this.#part(shown, 'layer');
    if (!head) return this.#nothing('no layer');
    return gesture(`${head}: ${names.join(' ')}`, async () => {
      // A press and a release where it is, whatever lies above it.
      await designer.testId(head).dragTo(designer.testId(head));
      await keys(...names);
    });
  }

  #nothing(name: string): Step {
    return gesture(`nothing (${name})`, () => Promise.resolve());
  }

  // ------------------------------------------------------------------ the text

  #text(): Step {
    const { text } = this.#on;
    const at = this.#below(text.length + 1);
    const ways = [
      () => this.#number(text),
      () => this.#number(text),
      () => this.#number(text),
      () => this.#layer(text),
      () => this.#replace('remove', at, Math.min(text.length, at + 1 + this.#below(6)), ''),
      () => this.#replace('insert', at, at, this.#of(['x', ' ', '\n', '}', ',', '"', '// é\n'])),
      () => this.#layer(text),
      () => this.#type(at, this.#of(['7', ' ', 'q', '1'])),
    ];
    return this.#of(ways)();
  }

  #number(text: string): Step {
    const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
    if (numbers.length === 0) return this.#repair();
    const { index, 0: found } = this.#of(numbers);
    const other = String(this.#below(2) === 0 ? 1 + this.#below(6) : 0.25);
    return this.#replace(`${found} becomes ${other}`, index, index + found.length, other);
  }

  #layer(text: string): Step {
    const at = text.indexOf('{', text.indexOf('"layers"'));
    if (at < 0) return this.#repair();
    return this.#replace('a layer', at, at, '{ "type": "dense", "units": 3 }, ');
  }

  #replace(name: string, start: number, end: number, written: string): Step {
    return {
      kind: 'text',
      name: `${name} at ${start}`,
      act: () => this.#on.replace(start, end, written),
    };
  }

  #type(at: number, words: string): Step {
    const { document } = this.#on;
    const act = async (): Promise<void> => {
      const place = document.positionAt(at);
      const selection = new Selection(place, place);
      await window.showTextDocument(document, { viewColumn: 2, selection });
      await this.#on.heard(() => type(words));
    };
    return { kind: 'text', name: `type ${words} at ${at}`, act };
  }

  #repair(): Step {
    return { ...this.#replace('repair', 0, this.#on.text.length, this.#whole), name: 'repair' };
  }

  // ------------------------------------------------------------------ undo and redo

  /** Whether a step has changed the text. */
  taken({ kind }: Step, changed: boolean): void {
    if (kind === 'history' || !changed) return;
    this.#done++;
    this.#undone = 0;
  }

  #history(): Step {
    if (this.#undone > 0 && this.#below(2) === 0) return this.#step('Control+y', 1);
    return this.#done > 0 ? this.#step('Control+z', -1) : this.#number(this.#on.text);
  }

  #step(key: string, by: 1 | -1): Step {
    this.#done += by;
    this.#undone -= by;
    const act = (): Promise<void> =>
      this.#on.heard(async () => {
        if (window.tabGroups.activeTabGroup.viewColumn !== 1) await comeToCanvas();
        await tabStop.press(key);
      });
    return { kind: 'history', name: key, act };
  }
}

/** Only a click brings a person from the text to the canvas. */
export async function comeToCanvas(): Promise<void> {
  const corner = { x: 4, y: 4 };
  const canvas = designer.testId('canvas');
  await canvas.dragTo(canvas, { at: corner, toAt: corner });
  await activeInColumn(1);
}

function gesture(name: string, act: () => Promise<unknown>): Step {
  return { kind: 'gesture', name, act };
}

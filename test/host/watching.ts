/** What holds after every step of whoever changes a network, watched in a real window. */
import { workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { expect } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import type { Design, Shown } from './designing';
import type { Fuzzer, Step } from './fuzzing';

/** As the page gets it: it asks for weights when it draws them. */
export function withoutWeights(text: string): unknown {
  const { network } = parseNetwork(text);
  if (!network) return undefined;
  const layers = network.layers.map(layer => ({ ...layer, weights: undefined, bias: undefined }));
  return JSON.parse(JSON.stringify({ ...network, layers }));
}

/** The page is a picture of the text, or of the last one that was a network. */
export function expectPicture(text: string, shown: Shown): void {
  const network = withoutWeights(text);
  expect(shown.stale, 'whether the text is a network').toBe(network === undefined);
  if (network) expect(JSON.stringify(shown.network)).toBe(JSON.stringify(network));
  if (!shown.network) return;
  const { layers, input } = shown.network;
  expect(shown.heads).toHaveLength(layers.length + 1);
  layers.forEach(({ units, type, activation }, layer) => {
    expect(shown.heads[layer + 1]).toContain(`${type} ${units}`);
    // Where columns are narrow, only the pointer and the keyboard tell the rest.
    if (shown.heads[layer + 1].includes('·')) expect(shown.heads[layer + 1]).toContain(activation);
  });
  const sizes = [input.shape[0], ...layers.map(({ units }) => units)];
  if (Math.max(...sizes) <= 14) expect(shown.circles).toEqual(sizes);
}

/** One file while it is open. */
export class Watched {
  readonly #on: Design;
  /** Every text there ever was: undo and redo lead to one of them. */
  readonly #seen: Set<string>;
  readonly #heard: Disposable;

  constructor(on: Design) {
    this.#on = on;
    this.#seen = new Set([on.text]);
    this.#heard = workspace.onDidChangeTextDocument(({ document }) => {
      if (document === on.document) this.#seen.add(document.getText());
    });
  }

  /** Takes a step; a rule that it breaks is thrown. */
  async take(step: Step, fuzzer: Fuzzer): Promise<Shown> {
    const before = this.#on.text;
    const was = parseNetwork(before).network !== undefined;
    await step.act();
    const shown = await this.#on.shown();
    const now = this.#on.text;
    fuzzer.taken(step, now !== before);
    if (step.kind === 'gesture') {
      if (!was) expect(now, 'no gesture changes a broken text').toBe(before);
      else expect(withoutWeights(now), now).toBeDefined();
    }
    if (step.kind === 'history')
      expect(this.#seen.has(now), 'a text that was there before').toBe(true);
    expectPicture(now, shown);
    return shown;
  }

  dispose(): void {
    this.#heard.dispose();
  }
}

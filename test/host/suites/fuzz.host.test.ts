/**
 * Gestures, changes of the text, undo and redo in a random order. After each of them the text is a network or what
 * a person wrote, and the page shows the network of the text. A seed that failed goes into SEEDS.
 */
import { workspace } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../src/network/parse';
import { design, discard } from '../designing';
import type { Design, Shown } from '../designing';
import { hostNumber, stepsAskedFor } from '../errand';
import { Fuzzer } from '../fuzzing';
import type { Step } from '../fuzzing';
import { eventually, listeners, policyViolations, resize, run, screenshot, uncaught } from '../ui';

/** A short run; `npm run fuzz:host` takes more than three times as many. */
const STEPS = stepsAskedFor() ?? 200;
const FILE = 'fuzz.nn.json';

/** Each extension host has its own, so that a whole run sees three. */
const SEEDS = [1, 2, 3] as const;

const NETWORK = `{
  "version": 1,
  "seed": 5,
  // Three in, two out.
  "input": { "shape": [3] },
  "layers": [
    {
      "type": "dense",
      "units": 4,
      "activation": "sigmoid",
      "weights": [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6], [-0.7, 0.8, 0.9], [1, -1.1, 1.2]],
      "bias": [0.01, 0.02, 0.03, 0.04]
    },
    { "type": "dense", "units": 2, "activation": "linear" }
  ],
  "loss": { "type": "meanSquaredError" }
}
`;

/** As the page gets it: it asks for weights when it draws them. */
function withoutWeights(text: string): unknown {
  const { network } = parseNetwork(text);
  if (!network) return undefined;
  const layers = network.layers.map(layer => ({ ...layer, weights: undefined, bias: undefined }));
  return JSON.parse(JSON.stringify({ ...network, layers }));
}

/** The page is a picture of the text, or of the last one that was a network. */
function expectPicture(text: string, shown: Shown): void {
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

describe('random gestures and random changes of the text', () => {
  let on: Design;
  let atFirst: readonly string[];
  /** Every text there ever was: undo and redo lead to one of them. */
  const seen = new Set<string>();
  const heard = workspace.onDidChangeTextDocument(({ document }) => {
    if (document === on?.document) seen.add(document.getText());
  });

  beforeAll(async () => {
    await resize(1700, 900);
    on = await design(FILE, NETWORK);
    await run('Nabla: Open Both (Text Beside)');
    await on.shown();
    atFirst = await listeners();
    seen.add(on.text);
  });

  afterAll(async () => {
    heard.dispose();
    await discard(FILE);
    await resize(1280, 800);
  });

  async function take(step: Step, fuzzer: Fuzzer): Promise<Shown> {
    const before = on.text;
    const was = parseNetwork(before).network !== undefined;
    await step.act();
    const shown = await on.shown();
    const now = on.text;
    fuzzer.taken(step, now !== before);
    if (step.kind === 'gesture') {
      if (!was) expect(now, 'no gesture changes a broken text').toBe(before);
      else expect(withoutWeights(now), now).toBeDefined();
    }
    if (step.kind === 'history') expect(seen.has(now), 'a text that was there before').toBe(true);
    expectPicture(now, shown);
    return shown;
  }

  it(
    `${STEPS} of them lose nothing`,
    async () => {
      const seed = SEEDS[hostNumber()];
      const fuzzer = new Fuzzer(seed, on, NETWORK);
      const names: string[] = [];
      let shown = await on.shown();
      for (let i = 0; i < STEPS; i++) {
        const step = fuzzer.next(shown);
        names.push(`${i}: ${step.name}`);
        try {
          shown = await take(step, fuzzer);
          if (i % 50 === 0) expect(await uncaught()).toEqual([]);
        } catch (error) {
          await screenshot(`fuzz-${seed}`);
          throw new Error(
            `seed ${seed}, after\n${names.slice(-10).join('\n')}\n${String(error)}\n${on.text}`,
          );
        }
      }
    },
    60_000 + 3000 * STEPS,
  );

  it('nothing was thrown, no policy was broken, no listener was left', async () => {
    expect(await uncaught()).toEqual([]);
    expect(await policyViolations()).toEqual([]);
    expect(await listeners()).toEqual(atFirst);
    await discard(FILE);
    on = await design(FILE, NETWORK);
    await run('Nabla: Open Both (Text Beside)');
    await on.shown();
    await eventually(async () => {
      const left = [...(await listeners())];
      for (const name of atFirst) if (left.includes(name)) left.splice(left.indexOf(name), 1);
      expect(left, 'more than at first, after closing and opening it again').toEqual([]);
    });
  });
});

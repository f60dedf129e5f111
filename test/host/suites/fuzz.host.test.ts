/**
 * Gestures, changes of the text, undo and redo in a random order. After each of them the text is a network or what
 * a person wrote, and the page shows the network of the text. A seed that failed goes into SEEDS.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { design, discard } from '../designing';
import type { Design } from '../designing';
import { hostNumber, stepsAskedFor } from '../errand';
import { Fuzzer } from '../fuzzing';
import { eventually, listeners, policyViolations, resize, run, screenshot, uncaught } from '../ui';
import { Watched } from '../watching';

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

describe('random gestures and random changes of the text', () => {
  let on: Design;
  let atFirst: readonly string[];
  let watched: Watched | undefined;
  beforeAll(async () => {
    await resize(1700, 900);
    on = await design(FILE, NETWORK);
    await run('Nabla: Open Both (Text Beside)');
    await on.shown();
    atFirst = await listeners();
  });

  afterAll(async () => {
    watched?.dispose();
    await discard(FILE);
    await resize(1280, 800);
  });

  it(
    `${STEPS} of them lose nothing`,
    async () => {
      const seed = SEEDS[hostNumber()];
      const fuzzer = new Fuzzer(seed, on, NETWORK);
      watched = new Watched(on);
      const names: string[] = [];
      let shown = await on.shown();
      for (let i = 0; i < STEPS; i++) {
        const step = fuzzer.next(shown);
        names.push(`${i}: ${step.name}`);
        try {
          shown = await watched.take(step, fuzzer);
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

/** A worker whose clock and turns are in the hands of a test. */
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';

/** @throws Error with the issues of what is no network */
export function networkOf(json: object): Network {
  const { network, issues } = parseNetwork(JSON.stringify(json));
  if (!network) throw new Error(JSON.stringify(issues));
  return network;
}

/** Trains for longer than any test lasts. */
export const endless = networkOf({
  version: 1,
  input: { shape: [2] },
  layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
  loss: { type: 'meanSquaredError' },
  training: { epochs: 1_000_000 },
  data: { generator: 'xor', samples: 4 },
});

/**
 * Learns a circle of so many samples that an evaluation has many parts, at each of which a slice may end.
 * @param training in place of what stands there
 * @param validation share of the samples
 */
export const circle = (training: object = {}, validation = 0.25): Network =>
  networkOf({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units: 4, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    loss: { type: 'binaryCrossEntropy' },
    training: { batchSize: 10, epochs: 1000, optimizer: 'adam', ...training },
    data: { generator: 'circle', samples: 4000, validation },
  });

/** A session with this network in which every look at the clock ends a slice; turns are taken by hand. */
export function slowSession(network: Network) {
  let time = 0;
  const turns: (() => void)[] = [];
  const session = createSession(
    { codecs, now: () => (time += 20), later: callback => void turns.push(callback) },
    () => {},
  );
  void session.load({ network, files: {}, keepParameters: false });
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  /** Takes turns until nobody waits for one, and says how many. */
  const finish = async (): Promise<number> => {
    let taken = 0;
    for (await settle(); turns.length > 0; await settle()) {
      turns.shift()?.();
      taken += 1;
    }
    return taken;
  };
  return { session, turns, settle, finish };
}

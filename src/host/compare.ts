/** Comparing networks, to know whether a change of the text concerns a run. */
import { sourcesOf } from '../network/graph';
import { slidingSettings } from '../network/images';
import { hasParameters } from '../network/layerTypes';
import type { Layer, Network } from '../network/network';
import { ratesOf, withRates } from '../network/rates';
import { tuningOf, withTuning } from '../network/tuning';

/**
 * `rates`: learning rates alone. `end`: when a training is over, and no step of it. `tuning`: what a training may change
 * while it goes on. `settings`: everything that leaves shapes and parameters alone.
 */
export type NetworkChange = 'none' | 'rates' | 'end' | 'tuning' | 'settings' | 'parameters';

/** Whether a training goes on through it. */
export function goesOnThrough(change: NetworkChange): boolean {
  return leavesSteps(change) || change === 'tuning';
}

/** Whether a run is as far after it as before: what computes it, and how long a step takes, stay. */
export function leavesSteps(change: NetworkChange): boolean {
  return change === 'rates' || change === 'end';
}

/** What a run has to do when the text's network goes from `before` to `after`. */
export function changeBetween(before: Network, after: Network): NetworkChange {
  // Tests are nothing that a run computes with.
  const [a, b] = [before, after].map(network => ({ ...network, expect: undefined }));
  if (same(a, b)) return 'none';
  if (a.layers.length === b.layers.length) {
    if (same(withRates(a, ratesOf(b)), b)) return 'rates';
    if (same(withEndOf(a, b), b)) return 'end';
    if (same(withTuning(a, tuningOf(b)), b)) return 'tuning';
  }
  return same(parametersOf(before), parametersOf(after)) ? 'settings' : 'parameters';
}

function withEndOf(network: Network, { training: { epochs, stop } }: Network): Network {
  return { ...network, training: { ...network.training, epochs, stop } };
}

/** What of two networks is another; `settings` where it is neither layers nor their weights. */
export function changedPart(before: Network, after: Network): 'layers' | 'weights' | 'settings' {
  if (!same(structureOf(before), structureOf(after))) return 'layers';
  return changeBetween(before, after) === 'parameters' ? 'weights' : 'settings';
}

function structureOf(network: Network): unknown {
  const layers = network.layers.map(layer => {
    const { type, units } = layer;
    const useBias = hasParameters(layer) && layer.useBias;
    return { type, units, useBias, sliding: slidingSettings(layer) };
  });
  return [network.input.shape, sourcesOf(network), layers];
}

/** Everything that decides which parameters there are and with which values they start. */
function parametersOf(network: Network): unknown {
  const { seed, input, layers, weights } = network;
  // By place and not by name: another id alone changes no number.
  return [seed, input.shape, sourcesOf(network), layers.map(startOf), weights?.sha256];
}

function startOf(layer: Layer): unknown {
  const { type, units } = layer;
  const sliding = slidingSettings(layer);
  if (!hasParameters(layer)) return { type, units, sliding };
  const { useBias, init, weights, bias, mean, variance } = layer;
  return { type, units, sliding, useBias, init, weights, bias, mean, variance };
}

/** Structural equality of plain data. A property that is undefined equals one that is absent. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => same(item, b[i]))
    );
  const x = a as Record<string, unknown>;
  const y = b as Record<string, unknown>;
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].every(key => same(x[key], y[key]));
}

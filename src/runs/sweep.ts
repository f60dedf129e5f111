/**
 * A sweep: one network trained with several learning rates, seeds and widths of a layer, each with each. Every training
 * begins with weights drawn from its seed, whatever the file has: only then do they compare.
 */
import { applyTextEdits, EditError, planEdits } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import type { Network } from '../network/network';
import { parseNetwork } from '../network/parse';

/** What is tried; without a list the network keeps its own. */
export interface SweepAxes {
  readonly rates?: readonly number[];
  readonly seeds?: readonly number[];
  readonly units?: readonly number[];
  /** The dense layer that gets these units (default: the first that can). */
  readonly layer?: number;
  /** Of each training (default: the network's). */
  readonly epochs?: number;
}

export interface SweepSettings {
  readonly learningRate?: number;
  readonly units?: number;
  readonly seed?: number;
}

export interface SweepTraining {
  readonly settings: SweepSettings;
  /** The network's text with these settings, without weights. */
  readonly text: string;
  readonly network: Network;
}

export interface Sweep {
  /** "learningRate 0.1, 0.3 · seed 1, 2" */
  readonly name: string;
  readonly trainings: readonly SweepTraining[];
}

/** Trainings of a sweep at most. */
export const MOST_TRAININGS = 200;

/** A sweep that there cannot be: what was expected, and what was found. */
export class SweepError extends Error {
  override readonly name = 'SweepError';
}

/**
 * The networks of a sweep, in the order rate, units, seed.
 *
 * @param text of a usable network
 * @throws SweepError when nothing is tried, too much is, or a network is none with these settings
 */
export function planSweep(text: string, axes: SweepAxes): Sweep {
  const rates = distinct(axes.rates);
  const units = distinct(axes.units);
  const seeds = distinct(axes.seeds);
  if (rates.length + units.length + seeds.length === 0)
    throw new SweepError('A sweep tries learning rates, units or seeds: give at least one list.');
  const count = trainingsOf(axes);
  if (count > MOST_TRAININGS)
    throw new SweepError(`A sweep has ${MOST_TRAININGS} trainings at most, found ${count}.`);
  const network = networkIn(text, 'The network');
  const layer = units.length > 0 ? layerOf(network, axes.layer) : undefined;
  const settings = orOne(rates).flatMap(learningRate =>
    orOne(units).flatMap(width =>
      orOne(seeds).map(seed => known({ learningRate, units: width, seed })),
    ),
  );
  const trainings = settings.map((each): SweepTraining => {
    const edited = withSettings(text, network, each, layer, axes.epochs);
    return {
      settings: each,
      text: edited,
      network: networkIn(edited, `With ${settingsWords(each)} the network`),
    };
  });
  return { name: nameOf({ rates, units, seeds }), trainings };
}

/** How many trainings that are. */
export function trainingsOf({ rates, seeds, units }: SweepAxes): number {
  return [rates, seeds, units].reduce((product, list) => product * orOne(distinct(list)).length, 1);
}

/** "learningRate 0.1, units 4, seed 2" */
export function settingsWords(settings: SweepSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** The dense layers whose width may be another: all but the last. */
export function sweepLayers({ layers }: Network): readonly number[] {
  return layers.flatMap(({ type }, index) =>
    type === 'dense' && index < layers.length - 1 ? [index] : [],
  );
}

function layerOf(network: Network, wanted: number | undefined): number {
  const possible = sweepLayers(network);
  const layer = wanted ?? possible[0];
  if (layer !== undefined && possible.includes(layer)) return layer;
  const found = wanted === undefined ? 'none' : `layers[${wanted}]`;
  throw new SweepError(
    `Units are tried of a dense layer that is not the last: expected one of ${possible.map(index => `layers[${index}]`).join(', ') || 'them'}, found ${found}.`,
  );
}

function withSettings(
  text: string,
  network: Network,
  { learningRate, units, seed }: SweepSettings,
  layer: number | undefined,
  epochs: number | undefined,
): string {
  const edits: NetworkEdit[] = [
    { type: 'setParameters', label: '', layers: network.layers.map(() => undefined) },
  ];
  if (units !== undefined && layer !== undefined) edits.push({ type: 'setUnits', layer, units });
  if (learningRate !== undefined)
    edits.push({
      type: 'set',
      path: ['training', 'optimizer', 'learningRate'],
      value: learningRate,
    });
  if (seed !== undefined) edits.push({ type: 'setSeed', seed });
  if (epochs !== undefined)
    edits.push({ type: 'set', path: ['training', 'epochs'], value: epochs });
  try {
    return applyTextEdits(text, planEdits(text, edits).edits);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new SweepError(error.message);
  }
}

function networkIn(text: string, what: string): Network {
  const { network, issues } = parseNetwork(text);
  const fault = issues.find(({ severity }) => severity === 'error');
  if (network && !fault) return network;
  throw new SweepError(`${what} is not usable: ${fault?.message ?? ''}`);
}

function nameOf({ rates = [], units = [], seeds = [] }: SweepAxes): string {
  const parts = { learningRate: rates, units, seed: seeds };
  return Object.entries(parts)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name} ${list.join(', ')}`)
    .join(' · ');
}

const distinct = (list: readonly number[] = []): readonly number[] => [...new Set(list)];

const orOne = (list: readonly number[]): readonly (number | undefined)[] =>
  list.length > 0 ? list : [undefined];

/** Without what is not tried. */
function known(settings: SweepSettings): SweepSettings {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as SweepSettings;
}

/** Alarms in words, where they stand in the file, and what can be done at once about them. */
import type { Alarm } from '../engine/health/alarm';
import type { NetworkEdit } from '../network/edit';
import { hasParameters } from '../network/layerTypes';
import { formatPath } from '../network/network';
import type { ActivationName, JsonPath, Network } from '../network/network';
import { smallerRate } from './advice';
import type { AlarmText, HealthWords, PlaceName, Seen } from './healthWords';
import { profileOf, type Notation } from './notation';

/** One undo step. */
export type HealthFix =
  /** `random`: its initializer gives equal numbers, and is replaced. */
  | { readonly type: 'reinitialise'; readonly layer: number; readonly random: boolean }
  | {
      readonly type: 'activation';
      readonly layers: readonly number[];
      readonly activation: ActivationName;
    }
  | { readonly type: 'rate'; readonly value: number }
  | { readonly type: 'penalty'; readonly kind: 'l2' | 'l1'; readonly value: number };

/** An alarm with what was looked at and what can be done, most likely fix first. */
export interface HealthNote {
  readonly alarm: Alarm;
  readonly seen: Seen;
  readonly fixes: readonly HealthFix[];
}

/** @param ahead whether the run has parameters that the text does not have */
export function healthNote(alarm: Alarm, seen: Seen, network: Network, ahead: boolean): HealthNote {
  return { alarm, seen, fixes: fixesOf(alarm, network, ahead) };
}

export interface HealthLanguage {
  readonly words: HealthWords;
  /** Whose numbers layers have. */
  readonly notation: Notation;
}

/** "layer 2 (layers[0])" */
export function placeName(layer: number, { words, notation }: HealthLanguage): string {
  const number = layer + 1 + profileOf(notation).inputLayer;
  return words.layer(String(number), formatPath(['layers', layer]));
}

/** What is so, why that is bad, what helps: each a sentence. */
export function alarmText({ alarm, seen }: HealthNote, language: HealthLanguage): AlarmText {
  const { words } = language;
  return {
    what: what(alarm, seen, words, layer => placeName(layer, language)),
    why: words.why[alarm.kind],
    remedy: words.remedy[alarm.kind],
  };
}

/** All three sentences. */
export function alarmSentences(note: HealthNote, language: HealthLanguage): string {
  const { what, why, remedy } = alarmText(note, language);
  return `${what} ${why} ${remedy}`;
}

/** What a button or a light bulb says. */
export function fixLabel(fix: HealthFix, language: HealthLanguage): string {
  const label = language.words.fixes[fix.type] as (fix: HealthFix, at: PlaceName) => string;
  return label(fix, layer => placeName(layer, language));
}

function what(alarm: Alarm, seen: Seen, words: HealthWords, at: PlaceName): string {
  switch (alarm.kind) {
    case 'dead':
    case 'saturated':
      return words[alarm.kind](alarm, seen, at);
    case 'symmetric':
      return words.symmetric(alarm, at);
    case 'vanishing':
    case 'exploding':
      return words[alarm.kind](alarm, at);
    case 'penalty':
      return words.penalty(alarm);
    case 'rate':
      return words.rate(alarm, at);
    case 'unsteady':
      return words.unsteady(alarm);
  }
}

/** Where an alarm stands in the file. */
export function alarmPath({ kind, layer }: Alarm): JsonPath {
  switch (kind) {
    case 'penalty':
      return ['regularization'];
    case 'rate':
    case 'unsteady':
      return ['training', 'optimizer', 'learningRate'];
    case 'symmetric':
    case 'exploding':
      // The whole layer may have thousands of lines.
      return ['layers', layer, 'type'];
    case 'dead':
    case 'saturated':
    case 'vanishing':
      return ['layers', layer, 'activation'];
  }
}

function fixesOf(alarm: Alarm, network: Network, ahead: boolean): readonly HealthFix[] {
  const again = reinitialising(alarm.layer, network, ahead);
  const slower: HealthFix = {
    type: 'rate',
    value: smallerRate(network.training.optimizer.learningRate),
  };
  switch (alarm.kind) {
    case 'dead':
      return [
        { type: 'activation', layers: [alarm.layer], activation: 'leakyRelu' },
        ...again,
        slower,
      ];
    case 'saturated':
    case 'exploding':
      return [...again, slower];
    case 'symmetric':
      // Of a network that has learned: to start anew would cost what it knows.
      return alarm.severity === 'warning' ? again : [];
    case 'vanishing':
      return [...steeper(alarm.layer, network), ...again];
    case 'penalty':
      return lighter(network);
    case 'rate':
    case 'unsteady':
      return [slower];
  }
}

/** Nothing where the layer has the numbers of the seed already: drawn again they are the same. */
function reinitialising(index: number, network: Network, ahead: boolean): readonly HealthFix[] {
  const layer = network.layers[index];
  if (!layer || !hasParameters(layer)) return [];
  const random = layer.init.type === 'zeros' || layer.init.type === 'constant';
  if (!ahead && !layer.weights && !random) return [];
  return [{ type: 'reinitialise', layer: index, random }];
}

/** Hidden layers from the weak one on whose slope is below 1 everywhere. */
function steeper(first: number, { layers }: Network): readonly HealthFix[] {
  const flat = layers.flatMap(({ activation }, layer) => {
    const isHidden = layer >= first && layer < layers.length - 1;
    return isHidden && (activation === 'sigmoid' || activation === 'tanh') ? [layer] : [];
  });
  return flat.length > 0 ? [{ type: 'activation', layers: flat, activation: 'relu' }] : [];
}

/** A tenth of the larger part of the penalty. */
function lighter({ regularization: { l2, l1 } }: Network): readonly HealthFix[] {
  const kind = l2 >= l1 ? 'l2' : 'l1';
  return [{ type: 'penalty', kind, value: Number((Math.max(l2, l1) / 10).toPrecision(2)) }];
}

/** The edit of the document. @param label of the undo step */
export function fixEdit(fix: HealthFix, label: string): NetworkEdit {
  switch (fix.type) {
    case 'reinitialise': {
      const layer = ['layers', fix.layer] as const;
      const init: NetworkEdit[] = fix.random
        ? [{ type: 'set', path: [...layer, 'init'], value: { type: 'xavierUniform' } }]
        : [];
      const removed = ['weights', 'bias'].map((key): NetworkEdit => {
        return { type: 'unset', path: [...layer, key] };
      });
      return { type: 'several', label, edits: [...removed, ...init] };
    }
    case 'activation': {
      const { layers, activation } = fix;
      const edits = layers.map((layer): NetworkEdit => {
        return { type: 'setActivation', layer, activation };
      });
      return { type: 'several', label, edits };
    }
    case 'rate':
      return {
        type: 'set',
        path: ['training', 'optimizer', 'learningRate'],
        value: fix.value,
      };
    case 'penalty':
      return { type: 'set', path: ['regularization', fix.kind], value: fix.value };
  }
}

/** What a hover says, as parts of Markdown: what a setting means in general, and the numbers of this network. */
import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import type { Facts, LayerFacts, Scope } from '../engine/facts';
import { explain } from '../explain/explain';
import { explainSetting } from '../explain/explainSetting';
import type { Card, Explanation } from '../explain/explanation';
import { lineTable } from '../explain/lineTable';
import { caution, escapeMarkdown, heading } from '../explain/markdown';
import { profileOf } from '../explain/notation';
import type { NotationProfile } from '../explain/notation';
import { toUnicode } from '../explain/unicode';
import type { Words } from '../explain/words';
import { english } from '../explain/words.en';
import { chinese } from '../explain/words.zh';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { inLanguage } from './language';
import { shortNumber } from './parameters';
import type { Run } from './run';
import { notationFor } from './settings';
import type { Subject } from './subjects';

/** The sample whose own gradient is shown where no designer shows another. */
export const FIRST: Scope = { type: 'sample', index: 0 };
export const BATCH: Scope = { type: 'batch' };

/** Who reads: their notation and their language. */
export interface Reader {
  readonly profile: NotationProfile;
  readonly words: Words;
}

export function readerOf(uri: Uri, network: Network): Reader {
  return {
    profile: profileOf(notationFor(uri, network.notation)),
    words: inLanguage(english, chinese),
  };
}

/** What the setting under the pointer means in general. */
export function settingText(
  subject: Subject,
  network: Network,
  { profile, words }: Reader,
): string | undefined {
  switch (subject.type) {
    case 'activation': {
      const layer = network.layers[subject.target.layer];
      const { activation } = layer ?? {};
      if (!activation) return undefined;
      const single = network.layers.length === 1;
      return cardText(explainSetting({ type: 'activation', activation, single }, profile, words));
    }
    case 'units': {
      const layer = network.layers[subject.target.layer];
      const shape = inferShapes(network).layers[subject.target.layer];
      if (layer?.type !== 'dense' || !shape) return undefined;
      const { units, useBias } = layer;
      const setting = { type: 'units', units, inputs: shape.inputs, useBias } as const;
      return cardText(explainSetting(setting, profile, words));
    }
    case 'loss': {
      const { loss, regularization } = network;
      return cardText(explainSetting({ type: 'loss', loss, regularization }, profile, words));
    }
    case 'learningRate':
    case 'optimizer': {
      const setting = { type: 'learningRate', training: network.training } as const;
      return cardText(explainSetting(setting, profile, words));
    }
    default:
      return undefined;
  }
}

/** Whether training changes it, or a person; undefined for what is neither a setting nor a parameter. */
export function kindText({ type }: Subject, { words: { kinds } }: Reader): string | undefined {
  if (type === 'neuron' || type === 'layer') return undefined;
  return `*${escapeMarkdown(type === 'parameter' ? kinds.parameter : kinds.hyperParameter)}*`;
}

/**
 * The numbers of this network. Rejects where it has none: without data, or with parameters that do not fit.
 *
 * @param sample whose own numbers they are, where those of one sample are shown
 */
export async function numberTexts(
  run: Run,
  subject: Subject,
  network: Network,
  reader: Reader,
  sample: Scope,
): Promise<string[]> {
  switch (subject.type) {
    case 'parameter': {
      const facts = await run.inspect(subject.target, sample);
      return parameterTexts(facts, await run.inspect(subject.target, BATCH), reader);
    }
    case 'neuron': {
      const said = saidOf(await run.inspect(subject.target, sample), reader);
      return [explanationText(said), exactLines([said])];
    }
    case 'loss':
    case 'regularization':
      return lossTexts(await run.inspect({ type: 'loss' }, BATCH), subject.type, reader);
    case 'learningRate':
      return [await ratesTable(run, network)];
    case 'optimizer': {
      const { step, epoch } = await run.inspect({ type: 'loss' }, BATCH);
      const made = l10n.t('Updates made so far: {0}, in {1} epochs.', step, epoch);
      return [made, await ratesTable(run, network)];
    }
    case 'batchSize': {
      const { samples } = await run.inspect({ type: 'loss' }, BATCH);
      return [batchText(network.training.batchSize, samples)];
    }
    case 'activation':
    case 'units':
    case 'layer':
      return [explanationText(saidOf(await run.inspect(subject.target, sample), reader))];
  }
}

/** Facts, and what is said of them. */
interface Said {
  readonly facts: Facts;
  readonly explanation: Explanation;
}

function saidOf(facts: Facts, { profile, words }: Reader): Said {
  return { facts, explanation: explain(facts, profile, words) };
}

/** One sample's gradient with its factors, that of the training part with its penalty apart, and how many paths. */
function parameterTexts(sample: Facts, batch: Facts, reader: Reader): string[] {
  const [own, whole] = [saidOf(sample, reader), saidOf(batch, reader)];
  const { paths } = own.explanation;
  const lines = whole.explanation.lines.filter(({ role }) => role !== 'value');
  return [
    explanationText(own),
    `**${escapeMarkdown(scopeText(batch))}**\n\n${lineTable(lines)}`,
    exactLines([own, whole]),
    ...(paths ? [escapeMarkdown(paths.counts)] : []),
  ];
}

/** Data part and penalty part; where there is no penalty, a hover on its settings says so. */
function lossTexts(facts: Facts, about: 'loss' | 'regularization', reader: Reader): string[] {
  const { l1, l2 } = facts.regularization;
  const none = about === 'regularization' && l1 === 0 && l2 === 0;
  const without = l10n.t('No penalty: l1 and l2 are 0, so the loss is that of the data alone.');
  const said = saidOf(facts, reader);
  return [...(none ? [without] : []), explanationText(said), exactLines([said])];
}

function explanationText({ facts, explanation }: Said): string {
  return cardText(explanation, scopeText(facts));
}

/** @param scope whose numbers they are, above them */
function cardText(card: Card | Explanation, scope?: string): string {
  const head = scope === undefined ? '' : `**${escapeMarkdown(scope)}**`;
  const parts = [heading(card), head, lineTable(card.lines), ...card.cautions.map(caution)];
  return parts.filter(part => part !== '').join('\n\n');
}

/** One line a scope with the number that the command line prints too, digit for digit. */
function exactLines(said: readonly Said[]): string {
  const lines = said.flatMap(({ facts, explanation: { headline } }) => {
    const { left, value } = headline;
    const line = `${escapeMarkdown(toUnicode(left))} = \`${value}\` — ${scopeText(facts)}`;
    // Some notations print −∂C/∂z under the name δ.
    const signed = facts.type === 'neuron' && facts.delta !== value;
    return signed ? [line, `∂C/∂z = \`${facts.delta}\` — ${scopeText(facts)}`] : [line];
  });
  return lines.join('  \n');
}

function scopeText({ scope, samples, epoch }: Facts): string {
  return scope.type === 'sample'
    ? l10n.t('sample {0}, epoch {1}', scope.index + 1, epoch)
    : l10n.t('training part (samples: {0}), epoch {1}', samples, epoch);
}

/** How many samples an update sees, and how many updates an epoch makes. */
function batchText(batchSize: Network['training']['batchSize'], samples: number): string {
  if (batchSize === 'all' || batchSize >= samples)
    return l10n.t(
      'Each update uses all {0} samples of the training part: one update an epoch.',
      samples,
    );
  const updates = Math.ceil(samples / batchSize);
  const last = samples - (updates - 1) * batchSize;
  return l10n.t(
    'Samples of an update: {0} of the {1} of the training part. Updates of an epoch: {2}, the last with {3}.',
    batchSize,
    samples,
    updates,
    last,
  );
}

/** Rate and gradient of every layer: how far the next update would go. */
async function ratesTable(run: Run, network: Network): Promise<string> {
  const targets = network.layers.map((_, layer) => ({ type: 'layer', layer }) as const);
  const facts = await Promise.all(targets.map(target => run.inspect(target, BATCH)));
  const rows = facts
    .filter((fact): fact is LayerFacts => fact.type === 'layer')
    .map(fact => {
      const norm = fact.weightGradients?.norm ?? NaN;
      return `| layers\\[${fact.target.layer}\\] | ${fact.learningRate} | ${shortNumber(norm)} |`;
    });
  const head = `| | ${l10n.t('learning rate')} | ${l10n.t('norm of the weight gradients')} |`;
  return [head, '| --- | ---: | ---: |', ...rows].join('\n');
}

/** What "Gradcheck…" asks a person: which parameters, over how many samples, with which step. */
import { l10n, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { hasParameters } from '../network/layerTypes';
import type { Network } from '../network/network';
import { grouped } from '../network/setting';
import { inferShapes } from '../network/shapes';
import { roughly } from '../explain/gradcheck/report';
import type { GradcheckRequest } from '../protocol';

/** Samples where nobody asks for another number, as many as there are. */
const SAMPLES = 8;
/** Smaller and larger ones tell nothing of a gradient. */
const [LEAST, MOST] = [1e-15, 1];

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

/** How long a check of all parameters takes, over so many samples. */
export interface AllTakes {
  readonly seconds: number;
  readonly samples: number;
  readonly parameters: number;
}

/** A layer, all of them, or random directions through all of them. */
type Which = number | 'all' | 'directions';

/**
 * @param training number of training samples
 * @param all how long all parameters take, where that was told
 * @returns undefined when it was given up
 */
export async function chooseGradcheck(
  network: Network,
  training: number,
  all: AllTakes | undefined,
): Promise<GradcheckRequest | undefined> {
  const within = await pick(l10n.t('Gradcheck: of which parameters?'), partsOf(network, all));
  if (!within) return undefined;
  const samples = await askSamples(training);
  if (samples === undefined) return undefined;
  const h = await pick(l10n.t('Gradcheck: with which step h?'), steps());
  if (!h) return undefined;
  const step = h.value === 'other' ? await askStep() : h.value;
  if (step === undefined) return undefined;
  return {
    samples,
    ...(typeof within.value === 'number' && { within: { type: 'layer', layer: within.value } }),
    ...(within.value === 'directions' && { directions: true }),
    ...(step !== 'any' && { h: step }),
  };
}

function pick<T>(title: string, items: readonly Choice<T>[]): Thenable<Choice<T> | undefined> {
  return window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
}

function partsOf(network: Network, known: AllTakes | undefined): readonly Choice<Which>[] {
  const { layers } = network;
  const { parameters } = inferShapes(network);
  const all: Choice<Which> = {
    label: l10n.t('All layers'),
    description:
      known?.parameters === parameters
        ? l10n.t('about {0} s with {1} samples', roughly(known.seconds), known.samples)
        : l10n.t('{0} parameters', grouped(parameters)),
    value: 'all',
  };
  const directions: Choice<Which> = {
    label: l10n.t('Random directions'),
    description: l10n.t(
      '20 directions through all parameters at once, and 200 parameters; says how long all take',
    ),
    value: 'directions',
  };
  const each = layers.flatMap((layer, index): readonly Choice<Which>[] =>
    hasParameters(layer)
      ? [{ label: l10n.t('Layer {0}', index + 2), description: layer.type, value: index }]
      : [],
  );
  return [all, directions, ...each];
}

function steps(): readonly Choice<number | 'any' | 'other'>[] {
  const plain = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7].map(value => ({ label: String(value), value }));
  return [
    {
      label: l10n.t('As well as possible'),
      description: l10n.t('1e-5, smaller near a kink, five points where a doubt is left'),
      value: 'any',
    },
    ...plain,
    { label: l10n.t('Another step…'), value: 'other' },
  ];
}

async function askSamples(training: number): Promise<number | undefined> {
  const text = await window.showInputBox({
    ignoreFocusOut: true,
    title: l10n.t('Gradcheck: over how many training samples?'),
    value: String(Math.min(SAMPLES, training)),
    validateInput: typed => {
      const value = Number(typed);
      if (/^\s*\d+\s*$/.test(typed) && value >= 1 && value <= training) return undefined;
      return l10n.t('A whole number from 1 to {0}, please.', training);
    },
  });
  return text === undefined ? undefined : Number(text);
}

async function askStep(): Promise<number | undefined> {
  const text = await window.showInputBox({
    ignoreFocusOut: true,
    title: l10n.t('Gradcheck: with which step h?'),
    prompt: l10n.t('Relative to max(1, |θ|)'),
    value: '1e-5',
    validateInput: typed => {
      const value = Number(typed);
      if (typed.trim() !== '' && value >= LEAST && value <= MOST) return undefined;
      return l10n.t('A number from {0} to {1}, please.', LEAST, MOST);
    },
  });
  return text === undefined ? undefined : Number(text);
}

/** What "Sweep…" asks a person: which learning rates, seeds and units, over how many epochs; and how many trainings that is. */
import { l10n, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Network } from '../network/network';
import { numbersIn } from '../runs/numberLists';
import type { SweepList } from '../runs/numberLists';
import { MOST_TRAININGS, sweepLayers, trainingsOf } from '../runs/sweep';
import type { SweepAxes } from '../runs/sweep';

/** A quick pick or an input that goes when another window is looked at would lose what was typed. */
const STAYS = { ignoreFocusOut: true } as const;

interface Axis extends QuickPickItem {
  readonly list: SweepList;
}

/** Undefined when it was given up. */
export async function chooseSweep(network: Network): Promise<SweepAxes | undefined> {
  const lists = await askLists(network);
  if (!lists) return undefined;
  let axes: SweepAxes = {};
  for (const list of lists) {
    if (list === 'units') {
      const layer = await askLayer(network);
      if (layer === undefined) return undefined;
      axes = { ...axes, layer };
    }
    const numbers = await askNumbers(list, network, axes);
    if (!numbers) return undefined;
    axes = { ...axes, [list]: numbers };
  }
  const epochs = await askEpochs(network.training.epochs);
  if (epochs === undefined) return undefined;
  return (await confirm({ ...axes, epochs })) ? { ...axes, epochs } : undefined;
}

async function askLists(network: Network): Promise<readonly SweepList[] | undefined> {
  const { optimizer } = network.training;
  const rate = {
    list: 'rates',
    label: l10n.t('Learning rates'),
    description: l10n.t('now {0}', optimizer.learningRate),
  } as const;
  const seeds = {
    list: 'seeds',
    label: l10n.t('Seeds'),
    description: l10n.t('now {0}', network.seed),
  } as const;
  const units = { list: 'units', label: l10n.t('Units of a layer') } as const;
  const items: Axis[] = [rate, seeds, ...(sweepLayers(network).length > 0 ? [units] : [])];
  const title = l10n.t('Sweep: what shall be tried? Each is trained with each.');
  const picked = await window.showQuickPick(items, { title, canPickMany: true, ...STAYS });
  return picked && picked.length > 0 ? picked.map(({ list }) => list) : undefined;
}

async function askLayer(network: Network): Promise<number | undefined> {
  const layers = sweepLayers(network);
  if (layers.length === 1) return layers[0];
  const items = layers.map(layer => {
    const { units } = network.layers[layer] as { readonly units: number };
    return { label: `layers[${layer}]`, description: l10n.t('now {0} units', units), layer };
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Sweep: units of which layer?'),
    ...STAYS,
  });
  return picked?.layer;
}

async function askNumbers(
  list: SweepList,
  network: Network,
  axes: SweepAxes,
): Promise<readonly number[] | undefined> {
  const titles: { readonly [L in SweepList]: string } = {
    rates: l10n.t('Sweep: which learning rates?'),
    seeds: l10n.t('Sweep: which seeds?'),
    units: l10n.t('Sweep: how many units?'),
  };
  const text = await window.showInputBox({
    title: titles[list],
    prompt: l10n.t('Numbers with commas between them.'),
    value: suggested(list, network, axes).join(', '),
    validateInput: typed => faultIn(typed, list, axes),
    ...STAYS,
  });
  return text === undefined ? undefined : numbersIn(text, list);
}

function faultIn(typed: string, list: SweepList, axes: SweepAxes): string | undefined {
  const faults: { readonly [L in SweepList]: string } = {
    rates: l10n.t('Numbers above 0 with commas between them, please.'),
    seeds: l10n.t('Whole numbers from 0 up with commas between them, please.'),
    units: l10n.t('Whole numbers from 1 up with commas between them, please.'),
  };
  const numbers = numbersIn(typed, list);
  if (!numbers) return faults[list];
  const count = trainingsOf({ ...axes, [list]: numbers });
  if (count <= MOST_TRAININGS) return undefined;
  return l10n.t('That is {0} trainings; {1} are the most.', count, MOST_TRAININGS);
}

/** Around what the network has. */
function suggested(
  list: SweepList,
  { training, seed, layers }: Network,
  { layer = 0 }: SweepAxes,
): readonly number[] {
  const { learningRate } = training.optimizer;
  if (list === 'rates')
    return [0.3, 1, 3].map(factor => Number((factor * learningRate).toPrecision(2)));
  if (list === 'seeds') return [seed, seed + 1, seed + 2];
  const { units } = layers[layer] as { readonly units: number };
  return [...new Set([Math.max(1, Math.round(units / 2)), units, 2 * units])];
}

async function askEpochs(now: number): Promise<number | undefined> {
  const text = await window.showInputBox({
    title: l10n.t('Sweep: how many epochs each?'),
    value: String(now),
    validateInput: typed =>
      /^\s*[1-9]\d{0,9}\s*$/.test(typed) ? undefined : l10n.t('A whole number from 1 up, please.'),
    ...STAYS,
  });
  return text === undefined ? undefined : Number(text);
}

async function confirm(axes: SweepAxes): Promise<boolean> {
  const count = trainingsOf(axes);
  const start = {
    label: count === 1 ? l10n.t('Start 1 training') : l10n.t('Start {0} trainings', count),
    description: l10n.t(
      '{0} epochs each, one after the other, in the background',
      axes.epochs ?? 0,
    ),
  };
  const picked = await window.showQuickPick([start], { title: l10n.t('Sweep'), ...STAYS });
  return picked !== undefined;
}

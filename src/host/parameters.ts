/** What is written into the text around a training, and the words for it. */
import { l10n } from 'vscode';
import type { NetworkEdit } from '../network/edit';
import { listKeys } from '../network/layerNumbers';
import type { LayerNumbers } from '../network/layerNumbers';
import { hasParameters } from '../network/layerTypes';
import type { Matrix, Network, ParameterLayer } from '../network/network';
import type { RunState, SnapshotList, StepUnit } from '../protocol';

/** The edits that give a text the parameters of `start`: what had none in the file has none again,
 * and the file of weights that it named is named again. */
export function startEdits(start: Network, label: string): NetworkEdit[] {
  const written = start.layers.map(layer => (hasParameters(layer) ? layer : undefined));
  const layers = written.map(layer =>
    layer?.weights ? numbersOf(layer, layer.weights) : undefined,
  );
  // A layer may give its biases and leave the weights to the seed.
  const lists = written.flatMap((layer, index) =>
    layer && !layer.weights ? listEdits(layer, index) : [],
  );
  return [{ type: 'setParameters', label, layers, weights: start.weights }, ...lists];
}

function numbersOf({ bias, mean, variance }: ParameterLayer, weights: Matrix): LayerNumbers {
  return { weights, bias, mean, variance };
}

function listEdits(layer: ParameterLayer, index: number): readonly NetworkEdit[] {
  return listKeys.flatMap((key): NetworkEdit[] => {
    const value = layer[key];
    return value ? [{ type: 'set', path: ['layers', index, key], value }] : [];
  });
}

/** "Train: 240 epochs, loss 0.342 → 0.011" */
export function trainLabel(before: RunState, after: RunState): string {
  return l10n.t(
    'Train: {0} epochs, loss {1} → {2}',
    after.epoch - before.epoch,
    shortNumber(before.loss),
    shortNumber(after.loss),
  );
}

/** "Step: 1 batch, loss 0.342 → 0.341" */
export function stepLabel(unit: StepUnit, before: RunState, after: RunState): string {
  const losses = [shortNumber(before.loss), shortNumber(after.loss)];
  switch (unit) {
    case 'epoch':
      return l10n.t('Step: 1 epoch, loss {0} → {1}', ...losses);
    case 'batch':
      return l10n.t('Step: 1 batch, loss {0} → {1}', ...losses);
    case 'sample':
      return l10n.t('Step: 1 sample, loss {0} → {1}', ...losses);
  }
}

/** "Restore epoch 40" */
export function restoreLabel({ ids, epochs }: SnapshotList, snapshot: number): string {
  const epoch = epochs[ids.indexOf(snapshot)];
  if (epoch === undefined)
    throw new Error(
      l10n.t('The numbers of that moment are not kept any more; nothing was restored.'),
    );
  return l10n.t('Restore epoch {0}', Number(epoch.toFixed(2)));
}

/** Three significant digits. */
export function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}

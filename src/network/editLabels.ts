/** The names of undo steps: short, and with the place as it is written in the file. */
import type { EditOf, NetworkEdit } from './edit';
import { formatPath } from './network';
import { shortened } from './shortened';
import { formatNumber } from './write';

const labels: { readonly [T in NetworkEdit['type']]: (edit: EditOf<T>) => string } = {
  set: ({ path, value }) => `Set ${formatPath(path)} to ${shortened(JSON.stringify(value), 40)}`,
  unset: ({ path }) => `Remove ${formatPath(path)}`,
  insert: ({ path, index }) => `Insert ${formatPath([...path, index])}`,
  remove: ({ path, index }) => `Remove ${formatPath([...path, index])}`,
  setUnits: ({ layer, units }) => `Set units of layers[${layer}] to ${units}`,
  setActivation: ({ layer, activation }) => `Set activation of layers[${layer}] to ${activation}`,
  addLayer: ({ layer }) => `Insert ${described(layer)}`,
  removeLayer: ({ layer }) => `Remove layers[${layer}]`,
  removeLayers: ({ layers }) => `Remove ${listed(layers)}`,
  moveLayers: ({ layers, to }) => `Move ${listed(layers)} ${placed(layers, to)}`,
  copyLayers: ({ layers }) => `Duplicate ${listed(layers)}`,
  insertLayers: ({ layers }) =>
    layers.length === 1 ? `Paste ${described(layers[0])}` : `Paste ${layers.length} layers`,
  addMerge: ({ merge, sources }) => `Insert ${merge} of ${listed(sources)}`,
  setSources: ({ layer, sources }) => `Connect layers[${layer}] with ${listed(sources)}`,
  setParameter: ({ layer, kind, row, column, value }) => {
    const place = kind === 'weight' ? ['weights', row, column] : ['bias', row];
    const number = Number.isFinite(value) ? formatNumber(value) : String(value);
    return `Set ${kind} ${formatPath(['layers', layer, ...place])} to ${number}`;
  },
  setInputs: ({ size }) => `Set inputs to ${size}`,
  several: ({ label }) => label,
  setParameters: ({ label }) => label,
  setSeed: ({ seed }) => `Set seed to ${seed}`,
};

/** The name of the undo step: `Insert dense 4 sigmoid`. */
export function editLabel(edit: NetworkEdit): string {
  return (labels[edit.type] as (edit: NetworkEdit) => string)(edit);
}

function described(layer: EditOf<'addLayer'>['layer']): string {
  return [layer.type, layer.units, layer.activation]
    .filter(word => typeof word === 'string' || typeof word === 'number')
    .join(' ');
}

/** `layers[0] and layers[2]`; more than three are counted. */
function listed(layers: readonly number[]): string {
  const names = [...new Set(layers)]
    .sort((a, b) => a - b)
    .map(layer => (layer < 0 ? 'input' : `layers[${layer}]`));
  if (names.length > 3) return `${names.length} layers`;
  const last = names.at(-1) ?? 'nothing';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Where layers go, as one sees it before. */
function placed(layers: readonly number[], to: number): string {
  return to > Math.max(...layers) ? `behind layers[${to - 1}]` : `before layers[${to}]`;
}

/** Checks of the edits that a webview asks for. */
import type { NetworkEdit } from '../network/edit';
import type { ActivationName } from '../network/network';
import { activations } from '../network/vocabulary';
import {
  asJson,
  asObject,
  asPath,
  fields,
  finite,
  index,
  integer,
  integers,
  list,
  member,
  text,
  unexpected,
} from './messageShapes';
import type { Fields } from './messageShapes';

/** The edits that a person makes; all parameters at once are written by runs alone. */
export type GestureEdit = Exclude<NetworkEdit, { type: 'setParameters' }>;

type EditChecks = {
  readonly [T in GestureEdit['type']]: (
    fields: Fields,
    levels: number,
  ) => Extract<GestureEdit, { type: T }>;
};

const edits: EditChecks = {
  set: f => ({ type: 'set', path: asPath(f['path']), value: asJson(f['value']) }),
  unset: f => ({ type: 'unset', path: asPath(f['path']) }),
  insert: f => ({
    type: 'insert',
    path: asPath(f['path']),
    index: index(f, 'index'),
    value: asJson(f['value']),
  }),
  remove: f => ({ type: 'remove', path: asPath(f['path']), index: index(f, 'index') }),
  setUnits: f => ({
    type: 'setUnits',
    layer: index(f, 'layer'),
    units: integer(f, 'units', 1),
  }),
  setActivation: f => ({
    type: 'setActivation',
    layer: index(f, 'layer'),
    activation: asActivation(f['activation'], 'activation'),
  }),
  addLayer: f => ({ type: 'addLayer', index: index(f, 'index'), layer: asObject(f['layer']) }),
  removeLayer: f => ({ type: 'removeLayer', layer: index(f, 'layer') }),
  removeLayers: f => ({ type: 'removeLayers', layers: integers(f, 'layers', 0) }),
  moveLayers: f => ({
    type: 'moveLayers',
    layers: integers(f, 'layers', 0),
    to: index(f, 'to'),
  }),
  copyLayers: f => ({
    type: 'copyLayers',
    layers: integers(f, 'layers', 0),
    to: index(f, 'to'),
  }),
  insertLayers: f => ({
    type: 'insertLayers',
    index: index(f, 'index'),
    layers: list(f, 'layers').map(layer => asObject(layer)),
  }),
  addMerge: f => ({
    type: 'addMerge',
    index: index(f, 'index'),
    merge: oneOf(f, 'merge', ['add', 'concat']),
    sources: integers(f, 'sources', -1),
  }),
  setSources: f => ({
    type: 'setSources',
    layer: index(f, 'layer'),
    sources: integers(f, 'sources', -1),
  }),
  // The parameters of a layer that has none in the file are the run's: a page does not tell them.
  setParameter: f => ({
    type: 'setParameter',
    layer: index(f, 'layer'),
    kind: oneOf(f, 'kind', ['weight', 'bias']),
    row: index(f, 'row'),
    column: index(f, 'column'),
    value: finite(f, 'value'),
  }),
  setInputs: f => ({
    type: 'setInputs',
    size: integer(f, 'size', 1),
    ...(f['names'] !== undefined && {
      names: list(f, 'names').map(name => text({ name }, 'name')),
    }),
  }),
  several: (f, levels) => ({
    type: 'several',
    label: text(f, 'label'),
    edits: list(f, 'edits').map(edit => asEdit(edit, levels)),
  }),
  setSeed: f => ({ type: 'setSeed', seed: index(f, 'seed') }),
};

/** Several edits within several others. */
const MOST_LEVELS = 8;

export function asEdit(value: unknown, levels = MOST_LEVELS): GestureEdit {
  const f = fields(value, 'edit');
  if (levels === 0)
    throw unexpected('edit', `at most ${MOST_LEVELS} edits within each other`, f['type']);
  const check = member<(fields: Fields, levels: number) => GestureEdit>(edits, f['type'], 'edit');
  return check(f, levels - 1);
}

export function asActivation(value: unknown, what: string): ActivationName {
  member(activations, value, what);
  return value as ActivationName;
}

function oneOf<T extends string>(f: Fields, name: string, known: readonly T[]): T {
  const found = known.find(word => word === f[name]);
  if (found !== undefined) return found;
  throw unexpected(name, `one of ${known.join(', ')}`, f[name]);
}

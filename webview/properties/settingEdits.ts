/**
 * The edits that forms make: one of a person's actions is one edit, so that one undo takes it back. Pure.
 */
import type { JsonValue, NetworkEdit } from '../../src/network/edit';
import { hasMatrix } from '../../src/network/layerTypes';
import { partners } from '../../src/network/lossPairs';
import { formatPath } from '../../src/network/network';
import type {
  ActivationName,
  InitializerName,
  JsonPath,
  LossName,
  Network,
  OptimizerName,
  ParameterLayer,
  ScheduleName,
} from '../../src/network/network';
import { initializers, optimizers, schedules } from '../../src/network/vocabulary';
import { format } from '../numbers';
import { text } from '../strings';
import { isShorthand, valueAt, type Written } from './settingForm';

const set = (path: JsonPath, value: JsonValue): NetworkEdit => ({ type: 'set', path, value });
const unset = (path: JsonPath): NetworkEdit => ({ type: 'unset', path });

/** One edit as it is, several under a name. */
export function together(label: string, edits: readonly NetworkEdit[]): NetworkEdit | undefined {
  return edits.length > 1 ? { type: 'several', label, edits } : edits[0];
}

/** Writes a value at its path; undefined where it is the value already. */
export function setEdit(
  { network }: Written,
  path: JsonPath,
  value: JsonValue,
): NetworkEdit | undefined {
  const before = valueAt(network, path);
  const same = JSON.stringify(before) === JSON.stringify(value);
  return same ? undefined : set(path, value);
}

/** The settings of a group that stand in the text. */
function membersOf({ written }: Written, owner: JsonPath): readonly string[] {
  const start = `${formatPath(owner)}.`;
  return [...written]
    .filter(path => path.startsWith(start) && !path.slice(start.length).includes('.'))
    .map(path => path.slice(start.length));
}

/** Groups that may be left out of the file: an empty one says nothing. */
const optionalGroups: ReadonlySet<string> = new Set([
  'optimizer',
  'schedule',
  'clip',
  'init',
  'stop',
  'split',
  'loss',
  'regularization',
  'training',
]);

/** Leaves a setting to its default; groups that would stay behind empty go with it. */
export function resetEdit(form: Written, path: JsonPath): NetworkEdit {
  const owner = path.slice(0, -1);
  const group = owner[owner.length - 1];
  if (typeof group !== 'string' || !optionalGroups.has(group)) return unset(path);
  if (isShorthand(form.written, owner)) return resetEdit(form, owner);
  const others = membersOf(form, owner).filter(key => key !== path[path.length - 1]);
  return others.length === 0 ? resetEdit(form, owner) : unset(path);
}

/**
 * Chooses what a group is (`optimizer`, `init`): settings that the new one does not read are dropped, those
 * that it reads stay where a person has written them.
 */
function chooseType(
  form: Written,
  owner: JsonPath,
  type: string,
  settings: readonly string[],
  label: string,
): NetworkEdit | undefined {
  const members = membersOf(form, owner);
  const isPlain = isShorthand(form.written, owner) || !form.written.has(formatPath(owner));
  if (isPlain) return set(owner, type);
  const dropped = members.filter(key => key !== 'type' && !settings.includes(key));
  return together(label, [
    set([...owner, 'type'], type),
    ...dropped.map(key => unset([...owner, key])),
  ]);
}

/**
 * Another optimizer. A learning rate that was written by hand stays (the label says so); one that was left to
 * the default becomes the default of the new optimizer.
 */
export function chooseOptimizer(form: Written, type: OptimizerName): NetworkEdit | undefined {
  const { optimizer } = form.network.training;
  if (optimizer.type === type) return undefined;
  const label = keepsRate(form)
    ? text('undo.useKeepRate', type, format(optimizer.learningRate))
    : text('undo.use', type);
  const owner = ['training', 'optimizer'];
  return chooseType(form, owner, type, optimizers[type].settings, label);
}

/** Another course of the learning rate. */
export function chooseSchedule(form: Written, type: ScheduleName): NetworkEdit | undefined {
  if (form.network.training.schedule.type === type) return undefined;
  const owner = ['training', 'schedule'];
  return chooseType(form, owner, type, schedules[type].settings, text('undo.use', type));
}

/** A limit of gradients, instead of the other one. */
export function clipEdit(
  form: Written,
  key: 'norm' | 'value',
  limit: JsonValue,
): NetworkEdit | undefined {
  const path: JsonPath = ['training', 'clip', key];
  const other: JsonPath = ['training', 'clip', key === 'norm' ? 'value' : 'norm'];
  const edit = setEdit(form, path, limit);
  const replaces = edit && limit !== null && form.written.has(formatPath(other));
  return replaces ? together(text('undo.clip', key), [edit, unset(other)]) : edit;
}

/** Leaves the optimizer, the schedule or the initializer to the default one, which then keeps what it reads. */
export function resetType(
  form: Written,
  owner: JsonPath,
  settings: readonly string[],
): NetworkEdit | undefined {
  const path = [...owner, 'type'];
  const others = membersOf(form, owner).filter(key => key !== 'type');
  const dropped = others.filter(key => !settings.includes(key));
  if (dropped.length === others.length) return resetEdit(form, owner);
  return together(text('undo.remove', formatPath(path)), [
    unset(path),
    ...dropped.map(key => unset([...owner, key])),
  ]);
}

/** Whether the learning rate stands in the text, so that another optimizer keeps it. */
export function keepsRate({ written }: Written): boolean {
  return written.has('training.optimizer.learningRate');
}

export function chooseInitializer(
  form: Written,
  layer: number,
  type: InitializerName,
): NetworkEdit | undefined {
  const current = form.network.layers[layer];
  if (!current || !hasMatrix(current) || current.init.type === type) return undefined;
  const owner = ['layers', layer, 'init'];
  return chooseType(form, owner, type, initializers[type].settings, text('undo.draw', type));
}

/** The output activation that a loss would bring with it; undefined where the present one will do. */
export function partnerToCome(network: Network, loss: LossName): ActivationName | undefined {
  const partner = partners[loss];
  return partner === network.layers[network.layers.length - 1].activation ? undefined : partner;
}

/** Another loss; one that is computed together with an output activation brings it along. */
export function chooseLoss(form: Written, loss: LossName): NetworkEdit | undefined {
  const { network, written } = form;
  if (network.loss.type === loss) return undefined;
  const activation = partnerToCome(network, loss);
  const last = network.layers.length - 1;
  const half = written.has('loss.half') && loss !== 'meanSquaredError';
  return together(activation ? text('undo.useWith', loss, activation) : text('undo.use', loss), [
    ...(activation ? [{ type: 'setActivation', layer: last, activation } as const] : []),
    set(['loss', 'type'], loss),
    ...(half ? [unset(['loss', 'half'])] : []),
  ]);
}

/** Another name of a layer: those that take its values follow. Undefined where nothing changes. */
export function renameEdit(network: Network, layer: number, id: string): NetworkEdit | undefined {
  const before = network.layers[layer].id;
  if (before === id) return undefined;
  const followers = network.layers.flatMap(({ from }, index) =>
    before !== undefined && from?.includes(before)
      ? [
          set(
            ['layers', index, 'from'],
            from.map(name => (name === before ? id : name)),
          ),
        ]
      : [],
  );
  return together(text('undo.name', `layers[${layer}]`, id), [
    set(['layers', layer, 'id'], id),
    ...followers,
  ]);
}

/** The layers that call a layer by its name. */
export function followersOf(network: Network, layer: number): readonly number[] {
  const { id } = network.layers[layer];
  return network.layers.flatMap(({ from }, index) =>
    id !== undefined && from?.includes(id) ? [index] : [],
  );
}

/**
 * Another shape of the input. As many inputs as before are only arranged anew; another number of inputs also
 * changes names and the weights of the layers that take it.
 */
export function shapeEdit(network: Network, shape: readonly number[]): NetworkEdit | undefined {
  const size = productOf(shape);
  const same = size === productOf(network.input.shape);
  if (same) return setEdit({ network, written: new Set() }, ['input', 'shape'], shape);
  return together(text('undo.inputs', size), [
    { type: 'setInputs', size },
    ...(shape.length > 1 ? [set(['input', 'shape'], shape)] : []),
  ]);
}

export const productOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** The same setting of several layers with weights; each gets what it does not have yet. */
export function setInLayers(
  form: Written,
  layers: readonly number[],
  key: 'useBias' | 'learningRateScale',
  value: JsonValue,
): NetworkEdit | undefined {
  const edits = layers.flatMap(layer => setEdit(form, ['layers', layer, key], value) ?? []);
  return together(text('undo.several', key, edits.length, JSON.stringify(value)), edits);
}

export function activateLayers(
  network: Network,
  layers: readonly number[],
  activation: ActivationName,
): NetworkEdit | undefined {
  const edits = layers
    .filter(layer => network.layers[layer].activation !== activation)
    .map(layer => ({ type: 'setActivation', layer, activation }) as const);
  return together(text('undo.several', 'activation', edits.length, activation), edits);
}

export function initializeLayers(
  form: Written,
  layers: readonly number[],
  type: InitializerName,
): NetworkEdit | undefined {
  const edits = layers.flatMap(layer => {
    const edit = chooseInitializer(form, layer, type);
    return edit ? [edit] : [];
  });
  return together(text('undo.drawSeveral', edits.length, type), edits);
}

/** Those of some layers that have weights. */
export function weightedAmong(network: Network, layers: readonly number[]): readonly number[] {
  return layers.filter(layer => hasMatrix(network.layers[layer]));
}

/** What all of some values are; undefined where they differ. */
export function common<T>(values: readonly T[]): T | undefined {
  return values.every(value => value === values[0]) ? values[0] : undefined;
}

export function initializerOf(network: Network, layer: number): InitializerName {
  return (network.layers[layer] as ParameterLayer).init.type;
}

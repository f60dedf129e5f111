/**
 * What a drop will do, said before it is done: the edit, its sentence, or why it cannot be. Pure.
 *
 * The same sentences serve the pointer (label at the slot), the keyboard (spoken) and the choosers.
 */
import type { JsonValue, NetworkEdit } from '../../src/network/edit';
import { isMergeType, layerTraits } from '../../src/network/layerTypes';
import { partners, usualLoss } from '../../src/network/lossPairs';
import type { ActivationName, LossName } from '../../src/network/network';
import { listed } from '../punctuation';
import { text } from '../strings';
import { newDense, newMerge, newShaped } from './arrivals';
import type { PaletteItem } from './contract';
import { inserted, moved, NEW, sourcesAt, type Row } from './structure';
import { placeWords, refused, verdict, type Consequence } from './verdict';
import type { World } from './world';

/** What is being dragged onto a slot or a layer. */
export type Dragged =
  | { readonly type: 'item'; readonly item: PaletteItem }
  | { readonly type: 'layers'; readonly layers: readonly number[]; readonly copy: boolean }
  | { readonly type: 'port'; readonly layer: number };

/** Where it may be dropped. */
export type DropPlace =
  | { readonly type: 'slot'; readonly index: number }
  | { readonly type: 'layer'; readonly layer: number };

/** What was foreseen of the thing that is being dragged, by place: a drag asks for all of them at each move. */
interface Foreseen {
  readonly dragged: string;
  readonly at: Map<string, Consequence | undefined>;
}

const foreseen = new WeakMap<World, Foreseen>();

/** Undefined: the thing is not dropped onto such places at all. The same question gets the same object. */
export function consequence(
  world: World,
  dragged: Dragged,
  place: DropPlace,
): Consequence | undefined {
  const [thing, where] = [JSON.stringify(dragged), JSON.stringify(place)];
  let known = foreseen.get(world);
  if (known?.dragged !== thing) {
    known = { dragged: thing, at: new Map() };
    foreseen.set(world, known);
  }
  if (!known.at.has(where)) known.at.set(where, foresee(world, dragged, place));
  return known.at.get(where);
}

function foresee(world: World, dragged: Dragged, place: DropPlace): Consequence | undefined {
  if (dragged.type === 'layers')
    return place.type === 'slot' ? layersToSlot(world, dragged, place.index) : undefined;
  if (dragged.type === 'port')
    return place.type === 'layer' ? connection(world, dragged.layer, place.layer) : undefined;
  const { item } = dragged;
  if (place.type === 'layer') {
    if (item.type === 'activation') return activationOf(world, item.activation, place.layer);
    return item.type === 'output' ? outputOf(world, item.purpose, place.layer) : undefined;
  }
  if (item.type === 'layer') return newDense(world, item, place.index);
  if (item.type === 'shaped') return newShaped(world, item.layer, place.index);
  return item.type === 'merge' ? newMerge(world, item.merge, place.index) : undefined;
}

/** Whether it goes into slots or onto layers. */
export function goesTo(dragged: Dragged): DropPlace['type'] {
  if (dragged.type === 'layers') return 'slot';
  if (dragged.type === 'port') return 'layer';
  return dragged.item.type === 'activation' || dragged.item.type === 'output' ? 'layer' : 'slot';
}

function layersToSlot(
  world: World,
  { layers, copy }: { readonly layers: readonly number[]; readonly copy: boolean },
  to: number,
): Consequence {
  const { rows } = world.structure;
  const ordered = [...layers].sort((a, b) => a - b);
  const names = listed(ordered.map(world.title));
  if (copy) {
    const copies = ordered.map((layer, i): Row => ({ ...rows[layer], key: NEW + i }));
    const says = text('design.copyTo', names, placeWords(world, to));
    const select = ordered.map((_, i) => to + i);
    const edit = { type: 'copyLayers', layers: ordered, to } as const;
    return verdict(world, inserted(rows, copies, to), edit, says, select);
  }
  const next = moved(rows, ordered, to);
  if (next.every(({ key }, i) => key === rows[i].key)) return refused(text('design.why.same'));
  const first = next.findIndex(({ key }) => key === ordered[0]);
  const select = ordered.map((_, i) => first + i);
  const says = text('design.moveTo', names, placeWords(world, to));
  return verdict(world, next, { type: 'moveLayers', layers: ordered, to }, says, select);
}

/** A new source of a merge, the one source of any other layer; a merge that has it already gives it up. */
function connection(world: World, source: number, layer: number): Consequence {
  const { rows } = world.structure;
  if (layer < 0) return refused(text('design.why.input'));
  const { type } = rows[layer];
  const now = sourcesAt(rows, layer);
  const [from, to] = [world.title(source), world.title(layer)];
  let sources: readonly number[] = [source];
  let says = text('design.connect', from, to);
  if (isMergeType(type)) {
    const has = now.includes(source);
    if (has && now.length < 3) return refused(text('design.why.already', to, from));
    sources = has ? now.filter(each => each !== source) : [...now, source];
    says = text(has ? 'design.disconnect' : 'design.connectMore', from, to);
  } else if (now[0] === source) return refused(text('design.why.already', to, from));
  const next = rows.map((row, i) => (i === layer ? { ...row, from: sources } : row));
  return verdict(world, next, { type: 'setSources', layer, sources }, says, [layer]);
}

/** Another activation; at the output also another loss where the loss cannot go with it. */
export function activationOf(world: World, activation: string, layer: number): Consequence {
  if (layer < 0) return refused(text('design.why.inputActivation'));
  const { network, title, judged } = world;
  const name = activation as ActivationName;
  const { type } = network.layers[layer];
  if (!layerTraits[type].hasActivation)
    return refused(text('design.why.noActivation', title(layer), type));
  if (network.layers[layer].activation === name)
    return refused(text('design.why.has', title(layer), name));
  const last = layer === network.layers.length - 1;
  if (name === 'softmax' && !last) return refused(text('design.why.softmaxLast'));
  const partner = partners[network.loss.type];
  const changesLoss = last && partner !== undefined && partner !== name;
  const loss = usualLoss(name, judged.shapes.get(layer)?.units);
  const says = [text('design.activation', title(layer), name)];
  if (changesLoss) says.push(text('design.loss', loss));
  return {
    possible: true,
    edit: { type: 'setActivation', layer, activation: name },
    says: says.join(' · '),
    select: [layer],
  };
}

type Purpose = Extract<PaletteItem, { type: 'output' }>['purpose'];

export const purposes: {
  readonly [P in Purpose]: { readonly activation: ActivationName; readonly loss: LossName };
} = {
  regression: { activation: 'linear', loss: 'meanSquaredError' },
  binary: { activation: 'sigmoid', loss: 'binaryCrossEntropy' },
  classes: { activation: 'softmax', loss: 'crossEntropy' },
};

/** Fewer outputs are no choice between classes. */
const LEAST_CLASSES = 2;

function outputOf(world: World, purpose: Purpose, layer: number): Consequence {
  const { network, judged, title } = world;
  const last = network.layers.length - 1;
  if (layer !== last) return refused(text('design.why.onlyOutput', title(last)));
  const { activation, loss } = purposes[purpose];
  const one = purpose === 'classes' && (judged.shapes.get(layer)?.units ?? NaN) < LEAST_CLASSES;
  // The data decide how many outputs there are, sources how many a merge has; a dense layer alone is free.
  const grows = one && !network.data && network.layers[last].type === 'dense';
  if (one && !grows) return refused(text('design.why.oneClass', title(layer)));
  const { type } = network.layers[last];
  if (!layerTraits[type].hasActivation && activation !== 'linear')
    return refused(text('design.why.noActivation', title(last), type));
  if (network.layers[last].activation === activation && network.loss.type === loss)
    return refused(text('design.why.has', title(layer), listed([activation, loss])));
  const set = (path: readonly (string | number)[], value: JsonValue): NetworkEdit => ({
    type: 'set',
    path,
    value,
  });
  const edits = [set(['layers', last, 'activation'], activation), set(['loss', 'type'], loss)];
  const name = text(`palette.${purpose}`);
  const select = [layer];
  if (!grows) {
    const label = text('design.label.purpose', name, activation, loss);
    const says = text('design.purpose', title(layer), activation, loss);
    return { possible: true, edit: { type: 'several', label, edits }, says, select };
  }
  const label = text('design.label.purposeUnits', name, activation, LEAST_CLASSES, loss);
  const says = text('design.purposeUnits', title(layer), activation, LEAST_CLASSES, loss);
  const grown: NetworkEdit = { type: 'setUnits', layer, units: LEAST_CLASSES };
  return {
    possible: true,
    edit: { type: 'several', label, edits: [grown, ...edits] },
    says,
    select,
  };
}

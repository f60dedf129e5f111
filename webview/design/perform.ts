/** Does what a key, a menu or a palette's button asks for: one command, one edit, one announcement. */
import type { Target } from '../../src/engine/facts';
import type { NetworkEdit } from '../../src/network/edit';
import { namesOf, parametersText, spoken } from '../canvas/names';
import { listed } from '../punctuation';
import { text } from '../strings';
import { range } from './clicks';
import { consequence, type Dragged } from './consequences';
import type { Consequence } from './verdict';
import type { PaletteItem } from './contract';
import { changes, type DesignCommand } from './keys';
import { doneWords } from './quietLine';
import { resizing } from './resizing';
import type { DesignSession } from './session';

type Doer = (session: DesignSession) => void;

const doers: { readonly [C in DesignCommand]: Doer } = {
  insertAfter: session => insert(session, 1),
  insertBefore: session => insert(session, 0),
  moveLeft: session => move(session, -1),
  moveRight: session => move(session, 1),
  more: session => units(session, 1),
  fewer: session => units(session, -1),
  remove,
  copy: session =>
    withLayers(session, layers => {
      void session.controller.copyLayers(layers);
      session.say(text('speak.copied', titles(session, layers)));
    }),
  cut: session =>
    withLayers(session, layers => {
      const words = text('speak.cut', titles(session, layers));
      void session.controller
        .cutLayers(layers)
        .then(({ applied }) => applied && session.say(words));
    }),
  paste: session => {
    const { world, layer } = session;
    const index = world ? afterLayer(session, layer) : 0;
    void session.controller
      .pasteLayers(index)
      .then(({ applied }) => applied && session.say(text('speak.pasted', session.title(index))));
  },
  duplicate: session =>
    withLayers(session, layers => {
      const to = (layers.at(-1) ?? 0) + 1;
      drop(session, { type: 'layers', layers, copy: true }, { type: 'slot', index: to });
    }),
  activation: session =>
    withLayers(session, layers => session.open({ type: 'activation', layers })),
  connect: session => {
    const { layer } = session;
    if (layer === undefined) return session.tell(text('design.why.noLayer'));
    startConnecting(session, layer);
  },
  editNumber: session => {
    const place = session.surface.place ?? session.controller.store.state.show.selection;
    if (place?.type === 'weight' || place?.type === 'bias') void editNumber(session, place);
    else session.tell(text('design.why.noNumber'));
  },
  selectAll: session => {
    const layers = range(0, (session.world?.network.layers.length ?? 1) - 1);
    selectLayers(session, layers, layers.at(-1));
  },
  extendLeft: session => extend(session, -1),
  extendRight: session => extend(session, 1),
  goTo: session => session.open({ type: 'goTo' }),
  fit: ({ surface }) => surface.fit(),
  zoomIn: ({ surface }) => surface.zoomBy(1.25),
  zoomOut: ({ surface }) => surface.zoomBy(0.8),
  help: session => session.open({ type: 'help' }),
};

/** A command that changes something is refused with a sentence while nothing may be changed. */
export function perform(session: DesignSession, command: DesignCommand): void {
  const { locked } = session;
  if (changes(command) && locked !== undefined) return session.tell(locked);
  doers[command](session);
}

/** An edit, and once it is made its sentence. A refused one is shown and spoken as a notice. */
export async function edit(
  session: DesignSession,
  change: NetworkEdit,
  says: string,
  select?: readonly number[],
): Promise<void> {
  const result = await session.controller.edit(change, select);
  if (!result.applied) return session.say(result.message);
  session.say(doneWords(session.controller, says));
}

/** Does what a drop would do, or says why not. */
export function drop(
  session: DesignSession,
  dragged: Dragged,
  place: Parameters<typeof consequence>[2],
): void {
  const { world } = session;
  make(session, world && consequence(world, dragged, place));
}

export function make(session: DesignSession, found: Consequence | undefined): void {
  if (!found) return;
  if (found.possible) void edit(session, found.edit, found.says, found.select);
  else refuse(session, found.why);
}

function refuse(session: DesignSession, why: string): void {
  const words = text('design.forbidden', why);
  session.controller.complain(words);
  session.say(words);
}

/** A click on a palette's item: after the selected layer, before the output when none is, or onto it. */
export function use(session: DesignSession, item: PaletteItem): void {
  const { locked, world } = session;
  if (locked !== undefined) return refuse(session, locked);
  if (!world) return;
  const last = world.network.layers.length - 1;
  const chosen = chosenLayer(session);
  const dragged = { type: 'item', item } as const;
  if (item.type === 'output') return drop(session, dragged, { type: 'layer', layer: last });
  if (item.type === 'activation')
    return drop(session, dragged, { type: 'layer', layer: chosen ?? last });
  drop(session, dragged, { type: 'slot', index: afterLayer(session, chosen) });
}

/** What a person selected, as a layer. */
export function chosenLayer({ controller }: DesignSession): number | undefined {
  const { selection } = controller.store.state.show;
  return selection && 'layer' in selection ? selection.layer : undefined;
}

/** Where a new layer goes: after this one; before the output where there is none or it is the output itself. */
export function afterLayer({ world }: DesignSession, layer: number | undefined): number {
  const last = (world?.network.layers.length ?? 1) - 1;
  return layer === undefined || layer >= last ? last : layer + 1;
}

function titles({ world }: DesignSession, layers: readonly number[]): string {
  return listed(layers.map(layer => world?.title(layer) ?? ''));
}

function withLayers(session: DesignSession, act: (layers: readonly number[]) => void): void {
  const { layers } = session;
  if (layers.length === 0) session.tell(text('design.why.noLayer'));
  else act(layers);
}

function insert(session: DesignSession, by: 0 | 1): void {
  const { world, layer = -1 } = session;
  if (!world) return;
  const index = Math.max(0, by === 1 ? afterLayer(session, layer) : layer);
  session.open({ type: 'insert', index, at: session.beside(by === 1 ? index - 1 : layer) });
}

function move(session: DesignSession, by: -1 | 1): void {
  const { world } = session;
  withLayers(session, layers => {
    const [first, last] = [layers[0], layers[layers.length - 1]];
    const count = world?.network.layers.length ?? 0;
    if (by < 0 && first === 0)
      return session.tell(text('design.why.first', world?.title(first) ?? ''));
    if (by > 0 && last === count - 1)
      return session.tell(text('design.why.end', world?.title(last) ?? ''));
    const to = by < 0 ? first - 1 : last + 2;
    drop(session, { type: 'layers', layers, copy: false }, { type: 'slot', index: to });
  });
}

function units(session: DesignSession, by: -1 | 1): void {
  const { world, layer } = session;
  if (!world || layer === undefined) return session.tell(text('design.why.noLayer'));
  if (layer < 0 && world.network.data) return session.tell(text('design.why.data'));
  if (layer < 0 && world.structure.inputImage) return session.tell(text('design.why.inputImage'));
  if (layer >= 0 && world.network.layers[layer].type !== 'dense')
    return session.tell(text('design.why.derived', world.title(layer)));
  const now = world.judged.shapes.get(layer)?.units ?? 1;
  const next = Math.max(1, now + by);
  if (next === now) return;
  const { consequence: found } = resizing(world, layer, next);
  // The selection stays: a key grows the layer where the keyboard stands.
  if (found.possible) void edit(session, found.edit, found.says);
  else refuse(session, found.why);
}

function remove(session: DesignSession): void {
  const { world } = session;
  withLayers(session, layers => {
    if (layers.length === world?.network.layers.length)
      return session.tell(text('design.why.lastLayer'));
    const change: NetworkEdit = { type: 'removeLayers', layers };
    const words = text('speak.removed', titles(session, layers)).replace(/[.。]$/u, '');
    void edit(session, change, words, []);
  });
}

export function selectLayers(
  session: DesignSession,
  layers: readonly number[],
  main: number | undefined,
): void {
  session.controller.store.dispatch({
    type: 'selectLayers',
    layers,
    ...(main !== undefined && { main }),
  });
  if (layers.length === 1) session.say(describeLayer(session, layers[0]));
  else session.say(text('speak.layers', layers.length));
}

/** The selection grows from its other end towards the key. */
function extend(session: DesignSession, by: -1 | 1): void {
  const { layers, world, surface } = session;
  if (!world || layers.length === 0) return session.tell(text('design.why.noLayer'));
  const { selection } = session.controller.store.state.show;
  const main =
    selection?.type === 'layer' && layers.includes(selection.layer) ? selection.layer : layers[0];
  const anchor = main === layers[0] ? (layers.at(-1) ?? main) : layers[0];
  const next = Math.max(0, Math.min(world.network.layers.length - 1, main + by));
  selectLayers(session, range(anchor, next), next);
  surface.goTo({ type: 'layer', layer: next });
}

/** "Layer 2 of 3, dense, 4 neurons, sigmoid. 16 parameters." */
function describeLayer(session: DesignSession, layer: number): string {
  const { world } = session;
  const { document } = session.controller.store.state;
  if (!world || !document?.shapes) return '';
  if (layer < 0) return text('speak.input', document.shapes.inputSize);
  const { type, units: size, activation } = world.network.layers[layer];
  const { parameters } = document.shapes.layers[layer];
  const { length } = world.network.layers;
  return text('speak.layer', layer + 1, length, type, size, activation, parametersText(parameters));
}

export function startConnecting(session: DesignSession, layer: number): void {
  const last = (session.world?.network.layers.length ?? 1) - 1;
  session.connecting = { layer, to: Math.min(last, layer + 1) };
  session.say(text('connect.begin', session.world?.title(layer) ?? ''));
  session.changed();
}

export async function editNumber(
  session: DesignSession,
  target: Extract<Target, { type: 'weight' | 'bias' }>,
): Promise<void> {
  if (session.locked !== undefined) return session.tell(session.locked);
  const value = await session.controller.valueOf(target);
  if (value !== undefined) session.open({ type: 'number', target, value });
}

/** The name of a place, as on its card. */
export function nameOf({ controller }: DesignSession, target: Target): string {
  const { document, notation } = controller.store.state;
  const named = namesOf(document, notation);
  return named ? spoken(named, target) : '';
}

/** From the designer's state to the scene that is painted; keeps the layout while nothing moves. */
import type { ReactiveControllerHost } from 'lit';
import { drawnNeurons } from '../../src/engine/inspect/drawn';
import { hasMatrix } from '../../src/network/layerTypes';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import { exists, type State } from '../store';
import { Repaint } from '../repaint';
import { isHighContrast } from '../theme';
import { isCarrier } from './detail';
import { FanKeeper, hasHiddenConnections } from './fan';
import type { Reach } from './keyboard';
import { margins } from './labels';
import { withoutLegend } from './legend';
import { placeNetwork, type CanvasLayout, type ColumnInput, type Size } from './layout';
import { hasBiases, namesOf, type Named } from './names';
import { NeuronMapKeeper } from './neuronMaps';
import { penFor, scales } from './paint';
import type { Flow } from './related';
import { windowOf, type Scene } from './scene';
import type { Viewport } from './viewport';

export interface Wanted {
  readonly state: State;
  readonly room: Size;
  readonly place: Target | undefined;
  readonly selectedLayers: readonly number[];
  readonly viewport: Viewport;
}

/** What the picture needs of the canvas: numbers, and to be drawn anew. */
export interface PictureHost extends ReactiveControllerHost {
  readonly controller: Controller;
}

export class Picture {
  readonly #fans: FanKeeper;
  readonly #maps: NeuronMapKeeper;
  #layout: { key: string; layout: CanvasLayout } | undefined;
  #flow: { named: string; flow: Flow } | undefined;

  constructor(host: PictureHost) {
    const changed = (): void => host.requestUpdate();
    // How strong ink is depends on the theme.
    new Repaint(host, changed);
    this.#fans = new FanKeeper(request => host.controller.asks.fan(request), changed);
    this.#maps = new NeuronMapKeeper(() => host.controller.asks, changed);
  }

  disconnect(): void {
    this.#maps.disconnect();
  }

  /** Undefined while the document has no network. */
  scene({ state, room, place, selectedLayers, viewport }: Wanted): Scene | undefined {
    const { document, view, show, pointed: target, notation } = state;
    const named = namesOf(document, notation);
    if (!named) return undefined;
    const pointed = target && exists(target, named.shapes) ? target : undefined;
    const layout = this.#place(state, named, withoutLegend(room), focusOf(show.selection, place));
    const activations = named.network.layers.map(({ activation }) => activation);
    return {
      named,
      layout,
      flow: this.#flowOf(named),
      view,
      scales: scales(view, layout, show.edges, show.neurons, activations),
      pen: penFor(Math.max(...layout.edges.map(edges => edges.length)), isHighContrast()),
      edges: show.edges,
      neurons: show.neurons,
      maps: this.#maps.of(state, named),
      pointed,
      selection: show.selection,
      selectedLayers,
      place,
      fan: this.#fan(state, layout, pointed),
      window: windowOf(
        layout,
        -viewport.x / viewport.zoom,
        (room.width - viewport.x) / viewport.zoom,
      ),
    };
  }

  #fan(state: State, layout: CanvasLayout, pointed: Target | undefined): Scene['fan'] {
    const { show, view } = state;
    const target = pointed?.type === 'neuron' ? pointed : show.selection;
    const wanted =
      view && target?.type === 'neuron' && hasHiddenConnections(layout, target.layer)
        ? target
        : undefined;
    return this.#fans.of(wanted, show.scope, show.edges, view);
  }

  /** The same room and the same columns give the same layout object, so that paths are not made anew. */
  #place(state: State, named: Named, room: Size, focus: number): CanvasLayout {
    const columns = named.sizes.map((units, i): ColumnInput => {
      const layer = named.network.layers[i - 1];
      return {
        units,
        shown: state.view?.layers[i]?.shown ?? drawnNeurons(units),
        ...(layer ? { sources: named.sources[i - 1], weighted: hasMatrix(layer) } : {}),
        ...mapsOf(named, i - 1),
        ...(layer && isCarrier(layer.type) ? { merge: layer.type } : {}),
        ...(state.show.biasUnits && layer && hasBiases(layer) ? { biased: true } : {}),
      };
    });
    const aside = margins(named);
    const deep = columns.length > 8 ? focus : -1;
    const key = JSON.stringify([columns, room, aside, deep]);
    if (this.#layout?.key !== key)
      this.#layout = { key, layout: placeNetwork(columns, room, aside, deep) };
    return this.#layout.layout;
  }

  /** One object a structure: what depends on what is remembered with it. */
  #flowOf({ sources, sizes, network }: Named): Flow {
    const merges = network.layers.map(({ type }) => (isCarrier(type) ? type : undefined));
    const key = JSON.stringify([sources, sizes, merges]);
    if (this.#flow?.named !== key) this.#flow = { named: key, flow: { sources, sizes, merges } };
    return this.#flow.flow;
  }
}

/** An image is drawn as its channels, and has no neurons one by one. */
function mapsOf({ shapes, network }: Named, layer: number): Pick<ColumnInput, 'maps'> {
  const { image = shapes.inputImage, window } = shapes.layers[layer] ?? {};
  if (!image || (layer >= 0 && !shapes.layers[layer].image)) return {};
  const isConv = network.layers[layer]?.type === 'conv2d';
  return { maps: { image, ...(isConv && window && { filter: window }) } };
}

/** The layer that a person looks at. */
function focusOf(selection: Target | undefined, place: Target | undefined): number {
  const target = selection && selection.type !== 'loss' ? selection : place;
  return target && target.type !== 'loss' ? target.layer : -1;
}

/** What the keyboard can reach in a scene. */
export function reachOf({ layout, named }: Scene): Reach {
  const { layers } = named.network;
  return {
    rows: layout.columns.map(({ rows }) => rows),
    biases: [false, ...layers.map(hasBiases)],
    sources: named.sources,
    weighted: layers.map(({ type }) => type === 'dense'),
  };
}

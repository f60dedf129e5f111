/** Everything one picture of the canvas is made of; the painters below read it and keep nothing. */
import type { Target } from '../../src/engine/facts';
import type { Fan, NetworkView } from '../../src/protocol';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';
import type { CanvasLayout } from './layout';
import { lighting, type Lit } from './lit';
import type { Named } from './names';
import type { MapPictures } from './neuronMaps';
import type { Pen, Scales } from './paint';
import { relation, sameTarget, type Flow, type Relation } from './related';

export interface Scene {
  readonly named: Named;
  readonly layout: CanvasLayout;
  readonly flow: Flow;
  readonly view: NetworkView | undefined;
  readonly scales: Scales;
  readonly pen: Pen;
  readonly edges: EdgeQuantity;
  readonly neurons: NeuronQuantity;
  /** Pictures that fill the neurons in place of a colour and a number. */
  readonly maps?: MapPictures | undefined;
  /** What is pointed at, by pointer or focus: everything unrelated dims. */
  readonly pointed: Target | undefined;
  readonly selection: Target | undefined;
  /** All selected layers, ascending; the input is never among them. */
  readonly selectedLayers: readonly number[];
  /** Where the keyboard stands: the canvas's one tab stop. */
  readonly place: Target | undefined;
  /** Connections of the neuron that is looked at, where they are not drawn by themselves. */
  readonly fan: Fan | undefined;
  /** While a pass is stepped through. */
  readonly lit?: Lit | undefined;
  /** Depths that are drawn: all, unless the network is very deep. */
  readonly window: { readonly from: number; readonly to: number };
}

/** Columns up to which all are drawn, wherever the picture is panned to. */
const ALL_DRAWN = 240;

/** Depths to draw: those in sight and a screen on either side. `left`, `right` in the picture's pixels. */
export function windowOf(
  { columns, distance }: CanvasLayout,
  left: number,
  right: number,
): Scene['window'] {
  if (columns.length <= ALL_DRAWN) return { from: 0, to: Infinity };
  const start = columns[0].x;
  const [first, last] = [(left - start) / distance, (right - start) / distance];
  const pad = Math.min(last - first, 50);
  return { from: Math.floor(first - pad), to: Math.ceil(last + pad) };
}

export const isDrawn = ({ window, layout }: Scene, layer: number): boolean => {
  const { depth } = layout.columns[layer + 1];
  return depth >= window.from && depth <= window.to;
};

export function related(scene: Scene, part: Target): Relation | undefined {
  return scene.pointed && relation(scene.pointed, part, scene.flow);
}

/** Classes of one part: how it stands to what is pointed at and selected. */
export function standing(scene: Scene, part: Target): string {
  const relation = related(scene, part);
  const classes = `${relation ? ` ${relation}` : ''}${lighting(scene, part)}`;
  return sameTarget(scene.selection, part) ? `${classes} selected` : classes;
}

/** `0` for the one place that Tab reaches. */
export function tabIndex(scene: Scene, part: Target): '0' | '-1' {
  return sameTarget(scene.place, part) ? '0' : '-1';
}

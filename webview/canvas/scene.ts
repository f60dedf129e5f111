/** Everything one picture of the canvas is made of; the painters below read it and keep nothing. */
import type { Target } from '../../src/engine/facts';
import type { NetworkView } from '../../src/protocol';
import type { EdgeQuantity, NeuronQuantity } from '../store';
import type { CanvasLayout } from './layout';
import type { Named } from './names';
import type { Pen, Scales } from './paint';
import { relation, sameTarget } from './related';

export interface Scene {
  readonly named: Named;
  readonly layout: CanvasLayout;
  readonly view: NetworkView | undefined;
  readonly scales: Scales;
  readonly pen: Pen;
  readonly edges: EdgeQuantity;
  readonly neurons: NeuronQuantity;
  /** What is pointed at, by pointer or focus: everything unrelated dims. */
  readonly pointed: Target | undefined;
  readonly selection: Target | undefined;
  /** Where the keyboard stands: the canvas's one tab stop. */
  readonly place: Target | undefined;
}

/** Classes of one part: how it stands to what is pointed at and selected. */
export function standing(scene: Scene, part: Target): string {
  const { pointed, selection, named } = scene;
  const related = pointed ? ` ${relation(pointed, part, named.sizes.length - 1)}` : '';
  return sameTarget(selection, part) ? `${related} selected` : related;
}

/** `0` for the one place that Tab reaches. */
export function tabIndex(scene: Scene, part: Target): '0' | '-1' {
  return sameTarget(scene.place, part) ? '0' : '-1';
}

/** What is written inside a neuron: its value and, where the notation counts through the network, its number. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { PlacedNeuron } from './layout';
import { standing, type Scene } from './scene';

/** From this radius on there is room for a value inside, and for a number of two digits alone. */
export const ROOM_FOR_NUMBER = 13;
export const ROOM_FOR_INDEX = 9;
/** For both, one above the other. */
const ROOM_FOR_BOTH = 16;
/** Below this radius a value is written smaller: four characters would touch the rim. */
const ROOM_FOR_LARGE = 16;
/** Pixels from the middle of the neuron to the middle of each line. */
const INDEX_ABOVE = 8;
const VALUE_BELOW = 4;

/** Pixels of the middles of both lines below that of the neuron; a line that has no room has none. */
export interface Insides {
  readonly value: number | undefined;
  readonly index: number | undefined;
}

/**
 * By the radius alone, so that nothing moves when a value comes. Where there is no room for both, the value stands
 * alone; where there is none for a value, the number does.
 *
 * @param counts whether the neuron's number is wanted
 * @param onMap whether the neuron is filled with a picture: its middle stays free
 */
export function insidesOf(radius: number, counts: boolean, onMap: boolean): Insides {
  const both = counts && radius >= ROOM_FOR_BOTH;
  const alone = counts && !onMap && radius >= ROOM_FOR_INDEX && radius < ROOM_FOR_NUMBER;
  return {
    value: onMap || radius < ROOM_FOR_NUMBER ? undefined : both ? VALUE_BELOW : 0,
    index: both ? -INDEX_ABOVE : alone ? 0 : undefined,
  };
}

/** How a value is written: `long` has more than four characters, as in −2e−6. */
export function numberClass(radius: number, { length }: string): string {
  return `number${radius < ROOM_FOR_LARGE ? ' close' : ''}${length > 4 ? ' long' : ''}`;
}

/** Beside the neuron's own group, and silent: the neuron's name has the number already. */
export function paintIndex(
  scene: Scene,
  target: Extract<Target, { type: 'neuron' }>,
  { x, y }: PlacedNeuron,
  below: number | undefined,
): TemplateResult | typeof nothing {
  if (below === undefined) return nothing;
  const { layer, row } = target;
  const onMap = scene.maps?.(layer, row) ? ' on-map' : '';
  return svg`<text class="index${onMap}${standing(scene, target)}" aria-hidden="true"
    data-index="${layer}-${row}" x=${x} y=${y + below} dy="0.36em">${scene.named.context.names.neuronNumber(layer, row)}</text>`;
}

/** The names beside inputs and outputs: what they say, and how wide they are. */
import { drawnNeurons } from '../../src/engine/inspect/drawn';
import { shortened } from '../../src/network/shortened';
import { format } from '../numbers';
import { text } from '../strings';
import { IMAGE_HALF } from './columns';
import { roomForPicture } from './inputPicture';
import { type CanvasLayout, type PlacedNeuron } from './layout';
import { inputName, neuronName, outputName, type Named } from './names';
import { targetValue } from './paint';
import type { Scene } from './scene';
import { textWidth } from './textWidth';

const NAME_LENGTH = 18;
/** Pixels of a digit of 11 pixels. */
const DIGIT = 6.7;
const ROOM_FOR_TWO_LINES = 30;
const LINE = 13;

export interface Label {
  /** '' where there is none. */
  readonly name: string;
  readonly target: string;
}

/** Inputs carry their feature's name, outputs their class and, for a sample, what they should have been. */
export function labelOf(
  { named, layout, view }: Scene,
  layer: number,
  { row, slot }: PlacedNeuron,
): Label {
  const isOutput = layer === layout.columns.length - 2;
  const name = shortened(neuronName(named, layer, row) ?? '', NAME_LENGTH);
  const goal = isOutput ? targetValue(view, slot) : NaN;
  const shown = !Number.isNaN(goal) && (name === '' || layout.spacing >= ROOM_FOR_TWO_LINES);
  return { name, target: shown ? text('canvas.target', format(goal)) : '' };
}

/** Where lines would touch, only every second or third name stands. */
export function isLabelled({ spacing }: CanvasLayout, index: number): boolean {
  return index % Math.ceil(LINE / spacing) === 0;
}

export function labelWidth(scene: Scene, layer: number, neuron: PlacedNeuron): number {
  const { name, target } = labelOf(scene, layer, neuron);
  return Math.max(textWidth(name), textWidth(target, DIGIT));
}

/** Widths that the longest labels can have, whatever the sample: so the picture stands still. */
export function margins(named: Named): { left: number; right: number } {
  const { sizes, network, shapes } = named;
  const widest = (units: number, name: (row: number) => string | undefined): number =>
    drawnNeurons(units)
      .map(row => textWidth(shortened(name(row) ?? '', NAME_LENGTH)))
      .reduce((most, each) => Math.max(most, each), 0);
  const isClass =
    network.loss.type.endsWith('CrossEntropy') || network.loss.type === 'crossEntropy';
  const target = network.data ? text('canvas.target', isClass ? '0' : '−0.08832') : '';
  const names = Math.max(
    widest(sizes[0], row => inputName(named, row)),
    16,
  );
  return {
    left: shapes.inputImage ? IMAGE_HALF : names + roomForPicture(named),
    right: Math.max(
      widest(sizes[sizes.length - 1], row => outputName(named, row)),
      textWidth(target, DIGIT),
    ),
  };
}

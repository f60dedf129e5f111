/** Paints neurons with their biases and names, the captions of layers, and the loss. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { format, tiny } from '../numbers';
import { text } from '../strings';
import type { Column, PlacedNeuron } from './layout';
import { caption, neuronName, spoken, testId } from './names';
import { biasValue, ink, neuronValue, targetValue } from './paint';
import { standing, tabIndex, type Scene } from './scene';

/** From this radius on there is room for a number inside. */
const ROOM_FOR_NUMBER = 13;
const ROOM_FOR_TWO_LINES = 30;
const NAME_LENGTH = 18;

export function paintColumns(scene: Scene): TemplateResult {
  return svg`${scene.layout.columns.map(
    column => svg`<g>
      ${column.neurons.map(neuron => paintNeuron(scene, column, neuron))}
      ${column.gap ? paintGap(column, column.gap) : nothing}
      ${paintCaption(scene, column)}
    </g>`,
  )}`;
}

function paintNeuron(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult {
  const { radius } = scene.layout;
  const target: Target = { type: 'neuron', layer: column.layer, row: neuron.row };
  const value = neuronValue(scene.view, column.layer, neuron.slot, scene.neurons);
  const painted = ink(value, scene.scales.neurons[column.layer + 1]);
  return svg`<g class="neuron ${painted.sign}${standing(scene, target)}"
      data-testid=${testId(target)} role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${spoken(scene.named, target)}
      transform="translate(${neuron.x} ${neuron.y})">
    <circle class="halo" r=${radius + 4}></circle>
    <circle class="ground" r=${radius}></circle>
    <circle class="fill" r=${radius} fill-opacity=${(painted.magnitude * 0.7).toFixed(2)}></circle>
    ${
      radius >= ROOM_FOR_NUMBER && !Number.isNaN(value)
        ? svg`<text class="number" dy="0.36em">${tiny(value)}</text>`
        : nothing
    }
  </g>
  ${paintBias(scene, column, neuron)}
  ${paintNames(scene, column, neuron)}`;
}

/** A diamond on the lower rim: the bias is a weight from a neuron that is always 1. */
function paintBias(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult | '' {
  if (column.layer < 0 || !scene.named.network.layers[column.layer].useBias) return '';
  const { radius } = scene.layout;
  const target: Target = { type: 'bias', layer: column.layer, row: neuron.row };
  const painted = ink(
    biasValue(scene.view, column.layer, neuron.slot, scene.edges),
    scene.scales.edges,
  );
  const half = radius >= ROOM_FOR_NUMBER ? 5 : 4;
  const at = radius * Math.SQRT1_2;
  return svg`<g class="bias ${painted.sign}${standing(scene, target)}"
      data-testid=${testId(target)} role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${spoken(scene.named, target)}
      transform="translate(${neuron.x - at} ${neuron.y + at})">
    <circle class="reach" r=${half + 3}></circle>
    <path class="ground" d=${diamond(half)}></path>
    <path class="fill" d=${diamond(half)} fill-opacity=${(0.15 + painted.magnitude * 0.85).toFixed(2)}></path>
  </g>`;
}

const diamond = (half: number): string => `M0 ${-half}L${half} 0L0 ${half}L${-half} 0Z`;

/** Inputs carry their feature's name, outputs their class and, for a sample, what they should have been. */
function paintNames(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult {
  const { radius, columns, spacing } = scene.layout;
  const isInput = column.layer < 0;
  const isOutput = column.layer === columns.length - 2;
  if (!isInput && !isOutput) return svg``;
  const target: Target = { type: 'neuron', layer: column.layer, row: neuron.row };
  const name = shorten(neuronName(scene.named, column.layer, neuron.row) ?? '');
  const goal = isOutput ? targetValue(scene.view, neuron.slot) : NaN;
  const x = neuron.x + (isInput ? -radius - 10 : radius + 10);
  const two = name !== '' && !Number.isNaN(goal) && spacing >= ROOM_FOR_TWO_LINES;
  const goalText = Number.isNaN(goal) ? '' : text('canvas.target', format(goal));
  return svg`<g class="name ${isInput ? 'before' : 'after'}${standing(scene, target)}" aria-hidden="true">
    <text x=${x} y=${neuron.y} dy=${two ? '-0.15em' : '0.36em'}>${name}${
      two || name !== '' || goalText === ''
        ? nothing
        : svg`<tspan class="target" >${goalText}</tspan>`
    }</text>
    ${two ? svg`<text class="target" x=${x} y=${neuron.y} dy="1.05em">${goalText}</text>` : nothing}
  </g>`;
}

export function shorten(name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}

function paintGap(column: Column, gap: { y: number; hidden: number }): TemplateResult {
  return svg`<text class="gap" x=${column.x} y=${gap.y} dy="0.36em">${text('canvas.hidden', gap.hidden)}</text>`;
}

function paintCaption(scene: Scene, column: Column): TemplateResult {
  const { layout, named } = scene;
  const target: Target = { type: 'layer', layer: column.layer };
  const [first, second] = caption(named, column.layer);
  return svg`<g class="caption${standing(scene, target)}" data-testid=${testId(target)}
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${spoken(named, target)}
      transform="translate(${column.x} ${layout.captionY})">
    <rect class="halo" x="-64" y="-14" width="128" height="38" rx="4"></rect>
    <text>${first}</text>
    <text class="quiet" dy="16">${second}</text>
  </g>`;
}

/** C, or E where the notation says so: of one sample, or of all. */
function lossSymbol({ named, view }: Scene): string {
  const { sampleLoss, batchLoss } = named.context.names.profile.names;
  return view?.scope.type === 'batch' ? batchLoss : sampleLoss;
}

export function paintLoss(scene: Scene): TemplateResult {
  const { x, y, radius } = scene.layout.loss;
  const target: Target = { type: 'loss' };
  const value = scene.view?.loss ?? NaN;
  return svg`<g class="loss${standing(scene, target)}" data-testid="loss"
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label="${text('canvas.loss')} ${format(value)}"
      transform="translate(${x} ${y})">
    <rect class="halo" x=${-radius - 4} y=${-radius - 4} width=${2 * radius + 8} height=${2 * radius + 8} rx="8"></rect>
    <rect class="ground" x=${-radius} y=${-radius} width=${2 * radius} height=${2 * radius} rx="4"></rect>
    <text class="symbol" dy="0.34em">${lossSymbol(scene)}</text>
    <text class="value" y=${radius + 18}>${format(value)}</text>
  </g>`;
}

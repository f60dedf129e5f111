/** Paints neurons with their biases and names, the captions of layers, and the loss. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { count, format, tiny } from '../numbers';
import { text } from '../strings';
import { paintStrip, paintSymbol } from './bands';
import { STRIP_WIDTH } from './columns';
import { headBox } from './geometry';
import { paintInputPicture } from './inputPicture';
import { isLabelled, labelOf, margins } from './labels';
import { LABEL_GAP, standOf, type Column, type Gap, type PlacedNeuron } from './layout';
import { caption, drawnCaption, isCalled, spoken, testId } from './names';
import { biasValue, ink, neuronValue } from './paint';
import { isDrawn, standing, tabIndex, type Scene } from './scene';

/** From this radius on there is room for a number inside. */
const ROOM_FOR_NUMBER = 14;

export function paintColumns(scene: Scene): TemplateResult {
  return svg`${scene.layout.columns.map(column =>
    isDrawn(scene, column.layer) ? paintColumn(scene, column) : nothing,
  )}`;
}

function paintColumn(scene: Scene, column: Column): TemplateResult {
  return svg`<g class="column" data-vscode-context=${contextOf({ type: 'layer', layer: column.layer })}>
    ${column.layer < 0 ? paintInputPicture(scene, margins(scene.named).left) : nothing}
    ${column.strip ? paintStrip(scene, column, column.strip) : nothing}
    ${paintSymbol(scene, column)}
    ${column.neurons.map(neuron => paintNeuron(scene, column, neuron))}
    ${column.gap ? paintGap(scene, column, column.gap) : nothing}
    ${paintGuest(scene, column)}
    ${paintCaption(scene, column)}
  </g>`;
}

/** A ring on the strip where the neuron stands that is looked at and not drawn. */
function paintGuest(scene: Scene, column: Column): TemplateResult | typeof nothing {
  const target = scene.fan ?? neuronOf(scene.pointed) ?? neuronOf(scene.selection);
  if (target?.layer !== column.layer) return nothing;
  if (column.neurons.some(({ row }) => row === target.row)) return nothing;
  const at = standOf(scene.layout, column.layer, target.row);
  if (!at) return nothing;
  const name = scene.named.context.names.neuronNumber(column.layer, target.row);
  return svg`<g class="guest" data-testid="guest" transform="translate(${at.x} ${at.y})"
    aria-hidden="true"><circle r="4"></circle><text x=${STRIP_WIDTH / 2 + 4} dy="0.36em">${name}</text></g>`;
}

const neuronOf = (
  target: Target | undefined,
): { readonly layer: number; readonly row: number } | undefined =>
  target?.type === 'neuron' || target?.type === 'bias' ? target : undefined;

/** What VS Code's own context menu is told of the place that it opens on. */
export function contextOf(target: Target): string {
  const place =
    target.type === 'weight'
      ? { webviewSection: 'weight', layer: target.layer, row: target.row, column: target.column }
      : target.type === 'loss'
        ? { webviewSection: 'canvas' }
        : { webviewSection: target.layer < 0 ? 'input' : 'layer', layer: target.layer };
  return JSON.stringify({ ...place, preventDefaultContextMenuItems: true });
}

function paintNeuron(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult {
  const { radius } = scene.layout;
  const target: Target = { type: 'neuron', layer: column.layer, row: neuron.row };
  const value = neuronValue(
    scene.view,
    column.layer,
    neuron.slot,
    scene.neurons,
    scene.named.context.profile.errorSign,
  );
  const painted = ink(value, scene.scales.neurons[column.layer + 1]);
  const name = spoken(scene.named, target);
  // What is seen is also said: the name ends with the number inside the circle.
  const number = radius >= ROOM_FOR_NUMBER && !Number.isNaN(value) ? tiny(value) : '';
  return svg`<g class="neuron ${painted.sign}${standing(scene, target)}"
      data-testid=${testId(target)} role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${number === '' ? name : `${name}, ${number}`}
      transform="translate(${neuron.x} ${neuron.y})">
    <circle class="halo" r=${radius + 4}></circle>
    <circle class="ground" r=${radius}></circle>
    <circle class="fill" r=${radius} fill-opacity=${(painted.magnitude * 0.7).toFixed(2)}></circle>
    ${number === '' ? nothing : svg`<text class="number" dy="0.36em">${number}</text>`}
  </g>
  ${paintBias(scene, column, neuron)}
  ${paintNames(scene, column, neuron)}`;
}

/** A diamond on the lower rim: the bias is a weight from a neuron that is always 1. */
function paintBias(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult | '' {
  const layer = scene.named.network.layers[column.layer];
  if (layer?.type !== 'dense' || !layer.useBias) return '';
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

function paintNames(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult {
  const { radius, columns } = scene.layout;
  const isInput = column.layer < 0;
  const isOutput = column.layer === columns.length - 2;
  if ((!isInput && !isOutput) || !isLabelled(scene.layout, column.neurons.indexOf(neuron)))
    return svg``;
  const at: Target = { type: 'neuron', layer: column.layer, row: neuron.row };
  const { name, target } = labelOf(scene, column.layer, neuron);
  const x = neuron.x + (isInput ? -radius - LABEL_GAP : radius + LABEL_GAP);
  const two = name !== '' && target !== '';
  return svg`<g class="name ${isInput ? 'before' : 'after'}${standing(scene, at)}" aria-hidden="true">
    <text x=${x} y=${neuron.y} dy=${two ? '-0.15em' : '0.36em'}>${name}</text>
    ${
      target === ''
        ? nothing
        : svg`<text class="target" x=${x} y=${neuron.y} dy=${two ? '1.05em' : '0.36em'}>${target}</text>`
    }
  </g>`;
}

function paintGap({ named }: Scene, column: Column, gap: Gap): TemplateResult {
  const number = (row: number): string => named.context.names.neuronNumber(column.layer, row);
  const range = text('canvas.hiddenRange', number(gap.from), number(gap.to));
  return svg`<text class="gap" role="img" aria-label=${range} data-gap=${column.layer}
    x=${column.x} y=${gap.y} dy="0.36em"><title>${range}</title>${text('canvas.hidden', gap.hidden)}</text>`;
}

const paintTitle = (words: string): TemplateResult | typeof nothing =>
  words === '' ? nothing : svg`<title>${words}</title>`;

function paintCaption(scene: Scene, column: Column): TemplateResult {
  const { layout, named } = scene;
  const { lines, full } = layout.captions;
  const target: Target = { type: 'layer', layer: column.layer };
  const { width } = headBox(layout, column);
  const [first, second] = drawnCaption(named, column.layer, full, width - 4);
  const folded = column.neurons.length === 0;
  // A name that was cut, or that has taken the place of something else.
  const all = caption(named, column.layer);
  const whole =
    isCalled(named, column.layer) && all.join() !== `${first},${second}` ? all.join(', ') : '';
  return svg`<g class="caption${standing(scene, target)}" data-testid=${testId(target)}
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${spoken(named, target)}
      transform="translate(${column.x} ${column.captionY})">
    <rect class="halo" x=${-width / 2} y="-13" width=${width} height=${lines === 1 ? 18 : 36} rx="4"></rect>
    ${paintTitle(folded ? text('canvas.folded', spoken(named, target)) : whole)}
    <text>${folded ? count(column.units) : first}</text>
    ${lines === 1 || folded ? nothing : svg`<text class="quiet" dy="16">${second}</text>`}
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
  const symbol = lossSymbol(scene);
  return svg`<g class="loss${standing(scene, target)}" data-testid="loss"
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label="${text('canvas.loss')} ${symbol} ${format(value)}"
      transform="translate(${x} ${y})">
    <rect class="halo" x=${-radius - 4} y=${-radius - 4} width=${2 * radius + 8} height=${2 * radius + 8} rx="8"></rect>
    <rect class="ground" x=${-radius} y=${-radius} width=${2 * radius} height=${2 * radius} rx="4"></rect>
    <text class="symbol" dy="0.34em">${symbol}</text>
    <text class="value" y=${radius + 18}>${format(value)}</text>
  </g>`;
}

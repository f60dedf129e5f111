/** Paints neurons with their biases and names, the captions of layers, and the loss. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { count, format, tiny } from '../numbers';
import { clauses } from '../punctuation';
import { text } from '../strings';
import { paintStrip, paintSymbol } from './bands';
import { paintUnit } from './biasUnits';
import { isFolded, STRIP_WIDTH } from './columns';
import { headBox } from './geometry';
import { paintInputPicture } from './inputPicture';
import { insidesOf, numberClass, paintIndex, ROOM_FOR_NUMBER } from './insides';
import { isShown } from './lit';
import { isLabelled, labelOf, margins } from './labels';
import { findLink, LABEL_GAP, standOf, type Column, type Gap, type PlacedNeuron } from './layout';
import { caption, drawnCaption, heardCaption, hasBiases, isCalled, spoken, testId } from './names';
import { biasValue, ink, neuronValue } from './paint';
import { paintMaps } from './paintMaps';
import { isDrawn, standing, tabIndex, type Scene } from './scene';

export function paintColumns(scene: Scene): TemplateResult {
  return svg`${scene.layout.columns.map(column =>
    isDrawn(scene, column.layer) ? paintColumn(scene, column) : nothing,
  )}`;
}

function paintColumn(scene: Scene, column: Column): TemplateResult {
  return svg`<g class="column" data-vscode-context=${contextOf({ type: 'layer', layer: column.layer })}>
    ${column.layer < 0 ? paintInputPicture(scene, margins(scene.named).left) : nothing}
    ${column.maps ? paintMaps(scene, column, column.maps) : nothing}
    ${column.strip ? paintStrip(scene, column, column.strip) : nothing}
    ${paintSymbol(scene, column)}
    ${paintUnit(scene, column)}
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
      : target.type === 'bias'
        ? { webviewSection: 'weight', layer: target.layer, row: target.row, bias: true }
        : target.type === 'loss'
          ? { webviewSection: 'canvas' }
          : { webviewSection: target.layer < 0 ? 'input' : 'layer', layer: target.layer };
  return JSON.stringify({ ...place, preventDefaultContextMenuItems: true });
}

/** "?" for what a pass that is stepped through has not found yet. */
function numberIn(scene: Scene, target: Target, value: number): string {
  if (!isShown(scene, target)) return '?';
  return Number.isNaN(value) ? '' : tiny(value);
}

/** A bookmark on a neuron whose δ was computed and is kept. */
function paintKept(
  { lit, layout }: Scene,
  { layer }: Column,
  { row }: PlacedNeuron,
): TemplateResult | typeof nothing {
  if (!lit?.kept(layer, row)) return nothing;
  const at = layout.radius * Math.SQRT1_2;
  return svg`<path class="kept" data-testid="kept-${layer}-${row}" transform="translate(${at} ${-at - 6})"
    d="M-3 0h6v9l-3-3l-3 3z"><title>${text('stepping.keptMark')}</title></path>`;
}

function paintNeuron(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult {
  const { radius } = scene.layout;
  const target = { type: 'neuron', layer: column.layer, row: neuron.row } as const;
  const { errorSign, neurons } = scene.named.context.profile;
  const value = isShown(scene, target)
    ? neuronValue(scene.view, column.layer, neuron.slot, scene.neurons, errorSign)
    : NaN;
  const painted = ink(value, scene.scales.neurons[column.layer + 1], scene.scales.neuronsFrom);
  const name = spoken(scene.named, target);
  // What is seen is also said: the name ends with the number inside the circle.
  const map = scene.maps?.(column.layer, neuron.row);
  const inside = insidesOf(radius, neurons === 'network', map !== undefined);
  const number = inside.value === undefined ? '' : numberIn(scene, target, value);
  return svg`<g class="neuron ${painted.sign}${standing(scene, target)}"
      data-testid=${testId(target)} role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${number === '' ? name : clauses([name, number])}
      transform="translate(${neuron.x} ${neuron.y})">
    <circle class="halo" r=${radius + 4}></circle>
    <circle class="ground" r=${radius}></circle>
    ${map ? paintMapIn(map, radius) : svg`<circle class="fill" r=${radius} fill-opacity=${(painted.magnitude * 0.7).toFixed(2)}></circle>`}
    ${number === '' ? nothing : svg`<text class=${numberClass(radius, number)} y=${inside.value} dy="0.36em">${number}</text>`}
    ${paintKept(scene, column, neuron)}
  </g>
  ${paintIndex(scene, target, neuron, inside.index)}
  ${paintBias(scene, column, neuron)}
  ${paintNames(scene, column, neuron)}`;
}

/** Round, as the neuron is. */
const paintMapIn = (map: string, radius: number): TemplateResult =>
  svg`<image class="neuron-map" href=${map} x=${-radius} y=${-radius} width=${2 * radius} height=${2 * radius}></image>
    <circle class="neuron-map-rim" r=${radius}></circle>`;

/** A diamond on the lower rim: the bias is a weight from a neuron that is always 1. */
function paintBias(scene: Scene, column: Column, neuron: PlacedNeuron): TemplateResult | '' {
  const layer = scene.named.network.layers[column.layer];
  if (!layer || !hasBiases(layer)) return '';
  const { radius } = scene.layout;
  const target: Target = { type: 'bias', layer: column.layer, row: neuron.row };
  // An edge from the unit that is 1 says it already: one thing, one place, one name.
  if (findLink(scene.layout, target)) return '';
  const value = biasValue(scene.view, column.layer, neuron.slot, scene.edges);
  const { edges, edgesFrom } = scene.scales;
  const painted = ink(isShown(scene, target) ? value : NaN, edges, edgesFrom);
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
    x=${column.x} y=${gap.y} dy="0.36em"><title>${range}</title>${text('canvas.hidden', count(gap.hidden))}</text>`;
}

const paintTitle = (words: string): TemplateResult | typeof nothing =>
  words === '' ? nothing : svg`<title>${words}</title>`;

function paintCaption(scene: Scene, column: Column): TemplateResult {
  const { layout, named } = scene;
  const { lines, full } = layout.captions;
  const target: Target = { type: 'layer', layer: column.layer };
  const { width } = headBox(layout, column);
  const [first, second] = drawnCaption(named, column.layer, full, width - 4);
  const folded = isFolded(column);
  // A name that was cut, or that has taken the place of something else.
  const all = caption(named, column.layer);
  const whole =
    isCalled(named, column.layer) && all.join() !== `${first},${second}` ? clauses(all) : '';
  const drawn = folded ? [count(column.units)] : lines === 1 ? [first] : [first, second];
  return svg`<g class="caption${standing(scene, target)}" data-testid=${testId(target)}
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label=${heardCaption(named, column.layer, drawn)}
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
  const number = isShown(scene, target) ? format(scene.view?.loss ?? NaN) : '?';
  const symbol = lossSymbol(scene);
  return svg`<g class="loss${standing(scene, target)}" data-testid="loss"
      role="button" tabindex=${tabIndex(scene, target)}
      aria-label="${text('canvas.loss')} ${symbol} ${number}"
      transform="translate(${x} ${y})">
    <rect class="halo" x=${-radius - 4} y=${-radius - 4} width=${2 * radius + 8} height=${2 * radius + 8} rx="8"></rect>
    <rect class="ground" x=${-radius} y=${-radius} width=${2 * radius} height=${2 * radius} rx="4"></rect>
    <text class="symbol" dy="0.34em">${symbol}</text>
    <text class="value" y=${radius + 18}>${number}</text>
  </g>`;
}

/** Paints image layers: the channels, the kernels that make them, and the window of what is pointed at. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { count, tiny } from '../numbers';
import { clauses } from '../punctuation';
import { text } from '../strings';
import { fix, type Size } from './curve';
import { shades, type Shade } from './inputPicture';
import type { Column } from './layout';
import { isShown } from './lit';
import {
  middleRows,
  partOfTile,
  pixelBox,
  weightBox,
  windowAt,
  type PlacedMap,
  type PlacedMaps,
} from './maps';
import { partId, spoken, testId } from './names';
import { biasValue, ink } from './paint';
import { imageValues, kernelValues, type Pixels } from './pixels';
import { standing, tabIndex, type Scene } from './scene';
import { beyond } from './related';
import type { Box } from './viewport';

export function paintMaps(scene: Scene, column: Column, maps: PlacedMaps): TemplateResult {
  const { layer } = column;
  const label = text('canvas.maps', spoken(scene.named, { type: 'layer', layer }));
  const rows = middleRows(maps.image);
  return svg`<g class="channels" data-testid=${partId('maps', layer)} role="group" aria-label=${label}>
    ${maps.tiles.map((tile, i) => paintMap(scene, column, maps, tile, rows[i]))}
    ${maps.hidden > 0 ? paintHidden(column, maps) : nothing}
  </g>`;
}

const paintHidden = ({ x }: Column, { box, hidden }: PlacedMaps): TemplateResult =>
  svg`<text class="gap" x=${x} y=${box.y - 8} dy="0.36em">${text('canvas.hiddenMaps', count(hidden))}</text>`;

function paintMap(
  scene: Scene,
  { layer }: Column,
  maps: PlacedMaps,
  tile: PlacedMap,
  row: number,
): TemplateResult {
  const { scales } = scene;
  const { image, filter } = maps;
  const { channel, kernel } = tile;
  const place = { type: 'neuron', layer, row } as const;
  const pixels = isShown(scene, place) ? imageValues(scene, layer, channel) : undefined;
  const end = scales.neurons[layer + 1];
  const shaded = pixels ? shades(pixels.values, pixels.width, end, scales.neuronsFrom) : [];
  const weights =
    kernel && filter && kernelValues(scene, layer, channel, filter, sliceOf(scene, layer));
  const cells = weights ? shades(weights, filter.width, scales.edges, scales.edgesFrom) : [];
  return svg`<g class="channel ${standingOf(scene, layer, channel)}" data-testid="map-${layer < 0 ? 'input' : layer}-${channel}">
    ${paintPicture(tile, pixels ?? image, shaded)}
    ${kernel && filter ? paintPicture(kernel, filter, cells) : nothing}
    ${kernel ? paintBias(scene, layer, channel, kernel) : nothing}
    ${paintPlace(scene, maps, place, pixels)}
  </g>`;
}

const paintPicture = (
  box: Box,
  { width, height }: Size,
  pixels: readonly Shade[],
): TemplateResult =>
  svg`<g class="channel-picture" aria-hidden="true"
    transform="translate(${fix(box.x)} ${fix(box.y)}) scale(${box.width / width} ${box.height / height})">
    <rect class="strip-ground" width=${width} height=${height}></rect>
    ${pixels.map(({ sign, opacity, d }) => svg`<path class=${sign} fill-opacity=${opacity} d=${d}></path>`)}
  </g>`;

/** Where the keyboard reaches a channel: the value in its middle. */
function paintPlace(
  scene: Scene,
  maps: PlacedMaps,
  place: Extract<Target, { type: 'neuron' }>,
  pixels: Pixels | undefined,
): TemplateResult | typeof nothing {
  const { image } = maps;
  const box = pixelBox(maps, place.row);
  if (!box) return nothing;
  // A pixel that stands for several has the number of one of them.
  const isWhole = pixels?.height === image.height && pixels.width === image.width;
  const value = isWhole ? pixels.values[Math.floor(place.row / image.channels)] : NaN;
  const name = spoken(scene.named, place);
  return svg`<rect class="map-place${standing(scene, place)}" data-testid=${testId(place)} role="button"
    tabindex=${tabIndex(scene, place)} aria-label=${Number.isNaN(value) ? name : clauses([name, tiny(value)])}
    x=${fix(box.x)} y=${fix(box.y)} width=${fix(box.width)} height=${fix(box.height)}></rect>`;
}

/** Half a diamond, and from the kernel to it. */
const HALF = 3.5;
const BELOW = 7;

/** Of a filter: below its kernel. */
function paintBias(
  scene: Scene,
  layer: number,
  channel: number,
  { x, y, width, height }: Box,
): TemplateResult | typeof nothing {
  const own = scene.named.network.layers[layer];
  if (own?.type !== 'conv2d' || !own.useBias) return nothing;
  const target: Target = { type: 'bias', layer, row: channel };
  const value = isShown(scene, target) ? biasValue(scene.view, layer, channel, scene.edges) : NaN;
  const { sign, magnitude } = ink(value, scene.scales.edges, scene.scales.edgesFrom);
  const d = `M0 ${-HALF}L${HALF} 0L0 ${HALF}L${-HALF} 0Z`;
  return svg`<g class="bias ${sign}${standing(scene, target)}" data-testid=${testId(target)} role="button"
    tabindex=${tabIndex(scene, target)} aria-label=${spoken(scene.named, target)}
    transform="translate(${fix(x + width / 2)} ${fix(y + height + BELOW)})">
    <circle class="reach" r=${HALF + 2}></circle><path class="ground" d=${d}></path>
    <path class="fill" d=${d} fill-opacity=${(0.15 + magnitude * 0.85).toFixed(2)}></path></g>`;
}

/** The channel of the source whose weights the kernels show: that of what is pointed at, else the first. */
export function sliceOf({ layout, named, pointed, selection }: Scene, layer: number): number {
  const filter = layout.columns[layer + 1]?.maps?.filter;
  if (!filter) return 0;
  const { channels } = filter.source;
  for (const target of [pointed, selection]) {
    if (target?.type === 'weight' && target.layer === layer) return target.column % channels;
    if (target?.type === 'neuron' && target.layer === named.sources[layer][0])
      return target.row % channels;
  }
  return 0;
}

/** How a channel stands to what is pointed at. */
function standingOf({ pointed, flow, named }: Scene, layer: number, channel: number): string {
  if (!pointed) return '';
  if (pointed.type === 'loss') return layer === flow.sources.length - 1 ? 'related' : 'none';
  const at = pointed.layer;
  const { window, image } = named.shapes.layers[at] ?? { image: named.shapes.inputImage };
  const isPool = named.network.layers[at]?.type !== 'conv2d' && window !== undefined;
  // Of a pixel, a filter or its bias: the channel that it belongs to.
  const own = pointed.type === 'layer' ? undefined : channelOf(pointed, image?.channels ?? 1);
  if (layer === at) return own === undefined || own === channel ? 'related' : 'none';
  if (beyond(flow, at).has(layer)) return 'related';
  const feeds = flow.sources[at]?.includes(layer) === true;
  return feeds && (!isPool || own === undefined || own === channel) ? 'related' : 'none';
}

const channelOf = (target: Extract<Target, { readonly row: number }>, channels: number): number =>
  target.type === 'neuron' ? target.row % channels : target.row;

/** The pixel or the weight that is pointed at or selected, and the window through which its neuron looks. */
export function paintWindow(scene: Scene): TemplateResult | typeof nothing {
  const { pointed, selection, layout } = scene;
  const target = pointed ?? selection;
  if (!target || target.type === 'loss' || target.type === 'layer') return nothing;
  const maps = layout.columns[target.layer + 1]?.maps;
  const cell = maps && cellOf(maps, target);
  if (!cell) return nothing;
  return svg`<g class="map-window" aria-hidden="true" data-testid="map-window">
    ${target.type === 'neuron' ? windowsOf(scene, target).map(box => paintView(box, cell)) : nothing}
    ${frame(cell, 'cell')}
  </g>`;
}

const cellOf = (maps: PlacedMaps, target: Exclude<Target, { type: 'loss' | 'layer' }>) =>
  target.type === 'neuron'
    ? pixelBox(maps, target.row)
    : target.type === 'weight'
      ? weightBox(maps, target.row, target.column)
      : undefined;

/** What a neuron sees of its source, on each drawn channel that it looks at. */
function windowsOf(
  { named, layout }: Scene,
  { layer, row }: { layer: number; row: number },
): Box[] {
  const shape = named.shapes.layers[layer];
  const source = shape && layout.columns[shape.sources[0] + 1].maps;
  if (!shape?.window || !source) return [];
  const part = windowAt(shape.window, row);
  const isConv = named.network.layers[layer].type === 'conv2d';
  const channel = row % shape.window.target.channels;
  return source.tiles
    .filter(tile => isConv || tile.channel === channel)
    .map(tile => partOfTile(tile, source.image, part));
}

/** The window, and the two lines from its rim to where it is looked at from. */
function paintView(box: Box, cell: Box): TemplateResult {
  const [x, y] = [fix(cell.x), fix(cell.y + cell.height / 2)];
  const right = fix(box.x + box.width);
  return svg`${frame(box, 'seen')}<path class="sight"
    d="M${right} ${fix(box.y)}L${x} ${y}M${right} ${fix(box.y + box.height)}L${x} ${y}"></path>`;
}

const frame = ({ x, y, width, height }: Box, kind: string): TemplateResult =>
  svg`<rect class=${kind} x=${fix(x)} y=${fix(y)} width=${fix(width)} height=${fix(height)}></rect>`;

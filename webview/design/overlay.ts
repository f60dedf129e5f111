/** What a drag needs above the canvas: open slots, the place under the pointer, ghosts, lines. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { told } from '../punctuation';
import { text } from '../strings';
import { consequence, goesTo, type Dragged, type DropPlace } from './consequences';
import type { Box, ColumnPlace, Geometry, Point } from './contract';
import { dragWords, labelWith } from './dragWords';
import type { Drag, Gesture } from './gestureStates';
import { around, BAND, bandOf, boxBetween, layersWithin, samePlace } from './places';
import type { DesignSession } from './session';
import type { Consequence } from './verdict';
import type { World } from './world';

/** Ghost circles at most. */
const GHOSTS = 24;

export function overlay(session: DesignSession): TemplateResult | typeof nothing {
  const { gesture, connecting, surface, world } = session;
  const geometry = surface.geometry();
  if (!geometry || !world) return nothing;
  if (connecting && gesture.type !== 'drag') return connection(world, geometry, connecting);
  const { popup } = session;
  if (popup?.type === 'insert' && gesture.type !== 'drag') return chosenSlot(geometry, popup.index);
  if (gesture.type !== 'drag') return nothing;
  return html`${picture(geometry, paint(gesture, world, geometry))}
  ${dragWords(gesture, world, geometry)}`;
}

function picture({ size }: Geometry, content: TemplateResult): TemplateResult {
  return html`<svg
    class="drag-picture"
    width=${size.width}
    height=${size.height}
    aria-hidden="true"
    data-testid="overlay"
  >
    ${content}
  </svg>`;
}

type Dragging = Extract<Gesture, { type: 'drag' }>;

function paint(gesture: Dragging, world: World, geometry: Geometry): TemplateResult {
  const { drag, start, at } = gesture;
  if (drag.type === 'pan') return svg``;
  if (drag.type === 'handle') {
    const layers = drag.resizing?.layers ?? [drag.layer];
    return svg`${layers.map(layer => paintUnits(drag, layer, geometry))}`;
  }
  if (drag.type === 'marquee') return paintMarquee(boxBetween(start, at), geometry);
  return svg`${drag.type === 'layers' ? drag.layers.map(layer => paintTaken(geometry, layer)) : nothing}
    ${goesTo(drag) === 'slot' ? paintSlots(gesture, drag, world, geometry) : paintLayers(gesture, drag, world, geometry)}
    ${drag.type === 'port' ? paintLine(geometry, drag.layer, at) : nothing}`;
}

// ------------------------------------------------------------------ places

function stateOf(found: Consequence | undefined, here: boolean): string {
  return `${found?.possible === false ? 'forbidden' : 'open'} ${here ? 'here' : ''}`;
}

function isHere({ drop }: Dragging, place: DropPlace): boolean {
  return drop !== undefined && samePlace(drop.place, place);
}

/** Slots open as bands; those outside the picture are not looked at. */
function paintSlots(
  gesture: Dragging,
  drag: Dragged,
  world: World,
  geometry: Geometry,
): TemplateResult {
  const { size, slots } = geometry;
  const seen = slots.filter(({ plus }) => plus.x > -BAND && plus.x < size.width + BAND);
  return svg`${seen.map(slot => {
    const { index, plus } = slot;
    const place = { type: 'slot', index } as const;
    const here = isHere(gesture, place);
    const found = here ? gesture.drop?.consequence : consequence(world, drag, place);
    const band = bandOf(slot, size);
    const at = { x: plus.x, y: band.y + band.height / 2 };
    return svg`<g class="place ${stateOf(found, here)}" data-testid="band-${index}">
      ${paintBand(band)} ${found?.possible ? paintPlus(at) : paintCross(at)}
    </g>`;
  })}`;
}

const paintBand = ({ x, y, width, height }: Box): TemplateResult =>
  svg`<rect x=${x} y=${y} width=${width} height=${height} rx="6"></rect>`;

/** The slot that the open window puts a layer into. */
function chosenSlot(geometry: Geometry, index: number): TemplateResult | typeof nothing {
  const slot = geometry.slots.find(each => each.index === index);
  if (!slot) return nothing;
  return picture(
    geometry,
    svg`<g class="place open here" data-testid="chosen-slot">${paintBand(bandOf(slot, geometry.size))}</g>`,
  );
}

function paintLayers(
  gesture: Dragging,
  drag: Dragged,
  world: World,
  geometry: Geometry,
): TemplateResult {
  const { size } = geometry;
  const seen = geometry.columns.filter(({ box }) => box.x + box.width > 0 && box.x < size.width);
  return svg`${seen.map(({ layer, box, head }) => {
    const place = { type: 'layer', layer } as const;
    const here = isHere(gesture, place);
    const found = here ? gesture.drop?.consequence : consequence(world, drag, place);
    const own = grown(around(box, head), 4);
    return svg`<g class="place ${stateOf(found, here)}" data-testid="onto-${layer}">
      <rect x=${own.x} y=${own.y} width=${own.width} height=${own.height} rx="8"></rect>
      ${found?.possible === false ? paintCross({ x: own.x + own.width / 2, y: own.y + 12 }) : nothing}
    </g>`;
  })}`;
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const paintPlus = ({ x, y }: Point): TemplateResult =>
  svg`<path class="sign" d="M${x - 5} ${y}h10M${x} ${y - 5}v10"></path>`;

const paintCross = ({ x, y }: Point): TemplateResult =>
  svg`<g class="sign"><circle cx=${x} cy=${y} r="6"></circle><path d="M${x - 4.2} ${y + 4.2}l8.4 -8.4"></path></g>`;

// ------------------------------------------------------------------ drags

function paintTaken({ columns }: Geometry, layer: number): TemplateResult {
  const column = columns.find(each => each.layer === layer);
  if (!column) return svg``;
  const { x, y, width, height } = grown(column.box, 6);
  return svg`<rect class="taken" x=${x} y=${y} width=${width} height=${height} rx="8"></rect>`;
}

function paintMarquee({ x, y, width, height }: Box, geometry: Geometry): TemplateResult {
  const inside = layersWithin(geometry, { x, y, width, height });
  return svg`${inside.map(layer => paintTaken(geometry, layer))}
    <rect class="marquee" x=${x} y=${y} width=${width} height=${height}></rect>`;
}

function paintLine({ columns }: Geometry, layer: number, at: Point): TemplateResult {
  const from = columns.find(each => each.layer === layer)?.port;
  if (!from) return svg``;
  const bend = Math.max(24, Math.abs(at.x - from.x) / 2);
  return svg`<path class="line" d="M${from.x} ${from.y}C${from.x + bend} ${from.y} ${at.x - bend} ${at.y} ${at.x} ${at.y}"></path>
    <circle class="line-end" cx=${at.x} cy=${at.y} r="4"></circle>`;
}

/** As many circles as the layer would have; where that are too many, a bar with the number beside the pointer. */
function paintUnits(
  drag: Extract<Drag, { type: 'handle' }>,
  of: number,
  geometry: Geometry,
): TemplateResult {
  const column = geometry.columns.find(({ layer }) => layer === of);
  if (!column) return svg``;
  const { box } = column;
  const x = box.x + box.width / 2;
  if (drag.units > GHOSTS || drag.from > GHOSTS) {
    const height = Math.max(8, box.height + drag.way);
    return svg`<rect class="taken" x=${box.x} y=${box.y} width=${box.width} height=${height} rx="8"></rect>`;
  }
  const distance = ghostDistance(column, drag.from);
  const radius = Math.max(3, Math.min(box.width / 2, distance * 0.36));
  const top = box.y + box.height / 2 - ((drag.units - 1) * distance) / 2;
  const { y, height } = column.head;
  return svg`${Array.from({ length: drag.units }, (_, i) => {
    const cy = top + i * distance;
    // A caption shines through.
    const faint = cy + radius > y && cy - radius < y + height ? 'faint' : '';
    return svg`<circle class="ghost-unit ${faint}" cx=${x} cy=${cy} r=${radius}></circle>`;
  })}`;
}

function ghostDistance({ box }: ColumnPlace, units: number): number {
  return units > 1 ? Math.max(8, (box.height - box.width) / (units - 1)) : box.width + 12;
}

/** Connecting without a drag: the line leads to the layer that the arrows offer. */
function connection(
  world: World,
  geometry: Geometry,
  { layer, to }: { readonly layer: number; readonly to: number },
): TemplateResult {
  const target = geometry.columns.find(each => each.layer === to);
  const found = consequence(world, { type: 'port', layer }, { type: 'layer', layer: to });
  const end = target
    ? { x: target.box.x, y: target.box.y + target.box.height / 2 }
    : { x: 0, y: 0 };
  const own = target && grown(around(target.box, target.head), 4);
  const place = own
    ? svg`<g class="place here ${stateOf(found, true)}"><rect x=${own.x} y=${own.y} width=${own.width} height=${own.height} rx="8"></rect></g>`
    : nothing;
  const names = text('design.connect', world.title(layer), world.title(to));
  const words = found?.possible ? found.says : told(names, found?.why ?? '');
  return html`${picture(geometry, svg`${place} ${paintLine(geometry, layer, end)}`)}
  ${labelWith(words, found?.possible !== false, 'left: 8px; top: 8px')}`;
}

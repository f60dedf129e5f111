/** What a drag needs above the canvas: open slots, the place under the pointer, ghosts, lines. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { count } from '../numbers';
import { text } from '../strings';
import {
  consequence,
  goesTo,
  type Consequence,
  type Dragged,
  type DropPlace,
} from './consequences';
import type { Box, ColumnPlace, Geometry, Point } from './contract';
import type { Drag, Gesture } from './gestureStates';
import { around, BAND, boxBetween, layersWithin, samePlace } from './places';
import type { DesignSession } from './session';
import type { World } from './world';

/** Pixels that the label takes at most, and the buttons in the canvas's top right corner. */
const LABEL = { width: 306, height: 88 };
const ZOOM_BAR = { width: 124, height: 40 };
/** Ghost circles at most. */
const GHOSTS = 24;

export function overlay(session: DesignSession): TemplateResult | typeof nothing {
  const { gesture, connecting, surface, world } = session;
  const geometry = surface.geometry();
  if (!geometry || !world) return nothing;
  if (connecting && gesture.type !== 'drag') return connection(world, geometry, connecting);
  if (gesture.type !== 'drag') return nothing;
  return html`${picture(geometry, paint(gesture, world, geometry))}
  ${ghost(gesture, world, geometry)} ${label(gesture, geometry)}`;
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
  return svg`${seen.map(({ index, box, plus }) => {
    const place = { type: 'slot', index } as const;
    const here = isHere(gesture, place);
    const found = here ? gesture.drop?.consequence : consequence(world, drag, place);
    const top = Math.max(4, box.y);
    const height = Math.max(BAND, Math.min(size.height - 4, box.y + box.height) - top);
    const at = { x: plus.x, y: top + height / 2 };
    return svg`<g class="place ${stateOf(found, here)}" data-testid="band-${index}">
      <rect x=${plus.x - BAND / 2} y=${top} width=${BAND} height=${height} rx="6"></rect>
      ${found?.possible ? paintPlus(at) : paintCross(at)}
    </g>`;
  })}`;
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
  return svg`${Array.from(
    { length: drag.units },
    (_, i) =>
      svg`<circle class="ghost-unit" cx=${x} cy=${top + i * distance} r=${radius}></circle>`,
  )}`;
}

function ghostDistance({ box }: ColumnPlace, units: number): number {
  return units > 1 ? Math.max(8, (box.height - box.width) / (units - 1)) : box.width + 12;
}

// ------------------------------------------------------------------ words

/** What is being dragged, beside the pointer, with the size it will have. */
function ghost(
  { drag, at }: Dragging,
  world: World,
  { size }: Geometry,
): TemplateResult | typeof nothing {
  const words = ghostWords(drag, world);
  if (words === '') return nothing;
  const right = at.x > size.width - 180;
  const side = right ? `right: ${size.width - at.x + 14}px` : `left: ${at.x + 14}px`;
  // What a drop will do stands at its place already; a handle has no place.
  const found = drag.type === 'handle' ? drag.resizing?.consequence : undefined;
  const weights = found?.possible ? found.says.split(' · ')[1] : undefined;
  return html`<div class="ghost" style="${side}; top: ${at.y + 12}px" data-testid="ghost">
    ${words}${weights ? html` <span class="quiet">${unbroken(weights)}</span>` : nothing}
  </div>`;
}

function ghostWords(drag: Drag, world: World): string {
  if (drag.type === 'handle') {
    const names = (drag.resizing?.layers ?? [drag.layer]).map(world.title).join(' + ');
    return text('design.units', names, count(drag.units));
  }
  if (drag.type === 'layers') {
    const names = drag.layers.map(world.title).join(', ');
    return drag.copy ? `+ ${names}` : names;
  }
  if (drag.type !== 'item') return '';
  const { item } = drag;
  switch (item.type) {
    case 'layer':
      return `dense ${item.units} · ${item.activation}`;
    case 'merge':
      return text(`design.merge.${item.merge}`);
    case 'activation':
      return item.activation;
    case 'output':
      return text(`palette.${item.purpose}`);
  }
}

/** A shape stays on one line. */
const unbroken = (words: string): string => words.replaceAll(' × ', '\u00a0×\u00a0');

/** The consequence, above or below the place, never under the pointer. */
function label({ drag, drop, at }: Dragging, { size }: Geometry): TemplateResult | typeof nothing {
  // What a handle does stands at the ghost already; only what it cannot do needs its reason.
  const resized = drag.type === 'handle' ? drag.resizing?.consequence : undefined;
  const found = resized?.possible === false ? resized : drop?.consequence;
  if (!found) return nothing;
  const above = at.y > LABEL.height + 20;
  // High up it would cover the buttons of the zoom.
  const beside = above && at.y < LABEL.height + 20 + ZOOM_BAR.height ? ZOOM_BAR.width : 8;
  const x = Math.max(8, Math.min(at.x - 140, size.width - LABEL.width - beside));
  const y = above ? `top: ${at.y - 20}px; translate: 0 -100%` : `top: ${at.y + 44}px`;
  const words = unbroken(found.possible ? found.says : text('design.forbidden', found.why));
  return labelWith(words, found.possible, `left: ${x}px; ${y}`);
}

function labelWith(words: string, possible: boolean, style: string): TemplateResult {
  return html`<div
    class="drop-label ${possible ? '' : 'forbidden'}"
    style=${style}
    data-testid="drop-label"
  >
    <i class="codicon codicon-${possible ? 'add' : 'circle-slash'}" aria-hidden="true"></i>
    <span>${words}</span>
  </div>`;
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
  const words = found?.possible ? found.says : `${names}: ${found?.why ?? ''}`;
  return html`${picture(geometry, svg`${place} ${paintLine(geometry, layer, end)}`)}
  ${labelWith(words, found?.possible !== false, 'left: 8px; top: 8px')}`;
}

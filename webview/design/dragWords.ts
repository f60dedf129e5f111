/** What a drag says: what is dragged, beside the pointer, and what a drop would do. */
import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import type { Consequence } from './verdict';
import type { Box, Geometry, Point } from './contract';
import type { Drag, Gesture } from './gestureStates';
import { freePlace, sizeOfWords } from './labelPlace';
import type { World } from './world';

type Dragging = Extract<Gesture, { type: 'drag' }>;

/** Pixels of the buttons in the canvas's top right corner, of the sign before a label, and around the pointer. */
const ZOOM_BAR = { width: 146, height: 40 };
const ICON = 17;
const POINTER = 14;
/** From the pointer to what is dragged, and from the left end of the label to the pointer. */
const ASIDE = { x: 14, y: 12 };
const BEFORE = 140;
/** Zoom from which captions are drawn, and how far words may reach. */
const READABLE = 0.4;
const NEAR = 480;

/** Captions stay readable: the words stand beside them, and beside each other. */
export function dragWords(
  gesture: Dragging,
  world: World,
  geometry: Geometry,
): TemplateResult | typeof nothing {
  const { at } = gesture;
  const pointer = { x: at.x - 4, y: at.y - POINTER, width: 2 * POINTER, height: 2 * POINTER + 4 };
  const heads = captionsNear(at, geometry);
  const carried = carriedWords(gesture, world);
  const label = labelWords(gesture);
  const ghost = carried && ghostBox(`${carried.words} ${carried.weights}`, at, heads, geometry);
  const avoid = [pointer, ...heads, ...(ghost ? [ghost] : []), zoomBar(geometry)];
  return html`${carried && ghost ? ghostWith(carried, ghost) : nothing}
  ${label ? labelNear(label, at, avoid, geometry) : nothing}`;
}

/** Captions that words beside the pointer could hide; far off they cannot be read anyway. */
function captionsNear({ x }: Point, { columns, zoom }: Geometry): readonly Box[] {
  if (zoom < READABLE) return [];
  return columns.map(({ head }) => head).filter(head => Math.abs(head.x - x) < NEAR);
}

const zoomBar = ({ size }: Geometry): Box => ({
  x: size.width - ZOOM_BAR.width,
  y: 0,
  ...ZOOM_BAR,
});

interface Carried {
  readonly words: string;
  /** New weights, where they stand nowhere else. */
  readonly weights: string;
}

function carriedWords({ drag }: Dragging, world: World): Carried | undefined {
  const words = ghostWords(drag, world);
  if (words === '') return undefined;
  // What a drop will do stands at its place already; a handle has no place.
  const found = drag.type === 'handle' ? drag.resizing?.consequence : undefined;
  const weights = found?.possible ? found.says.split(' · ')[1] : undefined;
  return { words, weights: unbroken(weights ?? '') };
}

function ghostBox(words: string, at: Point, heads: readonly Box[], { size }: Geometry): Box {
  const own = sizeOfWords(words);
  const isRight = at.x > size.width - 180;
  const x = isRight ? at.x - ASIDE.x - own.width : at.x + ASIDE.x;
  return { ...freePlace(own, { x, y: at.y + ASIDE.y }, heads, size), ...own };
}

const ghostWith = ({ words, weights }: Carried, { x, y }: Point): TemplateResult =>
  html`<div class="ghost" style="left: ${x}px; top: ${y}px" data-testid="ghost">
    ${words}${weights === '' ? nothing : html` <span class="quiet">${weights}</span>`}
  </div>`;

function ghostWords(drag: Drag, world: World): string {
  if (drag.type === 'handle') {
    const names = (drag.resizing?.layers ?? [drag.layer]).map(world.title).join(' + ');
    return text('design.units', names, count(drag.units));
  }
  if (drag.type === 'layers') {
    const names = listed(drag.layers.map(world.title));
    return drag.copy ? `+ ${names}` : names;
  }
  if (drag.type !== 'item') return '';
  const { item } = drag;
  switch (item.type) {
    case 'layer':
      return `dense ${item.units} · ${item.activation}`;
    case 'shaped':
      return item.layer;
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

/** What a drop here would do, or why it cannot be. */
function labelWords({ drag, drop }: Dragging): Consequence | undefined {
  // What a handle does stands at the ghost already; only what it cannot do needs its reason.
  const resized = drag.type === 'handle' ? drag.resizing?.consequence : undefined;
  return resized?.possible === false ? resized : drop?.consequence;
}

/** Above the pointer where there is room, never under it. */
function labelNear(
  found: Consequence,
  at: Point,
  avoid: readonly Box[],
  { size }: Geometry,
): TemplateResult {
  const words = unbroken(found.possible ? found.says : text('design.forbidden', found.why));
  const own = sizeOfWords(words, ICON);
  const above = at.y - POINTER - 6 - own.height;
  const wanted = { x: at.x - BEFORE, y: above > 8 ? above : at.y + 44 };
  const { x, y } = freePlace(own, wanted, avoid, size);
  return labelWith(words, found.possible, `left: ${x}px; top: ${y}px`);
}

export function labelWith(words: string, possible: boolean, style: string): TemplateResult {
  return html`<div
    class="drop-label ${possible ? '' : 'forbidden'}"
    style=${style}
    data-testid="drop-label"
  >
    <i class="codicon codicon-${possible ? 'add' : 'circle-slash'}" aria-hidden="true"></i>
    <span>${words}</span>
  </div>`;
}

/**
 * The gestures as a state machine: (state, event, situation) → (state, intents). No DOM, no clock.
 *
 * A press becomes a drag when the pointer has moved a few pixels, else a click. One gesture makes at most one
 * edit, when it ends over a place where it may. All points are pixels from the canvas's top left corner.
 */
import { text } from '../strings';
import { clicked } from './clicks';
import { consequence } from './consequences';
import type { Consequence } from './verdict';
import {
  idle,
  type Drag,
  type Gesture,
  type GestureEvent,
  type Intent,
  type PointerFacts,
  type Situation,
  type Step,
} from './gestureStates';
import { boxBetween, layersWithin, nearEdge, placeUnder, pullTo, samePlace } from './places';
import { resizing } from './resizing';
import { FINE, unitsAfter } from './units';
import type { World } from './world';

/** Pixels that a press may wander and still be a click. */
const THRESHOLD = 4;

const stay = (gesture: Gesture, ...intents: readonly Intent[]): Step => ({ gesture, intents });

export function step(gesture: Gesture, event: GestureEvent, situation: Situation): Step {
  switch (event.type) {
    case 'press':
      // A second pointer changes nothing about the first one's gesture.
      if (gesture.type !== 'idle' || event.button !== 0) return stay(gesture);
      return stay({ ...pick(event), type: 'pressed', start: event.at, hit: event.hit });
    case 'move':
      if (gesture.type === 'idle' || gesture.pointer !== event.pointer) return stay(gesture);
      return gesture.type === 'pressed'
        ? begin(gesture, event, situation)
        : follow(gesture, event, situation);
    case 'release':
      if (gesture.type === 'idle' || gesture.pointer !== event.pointer) return stay(gesture);
      if (gesture.type === 'pressed') return stay(idle, ...clicked(gesture, situation));
      return end(follow(gesture, event, situation).gesture, situation);
    case 'cancel':
      if (gesture.type === 'idle' || (event.pointer ?? gesture.pointer) !== gesture.pointer)
        return stay(gesture);
      return cancel(gesture);
    case 'modifiers':
      if (gesture.type !== 'drag') return stay(gesture);
      return stay(located({ ...gesture, drag: withCopy(gesture.drag, event.alt) }, situation));
    case 'tick':
      return scroll(gesture, situation);
  }
}

const pick = ({ pointer, alt, shift, ctrl }: PointerFacts) => ({
  pointer,
  modifiers: { alt, shift, ctrl },
});

function cancel(gesture: Gesture): Step {
  if (gesture.type !== 'drag') return stay(idle);
  const quiet = gesture.drag.type === 'pan' || gesture.drag.type === 'marquee';
  const words = text('design.cancelled');
  return stay(
    idle,
    { type: 'dragging', on: false },
    ...(quiet ? [] : [{ type: 'announce', words } as const]),
  );
}

// ------------------------------------------------------------------ a press becomes a drag

type Pressed = Extract<Gesture, { type: 'pressed' }>;
type Dragging = Extract<Gesture, { type: 'drag' }>;
type Move = Extract<GestureEvent, { type: 'move' | 'release' }>;

function begin(gesture: Pressed, event: Move, situation: Situation): Step {
  const { start, pointer } = gesture;
  if (Math.hypot(event.at.x - start.x, event.at.y - start.y) < THRESHOLD) return stay(gesture);
  const drag = dragOf(gesture, situation);
  if (typeof drag === 'string') {
    const words = drag === situation.locked ? drag : text('design.forbidden', drag);
    return stay(idle, { type: 'announce', words });
  }
  const dragging: Dragging = {
    type: 'drag',
    pointer,
    start,
    at: start,
    drag,
    drop: undefined,
    entered: false,
  };
  const { gesture: next, intents } = follow(dragging, event, situation);
  return stay(next, { type: 'dragging', on: true }, ...intents);
}

/** What a press on something drags, or why nothing can be dragged. */
function dragOf(
  { hit, modifiers }: Pressed,
  { locked, selected, world }: Situation,
): Drag | string {
  const view: Drag = modifiers.shift
    ? { type: 'marquee', kept: modifiers.ctrl ? selected : [] }
    : { type: 'pan' };
  if (hit.type === 'background' || hit.type === 'target' || hit.type === 'slot' || !world)
    return hit.type === 'palette' ? text('design.why.nothing') : view;
  if (hit.type === 'head' && hit.layer < 0) return view;
  if (locked !== undefined) return locked;
  switch (hit.type) {
    case 'palette':
      return { type: 'item', item: hit.item };
    case 'head': {
      const layers = selected.includes(hit.layer) ? selected : [hit.layer];
      return { type: 'layers', layers, copy: modifiers.alt };
    }
    case 'port':
      return { type: 'port', layer: hit.layer };
    case 'handle':
      return handleOf(hit.layer, world);
  }
}

function handleOf(layer: number, { network, structure, judged, title }: World): Drag | string {
  if (layer < 0 && network.data) return text('design.why.data');
  if (layer < 0 && structure.inputImage) return text('design.why.inputImage');
  if (layer >= 0 && network.layers[layer].type !== 'dense')
    return text('design.why.derived', title(layer));
  const from = judged.shapes.get(layer)?.units ?? 1;
  return { type: 'handle', layer, from, way: 0, units: from, resizing: undefined };
}

// ------------------------------------------------------------------ a drag follows the pointer

function follow(gesture: Dragging, event: Move, situation: Situation): Step {
  const { drag, at } = gesture;
  if (drag.type === 'pan') {
    const intent = { type: 'pan', dx: event.at.x - at.x, dy: event.at.y - at.y } as const;
    return stay({ ...gesture, at: event.at }, intent);
  }
  const moved = { ...gesture, at: event.at, drag: withCopy(drag, event.alt) };
  if (drag.type === 'handle') {
    const way = drag.way + (event.at.y - at.y) * (event.shift ? FINE : 1);
    return stay({ ...moved, drag: resized(drag, way, situation) });
  }
  return stay(located(moved, situation));
}

/** The same answer serves every pixel that means the same number. */
function resized(drag: Extract<Drag, { type: 'handle' }>, way: number, { world }: Situation): Drag {
  const units = unitsAfter(drag.from, way);
  if (units === drag.units) return { ...drag, way };
  const found = world && units !== drag.from ? resizing(world, drag.layer, units) : undefined;
  return { ...drag, way, units, resizing: found };
}

function withCopy(drag: Drag, alt: boolean): Drag {
  return drag.type === 'layers' && drag.copy !== alt ? { ...drag, copy: alt } : drag;
}

/** The same drag, with the place that is under the pointer now. */
function located(gesture: Dragging, { geometry, world }: Situation): Dragging {
  const { drag, at } = gesture;
  if (!geometry || !world) return { ...gesture, drop: undefined };
  const entered = gesture.entered || nearEdge(geometry, at) === undefined;
  if (drag.type === 'handle' || drag.type === 'marquee' || drag.type === 'pan')
    return { ...gesture, entered };
  const place = placeUnder(geometry, at, drag);
  const same = gesture.drop && place && samePlace(gesture.drop.place, place);
  if (same && gesture.drag === drag && drag.type !== 'layers') return { ...gesture, entered };
  const found = place && consequence(world, drag, place);
  return { ...gesture, entered, drop: place && found && { place, consequence: found } };
}

/** Near an edge the picture moves under the resting pointer. */
function scroll(gesture: Gesture, situation: Situation): Step {
  if (gesture.type !== 'drag' || !gesture.entered || !situation.geometry) return stay(gesture);
  if (gesture.drag.type === 'pan' || gesture.drag.type === 'handle') return stay(gesture);
  const speed = pullTo(situation.geometry, gesture.at);
  if (!speed) return stay(gesture);
  const start =
    gesture.drag.type === 'marquee'
      ? { x: gesture.start.x - speed.x, y: gesture.start.y - speed.y }
      : gesture.start;
  return stay(located({ ...gesture, start }, situation), {
    type: 'pan',
    dx: -speed.x,
    dy: -speed.y,
  });
}

// ------------------------------------------------------------------ a drag ends

function end(gesture: Gesture, situation: Situation): Step {
  if (gesture.type !== 'drag') return stay(idle);
  return stay(idle, { type: 'dragging', on: false }, ...outcome(gesture, situation));
}

function outcome({ drag, drop, start, at }: Dragging, situation: Situation): readonly Intent[] {
  switch (drag.type) {
    case 'pan':
      return [];
    case 'marquee': {
      const found = situation.geometry
        ? layersWithin(situation.geometry, boxBetween(start, at))
        : [];
      const layers = [...new Set([...drag.kept, ...found])].sort((a, b) => a - b);
      return [{ type: 'selectLayers', layers, main: layers.at(-1) }];
    }
    case 'handle':
      return drag.resizing ? [intentOf(drag.resizing.consequence)] : [];
    default:
      return drop
        ? [intentOf(drop.consequence)]
        : [{ type: 'announce', words: text('design.cancelled') }];
  }
}

function intentOf(found: Consequence): Intent {
  if (!found.possible) return { type: 'announce', words: text('design.forbidden', found.why) };
  return { type: 'edit', edit: found.edit, says: found.says, select: found.select };
}

/** Connecting without a drag: an arrow offers a layer, Enter or a click on one connects, Escape ends it. */
import { told } from '../punctuation';
import { consequence } from './consequences';
import type { Point } from './contract';
import { idle } from './gestureStates';
import { drop } from './perform';
import { placeUnder } from './places';
import type { DesignSession } from './session';

/** A click: connects where there is a layer, and ends it anywhere. */
export function connectAt(session: DesignSession, at: Point): void {
  const { connecting, situation } = session;
  session.gesture = idle;
  if (!connecting || !situation.geometry) return;
  const dragged = { type: 'port', layer: connecting.layer } as const;
  const place = placeUnder(situation.geometry, at, dragged);
  session.connecting = undefined;
  if (place) drop(session, dragged, place);
  session.changed();
}

const STEPS: { readonly [key: string]: -1 | 1 | undefined } = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

/** Whether the key was about connecting. */
export function connectKey(session: DesignSession, { key }: KeyboardEvent): boolean {
  const { connecting, world } = session;
  if (!connecting || !world) return false;
  const by = STEPS[key];
  const dragged = { type: 'port', layer: connecting.layer } as const;
  if (by !== undefined) {
    const last = world.network.layers.length - 1;
    const to = Math.max(0, Math.min(last, connecting.to + by));
    session.connecting = { ...connecting, to };
    const found = consequence(world, dragged, { type: 'layer', layer: to });
    if (found) session.say(found.possible ? found.says : told(world.title(to), found.why));
  } else if (key === 'Enter' || key === ' ') {
    session.connecting = undefined;
    drop(session, dragged, { type: 'layer', layer: connecting.to });
  } else if (key === 'Escape') session.connecting = undefined;
  else return false;
  session.changed();
  return true;
}

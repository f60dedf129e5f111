/** What a pinned card has around its explanation: a head by which it is moved, and a button that closes it. */
import { html, type TemplateResult } from 'lit';
import type { Point } from '../canvas/layout';
import { iconButton } from '../iconButton';
import { text } from '../strings';
import { keepIn } from './pinPlaces';
import { freeRoom } from './room';

/** Pixels a key. */
const STEP = 16;

export interface PinActions {
  close(): void;
  card(): HTMLElement | null;
  /** To a place in client coordinates; undefined: back into the line of cards. */
  move(to: Point | undefined): void;
}

export function grip(words: string, actions: PinActions): TemplateResult {
  const label = text('pin.move', words);
  return html`<button
    class="icon grip"
    type="button"
    data-testid="pin-move"
    aria-label=${label}
    title=${label}
    @dblclick=${() => actions.move(undefined)}
  >
    <i class="codicon codicon-gripper" aria-hidden="true"></i>
  </button>`;
}

export function closeButton(words: string, actions: PinActions): TemplateResult {
  return iconButton('pin-close', 'close', text('pin.close', words), () => actions.close());
}

const WAYS: { readonly [key: string]: readonly [dx: number, dy: number] | undefined } = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** Whether the key has moved the card. */
export function moveBy({ key }: KeyboardEvent, actions: PinActions): boolean {
  const box = actions.card()?.getBoundingClientRect();
  const way = WAYS[key];
  if (!box || (!way && key !== 'Home')) return false;
  actions.move(way && keepIn({ x: box.x + way[0], y: box.y + way[1] }, box, freeRoom()));
  return true;
}

/** A press on the head, but not on one of its buttons, takes the card along until the pointer is let go. */
export function dragHead(event: PointerEvent, actions: PinActions): void {
  const pressed = event.target as Element;
  const head = pressed.closest<HTMLElement>('.explanation > header');
  const card = actions.card();
  if (!head || !card || event.button !== 0 || pressed.closest('button:not(.grip)')) return;
  const box = card.getBoundingClientRect();
  const [dx, dy] = [box.x - event.clientX, box.y - event.clientY];
  const ends = new AbortController();
  const moved = ({ clientX, clientY, pointerId }: PointerEvent): void => {
    if (pointerId !== event.pointerId) return;
    actions.move(keepIn({ x: clientX + dx, y: clientY + dy }, box, freeRoom()));
  };
  card.setPointerCapture(event.pointerId);
  card.classList.add('dragged');
  const end = (): void => {
    card.classList.remove('dragged');
    ends.abort();
  };
  card.addEventListener('pointermove', moved, { signal: ends.signal });
  for (const over of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    card.addEventListener(over, end, { signal: ends.signal });
}

/** The upper edge of the charts, by which they are made higher: dragged, or with the keyboard. */
import { html, type TemplateResult } from 'lit';
import { COMPACT_PLOT } from '../arrange';
import { text } from '../strings';

const LOWEST = COMPACT_PLOT + 34;
const STEP = 16;

/** @param room pixels from top to bottom  @param show another height is wanted */
export function heightHandle(room: number, show: (height: number) => void): TemplateResult {
  const resize = (height: number): void => {
    const highest = Math.max(LOWEST, window.innerHeight * 0.6);
    show(Math.round(Math.max(LOWEST, Math.min(height, highest))));
  };
  const nudge = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? STEP : event.key === 'ArrowDown' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    resize(room + by);
  };
  return html`<div
    class="handle"
    role="separator"
    tabindex="0"
    aria-orientation="horizontal"
    aria-label=${text('chart.resize')}
    aria-valuenow=${room}
    aria-valuemin=${LOWEST}
    data-testid="chart-handle"
    @pointerdown=${(down: PointerEvent) => grab(down, room, resize)}
    @keydown=${nudge}
  ></div>`;
}

function grab(down: PointerEvent, room: number, resize: (height: number) => void): void {
  const handle = down.currentTarget as HTMLElement;
  const drag = (move: PointerEvent): void => resize(room + down.clientY - move.clientY);
  handle.setPointerCapture(down.pointerId);
  handle.addEventListener('pointermove', drag);
  handle.addEventListener(
    'lostpointercapture',
    () => handle.removeEventListener('pointermove', drag),
    { once: true },
  );
  down.preventDefault();
}

/** What the pointer does on a chart: chooses a moment; with Shift a part of the axis; with Ctrl and the wheel zooms. */
import type { Zoom } from './chartView';

/** What is needed of a plot. */
interface Plot {
  readonly over: HTMLElement;
  readonly posToVal: (pixels: number, scale: 'x') => number;
}

/** Of a selection: less is a slip of the hand. */
const LEAST_PIXELS = 4;

const xOf = (over: HTMLElement, { clientX }: MouseEvent): number =>
  clientX - over.getBoundingClientRect().x;

/** Pressed and dragged, the pointer chooses a place. */
export function choosing({ over, posToVal }: Plot, choose: (value: number) => void): void {
  let isChoosing = false;
  over.addEventListener('pointerdown', down => {
    isChoosing = down.button === 0 && !down.shiftKey;
    if (!isChoosing) return;
    over.setPointerCapture(down.pointerId);
    choose(posToVal(xOf(over, down), 'x'));
  });
  over.addEventListener('pointermove', move => {
    if (isChoosing && over.hasPointerCapture(move.pointerId))
      choose(posToVal(xOf(over, move), 'x'));
  });
}

/** @param zoom undefined: all again */
export function zooming({ over, posToVal }: Plot, zoom: (to: Zoom | undefined) => void): void {
  over.addEventListener('pointerdown', down => {
    if (down.button === 0 && down.shiftKey) selectPart({ over, posToVal }, down, zoom);
  });
  over.addEventListener('dblclick', () => zoom(undefined));
  over.addEventListener(
    'wheel',
    event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { width } = over.getBoundingClientRect();
      const ends: Zoom = [posToVal(0, 'x'), posToVal(width, 'x')];
      zoom(zoomed(ends, posToVal(xOf(over, event), 'x'), 2 ** (event.deltaY / 200)));
    },
    { passive: false },
  );
}

/** The same ends, nearer to a value by a factor or farther from it. */
export function zoomed([from, to]: Zoom, around: number, factor: number): Zoom {
  return [around + (from - around) * factor, around + (to - around) * factor];
}

/** Within these ends; undefined where nothing is left out. */
export function within(zoom: Zoom | undefined, [low, high]: Zoom): Zoom | undefined {
  if (!zoom) return undefined;
  const ends: Zoom = [Math.max(low, zoom[0]), Math.min(high, zoom[1])];
  const least = (high - low) / 1e6;
  if (ends[1] - ends[0] < least) return undefined;
  return ends[0] <= low && ends[1] >= high ? undefined : ends;
}

function selectPart({ over, posToVal }: Plot, down: PointerEvent, zoom: (to: Zoom) => void): void {
  const band = document.createElement('div');
  band.className = 'zoom-band';
  over.append(band);
  over.setPointerCapture(down.pointerId);
  const start = xOf(over, down);
  const draw = (move: PointerEvent): void => {
    const ends = [start, xOf(over, move)].sort((a, b) => a - b);
    band.style.left = `${ends[0]}px`;
    band.style.width = `${ends[1] - ends[0]}px`;
  };
  const end = (up: PointerEvent): void => {
    over.removeEventListener('pointermove', draw);
    over.removeEventListener('pointerup', end);
    over.removeEventListener('pointercancel', end);
    band.remove();
    const ends = [start, xOf(over, up)].sort((a, b) => a - b);
    if (up.type === 'pointerup' && ends[1] - ends[0] >= LEAST_PIXELS)
      zoom([posToVal(ends[0], 'x'), posToVal(ends[1], 'x')]);
  };
  over.addEventListener('pointermove', draw);
  over.addEventListener('pointerup', end);
  over.addEventListener('pointercancel', end);
}

/** Where the words of a drag stand: near the pointer, and not over what is to be read beside it. Pure. */
import { textWidth } from '../canvas/textWidth';
import type { Box, Point } from './contract';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of the frame around words, a line of them, and the widest label; as the style sheet has them. */
const FRAME = 18;
const LINE = 16;
const WIDEST = 322;
/** Pixels between words and what they stand beside, and from the canvas's edge. */
const GAP = 6;
const EDGE = 8;
/** What a pixel of something hidden costs, in pixels that words would rather move. */
const HIDES = 1;

/** How large a label of such words is; `icon`: pixels beside them. */
export function sizeOfWords(words: string, icon = 0): Size {
  const length = textWidth(words) + 4;
  const inner = WIDEST - FRAME - icon;
  // A line breaks between words: the last ones of each line have no room.
  const lines = length <= inner ? 1 : Math.ceil((length * 1.1) / inner);
  return { width: Math.min(WIDEST, length + FRAME + icon), height: lines * LINE + 6 };
}

/** Of the places near `wanted`, that which hides least of `avoid` and is the nearest of those. */
export function freePlace(size: Size, wanted: Point, avoid: readonly Box[], room: Size): Point {
  const within = (at: number, length: number, space: number): number =>
    Math.max(EDGE, Math.min(at, space - length - EDGE));
  const rows = avoid.flatMap(box => [box.y - GAP - size.height, box.y + box.height + GAP]);
  const columns = avoid.flatMap(box => [box.x - GAP - size.width, box.x + box.width + GAP]);
  let best: Point = wanted;
  let least = Infinity;
  for (const y of [wanted.y, ...rows])
    for (const x of [wanted.x, ...columns]) {
      const at = {
        x: within(x, size.width, room.width),
        y: within(y, size.height, room.height),
      };
      const way = Math.hypot(at.x - wanted.x, at.y - wanted.y);
      if (way >= least) continue;
      const hidden = avoid.reduce((sum, box) => sum + overlap({ ...at, ...size }, box), 0);
      const cost = way + hidden * HIDES;
      if (cost >= least) continue;
      least = cost;
      best = at;
    }
  return best;
}

/** Square pixels that two boxes share. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

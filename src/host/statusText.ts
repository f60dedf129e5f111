/** What of a network stands in VS Code's status bar: as much as there is room for; all of it is told by its tooltip and aloud. */

export interface StatusPart {
  readonly text: string;
  /** What gives way first has the highest. */
  readonly rank: number;
}

/** Widths of a Latin letter that are free beside VS Code's own entries, in a window of 1280 pixels. */
const MOST = 72;
const BETWEEN = ' · ';

export function allOf(parts: readonly StatusPart[]): string {
  return parts.map(({ text }) => text).join(BETWEEN);
}

/** Without those that there is no room for. */
export function fitting(parts: readonly StatusPart[]): string {
  let left = parts;
  while (widthOf(allOf(left)) > MOST && left.length > 1) {
    const rank = Math.max(...left.map(part => part.rank));
    left = left.filter(part => part.rank !== rank);
  }
  return allOf(left);
}

/** Icons are no words. */
export function spoken(text: string): string {
  return text.replace(/\$\([^)]*\) ?/g, '');
}

/** An icon takes two, as Chinese letters do. */
function widthOf(text: string): number {
  const letters = [...text.replace(/\$\([^)]*\)/g, '--')];
  return letters.reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
}

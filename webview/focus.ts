/**
 * Keeps the keyboard on the page when the control that has it goes away: a banner that is dismissed, a crumb that
 * leads back. Without this the focus falls to the body, and the next Tab begins at the top.
 */

/** Parts of the page, and what gets the focus when a control of theirs has gone. */
const HEIRS: readonly (readonly [part: string, heir: string])[] = [
  ['.inspector', '.inspector :is(button, select, input):not(:disabled)'],
  ['.notices', 'svg.network [tabindex="0"]'],
  ['.palette', '[data-testid="palette-open"]'],
  ['main', 'svg.network [tabindex="0"]'],
];

/** Asked before the page is drawn anew: where the focus is. */
export function focusIn(page: HTMLElement): (() => void) | undefined {
  const before = document.activeElement;
  if (!(before instanceof HTMLElement) || !page.contains(before)) return undefined;
  const heirs = HEIRS.filter(([part]) => before.closest(part)).map(([, heir]) => heir);
  return () => {
    if (before.isConnected && before.getClientRects().length > 0) return;
    if (document.activeElement !== document.body) return;
    const heir = heirs
      .map(each => page.querySelector<HTMLElement | SVGElement>(each))
      .find(found => found !== null);
    heir?.focus({ preventScroll: true });
  };
}

/**
 * Keeps the keyboard where the person is: on the page when the control that has it goes away (a banner that is
 * dismissed, a crumb that leads back, the button of the previous sample at the first; without this the focus falls to the body, and the next Tab begins at the top),
 * and off the page while the person is elsewhere.
 */

let awaited: (() => void) | undefined;

/**
 * Puts the keyboard somewhere without being asked to: now, or once the person comes back to the page and nothing else
 * on it has the keyboard. A page that takes it while somebody writes in the text beside it takes it from the text, and
 * VS Code does not learn where it is: undo and redo then reach neither of the two.
 */
export function whenHere(give: () => void): void {
  if (document.hasFocus()) return give();
  awaited = give;
}

/**
 * Milliseconds after which VS Code knows that the person is on the page. It looks four times a second, and misses who
 * goes to the text and is back sooner.
 */
const SEEN = 600;

/** Calls back when the person has come to the page and stayed; the returned function ends that. */
export function onEntered(entered: () => void): () => void {
  let timer = 0;
  const come = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => document.hasFocus() && entered(), SEEN);
    // A click gives the keyboard to what was clicked: that comes first.
    requestAnimationFrame(() => {
      const give = awaited;
      awaited = undefined;
      if (give && document.activeElement === document.body) whenHere(give);
    });
  };
  window.addEventListener('focus', come);
  return () => {
    window.clearTimeout(timer);
    window.removeEventListener('focus', come);
  };
}

/** Parts of the page, and what gets the focus when a control of theirs has gone. */
const HEIRS: readonly (readonly [part: string, heir: string])[] = [
  ['.inspector', '.inspector :is(button, select, input):not(:disabled)'],
  ['.notices', 'svg.network [tabindex="0"]'],
  ['.palette', '[data-testid="palette-open"], .palette-item[tabindex="0"]'],
  ['main', 'svg.network [tabindex="0"]'],
];

/** Parts of a form that stay when a control in them goes, and what can have the focus there. */
const NEAREST = '.setting, .data-section, .scope-part, .toolbar';
const CONTROL = ':is(input, select, button):not(:disabled), nabla-button:not([disabled])';

const focusedElement = (): HTMLElement | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement : undefined;

/** Asked before the page is drawn anew: where the focus is. What it returns is called when the page has been drawn. */
export function focusIn(page: HTMLElement): (() => void) | undefined {
  const before = document.activeElement;
  if (!(before instanceof HTMLElement) || !page.contains(before)) return undefined;
  const near = before.closest(NEAREST);
  const heirs = HEIRS.filter(([part]) => before.closest(part)).map(([, heir]) => heir);
  const pass = (): void => {
    // What cannot be used any more loses the keyboard a little later.
    const isOff = before.matches('[disabled]');
    if (![document.body, isOff ? before : undefined].includes(focusedElement())) return;
    if (before.checkVisibility() && !isOff) return;
    const heir = [
      near?.isConnected ? near.querySelector<HTMLElement>(CONTROL) : null,
      ...heirs.map(each => page.querySelector<HTMLElement | SVGElement>(each)),
    ].find(found => found !== null);
    whenHere(() => heir?.focus({ preventScroll: true }));
  };
  return () => {
    pass();
    // Elements within the page draw themselves a little later: what they take away goes then.
    requestAnimationFrame(pass);
  };
}

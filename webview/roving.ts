/** One tab stop for many buttons: arrow keys move among them, Tab comes back to the one that was left. */

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Which of `count` buttons in a column a key leads to; undefined where the key leads nowhere. */
export function nextStop(event: Key, at: number, count: number): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: count - 1 }[event.key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** The keydown of the element around the buttons. */
export function rove(event: KeyboardEvent, buttons: string): void {
  const all = stops(event, buttons);
  const at = all.indexOf(event.target as HTMLElement);
  const to = at < 0 ? undefined : nextStop(event, at, all.length);
  if (to === undefined) return;
  event.preventDefault();
  all[to].focus();
}

/** Its focusin: Tab comes back to what has the focus now. */
export function keepStop(event: FocusEvent, buttons: string): void {
  const all = stops(event, buttons);
  if (!all.includes(event.target as HTMLElement)) return;
  for (const button of all) button.tabIndex = button === event.target ? 0 : -1;
}

function stops({ currentTarget }: Event, buttons: string): HTMLElement[] {
  return [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>(buttons)];
}

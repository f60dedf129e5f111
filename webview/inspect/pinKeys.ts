/** Keys of pinned cards, which mean the same wherever the keyboard is. */
import { isWriting, isWritten } from './heldShift';

/** Where letters choose or write something. */
const OWN_LETTERS = '[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]';

/** `p` pins or unpins, `P` goes to the pinned cards; undefined: the key means something else. */
export function pinKey(event: KeyboardEvent): 'toggle' | 'goTo' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  // A letter that opens a field goes on into it.
  if (event.key.toLowerCase() !== 'p' || isWritten(event) || isWriting()) return undefined;
  const path = event.composedPath();
  if (path.some(part => part instanceof Element && part.matches(OWN_LETTERS))) return undefined;
  return event.shiftKey ? 'goTo' : 'toggle';
}

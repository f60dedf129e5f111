/**
 * Functions that are sent into the page and run there: each is whole by itself and sees nothing of this
 * file.
 */

/** @import { Point } from './messages' */

/**
 * A stroke may run far from the middle of its box.
 * @param {Element} element
 * @param {number} fraction
 * @returns {Point} in the frame
 */
export function pointOnStroke(element, fraction) {
  const path = /** @type {SVGGeometryElement} */ (element);
  const matrix = path.getScreenCTM();
  if (!matrix) throw new Error('it is not drawn');
  const { x, y } = path.getPointAtLength(path.getTotalLength() * fraction).matrixTransform(matrix);
  return { x, y };
}

/**
 * The text may be spread over several elements, as an editor's coloured words are.
 * @param {Element} element
 * @param {{ text: string, occurrence: number }} what
 * @returns {Point} in the frame
 */
export function middleOfText(element, { text, occurrence }) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {{ node: Text, start: number }[]} */
  const pieces = [];
  let whole = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push({ node: /** @type {Text} */ (node), start: whole.length });
    whole += (node.textContent ?? '').replaceAll('\u00a0', ' ');
  }
  let from = whole.indexOf(text);
  for (let i = 0; i < occurrence && from >= 0; i++) from = whole.indexOf(text, from + 1);
  if (from < 0) throw new Error(`"${text}" does not stand there ${occurrence + 1} times`);
  const range = document.createRange();
  const locate = (/** @type {number} */ offset) => {
    const piece = pieces.filter(({ start }) => start <= offset).pop() ?? pieces[0];
    return /** @type {const} */ ([piece.node, offset - piece.start]);
  };
  range.setStart(...locate(from));
  const [node, offset] = locate(from + text.length - 1);
  range.setEnd(node, offset + 1);
  const place = range.getBoundingClientRect();
  return { x: place.left + place.width / 2, y: place.top + place.height / 2 };
}

/**
 * Knows the listeners at what lives as long as the page, without those of the tests' own driver; `countedListeners()`
 * names each of them: `window keydown`. One that was to hear once, or until a signal, is gone when it was.
 */
export function countListeners() {
  // A page that may run no scripts would not run these either: whoever listens to it from outside would be deaf.
  const { sandbox } = /** @type {HTMLIFrameElement | null} */ (window.frameElement) ?? {};
  if (sandbox && sandbox.length > 0 && !sandbox.contains('allow-scripts')) return;
  /** @type {Map<string, Set<unknown>>} */
  const known = new Map();
  /** @param {EventTarget} target */
  const nameOf = target =>
    Object.entries({ window, document, body: document.body }).find(
      ([, lasting]) => lasting === target,
    )?.[0];
  /** @param {unknown} options @param {string} name */
  const option = (options, name) =>
    typeof options === 'object' && options ? Reflect.get(options, name) : undefined;
  /** @param {EventTarget} target @param {string} type @param {unknown} options */
  const keyOf = (target, type, options) =>
    `${nameOf(target)} ${type}${options === true || option(options, 'capture') ? ' first' : ''}`;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  /** @typedef {Parameters<typeof addEventListener>} Given */
  EventTarget.prototype.addEventListener = function (
    /** @type {Given} */ ...[type, listener, options]
  ) {
    const target = this ?? window;
    const ours = !/InjectedScript|UtilityScript/.test(new Error().stack ?? '');
    if (ours && nameOf(target) && listener) {
      const key = keyOf(target, type, options);
      const set = known.get(key) ?? new Set();
      known.set(key, set.add(listener));
      const gone = () => set.delete(listener);
      // Whether VS Code's own script asks for the end of parsing hangs on whether it comes before it; nothing hears it twice.
      const once = option(options, 'once') || type === 'DOMContentLoaded';
      if (once) addEventListener.call(target, type, gone, options);
      option(options, 'signal')?.addEventListener('abort', gone);
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (
    /** @type {Given} */ ...[type, listener, options]
  ) {
    known.get(keyOf(this ?? window, type, options))?.delete(listener);
    return removeEventListener.call(this ?? window, type, listener, options);
  };
  const names = () => [...known].flatMap(([key, set]) => [...set].map(() => key));
  Reflect.set(globalThis, 'countedListeners', names);
}

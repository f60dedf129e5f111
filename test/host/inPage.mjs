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
 * Counts the listeners at what lives as long as the page, without those of the tests' own driver;
 * `countedListeners()` tells how many there are.
 */
export function countListeners() {
  /** @type {Map<EventTarget, Map<string, Set<unknown>>>} */
  const known = new Map();
  const lasting = (/** @type {EventTarget} */ target) =>
    target === window || target === document || target === document.body;
  const keyOf = (/** @type {string} */ type, /** @type {unknown} */ options) =>
    `${type} ${options === true || (typeof options === 'object' && options && Reflect.get(options, 'capture') === true)}`;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  /** @typedef {Parameters<typeof addEventListener>} Given */
  EventTarget.prototype.addEventListener = function (
    /** @type {Given} */ ...[type, listener, options]
  ) {
    const ours = !/InjectedScript|UtilityScript/.test(new Error().stack ?? '');
    if (ours && lasting(this ?? window) && listener) {
      const types = known.get(this ?? window) ?? new Map();
      const set = types.get(keyOf(type, options)) ?? new Set();
      known.set(this ?? window, types.set(keyOf(type, options), set.add(listener)));
    }
    return addEventListener.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (
    /** @type {Given} */ ...[type, listener, options]
  ) {
    known
      .get(this ?? window)
      ?.get(keyOf(type, options))
      ?.delete(listener);
    return removeEventListener.call(this ?? window, type, listener, options);
  };
  Reflect.set(globalThis, 'countedListeners', () => {
    let sum = 0;
    for (const types of known.values()) for (const set of types.values()) sum += set.size;
    return sum;
  });
}

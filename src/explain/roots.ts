/** A square root in a layout: its sign, and what it covers. Text needs brackets for it; a drawn root does not. */
import type { Box } from './layout';

/** What is under the root, where these boxes are one. */
export function underRoot(items: readonly Box[]): Box | undefined {
  const [sign, covered] = items;
  const isRoot = items.length === 2 && sign.type === 'identifier' && sign.text === '√';
  return isRoot ? (betweenFences(covered) ?? covered) : undefined;
}

/** What stands between two fences, where that is all. */
export function betweenFences(box: Box): Box | undefined {
  if (box.type !== 'row' || box.items.length !== 3) return undefined;
  const [open, content, close] = box.items;
  const isFence = (item: Box): boolean => item.type === 'operator' && item.form === 'fence';
  return isFence(open) && isFence(close) ? content : undefined;
}

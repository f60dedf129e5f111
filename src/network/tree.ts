/** Reading the syntax tree of a JSON document. Where a key is written twice, the last one counts. */
import type { Node } from 'jsonc-parser';
import type { JsonValue } from './json';
import type { JsonPath, TextRange } from './network';

/** The property node (key and value) of an object. */
export function property(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.filter(member => member.children?.[0].value === key).pop();
}

/** The value of a key of an object, or of an index of an array. */
export function child(node: Node | undefined, key: string | number): Node | undefined {
  if (typeof key === 'string') return property(node, key)?.children?.[1];
  return node?.type === 'array' ? node.children?.[key] : undefined;
}

export function descend(node: Node | undefined, path: JsonPath): Node | undefined {
  return path.reduce<Node | undefined>(child, node);
}

/** The elements of an array; none where there is no array. */
export function elements(node: Node | undefined): readonly Node[] {
  return (node?.type === 'array' && node.children) || [];
}

export function range(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

export function end(node: Node): number {
  return node.offset + node.length;
}

/** The plain value of a node. Keys go through a map, so that `__proto__` is a key like any other. */
export function toValue(node: Node): JsonValue {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value as JsonValue;
  const entries = new Map<string, JsonValue>();
  for (const { children = [] } of node.children ?? []) {
    const [key, value] = children;
    if (value) entries.set(key.value as string, toValue(value));
  }
  return Object.fromEntries(entries);
}

/** Reading the syntax tree of a JSON document. Where a key is written twice, the last one counts. */
import type { Node } from 'jsonc-parser';
import type { JsonValue } from './json';
import type { JsonPath, TextRange } from './network';
import { numbersIn } from './numberList';

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

/** Number of elements of an array; 0 where there is no array. */
export function countIn(node: Node | undefined): number {
  return (numbersIn(node)?.values ?? elements(node)).length;
}

export function range(node: Node): TextRange {
  return { start: node.offset, end: node.offset + node.length };
}

export function end(node: Node): number {
  return node.offset + node.length;
}

/** The plain value of a node, however deep it is: no call stack is used up. */
export function toValue(node: Node): JsonValue {
  const values = new Map<Node, JsonValue>();
  for (const inner of innermostFirst(node)) values.set(inner, ownValue(inner, values));
  return values.get(node) as JsonValue;
}

/** A value after all the values in it. */
function innermostFirst(root: Node): readonly Node[] {
  const found = [root];
  for (let i = 0; i < found.length; i++) {
    if (numbersIn(found[i])) continue;
    const { type, children = [] } = found[i];
    if (type === 'array') for (const item of children) found.push(item);
    else if (type === 'object')
      for (const { children: [, value] = [] } of children) if (value) found.push(value);
  }
  return found.reverse();
}

/** Keys go through a map, so that `__proto__` is a key like any other. */
function ownValue(node: Node, inner: ReadonlyMap<Node, JsonValue>): JsonValue {
  const numbers = numbersIn(node);
  if (numbers) return numbers.values;
  const { type, value, children = [] } = node;
  const of = (item: Node): JsonValue => inner.get(item) as JsonValue;
  if (type === 'array') return children.map(of);
  if (type !== 'object') return value as JsonValue;
  const entries = new Map<string, JsonValue>();
  for (const { children: [key, content] = [] } of children) {
    if (content) entries.set(key.value as string, of(content));
  }
  return Object.fromEntries(entries);
}

/** Which settings a person has written into the file; all others have their defaults. */
import type { Node } from 'jsonc-parser';
import { formatPath } from './network';
import type { JsonPath } from './network';
import { elements } from './tree';

/**
 * Every setting that stands in the text, by path as `formatPath` writes it: `training.optimizer.learningRate`.
 * Groups are named with their members; a group written as its name alone (`"init": "zeros"`) stands alone.
 * Lists are one setting each, only `layers` is looked into.
 */
export function writtenSettings(root: Node | undefined): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node, path: JsonPath): void => {
    if (path.length > 0) found.push(formatPath(path));
    if (path.length === 1 && path[0] === 'layers') {
      elements(node).forEach((layer, index) => visit(layer, [...path, index]));
    } else if (node.type === 'object' && path.length < DEEPEST) {
      for (const { children: [key, value] = [] } of node.children ?? [])
        if (value) visit(value, [...path, key.value as string]);
    }
  };
  if (root) visit(root, []);
  return found;
}

/** `layers[0].init.scale` is the longest path of a setting; what is nested deeper is unknown to the format. */
const DEEPEST = 4;

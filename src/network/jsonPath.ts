/** Places in a JSON document, and how they are written. */

/** Path in the JSON document: `['layers', 0, 'weights', 2, 1]`. */
export type JsonPath = readonly (string | number)[];

/** `layers[0].weights[2][1]` */
export function formatPath(path: JsonPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? key : `.${key}`;
  }
  return text;
}

/** Inverse of {@link formatPath}; undefined when `text` is no such path. */
export function parsePath(text: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  const token = /(?:^|\.)([A-Za-z_$][\w$]*)|\[(\d+)\]/gy;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) return undefined;
    path.push(match[1] ?? Number(match[2]));
  }
  return path;
}

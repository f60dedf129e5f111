import { readFileSync } from 'node:fs';

/** The text of an example network. */
export function example(name: string): string {
  const url = new URL(`../../../media/examples/${name}.nn.json`, import.meta.url);
  return readFileSync(url, 'utf8');
}

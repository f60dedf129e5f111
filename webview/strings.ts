/** Every visible and spoken string of the designer comes from here. */
import type { FurnitureStrings } from './furnitureStrings.en';
import type { PictureStrings } from './strings.en';
import { words } from './words';

export type StringKey = keyof PictureStrings | keyof FurnitureStrings;

/**
 * The string in the language of the page, with `{0}`, `{1}` … replaced.
 * @throws where the picture says what comes with the furniture (`test/webview/visibleWords.test.ts` finds it before)
 */
export function text(key: StringKey, ...values: readonly (string | number)[]): string {
  const strings: Partial<Record<StringKey, string>> = words('strings');
  const found = strings[key];
  if (found === undefined) throw new Error(`The page has no string “${key}” yet.`);
  return found.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}

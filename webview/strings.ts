/** Every visible and spoken string of the designer comes from here, in the language of VS Code. */
import { english, type StringKey, type StringTable } from './strings.en';
import { chinese } from './strings.zh';

export type Language = 'en' | 'zh';

const tables: { readonly [L in Language]: StringTable } = { en: english, zh: chinese };

let chosen: Language = 'en';
let table: StringTable = english;

export function language(): Language {
  return chosen;
}

/** Chooses the language of the page (`zh…` or English) and lays the host's own strings over it. */
export function useLanguage(tag: string, overrides: Record<string, string> = {}): void {
  chosen = tag.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  table = { ...tables[chosen], ...overrides };
}

/** The string with `{0}`, `{1}` … replaced. */
export function text(key: StringKey, ...values: readonly (string | number)[]): string {
  return table[key].replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}

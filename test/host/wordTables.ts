/** Looks an English text of the product up in the product's own tables, and says it in another language. */

/** One place where the product keeps its words. Both sides have the same keys. */
export interface WordTable {
  /** For the error: `package.nls.json`. */
  readonly name: string;
  readonly english: Readonly<Record<string, string>>;
  readonly other: Readonly<Record<string, string>>;
}

interface Found {
  readonly key: string;
  readonly place: string;
  readonly said: string | undefined;
}

/**
 * The text of the other language, with its placeholders.
 *
 * @param english as it stands in a table, with `{0}` for what changes
 * @param key the entry that is meant, where the same English text is said in several ways
 * @throws where no table has it, where it has no translation, and where it is not clear which one is meant
 */
export function translated(tables: readonly WordTable[], english: string, key?: string): string {
  const found = tables.flatMap(table => entriesOf(table, english, key));
  if (found.length === 0) {
    const which = key === undefined ? '' : ` under "${key}"`;
    const places = tables.map(({ name }) => name).join(', ');
    throw new Error(
      `"${english}" stands${which} in none of ${places}. Say it as the product does.`,
    );
  }
  const untold = found.find(({ said }) => said === undefined);
  if (untold) throw new Error(`"${english}" (${untold.place}, ${untold.key}) has no translation.`);
  const ways = new Set(found.map(({ said }) => said!));
  if (ways.size > 1) {
    const all = found.map(({ key: one, place, said }) => `${one} (${place}): ${said}`).join('; ');
    throw new Error(
      `"${english}" is said in ${ways.size} ways; name the key that is meant: ${all}`,
    );
  }
  return found[0].said!;
}

function entriesOf(table: WordTable, english: string, key: string | undefined): readonly Found[] {
  return Object.entries(table.english)
    .filter(([own, text]) => text === english && (key === undefined || own === key))
    .map(([own]) => ({ key: own, place: table.name, said: table.other[own] }));
}

/** With `{0}`, `{1}` … replaced. @throws where a value is missing, or is one too many */
export function filled(template: string, values: readonly (string | number)[]): string {
  const used = new Set<number>();
  const text = template.replace(/\{(\d)\}/g, (_, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) throw new Error(`"${template}" lacks a value for {${index}}.`);
    used.add(Number(index));
    return String(value);
  });
  if (used.size < values.length)
    throw new Error(`"${template}" has no place for some of ${values.join(', ')}.`);
  return text;
}

/** A pattern of the words as they stand there; in the place of `{0}`, `{1}` … what the value says, which may be a pattern. */
export function patternOf(template: string, values: readonly (string | number | RegExp)[]): RegExp {
  const parts = values.map(value => (value instanceof RegExp ? value.source : escaped(`${value}`)));
  return new RegExp(filled(template.replace(/[.*+?^$()|[\]\\]/g, '\\$&'), parts));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What one value of a network file may be, as plain data. `catalog.ts` is written in these words; the
 * structure check, the parser's defaults, the JSON Schema and the designer's form all read them.
 */

interface Described {
  /** One line, shown in hovers, completions and the designer's form. */
  readonly description: string;
}

export interface NumberSetting extends Described {
  readonly kind: 'number';
  readonly default?: number | null;
  /** Where the default depends on another choice: that of each name. */
  readonly defaults?: { readonly [name: string]: number };
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Exclusive lower limit. */
  readonly above?: number;
  /** Exclusive upper limit. */
  readonly below?: number;
  readonly nullable?: true;
}

/** A number, or one of some words: `"batchSize": "all"`. */
export interface NumberOrWordSetting<W extends string = string> extends Described {
  readonly kind: 'numberOrWord';
  readonly number: NumberSetting;
  readonly words: { readonly [K in W]: string };
  readonly default: number | W;
}

export interface ChoiceSetting<C extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default?: C;
  /** Name → one line about it. */
  readonly choices: { readonly [K in C]: string };
}

export interface FlagSetting extends Described {
  readonly kind: 'flag';
  readonly default?: boolean;
}

export interface TextSetting extends Described {
  readonly kind: 'text';
  readonly default?: string;
  /** In characters (code points). */
  readonly minimumLength?: number;
  readonly maximumLength?: number;
  /** What it looks like: a regular expression, and the same in words (`64 hexadecimal digits`). */
  readonly pattern?: { readonly source: string; readonly words: string };
  /** Texts that have a meaning of their own → what they mean. */
  readonly reserved?: { readonly [text: string]: string };
}

export interface ListSetting extends Described {
  readonly kind: 'list';
  readonly item: Setting;
  readonly minimumLength?: number;
  readonly maximumLength?: number;
  /** One item may stand for a list of one. */
  readonly single?: true;
  /** What to do where there are too few or too many items. */
  readonly advice?: { readonly short?: string; readonly long?: string };
}

export interface GroupSetting extends Described {
  readonly kind: 'group';
  readonly settings: { readonly [key: string]: Setting };
  readonly required?: readonly string[];
  /** Exactly one of these keys is there: the group's kind. */
  readonly oneOf?: readonly string[];
  /** What such a key names; a source where nothing is said. */
  readonly oneOfNoun?: string;
  /** The key whose value may stand for the whole group: `"optimizer": "sgd"`. */
  readonly shorthand?: string;
  /** Keys that a later version will know, with the sentence that refuses them. */
  readonly later?: { readonly [key: string]: string };
  readonly snippets?: readonly Snippet[];
}

/** An object whose settings depend on the value of one of its keys: a layer, by its `type`. */
export interface VariantsSetting extends Described {
  readonly kind: 'variants';
  /** The key that decides; a choice among the settings of every group. */
  readonly by: string;
  /** Its values, each with the settings that the object then has. */
  readonly groups: { readonly [value: string]: GroupSetting };
  /** The value by which an object is judged that has none, or an unknown one. */
  readonly usual: string;
  readonly snippets?: readonly Snippet[];
}

/** A completion of a whole value; `body` in the form of VS Code's `defaultSnippets`. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

export type Setting =
  | NumberSetting
  | NumberOrWordSetting
  | ChoiceSetting
  | FlagSetting
  | TextSetting
  | ListSetting
  | GroupSetting
  | VariantsSetting;

/** What a number has to be, in words: `a whole number from 1 to 65,536`. */
export function describeNumber(setting: NumberSetting): string {
  const { minimum, maximum, above, below } = setting;
  if (minimum !== undefined && minimum === maximum) return grouped(minimum);
  const limits = [
    minimum === undefined ? '' : maximum === undefined ? `of at least ${grouped(minimum)}` : '',
    minimum !== undefined && maximum !== undefined
      ? `from ${grouped(minimum)} to ${grouped(maximum)}`
      : '',
    minimum === undefined && maximum !== undefined ? `of at most ${grouped(maximum)}` : '',
    above === undefined ? '' : `above ${grouped(above)}`,
    below === undefined ? '' : `below ${grouped(below)}`,
  ].filter(Boolean);
  const noun = setting.integer ? 'a whole number' : 'a number';
  return [noun, limits.join(' and ')].join(' ').trim() + (setting.nullable ? ', or null' : '');
}

/** Whether a finite number lies within the limits of its setting. */
export function inRange(setting: NumberSetting, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, above = -Infinity, below = Infinity } = setting;
  if (setting.integer && !Number.isInteger(value)) return false;
  return value >= minimum && value <= maximum && value > above && value < below;
}

/** 65536 → `65,536`; the same in every language of the machine. */
export function grouped(value: number): string {
  if (!Number.isSafeInteger(value)) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

// ---------------------------------------------------------------------- the words of the catalogue

/** What may be said about a setting besides its description. */
export type Rest<S> = Partial<Omit<S, 'kind' | 'description'>>;

export function number(description: string, rest: Rest<NumberSetting> = {}): NumberSetting {
  return { kind: 'number', description, ...rest };
}

/** A whole number of at least 1. */
export function count(description: string, rest: Rest<NumberSetting> = {}): NumberSetting {
  return number(description, { integer: true, minimum: 1, ...rest });
}

/** From 0 to below 1. */
export function part(description: string, value: number): NumberSetting {
  return number(description, { default: value, minimum: 0, below: 1 });
}

export function choice<C extends string>(
  description: string,
  choices: { readonly [K in C]: string },
  rest: { default?: NoInfer<C> } = {},
): ChoiceSetting<C> {
  return { kind: 'choice', description, choices, ...rest };
}

export function flag(description: string, value?: boolean): FlagSetting {
  return { kind: 'flag', description, ...(value !== undefined && { default: value }) };
}

export function text(description: string, rest: Rest<TextSetting> = {}): TextSetting {
  return { kind: 'text', description, ...rest };
}

export function list(
  description: string,
  item: Setting,
  rest: Rest<ListSetting> = {},
): ListSetting {
  return { kind: 'list', description, item, ...rest };
}

export function group(
  description: string,
  settings: { readonly [key: string]: Setting },
  rest: Rest<GroupSetting> = {},
): GroupSetting {
  return { kind: 'group', description, settings, ...rest };
}

/**
 * The catalogue as a JSON Schema (draft 07), for completion, hovers and squiggles in the text editor.
 * Unknown keys are allowed: they are kept, and the parser tells about them.
 */
import { catalog } from './catalog';
import type { JsonValue } from './json';
import type {
  ChoiceSetting,
  FlagSetting,
  GroupSetting,
  ListSetting,
  NumberOrWordSetting,
  NumberSetting,
  Setting,
  Snippet,
  TextSetting,
  VariantsSetting,
} from './setting';

interface Schema {
  [keyword: string]: JsonValue;
}

/** The schema of a whole file. */
export function networkSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Nabla network',
    allowComments: true,
    allowTrailingCommas: true,
    ...schemaOf(catalog),
  };
}

const makers: {
  readonly [K in Setting['kind']]: (setting: Extract<Setting, { kind: K }>) => Schema;
} = {
  number: numberSchema,
  numberOrWord: numberOrWordSchema,
  choice: choiceSchema,
  flag: (_setting: FlagSetting) => ({ type: 'boolean' }),
  text: textSchema,
  list: listSchema,
  group: groupSchema,
  variants: variantsSchema,
};

function schemaOf(setting: Setting): Schema {
  const { description } = setting;
  const make = makers[setting.kind] as (setting: Setting) => Schema;
  const byName = 'defaults' in setting ? setting.defaults : undefined;
  // A schema knows one default only: it says none where that would be wrong for another choice.
  const initial = 'default' in setting && !byName ? setting.default : undefined;
  const words = byName ? namedDefaults(byName) : initial !== undefined && code(initial);
  return {
    description,
    markdownDescription: words ? `${description}\n\nDefault: ${words}` : description,
    ...(initial !== undefined && { default: initial }),
    ...make(setting),
  };
}

const code = (value: JsonValue): string => `\`${JSON.stringify(value)}\``;

/** "`0.1` (sgd), `0.01` (rmsprop, adagrad)" */
function namedDefaults(defaults: { readonly [name: string]: number }): string {
  const values = [...new Set(Object.values(defaults))];
  const named = values.map(value => {
    const names = Object.keys(defaults).filter(name => defaults[name] === value);
    return `${code(value)} (${names.join(', ')})`;
  });
  return named.join(', ');
}

function numberSchema(setting: NumberSetting): Schema {
  const { integer, nullable, minimum, maximum, above, below } = setting;
  const type = integer ? 'integer' : 'number';
  return {
    type: nullable ? [type, 'null'] : type,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(below !== undefined && { exclusiveMaximum: below }),
  };
}

function numberOrWordSchema({ number, words }: NumberOrWordSetting): Schema {
  return { anyOf: [numberSchema(number), namesSchema(words)] };
}

function namesSchema(names: { readonly [name: string]: string }): Schema {
  const descriptions = Object.values(names);
  return {
    type: 'string',
    enum: Object.keys(names),
    enumDescriptions: descriptions,
    markdownEnumDescriptions: descriptions.map(escapeMarkdown),
  };
}

/** Descriptions are plain text: `w_00` is not to become italic. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_|~[\]<>]/g, '\\$&');
}

function choiceSchema({ choices }: ChoiceSetting): Schema {
  return namesSchema(choices);
}

function textSchema(setting: TextSetting): Schema {
  const { minimumLength, maximumLength, pattern, reserved } = setting;
  return {
    type: 'string',
    ...(minimumLength !== undefined && { minLength: minimumLength }),
    ...(maximumLength !== undefined && { maxLength: maximumLength }),
    ...(pattern && {
      pattern: pattern.source,
      patternErrorMessage: `Expected ${pattern.words}.`,
    }),
    ...(reserved && { allOf: Object.entries(reserved).map(reservation) }),
  };
}

function reservation([name, meaning]: readonly [string, string]): Schema {
  const errorMessage = `"${name}" means ${meaning}: choose another name.`;
  return { not: { const: name }, errorMessage };
}

function listSchema({ item, minimumLength, maximumLength, single }: ListSetting): Schema {
  const list: Schema = {
    type: 'array',
    items: schemaOf(item),
    ...(minimumLength !== undefined && { minItems: minimumLength }),
    ...(maximumLength !== undefined && { maxItems: maximumLength }),
  };
  return single ? { anyOf: [schemaOf(item), list] } : list;
}

function groupSchema(setting: GroupSetting): Schema {
  const { settings, required, oneOf, shorthand, later = {}, snippets } = setting;
  const known = Object.entries(settings).map(([key, inner]) => [key, schemaOf(inner)] as const);
  const refused = Object.entries(later).map(([key, words]) => [key, refusal(words)] as const);
  const object: Schema = {
    type: 'object',
    properties: Object.fromEntries<JsonValue>([...known, ...refused]),
    ...(required && { required }),
    ...(oneOf && { oneOf: oneOf.map(key => ({ required: [key] })) }),
    ...(snippets && { defaultSnippets: snippets.map(snippetSchema) }),
  };
  if (shorthand === undefined) return object;
  return { anyOf: [schemaOf(settings[shorthand]), object] };
}

/** One group after the other is asked for; the usual one is for all other values. */
function variantsSchema({ by, groups, usual, snippets }: VariantsSetting): Schema {
  const others = Object.entries(groups).filter(([value]) => value !== usual);
  const chosen = others.reduceRight<Schema>(
    (rest, [value, inner]) => ({
      if: { type: 'object', properties: { [by]: { const: value } }, required: [by] },
      then: schemaOf(inner),
      else: rest,
    }),
    schemaOf(groups[usual]),
  );
  return { ...(snippets && { defaultSnippets: snippets.map(snippetSchema) }), ...chosen };
}

function refusal(words: string): Schema {
  return {
    not: {},
    doNotSuggest: true,
    errorMessage: `This version of Nabla does not know ${words}.`,
  };
}

function snippetSchema({ label, description, body }: Snippet): Schema {
  return { label, description, body: body as JsonValue };
}

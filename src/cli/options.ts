/** The words behind a command, read as its options: by Node, whose faults are put in our words. */
import { parseArgs } from 'node:util';
import { UsageError, messageOf } from './io';

/** Options that every command knows. */
const COMMON = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;

export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
}

export interface CommandSpec {
  readonly summary: string;
  /** Whether it takes several files. */
  readonly several?: true;
  readonly options: { readonly [name: string]: OptionSpec };
  /** What the help says below the options. */
  readonly note?: string;
  /** Options that exclude each other. */
  readonly oneOf?: readonly string[];
  /** Whether one of `oneOf` must be there. */
  readonly required?: boolean;
}

type Values = { readonly [name: string]: string | boolean | (string | boolean)[] | undefined };

/**
 * The options of a command and the words that belong to none.
 *
 * @throws UsageError that names what was expected and what was found
 */
export function parseOptions(
  args: string[],
  command: string,
  known: { readonly [name: string]: { readonly type: 'boolean' | 'string' } },
): { values: Values; positionals: string[] } {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = { ...COMMON };
  for (const [name, { type }] of Object.entries(known)) options[name] = { type };
  const { tokens, ...parsed } = parsedOrFault(args, command, options);
  const texts = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.value === undefined) continue;
    const before = texts.get(token.name);
    if (before !== undefined)
      throw new UsageError(
        `${command} takes --${token.name} once, found "${before}" and "${token.value}"`,
      );
    texts.set(token.name, token.value);
  }
  return parsed;
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

function parsedOrFault(args: string[], command: string, options: NonNullable<Options>) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const message = messageOf(error).replaceAll('\n', ' ');
    const [, unknown] = /^Unknown option '([^']*)'/.exec(message) ?? [];
    if (unknown === undefined) throw new UsageError(message);
    const names = Object.keys(options).map(name => `--${name}`);
    throw new UsageError(`${command} has no option ${unknown}: expected ${names.join(', ')}`);
  }
}

/** @throws UsageError when options are given that exclude each other, or none of which one is needed */
export function checkExclusive(
  command: string,
  { oneOf = [], required }: CommandSpec,
  given: (name: string) => boolean,
): void {
  const found = oneOf.filter(given);
  const names = oneOf.map(name => `--${name}`);
  if (found.length > 1) throw new UsageError(`${command} takes only one of ${names.join(' and ')}`);
  if (required && found.length === 0) {
    throw new UsageError(`${command} needs one of ${names.join(' and ')}`);
  }
}

/** @throws UsageError when an option is missing that the command needs */
export function checkRequired(
  command: string,
  { options }: CommandSpec,
  given: (name: string) => boolean,
): void {
  for (const [name, { value, required }] of Object.entries(options)) {
    if (required && !given(name)) throw new UsageError(`${command} needs --${name} ${value}`);
  }
}

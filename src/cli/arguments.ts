/** What the words after `nabla` ask for. */
import { availableNotations, notationOf, type Notation } from '../explain/notation';
import type { NotationName } from '../network/network';
import { COMMANDS, type CommandName } from './commandSpecs';
import { UsageError } from './io';
import { checkExclusive, checkRequired, parseOptions } from './options';

export interface Arguments {
  readonly command: CommandName;
  /** The network file; the first of {@link files}. */
  readonly file: string;
  /** More than one only where the command takes several. */
  readonly files: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

export type Request =
  | { readonly type: 'help'; readonly command?: CommandName }
  | { readonly type: 'version' }
  | { readonly type: 'run'; readonly arguments: Arguments };

/** Reads the words after `nabla`. Throws {@link UsageError}. */
export function parseArguments(words: readonly string[]): Request {
  const [first] = words;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    const topic = words[1];
    return { type: 'help', command: topic !== undefined && isCommand(topic) ? topic : undefined };
  }
  if (first === '--version') return { type: 'version' };
  if (!isCommand(first)) {
    throw new UsageError(
      `unknown command "${first}": expected ${Object.keys(COMMANDS).join(', ')}`,
    );
  }
  const spec = COMMANDS[first];
  const { values, positionals } = parseOptions(words.slice(1), first, spec.options);
  if (values.help) return { type: 'help', command: first };
  if (values.version) return { type: 'version' };
  if (positionals.length === 0 || (positionals.length > 1 && !spec.several)) {
    const found =
      positionals.length === 0 ? 'none' : positionals.map(word => `"${word}"`).join(', ');
    const wanted = spec.several ? 'at least one network file' : 'one network file';
    throw new UsageError(`${first} takes ${wanted}, found ${found}`);
  }
  const flags = new Set<string>();
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') texts.set(name, value);
    else if (value === true) flags.add(name);
  }
  const given = (name: string): boolean => flags.has(name) || texts.has(name);
  checkExclusive(first, spec, given);
  checkRequired(first, spec, given);
  const [file] = positionals;
  const read = { command: first, file, files: positionals, flags, values: texts };
  return { type: 'run', arguments: read };
}

/** The value of an option that is one of some words; undefined when it is not given. */
export function choice<K extends string>(
  { values }: Arguments,
  name: string,
  choices: readonly K[],
): K | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const found = choices.find(word => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} takes one of ${choices.join(', ')}, found "${text}"`);
}

/** The value of an option that is a whole number from 0 (or `lowest`) up; undefined when it is not given. */
export function wholeNumber({ values }: Arguments, name: string, lowest = 0): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value) || value < lowest) {
    throw new UsageError(`--${name} takes a whole number from ${lowest} up, found "${text}"`);
  }
  return value;
}

export type Language = 'en' | 'zh-cn';

/** The language that is asked for; without that English. */
export function languageOption(call: Arguments): Language {
  return choice<Language>(call, 'language', ['en', 'zh-cn']) ?? 'en';
}

/** The notation that is asked for; without that the file's own, else Nielsen's. */
export function notationOption(call: Arguments): (ofFile: NotationName | undefined) => Notation {
  const name = choice(call, 'notation', availableNotations());
  const asWeight = call.flags.has('bias-as-weight');
  return ofFile => notationOf(name ?? ofFile ?? 'nielsen', asWeight);
}

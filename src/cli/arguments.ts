/** The grammar of the command line: commands, their options, their help. */
import { parseArgs } from 'node:util';
import { UsageError, messageOf } from './io';

interface OptionSpec {
  readonly type: 'boolean' | 'string';
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
}

interface CommandSpec {
  readonly summary: string;
  readonly options: { readonly [name: string]: OptionSpec };
  /** What the help says below the options. */
  readonly note?: string;
  /** Options that exclude each other. */
  readonly oneOf?: readonly string[];
  /** Whether one of `oneOf` must be there. */
  readonly required?: boolean;
}

export type CommandName = 'validate' | 'train' | 'predict' | 'gradients' | 'gradcheck';

const JSON_OPTION: OptionSpec = { type: 'boolean', help: 'print JSON for machines' };

export const COMMANDS: { readonly [K in CommandName]: CommandSpec } = {
  validate: {
    summary: 'say what is wrong with a network and its data',
    options: { json: JSON_OPTION },
  },
  train: {
    summary: 'train a network on its data',
    options: {
      epochs: { type: 'string', value: 'N', help: "stop after N epochs (default: the file's)" },
      seed: { type: 'string', value: 'N', help: "use this seed instead of the file's" },
      out: {
        type: 'string',
        value: 'FILE',
        help: 'write the trained network to FILE (paths of data stay as they are)',
      },
      write: { type: 'boolean', help: 'write the trained weights into the network file' },
      json: { type: 'boolean', help: 'print one line of JSON an epoch' },
    },
    oneOf: ['out', 'write'],
  },
  predict: {
    summary: 'compute outputs',
    options: {
      input: { type: 'string', value: '"[…]"', help: 'one input, or a list of inputs, as JSON' },
      data: { type: 'boolean', help: "every sample of the network's data" },
      json: JSON_OPTION,
    },
    oneOf: ['input', 'data'],
    required: true,
  },
  gradients: {
    summary: 'print ∂C/∂parameter of every weight and bias, in float64',
    options: {
      sample: { type: 'string', value: 'N', help: "of sample N's own loss, counted from 0" },
      batch: {
        type: 'boolean',
        help: 'of the loss over the whole training part, penalty included',
      },
      json: JSON_OPTION,
    },
    oneOf: ['sample', 'batch'],
    note: "Without --sample and --batch: of sample 0's own loss, without reduction and penalty.",
  },
  gradcheck: {
    summary: 'compare every gradient with central differences',
    options: { json: JSON_OPTION },
  },
};

export interface Arguments {
  readonly command: CommandName;
  /** The network file. */
  readonly file: string;
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Options that every command knows. */
const COMMON = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;

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
  const { values, positionals } = parseOptions(words.slice(1), spec);
  if (values.help) return { type: 'help', command: first };
  if (values.version) return { type: 'version' };
  if (positionals.length !== 1) {
    const found =
      positionals.length === 0 ? 'none' : positionals.map(word => `"${word}"`).join(', ');
    throw new UsageError(`${first} takes one network file, found ${found}`);
  }
  const flags = new Set<string>();
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') texts.set(name, value);
    else if (value === true) flags.add(name);
  }
  checkExclusive(first, spec, name => flags.has(name) || texts.has(name));
  return { type: 'run', arguments: { command: first, file: positionals[0], flags, values: texts } };
}

type Values = { readonly [name: string]: string | boolean | (string | boolean)[] | undefined };

function parseOptions(
  args: string[],
  spec: CommandSpec,
): { values: Values; positionals: string[] } {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = { ...COMMON };
  for (const [name, { type }] of Object.entries(spec.options)) options[name] = { type };
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(messageOf(error).replaceAll('\n', ' '));
  }
}

function checkExclusive(
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

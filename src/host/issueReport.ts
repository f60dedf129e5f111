/**
 * What a report of an issue tells: what runs where, and of a network nothing but its structure. No name, number, path or
 * setting of a person's own is in it.
 */
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';

/** Where and how the extension runs. */
export interface IssueFacts {
  readonly version: string;
  readonly vscode: string;
  /** Desktop, web, or a product of others. */
  readonly app: string;
  readonly remote: string | undefined;
  readonly host: 'node' | 'web';
  readonly language: string;
  readonly theme: 'light' | 'dark' | 'high contrast' | 'high contrast light';
  /** What computes the network that is looked at; undefined: nothing does. */
  readonly engine:
    { readonly place: string; readonly backend: string; readonly threads?: number } | undefined;
  readonly network: Network | undefined;
  /** Settings that are others than their defaults. */
  readonly settings: readonly (readonly [name: string, value: unknown])[];
  /** As it was logged. */
  readonly error: string | undefined;
}

/** Longest error that is told. */
const MOST_ERROR = 4000;

/**
 * Lines of English, whatever language is shown: they are read where the extension is made.
 *
 * @param names to be taken out of the error, as those of the person's files and layers
 */
export function issueData(facts: IssueFacts, names: readonly string[]): string {
  const { engine, network, settings, error } = facts;
  const lines: [string, string][] = [
    ['Nabla', facts.version],
    [
      'VS Code',
      [facts.vscode, facts.app, facts.remote && `remote: ${facts.remote}`]
        .filter(Boolean)
        .join(', '),
    ],
    ['extension host', facts.host],
    ['display language', facts.language],
    ['theme', facts.theme],
    ['engine', engine ? engineWords(engine) : 'not started'],
    [
      'settings',
      settings.map(([name, value]) => `${name}: ${settingWord(value)}`).join(', ') || 'defaults',
    ],
    ['network', network ? structureOf(network) : 'none'],
    ['last error', error === undefined ? 'none' : redacted(beginningOf(error), names)],
  ];
  return lines.map(([key, value]) => `${key}: ${value.split('\n').join('\n    ')}`).join('\n');
}

function engineWords({ place, backend, threads }: NonNullable<IssueFacts['engine']>): string {
  return [backend || 'none', place, threads !== undefined && `${threads} threads`]
    .filter(Boolean)
    .join(', ');
}

/** Words and numbers that the extension knows; a text that somebody typed may be anything. */
function settingWord(value: unknown): string {
  const isKnown = typeof value === 'boolean' || typeof value === 'number';
  return isKnown || /^[a-z0-9]{1,16}$/i.test(String(value)) ? String(value) : '(a text)';
}

/** "2 → dense 3 → dense 1, 13 parameters", with the sources of a layer where it has others than the one before. */
export function structureOf(network: Network): string {
  const shapes = inferShapes(network);
  const layers = network.layers.map(({ type, units }, i) => {
    const { sources } = shapes.layers[i];
    const isNext = sources.length === 1 && sources[0] === i - 1;
    const from = isNext
      ? ''
      : ` (from ${sources.map(source => (source < 0 ? 'input' : source)).join(', ')})`;
    return `${type} ${units}${from}`;
  });
  const input = network.input.shape.join(' × ');
  return `${[input, ...layers].join(' → ')}, ${shapes.parameters} parameters`;
}

const FILE =
  /[^\s"'(<]*\.(?:nn\.json|jsonc?|csv|tsv|txt|gz|safetensors|md|svg|png|npz|py|idx\d?(?:-ubyte)?)\b/gi;
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"')>]+/gi;
/** Also one with blanks, where a stack has it in brackets. */
const FRAME = /\([^()\n]*[\\/][^()\n]*?(:\d+:\d+)\)/g;
const PATH = /[^\s"'(<]*[\\/][^\s"')>]*/g;

/** Looking for paths takes the square of the length. The last word is left out where it may be cut. */
function beginningOf(text: string): string {
  return text.length > MOST_ERROR ? `${text.slice(0, MOST_ERROR).replace(/\S*$/, '')}…` : text;
}

/** Without paths, addresses, names of files and `names`. */
export function redacted(text: string, names: readonly string[]): string {
  const known = names.filter(name => name.trim().length > 1).sort((a, b) => b.length - a.length);
  const without = known.reduce((rest, name) => rest.replace(asWord(name), '<name>'), text);
  return without
    .replace(FRAME, '(<path>$1)')
    .replace(ADDRESS, '<path>')
    .replace(PATH, part => (part.startsWith('<path>') ? part : '<path>'))
    .replace(FILE, '<file>');
}

/** Where no letter or digit stands beside it. */
function asWord(name: string): RegExp {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, 'gu');
}

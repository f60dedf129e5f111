/**
 * Characters in LaTeX: letters and signs as commands, and ordinary text in which nothing is a command.
 *
 * Words and names come from files and are hostile until escaped: a backslash, brace or dollar sign of a name
 * is printed, never obeyed.
 */
import { oneLine } from './alignedLines';
import { subscripts, superscripts } from './unicode';

const greek = {
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'varepsilon', ζ: 'zeta', η: 'eta' },
  ...{ θ: 'theta', ι: 'iota', κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', π: 'pi' },
  ...{ ρ: 'rho', σ: 'sigma', τ: 'tau', υ: 'upsilon', φ: 'varphi', ϕ: 'phi', χ: 'chi', ψ: 'psi' },
  ...{ ω: 'omega', Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Σ: 'Sigma' },
  ...{ Υ: 'Upsilon', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega' },
};

const signs = {
  ...{ '·': 'cdot', '×': 'times', '∂': 'partial', '∇': 'nabla', '⊙': 'odot', '←': 'leftarrow' },
  ...{ '→': 'rightarrow', '≤': 'leq', '≥': 'geq', '≈': 'approx', '≠': 'neq', '±': 'pm' },
  ...{ '∞': 'infty', '√': 'surd', '…': 'ldots', '‖': 'Vert', '½': 'tfrac{1}{2}', '′': 'prime' },
};

const commands: ReadonlyMap<string, string> = new Map(Object.entries({ ...greek, ...signs }));

/** Every character that has a command of its own in a formula. */
export const charactersWithCommand: readonly string[] = [...commands.keys(), '−'];

/** What TeX would obey, or print as something else. */
const marks: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ['|', '\\textbar{}'],
  ['"', "''"],
  ['“', '``'],
  ['”', "''"],
  ...[...'{}$&#_%'].map((mark): [string, string] => [mark, `\\${mark}`]),
]);

/** `\text{…}` of any words; braces balance and no character acts. */
export function textCommand(text: string): string {
  return `\\text{${escapeLatex(text)}}`;
}

/** Words for LaTeX's text mode; formulas in them (a₄² > 0) become small formulas. */
export function escapeLatex(text: string): string {
  let escaped = '';
  for (const part of oneLine(text).match(parts) ?? []) {
    const math = mathOf(part);
    if (math === undefined) escaped += marks.get(part) ?? part;
    else if (escaped.endsWith(endOfFormula)) escaped = escaped.slice(0, -1) + `${math}$`;
    else escaped += `$${math}$`;
  }
  return escaped;
}

/** A formula's own `$`, as against the escaped one of a name. */
const endOfFormula = '}$';

const lowered = inverse(subscripts);
const raised = inverse(superscripts);

/** Runs of small letters, or one character. */
const parts = new RegExp(`[${lowered.small}]+|[${raised.small}]+|[^]`, 'gu');

function mathOf(part: string): string | undefined {
  if (part === '−') return '{-}';
  const command = commands.get(part);
  if (command !== undefined) return `{\\${command}}`;
  if (lowered.plain.has(part[0])) return `_{${plainOf(part, lowered.plain)}}`;
  return raised.plain.has(part[0]) ? `^{${plainOf(part, raised.plain)}}` : undefined;
}

function plainOf(part: string, plain: ReadonlyMap<string, string>): string {
  return [...part].map(character => plain.get(character)).join('');
}

function inverse(table: Readonly<Record<string, string>>): {
  readonly plain: ReadonlyMap<string, string>;
  readonly small: string;
} {
  const pairs = Object.entries(table).map(([plain, small]): [string, string] => [small, plain]);
  return { plain: new Map(pairs), small: pairs.map(([small]) => small).join('') };
}

/** Functions that LaTeX knows by name. */
const functions: ReadonlySet<string> = new Set(['tanh', 'cos', 'max', 'min', 'ln']);

/** A letter, a word set upright, or any other name as text. Primes at the end stay primes. */
export function identifier(name: string): string {
  if (name.endsWith('′')) return `${identifier(name.slice(0, -1))}'`;
  if (name.endsWith('\u0302')) return `\\hat{${identifier(name.slice(0, -1))}}`;
  if (functions.has(name)) return `\\${name}`;
  const command = commands.get(name);
  if (command !== undefined) return `\\${command}`;
  // The change of a quantity: Δw.
  if (/^Δ[A-Za-zΘ]+$/.test(name)) return joined(['\\Delta', identifier(name.slice(1))]);
  if (/^[A-Za-z\d]$/.test(name)) return name;
  return /^[A-Za-z]+$/.test(name) ? `\\mathrm{${name}}` : textCommand(name);
}

/** The characters of an index: 2,14 or (3) or 1…4; a word upright. */
export function index(text: string): string {
  if (/^[a-z]{3,}$/.test(text)) return `\\mathrm{${text}}`;
  const characters = [...oneLine(text)].map(character => {
    if (/[A-Za-z0-9,()=]/.test(character)) return character;
    const command = commands.get(character);
    return command === undefined ? textCommand(character) : `\\${command}`;
  });
  return joined(characters);
}

/** One behind the other, with a blank where a command would swallow a letter. */
export function joined(pieces: readonly string[]): string {
  return pieces.reduce((before, piece) => {
    const runsOn = /\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(piece);
    return runsOn ? `${before} ${piece}` : before + piece;
  }, '');
}

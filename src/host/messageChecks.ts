/**
 * Checks of what a webview sends. A webview is a browser page: its messages are believed only after their
 * shape was seen. Each check returns the value with its type or throws a sentence that names what was wrong.
 */
import type { Scope, Target } from '../engine/facts';
import type { TextRange } from '../network/network';
import { templateNames } from '../network/templates';
import type { TemplateName } from '../network/templates';
import type {
  DesignerContext,
  FanRequest,
  MatrixRequest,
  RunCommand,
  StepUnit,
  ViewRequest,
} from '../protocol';
import { fields, index, integer, integers, member, text, unexpected } from './messageShapes';
import type { Fields } from './messageShapes';

export { asEdit } from './editChecks';
export type { GestureEdit } from './editChecks';
export { asIndex, asPath } from './messageShapes';

type TargetChecks = { readonly [T in Target['type']]: (fields: Fields) => Target };

const targets: TargetChecks = {
  weight: f => ({
    type: 'weight',
    layer: index(f, 'layer'),
    row: index(f, 'row'),
    column: index(f, 'column'),
  }),
  bias: f => ({ type: 'bias', layer: index(f, 'layer'), row: index(f, 'row') }),
  // The input is layer −1.
  neuron: f => ({ type: 'neuron', layer: integer(f, 'layer', -1), row: index(f, 'row') }),
  layer: f => ({ type: 'layer', layer: integer(f, 'layer', -1) }),
  loss: () => ({ type: 'loss' }),
};

const plainCommands: {
  readonly [T in Exclude<RunCommand['type'], 'step'>]: true;
} = {
  train: true,
  pause: true,
  reset: true,
  newSeed: true,
  gradcheck: true,
  cancelGradcheck: true,
};

const units: { readonly [U in StepUnit]: true } = { epoch: true, batch: true, sample: true };

export function asTarget(value: unknown): Target {
  const f = fields(value, 'target');
  return member(targets, f['type'], 'target')(f);
}

export function asScope(value: unknown): Scope {
  const f = fields(value, 'scope');
  if (f['type'] === 'batch') return { type: 'batch' };
  if (f['type'] === 'sample') return { type: 'sample', index: index(f, 'index') };
  throw unexpected('scope', 'a sample or the batch', f['type']);
}

export function asViewRequest(value: unknown): ViewRequest {
  return { scope: asScope(fields(value, 'view request')['scope']) };
}

/** Cells along a side; which rows and columns there are, the worker knows. */
const MOST_CELLS = 65_536;

export function asMatrixRequest(value: unknown): MatrixRequest {
  const f = fields(value, 'matrix request');
  const most = integer(f, 'most', 1);
  if (most > MOST_CELLS) throw unexpected('most', `at most ${MOST_CELLS} cells`, most);
  return {
    scope: asScope(f['scope']),
    layer: index(f, 'layer'),
    quantity: asQuantity(f['quantity']),
    rows: span(f, 'rows'),
    columns: span(f, 'columns'),
    most,
  };
}

export function asFanRequest(value: unknown): FanRequest {
  const f = fields(value, 'fan request');
  return {
    scope: asScope(f['scope']),
    layer: integer(f, 'layer', -1),
    row: index(f, 'row'),
    quantity: asQuantity(f['quantity']),
  };
}

function asQuantity(value: unknown): MatrixRequest['quantity'] {
  if (value === 'weight' || value === 'gradient') return value;
  throw unexpected('quantity', 'weight or gradient', value);
}

/** Half-open, with at least one number in it. */
function span(f: Fields, name: string): readonly [from: number, to: number] {
  const [from, to, ...rest] = integers(f, name, 0);
  if (from !== undefined && to !== undefined && from < to && rest.length === 0) return [from, to];
  throw unexpected(name, 'a beginning and a later end', f[name]);
}

/** What VS Code gathered from the page around the pointer: numbers that are none are left out. */
export function asDesignerContext(value: unknown): DesignerContext {
  const f = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  const places = (['page', 'layer', 'row', 'column'] as const).flatMap(name => {
    const place = f[name];
    const least = name === 'layer' ? -1 : 0;
    return Number.isSafeInteger(place) && Number(place) >= least ? [[name, Number(place)]] : [];
  });
  return { ...Object.fromEntries(places), ...(f['bias'] === true && { bias: true }) };
}

export function asRunCommand(value: unknown): RunCommand {
  const f = fields(value, 'command');
  const { type } = f;
  if (type === 'step') {
    const unit = f['unit'];
    if (typeof unit === 'string' && Object.hasOwn(units, unit))
      return { type, unit: unit as StepUnit };
    throw unexpected('step', 'epoch, batch or sample', unit);
  }
  member(plainCommands, type, 'command');
  return { type: type as keyof typeof plainCommands };
}

/** What an empty file is filled from. */
export function asStart(value: unknown): TemplateName | { csv: string } {
  if (typeof value === 'string') return asTemplate(value);
  return { csv: text(fields(value, 'start'), 'csv') };
}

/** Layers as in the file. */
export function asLayers(value: unknown): number[] {
  return integers({ layers: value }, 'layers', 0);
}

/** A version of the text. */
export function asVersion(value: unknown): number {
  return index({ base: value }, 'base');
}

/** A path of a data file; whether it may be read is another question. */
export function asFilePath(value: unknown): string {
  return text({ path: value }, 'path');
}

export function asTemplate(value: unknown): TemplateName {
  const known = templateNames.find(name => name === value);
  if (known) return known;
  throw unexpected('template', `one of ${templateNames.join(', ')}`, value);
}

export function asTextRange(value: unknown): TextRange {
  const f = fields(value, 'range');
  const start = index(f, 'start');
  return { start, end: integer(f, 'end', start) };
}

/**
 * Checks of what a webview sends. A webview is a browser page: its messages are believed only after their
 * shape was seen. Each check returns the value with its type or throws a sentence that names what was wrong.
 */
import type { Scope, Target } from '../engine/facts';
import type { JsonValue, NetworkEdit } from '../network/edit';
import type { ActivationName, JsonPath, TextRange } from '../network/network';
import { templateNames } from '../network/templates';
import type { TemplateName } from '../network/templates';
import { activations } from '../network/vocabulary';
import type { RunCommand, StepUnit, ViewRequest } from '../protocol';

type Fields = Readonly<Record<string, unknown>>;

/** The edits that a person makes; parameters are written by runs alone. */
export type GestureEdit = Exclude<NetworkEdit, { type: 'setParameters' }>;

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

type EditChecks = {
  readonly [T in GestureEdit['type']]: (fields: Fields) => Extract<GestureEdit, { type: T }>;
};

const edits: EditChecks = {
  set: f => ({ type: 'set', path: asPath(f['path']), value: asJson(f['value']) }),
  unset: f => ({ type: 'unset', path: asPath(f['path']) }),
  insert: f => ({
    type: 'insert',
    path: asPath(f['path']),
    index: index(f, 'index'),
    value: asJson(f['value']),
  }),
  remove: f => ({ type: 'remove', path: asPath(f['path']), index: index(f, 'index') }),
  setUnits: f => ({
    type: 'setUnits',
    layer: index(f, 'layer'),
    units: integer(f, 'units', 1),
  }),
  setActivation: f => ({
    type: 'setActivation',
    layer: index(f, 'layer'),
    activation: asActivation(f['activation']),
  }),
  addLayer: f => ({ type: 'addLayer', index: index(f, 'index'), layer: asObject(f['layer']) }),
  removeLayer: f => ({ type: 'removeLayer', layer: index(f, 'layer') }),
  setSeed: f => ({ type: 'setSeed', seed: index(f, 'seed') }),
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

export function asEdit(value: unknown): GestureEdit {
  const f = fields(value, 'edit');
  return member<(fields: Fields) => GestureEdit>(edits, f['type'], 'edit')(f);
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

export function asPath(value: unknown): JsonPath {
  if (
    Array.isArray(value) &&
    value.every(key => typeof key === 'string' || (Number.isSafeInteger(key) && key >= 0))
  )
    return value as JsonPath;
  throw unexpected('path', 'a list of keys and indices', value);
}

/** A whole number, 0 or more. */
export function asIndex(value: unknown, name: string): number {
  return index({ [name]: value }, name);
}

function asActivation(value: unknown): ActivationName {
  member(activations, value, 'activation');
  return value as ActivationName;
}

/** A value that JSON can hold; numbers must be finite. */
function asJson(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === 'object') return asObject(value);
  throw unexpected('value', 'something that JSON can hold', value);
}

function asObject(value: unknown): { readonly [key: string]: JsonValue } {
  const entries = Object.entries(fields(value, 'value'));
  return Object.fromEntries(
    entries.filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key, asJson(inner)]),
  );
}

function fields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unexpected(what, 'an object', value);
}

function index(f: Fields, name: string): number {
  return integer(f, name, 0);
}

function integer(f: Fields, name: string, least: number): number {
  const value = f[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw unexpected(name, `a whole number, ${least} or more`, value);
}

function member<T>(table: { readonly [key: string]: T }, key: unknown, what: string): T {
  if (typeof key === 'string' && Object.hasOwn(table, key)) return table[key] as T;
  throw unexpected(what, `one of ${Object.keys(table).join(', ')}`, key);
}

function unexpected(what: string, expected: string, found: unknown): TypeError {
  return new TypeError(
    `The designer sent a ${what} that is not usable: expected ${expected}, found ${show(found)}.`,
  );
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 80) ?? typeof value);
}

/**
 * Checks of what a webview sends. A webview is a browser page: its messages are believed only after their
 * shape was seen. Each check returns the value with its type or throws a sentence that names what was wrong.
 */
import type { Scope, Target } from '../engine/facts';
import type { MatricesRequest } from '../engine/matrixFacts';
import type { TextRange } from '../network/network';
import { templateNames } from '../network/templates';
import type { TemplateName } from '../network/templates';
import type {
  ChartKind,
  DesignerContext,
  FanRequest,
  HistoryRequest,
  MatrixRequest,
  OverviewRequest,
  RunCommand,
  StepUnit,
  ViewRequest,
  WhatIfRequest,
} from '../protocol';
import {
  fields,
  finite,
  index,
  integer,
  integers,
  member,
  text,
  unexpected,
} from './messageShapes';
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
  readonly [T in Exclude<RunCommand['type'], 'step' | 'restore'>]: true;
} = {
  train: true,
  pause: true,
  reset: true,
  newSeed: true,
  gradcheck: true,
  cancelGradcheck: true,
  cancelLoad: true,
  continueTraining: true,
  discardTraining: true,
  postponeTraining: true,
  continueInterrupted: true,
  restartInterrupted: true,
  postponeInterrupted: true,
};

const units: { readonly [U in StepUnit]: true } = { epoch: true, batch: true, sample: true };

export function asTarget(value: unknown): Target {
  const f = fields(value, 'target');
  return member(targets, f['type'], 'target')(f);
}

export function asScope(value: unknown): Scope {
  const f = fields(value, 'scope');
  const past = f['snapshot'] === undefined ? {} : { snapshot: index(f, 'snapshot') };
  if (f['type'] === 'batch') return { type: 'batch', ...past };
  if (f['type'] === 'sample') return { type: 'sample', index: index(f, 'index'), ...past };
  throw unexpected('scope', 'a sample or the batch', f['type']);
}

export function asViewRequest(value: unknown): ViewRequest {
  const f = fields(value, 'view request');
  return { scope: asScope(f['scope']), ...(f['updates'] === true && { updates: true }) };
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

export function asMatricesRequest(value: unknown): MatricesRequest {
  const f = fields(value, 'matrices request');
  const kept = (['row', 'column'] as const).flatMap(name =>
    f[name] === undefined ? [] : [[name, index(f, name)] as const],
  );
  return {
    scope: asScope(f['scope']),
    layer: integer(f, 'layer', -1),
    ...Object.fromEntries(kept),
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

export function asHistoryRequest(value: unknown): HistoryRequest {
  const f = fields(value, 'history request');
  const target = asTarget(f['target']);
  if (target.type !== 'weight' && target.type !== 'bias')
    throw unexpected('target', 'a weight or a bias', target.type);
  return { target, scope: asScope(f['scope']) };
}

export function asOverviewRequest(value: unknown): OverviewRequest {
  const f = fields(value, 'overview request');
  return { scope: asScope(f['scope']), sameBins: f['sameBins'] === true };
}

/** Points of a curve; as many as a screen can show. */
const MOST_POINTS = 257;

export function asWhatIfRequest(value: unknown): WhatIfRequest {
  const f = fields(value, 'curve request');
  const target = asTarget(f['target']);
  if (target.type === 'layer' || target.type === 'loss')
    throw unexpected('target', 'a neuron, a weight or a bias', target.type);
  const [from, to] = [finite(f, 'from'), finite(f, 'to')];
  if (from >= to) throw unexpected('to', `more than ${from}`, to);
  const points = integer(f, 'points', 2);
  if (points > MOST_POINTS) throw unexpected('points', `at most ${MOST_POINTS}`, points);
  const at = f['at'] === undefined ? {} : { at: finite(f, 'at') };
  return { target, scope: asScope(f['scope']), from, to, points, ...at };
}

function asQuantity(value: unknown): MatrixRequest['quantity'] {
  if (value === 'weight' || value === 'gradient' || value === 'update') return value;
  throw unexpected('quantity', 'weight, gradient or update', value);
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
  if (type === 'restore') return { type, snapshot: index(f, 'snapshot') };
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

/** Characters of a text for the clipboard at most: a table of all that was recorded has some millions. */
const MOST_COPIED = 2 ** 25;

/** A text that a person copies. */
export function asCopiedText(value: unknown): string {
  const copied = text({ text: value }, 'text');
  if (copied.length <= MOST_COPIED) return copied;
  throw unexpected('text', `at most ${MOST_COPIED} characters`, copied.length);
}

const chartKinds: { readonly [K in ChartKind]: true } = { csv: true, svg: true, png: true };

export function asChartKind(value: unknown): ChartKind {
  if (typeof value === 'string' && Object.hasOwn(chartKinds, value)) return value as ChartKind;
  throw unexpected('kind', 'csv, svg or png', value);
}

/** The bytes of a file that a person saves. */
export function asBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected('bytes', 'bytes', value);
  if (value.length <= MOST_COPIED) return value;
  throw unexpected('bytes', `at most ${MOST_COPIED} bytes`, value.length);
}

/** A path of a data file; whether it may be read is another question. */
export function asFilePath(value: unknown): string {
  return text({ path: value }, 'path');
}

function asTemplate(value: unknown): TemplateName {
  const known = templateNames.find(name => name === value);
  if (known) return known;
  throw unexpected('template', `one of ${templateNames.join(', ')}`, value);
}

export function asTextRange(value: unknown): TextRange {
  const f = fields(value, 'range');
  const start = index(f, 'start');
  return { start, end: integer(f, 'end', start) };
}

/** Fits the target columns to the network's output layer. */
import type { JsonPath, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import { activations } from '../network/vocabulary';
import { dataIssue, listNames, samplePlace } from './issue';
import type { DataIssue } from './issue';
import type { Table, TargetColumns } from './table';

type Numbers = Extract<TargetColumns, { type: 'numbers' }>;
type Classes = Extract<TargetColumns, { type: 'classes' }>;

export interface EncodedTargets {
  /** (samples, outputSize) */
  readonly targets: Float64Array;
  readonly targetNames: readonly string[];
  readonly classNames: readonly string[] | undefined;
}

/** Classes become one output each (one-hot), two classes may share one output (0 and 1); numbers stay. */
export function encodeTargets(
  { target, rowNumbers }: Table,
  network: Network,
  shapes: NetworkShapes,
  place: JsonPath,
): { encoded?: EncodedTargets; issues: DataIssue[] } {
  const outputs = shapes.outputSize;
  if (target.type === 'classes') return encodeClasses(target, network, outputs, place);
  const { names, values } = target;
  if (names.length !== outputs) return { issues: [sizeIssue(target, network, outputs, place)] };
  // Of numbers that stand in the file itself the parser has already said this, each in its place.
  const written = network.data?.source.type === 'inline';
  const issues = written ? [] : rangeIssues(target, network, place, rowNumbers);
  if (issues.some(issue => issue.severity === 'error')) return { issues };
  return { encoded: { targets: values, targetNames: names, classNames: undefined }, issues };
}

function encodeClasses(
  target: Classes,
  network: Network,
  outputs: number,
  place: JsonPath,
): { encoded?: EncodedTargets; issues: DataIssue[] } {
  const { classNames, labels, name } = target;
  const k = classNames.length;
  if (k === 1) {
    const message = `All samples belong to the one class ${classNames[0]} of ${name}: there is nothing to tell apart. Add samples of another class or choose another target.`;
    return { issues: [dataIssue('data.classes', 'error', place, message)] };
  }
  if (k === 2 && outputs === 1) {
    return {
      encoded: { targets: Float64Array.from(labels), targetNames: [name], classNames },
      issues: [],
    };
  }
  if (k !== outputs) {
    const last = network.layers.length - 1;
    const message = `${name} has ${k} classes (${listNames(classNames)}), the network has ${outputs} ${outputs === 1 ? 'output' : 'outputs'}: set layers[${last}].units to ${k}${k === 2 ? ' (or to 1)' : ''}, or choose another target.`;
    return { issues: [dataIssue('data.outputs', 'error', place, message)] };
  }
  const targets = new Float64Array(labels.length * k);
  labels.forEach((label, sample) => (targets[sample * k + label] = 1));
  return { encoded: { targets, targetNames: classNames, classNames }, issues: [] };
}

function sizeIssue(target: Numbers, network: Network, outputs: number, place: JsonPath): DataIssue {
  const n = target.names.length;
  const last = network.layers.length - 1;
  const message = `The data have ${n} ${n === 1 ? 'target' : 'targets'} (${listNames(target.names)}), the network has ${outputs} ${outputs === 1 ? 'output' : 'outputs'}: set layers[${last}].units to ${n}, or name ${outputs} target ${outputs === 1 ? 'column' : 'columns'}${n === 1 ? ' (a column of classes needs softmax outputs)' : ''}.`;
  return dataIssue('data.outputs', 'error', place, message);
}

/** Targets that the loss does not allow are errors, targets that the outputs cannot reach are warnings. */
function rangeIssues(
  { names, values }: Numbers,
  network: Network,
  place: JsonPath,
  rowNumbers: readonly number[] | undefined,
): DataIssue[] {
  const { type } = network.loss;
  const { activation } = network.layers[network.layers.length - 1];
  const strict = type === 'binaryCrossEntropy' || type === 'crossEntropy';
  const [low, high] = strict ? [0, 1] : activations[activation].outputs;
  const bad = values.findIndex(value => value < low || value > high);
  if (bad < 0) return [];
  const outside = values.reduce((n, value) => (value < low || value > high ? n + 1 : n), 0);
  const at = samplePlace(Math.floor(bad / names.length), rowNumbers);
  const more = outside > 1 ? ` (and ${outside - 1} more)` : '';
  const ids = classIds(names, values);
  const classes = ids ? `; if they are numbers of classes, use ${ids} softmax outputs` : '';
  const found = `The target ${names[bad % names.length]} is ${values[bad]} in ${at}${more}`;
  if (strict) {
    const message = `${found}, but ${type} takes targets from 0 to 1: write 0 and 1 for the two classes, or use meanSquaredError with linear outputs${classes}.`;
    return [dataIssue('data.targetRange', 'error', place, message)];
  }
  const reach = high === Infinity ? `from ${low} up` : `between ${low} and ${high}`;
  const message = `${found}, but ${activation} outputs lie ${reach} and cannot reach it: use linear outputs or change the targets${classes}.`;
  return [dataIssue('data.targetRange', 'warning', place, message)];
}

/** How many classes a single column of whole numbers without a gap may number; undefined for other numbers. */
function classIds(names: readonly string[], values: Float64Array): number | undefined {
  if (names.length !== 1 || !values.every(Number.isInteger)) return undefined;
  const different = new Set(values);
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity);
  const gapless = most - least === different.size - 1 && (least === 0 || least === 1);
  return gapless && different.size <= 20 ? different.size : undefined;
}

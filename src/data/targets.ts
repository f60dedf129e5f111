/** Fits the target columns to the network's output layer. */
import type { JsonPath, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import { activations } from '../network/vocabulary';
import { dataIssue, listNames } from './issue';
import type { DataIssue } from './issue';
import { classColumn } from './table';
import type { TargetColumns } from './table';

type Numbers = Extract<TargetColumns, { type: 'numbers' }>;
type Classes = Extract<TargetColumns, { type: 'classes' }>;

export interface EncodedTargets {
  /** (samples, outputSize) */
  readonly targets: Float64Array;
  readonly targetNames: readonly string[];
  readonly classNames: readonly string[] | undefined;
}

/**
 * Classes become one output each (one-hot), two classes may share one output (0 and 1). A single column
 * of numbers is a class column where the loss is `crossEntropy`, or where the network has one output for
 * each of its different values.
 *
 * @param place where the data file or list names its targets
 */
export function encodeTargets(
  target: TargetColumns,
  network: Network,
  shapes: NetworkShapes,
  place: JsonPath,
): { encoded?: EncodedTargets; issues: DataIssue[] } {
  const outputs = shapes.outputSize;
  const classes = target.type === 'classes' ? target : asClasses(target, network, outputs);
  if (classes) return encodeClasses(classes, network, outputs, place);
  const { names, values } = target as Numbers;
  if (names.length !== outputs)
    return { issues: [sizeIssue(target as Numbers, network, outputs, place)] };
  // Of numbers that stand in the file itself the parser has already said this, each in its place.
  const written = network.data?.source.type === 'inline';
  const issues = written ? [] : rangeIssues(values, network, place);
  if (issues.some(issue => issue.severity === 'error')) return { issues };
  return { encoded: { targets: values, targetNames: names, classNames: undefined }, issues };
}

function asClasses(target: Numbers, network: Network, outputs: number): Classes | undefined {
  if (target.names.length !== 1) return undefined;
  const different = new Set(target.values).size;
  const byLoss =
    network.loss.type === 'crossEntropy' ||
    (network.loss.type === 'binaryCrossEntropy' && outputs === 1 && different === 2);
  if (!byLoss && !(outputs > 1 && different === outputs)) return undefined;
  return classColumn(target.names[0], Array.from(target.values, String));
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
  const message = `The data have ${n} ${n === 1 ? 'target' : 'targets'} (${listNames(target.names)}), the network has ${outputs} ${outputs === 1 ? 'output' : 'outputs'}: set layers[${last}].units to ${n}, or name ${outputs} target ${outputs === 1 ? 'column' : 'columns'}.`;
  return dataIssue('data.outputs', 'error', place, message);
}

/** Targets that the loss does not allow are errors, targets that the outputs cannot reach are warnings. */
function rangeIssues(values: Float64Array, network: Network, place: JsonPath): DataIssue[] {
  const lowest = values.reduce((low, value) => Math.min(low, value), Infinity);
  const highest = values.reduce((high, value) => Math.max(high, value), -Infinity);
  const found = `Targets reach from ${lowest} to ${highest}`;
  const { type } = network.loss;
  const { activation } = network.layers[network.layers.length - 1];
  if ((type === 'binaryCrossEntropy' || type === 'crossEntropy') && (lowest < 0 || highest > 1)) {
    const message = `${found}, but ${type} takes targets from 0 to 1: change the targets or use meanSquaredError with linear outputs.`;
    return [dataIssue('data.targetRange', 'error', place, message)];
  }
  const [low, high] = activations[activation].outputs;
  if (lowest >= low && highest <= high) return [];
  const reach = high === Infinity ? `from ${low} up` : `between ${low} and ${high}`;
  const message = `${found}, but ${activation} outputs lie ${reach} and cannot reach them: use linear outputs or change the targets.`;
  return [dataIssue('data.targetRange', 'warning', place, message)];
}

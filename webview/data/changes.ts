/** What other data mean for the network, and the one edit that makes both fit. Pure. */
import { planOutputs } from '../../src/data/infer';
import type { OutputPlan } from '../../src/data/infer';
import type { CsvPreview } from '../../src/data/preview';
import type { JsonValue, NetworkEdit } from '../../src/network/edit';
import type { ActivationName, GeneratorName, LossName, Network } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import { activations, generators } from '../../src/network/vocabulary';

/** What a data set needs of the network. */
export interface Needs {
  readonly inputs: readonly string[];
  readonly outputs: number;
  /** Absent: what the network has will do. */
  readonly activation: ActivationName | undefined;
  readonly loss: LossName | undefined;
}

/** One thing that will be another. */
export interface Consequence {
  readonly what: 'inputs' | 'outputs' | 'activation' | 'loss';
  readonly from: string;
  readonly to: string;
}

export interface DataChange {
  readonly edit: NetworkEdit;
  readonly consequences: readonly Consequence[];
}

type Target = { readonly network: Network; readonly shapes: NetworkShapes };

/** What a choice of columns needs. */
export function csvNeeds(
  { columns }: CsvPreview,
  inputs: readonly string[],
  targets: readonly string[],
): Needs {
  const plan: OutputPlan = planOutputs(columns.filter(({ name }) => targets.includes(name)));
  const { outputs, activation, loss } = plan;
  return { inputs, outputs, activation, loss };
}

/** A generator's one target goes with more than one kind of output: what fits stays. */
export function generatorNeeds(name: GeneratorName, { network, shapes }: Target): Needs {
  const { inputs, target } = generators[name];
  const last = network.layers[network.layers.length - 1];
  const strict = network.loss.type === 'binaryCrossEntropy' || network.loss.type === 'crossEntropy';
  if (target === 'classes') {
    const fits = shapes.outputSize === 1 ? last.activation !== 'softmax' : shapes.outputSize === 2;
    if (fits) return { inputs, outputs: shapes.outputSize, activation: undefined, loss: undefined };
    return { inputs, outputs: 1, activation: 'sigmoid', loss: 'binaryCrossEntropy' };
  }
  const [low, high] = activations[last.activation].outputs;
  const fits = shapes.outputSize === 1 && !strict && low <= -1 && high >= 1;
  if (fits) return { inputs, outputs: 1, activation: undefined, loss: undefined };
  return { inputs, outputs: 1, activation: 'linear', loss: 'meanSquaredError' };
}

/**
 * The data block (split and scaling stay as they are, unless `data` says otherwise) with everything that must
 * follow, as one step.
 */
export function changeData(
  target: Target,
  data: { readonly [key: string]: JsonValue },
  needs: Needs,
  label: string,
): DataChange {
  const { network } = target;
  const kept: { [key: string]: JsonValue } = {};
  if (network.data && network.data.validation > 0)
    kept['split'] = { validation: network.data.validation };
  if (network.data && network.data.normalize !== 'none') kept['normalize'] = network.data.normalize;
  const fit = fitNetwork(target, needs);
  const set: NetworkEdit = { type: 'set', path: ['data'], value: { ...data, ...kept } };
  return {
    edit: { type: 'several', label, edits: [...fit.edits, set] },
    consequences: fit.consequences,
  };
}

/** What makes the network's two ends fit. */
export function fitNetwork(
  { network, shapes }: Target,
  { inputs, outputs, activation, loss }: Needs,
): { readonly edits: readonly NetworkEdit[]; readonly consequences: readonly Consequence[] } {
  const index = network.layers.length - 1;
  const last = network.layers[index];
  const edits: NetworkEdit[] = [];
  const consequences: Consequence[] = [];
  const follow = (what: Consequence['what'], from: string | number, to: string | number): void =>
    void consequences.push({ what, from: String(from), to: String(to) });
  const named = network.input.names;
  if (shapes.inputSize !== inputs.length) {
    edits.push({ type: 'setInputs', size: inputs.length, names: inputs });
    follow('inputs', shapes.inputSize, inputs.length);
  } else if (named && named.some((name, i) => name !== inputs[i])) {
    edits.push({ type: 'set', path: ['input', 'names'], value: inputs });
  }
  if (shapes.outputSize !== outputs) {
    edits.push({ type: 'setUnits', layer: index, units: outputs });
    follow('outputs', shapes.outputSize, outputs);
  }
  if (activation !== undefined && last.activation !== activation) {
    edits.push({ type: 'setActivation', layer: index, activation });
    follow('activation', last.activation, activation);
  }
  if (loss !== undefined && network.loss.type !== loss) {
    edits.push({ type: 'set', path: ['loss', 'type'], value: loss });
    follow('loss', network.loss.type, loss);
  }
  return { edits, consequences };
}

/** The data block of a CSV file; columns that are all there need no list. */
export function csvData(
  { path, columns }: CsvPreview,
  inputs: readonly string[],
  targets: readonly string[],
): { readonly [key: string]: JsonValue } {
  const rest = columns.filter(({ name, type }) => !targets.includes(name) && type !== 'empty');
  const all = rest.length === inputs.length && rest.every(({ name }, i) => name === inputs[i]);
  return {
    csv: path,
    ...(!all && { inputs }),
    target: targets.length === 1 ? targets[0] : targets,
  };
}

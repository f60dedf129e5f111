/**
 * The second half of validation: rules about how values go together. Each rule names the place, what was
 * expected, what was found, and the remedy; a rule is silent about values that are wrong in themselves.
 */
import type { Node } from 'jsonc-parser';
import { limits } from './catalog';
import { validateData } from './dataRules';
import type { NetworkDraft } from './draft';
import { validateExpectations } from './expectationRules';
import { validateGraph } from './graphRules';
import { validateImages } from './imageRules';
import { validateBatchNorm } from './batchNormRules';
import type { IssueList } from './issues';
import { Judge, many, sizesOf } from './judge';
import { isMerge } from './layerDraft';
import type { LayerDraft } from './layerDraft';
import { layerTraits } from './layerTypes';
import { partners, usualLoss } from './lossPairs';
import type { Sizes } from './judge';
import { formatPath } from './network';
import type { JsonPath } from './network';
import { validateParameters, validateWeightsFile } from './parameterRules';
import { grouped } from './setting';
import { sizeOf } from './shapes';
import { validateTraining } from './trainingRules';
import { child, descend } from './tree';
import { initializers, losses } from './vocabulary';

/** Tells everything that does not go together. */
export function validate(root: Node, draft: NetworkDraft, issues: IssueList): void {
  const judge = new Judge(root, draft, issues);
  const sizes = sizesOf(draft);
  version(judge);
  input(judge);
  draft.layers.forEach((layer, index) => layerRules(judge, layer, index));
  validateGraph(judge, sizes);
  validateImages(judge, sizes);
  if (fitsMemory(judge, sizes)) validateParameters(judge, sizes);
  validateWeightsFile(judge);
  loss(judge, sizes);
  validateTraining(judge);
  validateBatchNorm(judge, sizes);
  validateData(judge, sizes);
  validateExpectations(judge, sizes);
}

function version(judge: Judge): void {
  if (child(judge.root, 'version')) return;
  const message = 'version is missing: 1 is taken. Add "version": 1.';
  judge.tell('warning', 'version.missing', ['version'], message);
}

function input(judge: Judge): void {
  const { input } = judge.draft;
  if (!input) return;
  const inputs = sizeOf(input.shape);
  if (inputs > limits.inputs) {
    const message = `input.shape makes ${grouped(inputs)} inputs, at most ${grouped(limits.inputs)} are possible: make it smaller.`;
    judge.tell('error', 'input.size', ['input', 'shape'], message);
  }
  const names = descend(judge.root, ['input', 'names'])?.children?.length;
  if (names === undefined || names === inputs) return;
  const message = `input.names has ${many(names, 'name')}, input.shape makes ${many(inputs, 'input')}: the names are not used. Give one name per input.`;
  judge.tell('warning', 'input.names', ['input', 'names'], message);
}

// ------------------------------------------------------------------------------------------ layers

function layerRules(judge: Judge, layer: LayerDraft, index: number): void {
  const path = ['layers', index];
  const last = index === judge.draft.layers.length - 1;
  if (layer.activation === 'softmax' && !last) {
    const message = `layers[${index}].activation is softmax, which only the last layer can have: choose another, such as sigmoid or relu.`;
    judge.tell('error', 'activation.softmax', [...path, 'activation'], message);
  }
  if (layer.activation === 'softmax' && last && layer.units === 1) {
    const count = layer.type === 'conv2d' ? 'filters' : 'units';
    const more = isMerge(layer)
      ? 'join more values'
      : layer.type === 'batchNorm'
        ? 'take more values'
        : `set layers[${index}].${count} to the number of classes`;
    const message = `A softmax of 1 output is always 1: ${more}, or set the activation to sigmoid.`;
    judge.tell('warning', 'activation.softmaxOne', [...path, 'activation'], message);
  }
  if (layer.activation === 'step' && judge.draft.data) {
    const message = `The gradient of step is zero everywhere, so nothing above it learns: choose sigmoid for training.`;
    judge.tell('warning', 'activation.step', [...path, 'activation'], message);
  }
  equalStart(judge, layer, index);
  unusedInitializer(judge, layer, path);
  initializerFits(judge, layer, path);
}

/** Neurons that start equal get equal gradients and stay equal. */
function equalStart(judge: Judge, layer: LayerDraft, index: number): void {
  const { init, weights, type, filters } = layer;
  const [units, noun] = type === 'conv2d' ? [filters, 'filters'] : [layer.units, 'neurons'];
  const last = index === judge.draft.layers.length - 1;
  // Each neuron of a batchNorm sees a feature of its own.
  const equal = type !== 'batchNorm' && (init?.type === 'zeros' || init?.type === 'constant');
  const written = weights ?? judge.draft.weights;
  if (!equal || last || written || units === undefined || units < 2) return;
  const message = `All ${units} ${noun} of layers[${index}] start with equal weights and stay equal for ever: choose a random init, such as xavierUniform.`;
  judge.tell('warning', 'init.equal', ['layers', index, 'init'], message);
}

function unusedInitializer(judge: Judge, { init }: LayerDraft, path: JsonPath): void {
  if (!init) return;
  judge.unused([...path, 'init'], ['value', 'scale'], initializers[init.type].settings, init.type);
}

/** Normally distributed numbers are drawn from 53 bits, so none is further from 0 than this. */
const MOST_DEVIATIONS = 9;

/** Weights that are drawn must be numbers of the network's precision. */
function initializerFits(judge: Judge, { init }: LayerDraft, path: JsonPath): void {
  const { precision } = judge.draft.training;
  if (!init || !precision) return;
  for (const key of ['value', 'scale'] as const) {
    if (!initializers[init.type].settings.includes(key)) continue;
    const largest = init.type === 'normal' ? MOST_DEVIATIONS * init[key] : init[key];
    if (Number.isFinite(precision === 'float32' ? Math.fround(largest) : largest)) continue;
    const place = [...path, 'init', key];
    const other = precision === 'float32' ? ', or set training.precision to "float64"' : '';
    const message = `${formatPath(place)} is ${init[key]}, which makes weights too large for ${precision}: choose a smaller one${other}.`;
    judge.tell('error', 'init.overflow', place, message);
  }
}

/** False when there are too many parameters to look at, or too many values to be computed. */
function fitsMemory(judge: Judge, sizes: Sizes): boolean {
  let parameters = 0;
  let values = 0;
  for (const [index, { rows = 0, columns = 0, units = 0 }] of sizes.layers.entries()) {
    const { type, useBias } = judge.draft.layers[index];
    // Running statistics are no parameters, but as many numbers to hold and to keep.
    const statistics = type === 'batchNorm' ? 2 : 0;
    parameters += rows * (columns + (useBias === false ? 0 : 1) + statistics);
    values += units;
    if (parameters > limits.parameters) {
      const count = type === 'conv2d' ? 'filters' : 'units';
      const message = `The network has more than ${grouped(limits.parameters)} parameters (layers[${index}] brings ${grouped(rows)} × ${grouped(columns)} weights): use fewer ${count}.`;
      judge.tell('error', 'network.parameters', ['layers', index, count], message);
      return false;
    }
    if (values > limits.values) {
      const message = `The layers give more than ${grouped(limits.values)} values for one sample (layers[${index}] brings ${grouped(units)}): use fewer layers, or smaller ones.`;
      judge.tell('error', 'network.values', ['layers', index], message, judge.head(index));
      return false;
    }
  }
  return true;
}

// -------------------------------------------------------------------------------------------- loss

function loss(judge: Judge, sizes: Sizes): void {
  const { loss, layers } = judge.draft;
  const last = layers.length - 1;
  const activation = layers[last]?.activation;
  const partner = loss.type && partners[loss.type];
  if (partner && activation && activation !== partner) {
    const other = usualLoss(activation, sizes.outputs);
    const { type = 'dense' } = layers[last];
    const found = layerTraits[type].hasActivation
      ? `layers[${last}].activation is ${activation}: set it to ${partner}`
      : `layers[${last}] (${type}) has no activation: put a dense layer of ${partner} behind it`;
    const message = `${loss.type} needs ${partner} outputs, ${found}, or set loss.type to ${other}.`;
    judge.tell('error', 'loss.activation', ['loss', 'type'], message);
  }
  if (loss.type && !losses[loss.type].settings.includes('half')) {
    judge.unused(['loss'], ['half'], ['type', 'reduction'], loss.type);
  }
}

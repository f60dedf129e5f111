/** The rules of a layer in matrix form: forward, backward, and the gradients of its parameters. */
import { partners } from '../network/lossPairs';
import type { ActivationName, Loss } from '../network/network';
import type { Context } from './context';
import type { Expression, Line, Rule } from './explanation';
import {
  bigSum,
  call,
  derivative,
  hadamard,
  number,
  primed,
  product,
  quotient,
  sum,
  symbol,
  transposed,
} from './expressions';
import { weightSize } from './layerWords';
import { standardised } from './normalised';
import type { NotationProfile } from './notationProfile';
import type { Label } from './words';

/** What rules hang on; no numbers. */
export interface Outline {
  readonly layer: number;
  readonly activation: ActivationName | undefined;
  readonly units: number;
  readonly inputs: number;
  readonly loss: Loss;
  readonly hasWeights: boolean;
  readonly hasBiases: boolean;
}

/** z = w a + b and a = f(z). */
export function forwardRules(outline: Outline, context: Context): readonly Line[] {
  const { layer } = outline;
  const { names } = context;
  const z = names.vector('weightedInput', layer);
  const forward = { left: z, forms: [weightedInputs(outline, context)] };
  const lines = [rule(context, 'forward', forward, sizeNote(outline, context))];
  if (outline.activation) {
    const activation = call(names.activationFunction(outline.activation), z);
    const left = names.vector('activation', layer);
    lines.push(rule(context, 'activation', { left, forms: [activation] }));
  }
  return lines;
}

/** The size of the weights, which with a bias among them is S × (S + 1). */
function sizeNote(outline: Outline, context: Context): string | undefined {
  const { layer } = outline;
  const window = context.names.branches.windowOf(layer);
  const size = window
    ? ([window.target.channels, window.height * window.width * window.source.channels] as const)
    : ([outline.units, outline.inputs] as const);
  const withBias = hasBiasColumn(outline, context);
  if (context.names.branches.typeOf(layer) === 'batchNorm') return undefined;
  return outline.hasWeights ? weightSize(layer, size, withBias, context) : undefined;
}

/** Whether the matrix of the weights holds the biases too: as weights of a unit that is always 1. */
export function hasBiasColumn(
  { hasBiases, layer }: Outline,
  { profile: { bias }, names }: Context,
): boolean {
  return (
    hasBiases && names.branches.typeOf(layer) === 'dense' && bias.style === 'column' && bias.unit
  );
}

/** (1, a) or (a, 1): what a matrix with the biases as a column multiplies. */
function withUnit(source: Expression, { bias }: NotationProfile): Expression {
  const isFirst = bias.style === 'column' && bias.place === 'first';
  return { type: 'list', items: isFirst ? [number(1), source] : [source, number(1)] };
}

/** w a + b or w (1, a), with row vectors a wᵀ + b; of merges a + a or concat(a, a). */
function weightedInputs(outline: Outline, context: Context): Expression {
  const { names, profile } = context;
  const { layer } = outline;
  const { branches } = names;
  const before = branches.sourcesOf(layer).map(source => names.vector('activation', source));
  const type = branches.typeOf(layer);
  if (type === 'add') return sum(...before);
  if (type === 'concat') return call('concat', ...before);
  if (type === 'maxPool2d') return call('maxPool', ...before);
  if (type === 'averagePool2d') return call('meanPool', ...before);
  if (type === 'flatten' || type === 'dropout') return before[0];
  const weights = names.weightMatrix(layer);
  const biases = outline.hasBiases ? [names.vector('bias', layer)] : [];
  if (type === 'batchNorm') {
    const [mu, v] = [names.features('μ', layer), names.features('v', layer)];
    const normalised = standardised(before[0], mu, v, number(branches.epsilonOf(layer)));
    return sum(hadamard(weights, normalised), ...biases);
  }
  if (type === 'conv2d') return sum(call('conv', weights, before[0]), ...biases);
  const joined = hasBiasColumn(outline, context);
  const source = joined ? withUnit(before[0], profile) : before[0];
  const weighted =
    profile.vectors === 'columns' ? product(weights, source) : product(source, transposed(weights));
  return sum(weighted, ...(joined ? [] : biases));
}

/** BP1 (output layer) or BP2 (hidden layers), BP4 and BP3 in matrix form. */
export function backwardRules(outline: Outline, context: Context): readonly Line[] {
  const { layer } = outline;
  const { names, profile } = context;
  const { equations } = profile;
  const error = names.vector('error', layer);
  const lines: Line[] = [];
  if (names.branches.consumersOf(layer).length > 0) lines.push(errorRule(outline, context));
  else if (layer === names.lastLayer) lines.push(outputRule(outline, context));
  if (names.branches.typeOf(layer) === 'conv2d')
    return [...lines, ...filterRules(outline, context)];
  if (names.branches.typeOf(layer) === 'batchNorm')
    return [...lines, ...featureRules(outline, context)];
  if (outline.hasWeights) {
    const own = names.vector('activation', names.branches.sourceOf(layer));
    const joined = hasBiasColumn(outline, context);
    const before = joined ? withUnit(own, profile) : own;
    const gradient =
      profile.vectors === 'columns'
        ? product(error, transposed(before))
        : product(transposed(error), before);
    const left = derivative(ownLoss(context), names.weightMatrix(layer));
    const weights: Rule = { left, forms: [names.signed(gradient)] };
    lines.push(rule(context, 'weightGradients', weights, equations.weight));
  }
  if (!outline.hasBiases || hasBiasColumn(outline, context)) return lines;
  const left = derivative(ownLoss(context), names.vector('bias', layer));
  const bias: Rule = { left, forms: [names.signed(error)] };
  return [...lines, rule(context, 'biasGradients', bias, equations.bias)];
}

/** BP4 and BP3 of a filter j: sums over all places. */
function filterRules({ layer, hasBiases }: Outline, context: Context): readonly Line[] {
  const { names, words, profile } = context;
  const { equations } = profile;
  const error = names.error(layer, 'p');
  const source = names.activation(names.branches.sourceOf(layer), 'p+k');
  const says = (label: Label, of: Expression, form: Expression, equation: string): Line =>
    rule(
      context,
      label,
      { left: derivative(ownLoss(context), of), forms: [names.signed(bigSum('p', form))] },
      [equation, words.images.notes.places].filter(part => part !== '').join(' · '),
    );
  const weights = names.weight(layer, 'j', 'k');
  return [
    says('weightGradients', weights, product(source, error), equations.weight),
    ...(hasBiases ? [says('biasGradients', names.bias(layer, 'j'), error, equations.bias)] : []),
  ];
}

/** BP4 and BP3 of a feature j: of an image sums over all its places. */
function featureRules({ layer, hasBiases }: Outline, context: Context): readonly Line[] {
  const { names, words, profile } = context;
  const { equations } = profile;
  const isImage = names.branches.imageOf(layer) !== undefined;
  const at = isImage ? 'p' : 'j';
  const error = names.error(layer, at);
  const says = (label: Label, of: Expression, form: Expression, equation: string): Line =>
    rule(
      context,
      label,
      {
        left: derivative(ownLoss(context), of),
        forms: [names.signed(isImage ? bigSum('p', form) : form)],
      },
      [equation, ...(isImage ? [words.images.notes.channel] : [])]
        .filter(part => part !== '')
        .join(' · '),
    );
  const gamma = names.weight(layer, 'j', 0);
  const weighted = product(names.normalised(layer, at), error);
  return [
    says('weightGradients', gamma, weighted, equations.weight),
    ...(hasBiases ? [says('biasGradients', names.bias(layer, 'j'), error, equations.bias)] : []),
  ];
}

/** Cₓ; where the error terms are written as ∂C/∂z, the C of these. */
function ownLoss({ names, profile }: Context): Expression {
  return profile.names.error === undefined ? symbol(profile.names.sampleLoss) : names.sampleLoss();
}

/** δ = ∂C/∂a ⊙ f′(z), or a − y where the two cancel; of softmax by the whole Jacobian. */
function outputRule({ layer, activation = 'linear', loss }: Outline, context: Context): Line {
  const { names, profile } = context;
  const a = names.vector('activation', layer);
  const left = names.vector('error', layer);
  const says = (form: Expression): Line =>
    rule(context, 'backward', { left, forms: [form] }, profile.equations.outputError);
  if (partners[loss.type] === activation)
    return says(names.difference(a, symbol(profile.names.target)));
  const z = names.vector('weightedInput', layer);
  const effect = derivative(ownLoss(context), a);
  if (activation === 'softmax') {
    const jacobian = derivative(a, z);
    return says(
      names.signed(
        profile.vectors === 'columns'
          ? product(transposed(jacobian), effect)
          : product(effect, jacobian),
      ),
    );
  }
  return says(
    names.signed(hadamard(effect, call(primed(names.activationFunction(activation)), z))),
  );
}

/** What all layers that take from this one send back, times the slope. */
function errorRule(outline: Outline, context: Context): Line {
  const { layer } = outline;
  const { names, profile } = context;
  const consumers = names.branches.consumersOf(layer);
  const carried = consumers.map(consumer => carriedError(consumer, layer, context));
  const slope = call(
    primed(names.activationFunction(outline.activation ?? 'linear')),
    names.vector('weightedInput', layer),
  );
  // The unit 1 has no error term: its column goes back nowhere.
  const joined =
    profile.bias.style === 'column' &&
    profile.bias.unit &&
    consumers.some(consumer => names.branches.typeOf(consumer) === 'dense');
  const { hiddenError } = profile.equations;
  const windows = consumers.some(consumer => names.branches.windowOf(consumer));
  const notes = [
    ...(joined ? [context.words.withoutBiasColumn] : []),
    ...(windows ? [context.words.images.notes.sentBack] : []),
  ];
  return rule(
    context,
    'backward',
    { left: names.vector('error', layer), forms: [hadamard(sum(...carried), slope)] },
    [hiddenError, ...notes].filter(part => part !== '').join(' · '),
  );
}

/**
 * wᵀ δ, with row vectors δ w; out of an add δ itself, out of a concat the layer's part of it; out of windows by their
 * Jacobian, which has no name of its own.
 */
function carriedError(consumer: number, layer: number, { names, profile }: Context): Expression {
  const { branches } = names;
  const type = branches.typeOf(consumer);
  if (type === 'concat') {
    const start = branches.startOf(consumer, layer);
    return names.errorPart(consumer, start, start + branches.sizeOf(layer));
  }
  const error = names.vector('error', consumer);
  if (type === 'add' || type === 'flatten' || type === 'dropout') return error;
  if (type === 'batchNorm') {
    const under = sum(names.features('v', consumer), number(branches.epsilonOf(consumer)));
    return hadamard(quotient(names.weightMatrix(consumer), call('√', under)), error);
  }
  if (type !== 'dense') {
    const z = names.vector('weightedInput', consumer);
    const jacobian = derivative(z, names.vector('activation', layer));
    return profile.vectors === 'columns'
      ? product(transposed(jacobian), error)
      : product(error, jacobian);
  }
  const weights = names.weightMatrix(consumer);
  return profile.vectors === 'columns'
    ? product(transposed(weights), error)
    : product(error, weights);
}

function rule(context: Context, label: Label, equation: Rule, note?: string): Line {
  return context.line('rule', label, equation, note);
}

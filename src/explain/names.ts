/** The symbols of one network in one notation: from zero-based file indices to w₂₄³. */
import type { FactsBase } from '../engine/facts';
import type { ActivationName } from '../network/network';
import type { Expression } from './explanation';
import { derivative, minus, negate, number, symbol } from './expressions';
import { Branches, type Wired } from './branches';
import type { LayerPlace, NotationProfile } from './notationProfile';

/** A zero-based index, a letter that stands for any index, or several in the notation's own numbers. */
export type Index = number | string | { readonly range: string };

/** What names hang on. Without `sources` every layer takes from the one above. */
export type Named = Wired & Pick<FactsBase, 'scope'> & Partial<Pick<FactsBase, 'inputNames'>>;

/** Layers count as in the file (−1 is the input), rows and columns are zero-based. */
export class Names {
  readonly profile: NotationProfile;
  readonly branches: Branches;
  readonly #sizes: readonly number[];
  readonly #scope: FactsBase['scope']['type'];
  /** What the data call the inputs. */
  readonly inputNames: readonly string[];

  constructor(profile: NotationProfile, facts: Named) {
    this.profile = profile;
    this.branches = new Branches(facts);
    this.#sizes = facts.sizes;
    this.#scope = facts.scope.type;
    this.inputNames = facts.inputNames ?? [];
  }

  get lastLayer(): number {
    return this.#sizes.length - 2;
  }

  /** The number people call this layer by. */
  layerNumber(layer: number): string {
    return String(layer + 1 + this.profile.inputLayer);
  }

  /** The number people call this neuron by. */
  neuronNumber(layer: number, row: Index): string {
    if (typeof row === 'string') return row;
    if (typeof row === 'object') return row.range;
    if (this.profile.neurons === 'layer') return String(row + this.profile.indexBase);
    const before = this.#sizes.slice(0, layer + 1).reduce((count, size) => count + size, 0);
    return String(before + row + 1);
  }

  /**
   * The weight from neuron `column` of the layer's source to neuron `row` of `layer`. Of a convolution, whose neurons
   * share their weights, `row` is the filter and `column` the place in its kernel.
   */
  weight(layer: number, row: Index, column: Index): Expression {
    if (this.#isNorm(layer)) return this.feature('γ', layer, row);
    if (this.#isShared(layer)) return this.#shared(layer, [this.#local(row), this.#local(column)]);
    const source = this.branches.sourceOf(layer);
    const indices = [this.neuronNumber(layer, row), this.neuronNumber(source, column)];
    return this.#weight(layer, indices);
  }

  /** Of a convolution `row` is the filter. */
  bias(layer: number, row: Index): Expression {
    const { bias, names } = this.profile;
    if (this.#isNorm(layer)) return this.feature('β', layer, row);
    if (this.#isShared(layer) && bias.style === 'column')
      return this.#shared(layer, [this.#local(row), bias.index]);
    if (bias.style === 'column')
      return this.#weight(layer, [this.neuronNumber(layer, row), bias.index]);
    return this.#neuron(names.bias, layer, row);
  }

  /**
   * What a batchNorm has of each feature, whose notations agree in these letters alone: γ, β, the mean μ and the variance
   * v, for σ is the sigmoid. Of an image `row` is the channel.
   */
  feature(letter: 'γ' | 'β' | 'μ' | 'v', layer: number, row: Index): Expression {
    return indexed(letter, [this.#local(row)], this.layerNumber(layer), this.#featureLayer);
  }

  /** x̂: a value of a batchNorm before γ and β. */
  normalised(layer: number, row: Index): Expression {
    return this.#neuron('x̂', layer, row);
  }

  /** γ, β, μ or v of all features. */
  features(letter: 'γ' | 'β' | 'μ' | 'v', layer: number): Expression {
    return this.#whole(letter, this.layerNumber(layer), this.#featureLayer);
  }

  get #featureLayer(): LayerPlace {
    const { neuronLayer } = this.profile;
    return neuronLayer === 'none' ? 'superscript' : neuronLayer;
  }

  /** The unit that is always 1 and that a bias is the weight of; undefined in notations that have none. */
  biasUnit(layer: number): Expression | undefined {
    const { bias } = this.profile;
    if (this.#isNorm(layer)) return undefined;
    if (bias.style !== 'column' || !bias.unit) return undefined;
    return this.activation(this.branches.sourceOf(layer), bias.index);
  }

  /** Also of the input and output layers, by their own names where the notation has them. */
  activation(layer: number, row: Index): Expression {
    const { activation, input, output } = this.profile.names;
    if (layer === -1 && input) return symbol(input, this.#local(row));
    if (layer === this.lastLayer && output) return symbol(output, this.#local(row));
    return this.#neuron(activation, layer, row);
  }

  weightedInput(layer: number, row: Index): Expression {
    return this.#neuron(this.profile.names.weightedInput, layer, row);
  }

  target(row: Index): Expression {
    return symbol(this.profile.names.target, this.#local(row));
  }

  /** 1[k=j]: 1 where two outputs are the same one, else 0. */
  isOutput(one: Index, other: Index): Expression {
    return symbol('1', `${this.#local(one)}=${this.#local(other)}`);
  }

  /** δ, or ∂C/∂z of one sample in a notation without δ. */
  error(layer: number, row: Index): Expression {
    const { error } = this.profile.names;
    if (error === undefined)
      return derivative(symbol(this.profile.names.sampleLoss), this.weightedInput(layer, row));
    return this.#neuron(error, layer, row);
  }

  /** The number printed as δ. */
  errorValue(delta: number): number {
    return this.profile.errorSign * delta;
  }

  /** An expression in terms of δ, as one in terms of ∂C/∂z, and back. */
  signed(expression: Expression): Expression {
    return this.profile.errorSign === 1 ? expression : negate(expression);
  }

  /** a − y in terms of δ: the sign turns it round. */
  difference(a: Expression, y: Expression): Expression {
    return this.profile.errorSign === 1 ? minus(a, y) : minus(y, a);
  }

  /** A number of ∂C/∂z in terms of δ: −(−0.1) is written out, −0.1 is that number already. */
  signedNumber(value: number): Expression {
    return value < 0 ? this.signed(number(value)) : number(this.errorValue(value));
  }

  /** The loss of the scope. */
  loss(): Expression {
    const { sampleLoss, batchLoss } = this.profile.names;
    return symbol(this.#scope === 'sample' ? sampleLoss : batchLoss);
  }

  /** The loss of any one sample of a batch. */
  sampleLoss(): Expression {
    return symbol(this.profile.names.sampleLoss, this.profile.names.sample);
  }

  /** One output's share of the sample loss. */
  lossShare(row: Index): Expression {
    return symbol(this.profile.names.sampleLoss, this.#local(row));
  }

  /** The loss without its penalty. */
  dataLoss(): Expression {
    const { batchLoss, dataPart } = this.profile.names;
    return symbol(batchLoss, dataPart);
  }

  /** The penalty that is added to the loss. */
  penalty(): Expression {
    return symbol('Ω');
  }

  /** Number of samples. */
  samples(): Expression {
    return symbol(this.profile.names.samples);
  }

  learningRate(): Expression {
    return symbol(this.profile.names.learningRate);
  }

  /** The optimizer's own, where a schedule changes it. */
  firstRate(): Expression {
    return symbol(this.profile.names.learningRate, '0');
  }

  clipFactor(): Expression {
    return symbol(this.profile.names.clipFactor);
  }

  /** σ, tanh, softmax, or the notation's letter for any activation function. */
  activationFunction(activation: ActivationName): Expression {
    const { sigmoid, activationFunction } = this.profile.names;
    if (activation === 'sigmoid') return symbol(sigmoid);
    return symbol(
      activation === 'tanh' || activation === 'softmax' ? activation : activationFunction,
    );
  }

  weightMatrix(layer: number): Expression {
    const { weightLayer, names } = this.profile;
    if (this.#isNorm(layer)) return this.features('γ', layer);
    return this.#whole(names.weight, this.#weightLayerNumber(layer), weightLayer);
  }

  /** All activations, weighted inputs, biases or errors of a layer. */
  vector(quantity: 'activation' | 'weightedInput' | 'bias' | 'error', layer: number): Expression {
    const { names, neuronLayer } = this.profile;
    if (quantity === 'error' && names.error === undefined)
      return derivative(symbol(names.sampleLoss), this.vector('weightedInput', layer));
    if (quantity === 'bias' && this.#isNorm(layer)) return this.features('β', layer);
    if (quantity === 'bias' && this.profile.bias.style === 'column')
      return this.#biasColumn(layer, this.profile.bias.index);
    if (quantity === 'activation' && layer === -1 && names.input) return symbol(names.input);
    if (quantity === 'activation' && layer === this.lastLayer && names.output)
      return symbol(names.output);
    const text = names[quantity] ?? '';
    return this.#whole(text, this.layerNumber(layer), neuronLayer);
  }

  /** The errors of the neurons `from` to `to` (without) of a layer: δ[2…4]³. */
  errorPart(layer: number, from: number, to: number): Expression {
    const ends = [from, to - 1].map(row => this.neuronNumber(layer, row));
    return this.error(layer, from === to - 1 ? from : { range: ends.join('…') });
  }

  #whole(text: string, layer: string, place: LayerPlace): Expression {
    if (place === 'superscript') return symbol(text, undefined, layer);
    if (place === 'parenthesis') return symbol(text, undefined, `(${layer})`);
    return symbol(text, layer);
  }

  /**
   * Where a weight carries the number of its source, that is the one above its target, also with branches: so
   * each layer's weights have a name of their own, whoever else takes from the same source.
   */
  #weightLayerNumber(layer: number): string {
    return this.layerNumber(this.profile.weightLayerOf === 'target' ? layer : layer - 1);
  }

  /** Also where weights carry the numbers of their neurons alone, the number of the layer: w_b2. */
  #biasColumn(layer: number, index: string): Expression {
    if (this.profile.weightLayer !== 'none') return this.#weight(layer, [index]);
    return symbol(this.profile.names.weight, index + this.#weightLayerNumber(layer));
  }

  #isNorm(layer: number): boolean {
    return this.branches.typeOf(layer) === 'batchNorm';
  }

  #isShared(layer: number): boolean {
    return this.branches.typeOf(layer) === 'conv2d';
  }

  /** Where weights carry the numbers of their neurons alone, those of a filter carry the number of its layer, too. */
  #shared(layer: number, indices: readonly string[]): Expression {
    const { weightLayer, names } = this.profile;
    const place = weightLayer === 'none' ? 'superscript' : weightLayer;
    return indexed(names.weight, indices, this.#weightLayerNumber(layer), place);
  }

  #weight(layer: number, indices: readonly string[]): Expression {
    const { weightLayer, names } = this.profile;
    return indexed(names.weight, indices, this.#weightLayerNumber(layer), weightLayer);
  }

  #neuron(text: string, layer: number, row: Index): Expression {
    const indices = [this.neuronNumber(layer, row)];
    return indexed(text, indices, this.layerNumber(layer), this.profile.neuronLayer);
  }

  /** Within its layer, whatever the numbering. */
  #local(row: Index): string {
    if (typeof row === 'object') return row.range;
    return typeof row === 'string' ? row : String(row + this.profile.indexBase);
  }
}

function indexed(
  text: string,
  indices: readonly string[],
  layer: string,
  place: LayerPlace,
): Expression {
  if (place === 'superscript') return symbol(text, join(indices), layer);
  if (place === 'parenthesis') return symbol(text, join(indices), `(${layer})`);
  return symbol(text, join(place === 'prefix' ? [layer, ...indices] : indices));
}

/** 24, but 2,14: digits alone where they cannot be misread. */
function join(indices: readonly string[]): string {
  return indices.join(indices.every(index => index.length === 1) ? '' : ',');
}

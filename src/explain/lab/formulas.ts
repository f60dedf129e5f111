/** The formulas of a rule beside those of backpropagation: the same pieces, some of them missing or put in. */
import type { LabRequest, LabReport } from '../../engine/lab/lab';
import type { LabRule } from '../../engine/lab/presets';
import { sourcesOf } from '../../network/graph';
import { partners } from '../../network/lossPairs';
import type { Network } from '../../network/network';
import { inferShapes, type NetworkShapes } from '../../network/shapes';
import type { Expression } from '../explanation';
import { bigSum, call, derivative, minus, number, primed, product, symbol } from '../expressions';
import { lossFormula, penaltySlopeTerms, penaltySymbols, reductionFactor } from '../lossFormulas';
import { Names } from '../names';
import type { NotationProfile } from '../notationProfile';
import type { LabFormula, Piece } from './pieces';
import type { LabWords } from './words';

/** The formulas that the rule changes, and those around them, in this notation. */
export function labFormulas(
  { network, request }: Pick<LabReport, 'network' | 'request'>,
  profile: NotationProfile,
  words: LabWords,
): readonly LabFormula[] {
  return new Formulas(network, request, profile, words).all();
}

type Mark = Piece['mark'];

class Formulas {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #rule: LabRule;
  readonly #scope: LabRequest['scope'];
  readonly #names: Names;
  readonly #words: LabWords;
  readonly #last: number;

  constructor(
    network: Network,
    { rule, scope }: LabRequest,
    profile: NotationProfile,
    words: LabWords,
  ) {
    this.#network = network;
    this.#shapes = inferShapes(network);
    this.#rule = rule;
    this.#scope = scope;
    this.#words = words;
    const { inputSize, layers } = this.#shapes;
    const sizes = [inputSize, ...layers.map(({ units }) => units)];
    this.#names = new Names(profile, { sizes, scope, sources: sourcesOf(network) });
    this.#last = network.layers.length - 1;
  }

  all(): readonly LabFormula[] {
    return [
      this.#lossSlope(),
      this.#outputError(),
      ...this.#hiddenError(),
      ...this.#gradient('weights'),
      ...this.#gradient('biases'),
    ];
  }

  /** Whether this layer's own f′ is left out of δ. */
  #drops(kind: 'hidden' | 'output'): boolean {
    const { slope } = this.#rule;
    return slope === kind || slope === 'all' || slope === 'update';
  }

  /** ∂C/∂a = a − y */
  #lossSlope(): LabFormula {
    const { loss } = this.#network;
    const point = { a: this.#names.activation(this.#last, 'j'), y: this.#names.target('j') };
    const isSquare = loss.type === 'meanSquaredError';
    const { lossFactor } = this.#rule;
    const two: Piece = piece(number(2), loss.half ? 'added' : lossFactor ? 'missing' : 'kept', '');
    const pieces =
      isSquare && (!loss.half || lossFactor)
        ? [two, piece(minus(point.a, point.y), 'kept', '·')]
        : [piece(lossFormula(loss).slope(point), 'kept', '')];
    return { label: 'lossSlope', left: this.#byOutput('j'), pieces, flipped: false };
  }

  #byOutput(index: string): Expression {
    const { sampleLoss } = this.#names.profile.names;
    return derivative(symbol(sampleLoss), this.#names.activation(this.#last, index));
  }

  /** The first factor carries the sign of the notation's δ. */
  get #sign(): '' | '−' {
    return this.#names.profile.errorSign === -1 ? '−' : '';
  }

  #outputError(): LabFormula {
    const { activation } = this.#network.layers[this.#last];
    const names = this.#names;
    const drops = this.#drops('output');
    const base = {
      label: 'outputError' as const,
      left: names.error(this.#last, 'j'),
      flipped: false,
    };
    const alone = piece(this.#byOutput('j'), 'added', this.#sign);
    const whole = (expression: Expression, sign: Piece['join'], note: string): LabFormula => ({
      ...base,
      pieces: drops
        ? [piece(expression, 'missing', sign), alone]
        : [piece(expression, 'kept', sign)],
      note,
    });
    if (isFused(this.#network)) return whole(this.#difference(), '', this.#words.fusedSlope);
    if (activation === 'softmax')
      return whole(this.#jacobian(), this.#sign, this.#words.softmaxSlope);
    const pieces = [
      piece(this.#byOutput('j'), 'kept', this.#sign),
      piece(this.#slope(this.#last, 'j'), drops ? 'missing' : 'kept', '·'),
    ];
    return { ...base, pieces, ...this.#linearNote(this.#last) };
  }

  #linearNote(layer: number): { note?: string } {
    const isLinear = this.#network.layers[layer].activation === 'linear';
    return isLinear ? { note: this.#words.linearSlope } : {};
  }

  /** f′(z) */
  #slope(layer: number, index: string): Expression {
    const { activation } = this.#network.layers[layer];
    const f = primed(this.#names.activationFunction(activation));
    return call(f, this.#names.weightedInput(layer, index));
  }

  /** δ = f′(z) · Σ w δ of the last layer that hands on through weights; with W for Wᵀ, of a square one. */
  #hiddenError(): readonly LabFormula[] {
    const { transpose } = this.#rule;
    const through = this.#shapes.layers.flatMap(({ sources, units, inputs }, index) =>
      this.#network.layers[index].type === 'dense' && sources[0] >= 0
        ? [{ index, source: sources[0], square: units === inputs }]
        : [],
    );
    const found =
      (transpose && through.find(({ square }) => square)) || through[through.length - 1];
    if (!found) return [];
    const { index, source, square } = found;
    const names = this.#names;
    const weighted = (row: string, column: string): Expression =>
      bigSum('k', product(names.weight(index, row, column), names.error(index, 'k')));
    const swapped = transpose && square;
    const formula: LabFormula = {
      label: 'hiddenError',
      left: names.error(source, 'j'),
      pieces: [
        piece(this.#slope(source, 'j'), this.#drops('hidden') ? 'missing' : 'kept', ''),
        piece(weighted('k', 'j'), swapped ? 'missing' : 'kept', '·'),
        ...(swapped ? [piece(weighted('j', 'k'), 'added', '·')] : []),
      ],
      flipped: false,
      ...this.#linearNote(source),
    };
    return [formula];
  }

  /** ∂C/∂w = 1/m Σ a·δ + penalty, ∂C/∂b = 1/m Σ δ */
  #gradient(label: 'weights' | 'biases'): readonly LabFormula[] {
    const { layers, regularization } = this.#network;
    const having = layers.flatMap((each, index) =>
      each.type === 'dense' && (label === 'weights' || each.useBias) ? [index] : [],
    );
    const layer = having[having.length - 1];
    if (layer === undefined) return [];
    const names = this.#names;
    const isWeight = label === 'weights';
    const parameter = isWeight ? names.weight(layer, 'j', 'k') : names.bias(layer, 'j');
    const isBatch = this.#scope.type === 'batch';
    const penalises = isWeight || regularization.bias;
    const penalty = isBatch
      ? penaltySlopeTerms(regularization, penaltySymbols(names.samples()), parameter)
      : [];
    const mark = this.#penaltyMark(penalises);
    const lastOnly = label === 'biases' && isBatch && this.#rule.biasSum;
    const formula: LabFormula = {
      label,
      left: derivative(names.loss(), parameter),
      pieces: [
        ...this.#dataPieces(layer, label, lastOnly),
        ...(mark ? penalty.map(term => piece(term, mark, '+')) : []),
      ],
      flipped: this.#rule.sign,
      ...(lastOnly ? { note: this.#words.lastSample } : {}),
    };
    return [formula];
  }

  /** How the penalty stands in the formula of a parameter; undefined: not at all. */
  #penaltyMark(penalises: boolean): Mark | undefined {
    const { penalty } = this.#rule;
    if (penalises) return penalty === 'forgotten' ? 'missing' : 'kept';
    return penalty === 'biases' ? 'added' : undefined;
  }

  #dataPieces(layer: number, label: 'weights' | 'biases', lastOnly: boolean): readonly Piece[] {
    const names = this.#names;
    const sign = this.#sign;
    const source = names.activation(names.branches.sourceOf(layer), 'k');
    const share = (error: Expression): Expression =>
      label === 'weights' ? product(error, source) : error;
    const right = share(names.error(layer, 'j'));
    const late = this.#rule.slope === 'update';
    const found = late ? share(this.#lateError(layer)) : right;
    if (this.#scope.type === 'sample') return this.#ownPieces(layer, right, found);
    const factor = reductionFactor(this.#network.loss, names.samples(), symbol('K'));
    const join = factor.length > 0 ? '·' : sign;
    const total = (body: Expression): Expression => bigSum(names.profile.names.sample, body);
    const sums =
      lastOnly || late
        ? [
            piece(total(right), 'missing', join),
            piece(lastOnly ? found : total(found), 'added', join),
          ]
        : [piece(total(right), 'kept', join)];
    const forgets = this.#rule.reduction ? 'missing' : 'kept';
    return [...factor.map(each => piece(each, forgets, sign)), ...sums];
  }

  /** Of one sample: nothing is summed. */
  #ownPieces(layer: number, right: Expression, found: Expression): readonly Piece[] {
    const sign = this.#sign;
    if (right === found) return [piece(right, 'kept', sign)];
    const { activation } = this.#network.layers[layer];
    if (activation === 'softmax' || (layer === this.#last && isFused(this.#network)))
      return [piece(right, 'missing', sign), piece(found, 'added', sign)];
    return [piece(this.#slope(layer, 'j'), 'added', sign), piece(right, 'kept', '·')];
  }

  /** δ with its f′ put back: where a rule uses it only at the update. */
  #lateError(layer: number): Expression {
    const names = this.#names;
    const isLast = layer === this.#last;
    if (isLast && isFused(this.#network)) return this.#difference();
    if (this.#network.layers[layer].activation === 'softmax') return names.signed(this.#jacobian());
    return product(this.#slope(layer, 'j'), names.error(layer, 'j'));
  }

  /** a − y, with the sign of the notation's δ */
  #difference(): Expression {
    const names = this.#names;
    return names.difference(names.activation(this.#last, 'j'), names.target('j'));
  }

  /** Σ ∂C/∂a · ∂a/∂z over the outputs of a softmax */
  #jacobian(): Expression {
    const names = this.#names;
    const [a, z] = [names.activation(this.#last, 'k'), names.weightedInput(this.#last, 'j')];
    return bigSum('k', product(this.#byOutput('k'), derivative(a, z)));
  }
}

function piece(expression: Expression, mark: Mark, join: Piece['join']): Piece {
  return { expression, mark, join };
}

/** Losses that are computed from z, with one output activation. */
function isFused({ loss }: Network): boolean {
  return partners[loss.type] !== undefined;
}

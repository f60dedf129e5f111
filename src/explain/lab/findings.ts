/** What the lab found, in sentences. */
import type { LabLayer, LabReport } from '../../engine/lab/lab';
import type { Factor, Finding } from '../../engine/lab/recognise';
import type { Network } from '../../network/network';
import { parameterPath } from '../context';
import { Names } from '../names';
import type { NotationProfile } from '../notationProfile';
import { formatNumber } from '../numbers';
import type { LabWords } from './words';

export interface LabLayerWords {
  /** As in the file. */
  readonly layer: number;
  readonly title: string;
  readonly ratio: string;
  readonly finding: string;
}

export interface LabVerdict {
  /** "Gradcheck fails: 12 of 20 gradients on 1 sample" */
  readonly sentence: string;
  /** Where it is worst, what was left out. */
  readonly notes: readonly string[];
  /** What is missing, found from the numbers; or why nothing is. */
  readonly meaning: string;
  readonly layers: readonly LabLayerWords[];
}

/** Ratios within this of 1 are printed as exact. */
const EXACT = 1e-6;
const STYLE = { digits: 3 };

/** @param isStandard whether the rule is backpropagation itself */
export function labVerdict(
  report: LabReport,
  isStandard: boolean,
  profile: NotationProfile,
  words: LabWords,
): LabVerdict {
  const names = new Names(profile, { sizes: [], scope: report.request.scope });
  const number = (layer: number): string => names.layerNumber(layer);
  return {
    sentence: sentenceOf(report, words),
    notes: notesOf(report, words),
    meaning: meaningOf(report, isStandard, words, number),
    layers: report.layers.map(each => ({
      layer: each.layer,
      title: words.layer(number(each.layer)),
      ratio: ratioOf(each, words),
      finding: findingWords(each.finding, words, number),
    })),
  };
}

function sentenceOf({ failed, checked, samples }: LabReport, words: LabWords): string {
  return failed === 0 ? words.agrees(checked, samples) : words.fails(failed, checked, samples);
}

function notesOf(report: LabReport, words: LabWords): readonly string[] {
  const { worst, unsure, checked, parameters } = report;
  return [
    ...(worst ? [words.worst(worst.error.toExponential(1), parameterPath(worst.target))] : []),
    ...(unsure > 0 ? [words.unsure(unsure)] : []),
    ...(checked < parameters ? [words.someOf(checked, parameters)] : []),
  ];
}

function ratioOf({ ratio, wrong }: LabLayer, words: LabWords): string {
  if (wrong === 0 && ratio) return words.exact;
  if (!ratio) return words.noRatio;
  const { min, max } = ratio;
  const [low, high] = [formatNumber(min, STYLE), formatNumber(max, STYLE)];
  // A dash between two numbers with a sign would be read as one.
  const range = low === high ? low : min < 0 ? `${low} … ${high}` : `${low}–${high}`;
  const side = min > 1 + EXACT ? 'larger' : min > 0 && max < 1 - EXACT ? 'smaller' : 'other';
  return words.ratio(range, side);
}

function findingWords(
  finding: Finding,
  words: LabWords,
  number: (layer: number) => string,
): string {
  if (finding.type !== 'factors') return words[finding.type];
  return words.several(finding.factors.map(factor => factorWords(factor, words, number)));
}

function factorWords(factor: Factor, words: LabWords, number: (layer: number) => string): string {
  return words.factor(
    factor.type === 'slope' ? { type: 'slope', layers: factor.layers.map(number) } : factor,
  );
}

function meaningOf(
  { layers, network, request, blind }: LabReport,
  isStandard: boolean,
  words: LabWords,
  number: (layer: number) => string,
): string {
  const factors = layers.flatMap(({ finding }) =>
    finding.type === 'factors' ? finding.factors : [],
  );
  const unknown = layers.filter(({ finding }) => finding.type === 'unknown');
  const sentences: string[] = [];
  if (factors.length > 0) {
    const all = factors.map(factor =>
      factor.type === 'slope' ? words.slopeMissing : factorWords(factor, words, number),
    );
    sentences.push(words.missing([...new Set(all)]));
    if (isSigmoid(network, factors)) sentences.push(words.sigmoidBound);
  }
  if (unknown.length > 0)
    sentences.push(words.unexplained(unknown.map(({ layer }) => number(layer))));
  if (sentences.length > 0) return sentences.join(' ');
  if (isStandard) return words.isStandard;
  const linear = network.layers.every(({ activation }) => activation === 'linear');
  if (linear) return words.linearOnly;
  const { rule, scope } = request;
  return rule.slope !== 'kept' && scope.type === 'sample'
    ? words.onSample(blind.map(each => words.blindness[each]))
    : words.changesNothing;
}

/** Whether every f′ that is missing is one of a sigmoid, at most ¼, and nothing else is wrong. */
function isSigmoid({ layers }: Network, factors: readonly Factor[]): boolean {
  return factors.every(
    factor =>
      factor.type === 'slope' &&
      factor.layers.every(layer => layers[layer].activation === 'sigmoid'),
  );
}

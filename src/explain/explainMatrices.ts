/** A layer in matrices: forward, backward and its gradients, with the numbers of one sample or of all. */
import type { LayerMatrices } from '../engine/matrixFacts';
import { backwardSteps } from './backwardMatrices';
import { batchSection } from './batchMatrices';
import { Context } from './context';
import { forwardSteps } from './forwardMatrices';
import { gradientSteps } from './gradientMatrices';
import { layerWords, weightSize } from './layerWords';
import type { MatrixCard, MatrixSection } from './matrixCard';
import { MatrixMaker } from './matrixMaker';
import type { NotationProfile } from './notationProfile';
import type { MatrixNote, Words } from './words';

export interface MatrixOptions {
  /** In a notation where a bias is a weight: as a column of the weights (default), or apart. */
  readonly biasColumn?: boolean;
}

/** Every equation holds cell by cell for the numbers that stand in it. */
export function explainMatrices(
  facts: LayerMatrices,
  profile: NotationProfile,
  words: Words,
  { biasColumn = true }: MatrixOptions = {},
): MatrixCard {
  const context = new Context(facts, profile, words);
  const maker = new MatrixMaker(context, biasColumn && facts.bias !== undefined);
  const inputs = facts.inputs?.length ?? 0;
  return {
    symbol: context.names.vector('activation', facts.layer),
    words: layerWords({ layer: facts.layer, units: facts.units.length, inputs }, context),
    size: facts.weights
      ? weightSize(
          facts.layer,
          [facts.units.length, inputs],
          maker.biasPlace !== undefined,
          context,
        )
      : '',
    sections: sections(facts, maker),
    notes: notes(facts, context),
  };
}

function sections(facts: LayerMatrices, maker: MatrixMaker): readonly MatrixSection[] {
  const { sample, batch } = facts;
  if (batch) return batchSection(facts, batch, maker);
  if (!sample) return [];
  const sampled = { facts, sample, maker };
  const titles = maker.context.words.matrices.sections;
  return [
    { title: titles.forward, steps: forwardSteps(sampled) },
    { title: titles.backward, steps: backwardSteps(sampled) },
    { title: titles.gradient, steps: gradientSteps(sampled) },
  ].filter(({ steps }) => steps.length > 0);
}

function notes(facts: LayerMatrices, context: Context): readonly string[] {
  const { layer, weights, batch, place } = facts;
  const { words, names } = context;
  const { branches } = names;
  const found: MatrixNote[] = [];
  if (layer === -1) found.push('inputs');
  else if (branches.typeOf(layer) === 'batchNorm') found.push('featurewise');
  else if (!weights) found.push('noParameters');
  if (branches.windowOf(layer) && !weights) found.push('noMatrix');
  if (batch) found.push('onlySample');
  const said = found.map(note => words.matrices.notes[note]);
  const at = context.place(layer, facts.units.shown[0]).image;
  return place !== undefined && at && !batch ? [words.images.shownPlace(at), ...said] : said;
}

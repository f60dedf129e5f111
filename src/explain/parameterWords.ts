/** Weights and biases in words: by their neurons, or of a convolution by their filter. */
import type { Context } from './context';

/** @param row of a convolution the filter, `column` a place in its kernel */
export function weightWords(layer: number, row: number, column: number, context: Context): string {
  const { names, words } = context;
  const { branches } = names;
  if (branches.typeOf(layer) === 'batchNorm')
    return words.images.gamma(featureWords(layer, row, context), names.layerNumber(layer));
  if (branches.typeOf(layer) !== 'conv2d')
    return words.weight(context.place(branches.sourceOf(layer), column), context.place(layer, row));
  const at = context.kernelPlace(layer, column);
  return words.images.weight(filterNumber(row, context), names.layerNumber(layer), at);
}

/** @param row of a convolution the filter */
export function biasWords(layer: number, row: number, context: Context): string {
  const { names, words } = context;
  if (names.branches.typeOf(layer) === 'batchNorm')
    return words.images.beta(featureWords(layer, row, context), names.layerNumber(layer));
  if (names.branches.typeOf(layer) !== 'conv2d') return words.bias(context.place(layer, row));
  return words.images.bias(filterNumber(row, context), names.layerNumber(layer));
}

/** "channel 2" of an image, "feature 2" of a list. */
function featureWords(layer: number, row: number, context: Context): string {
  const { names, words } = context;
  const isImage = names.branches.imageOf(layer) !== undefined;
  return words.images.feature(filterNumber(row, context), isImage);
}

const filterNumber = (row: number, { profile }: Context): string => String(row + profile.indexBase);

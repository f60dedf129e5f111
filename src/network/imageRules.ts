/** Rules about layers that slide a window over an image: there must be one, and the window must fit into it. */
import { hasPlaces } from './draftShapes';
import { sourceName } from './graphRules';
import { imageSize, imageText } from './images';
import type { ImageShape, WindowShape } from './images';
import { many } from './judge';
import type { Judge, LayerSize, Sizes } from './judge';
import { layerTraits } from './layerTypes';
import { limits } from './limits';
import { grouped } from './setting';

export function validateImages(judge: Judge, sizes: Sizes): void {
  judge.draft.layers.forEach(({ type }, index) => {
    const size = sizes.layers[index];
    if (type === 'add') return equalImages(judge, sizes, index);
    if (type === undefined || !layerTraits[type].slides || !size.sources.every(isThere)) return;
    const [source] = size.sources;
    if (source === undefined) return;
    const known = source < 0 ? sizes.inputs : sizes.layers[source].units;
    if (known === undefined) return;
    if (!imageAt(judge, sizes, source)) listFound(judge, index, type, source, known);
    else if (size.window) windowFits(judge, index, size, size.window);
  });

  function isThere(source: number): boolean {
    return source < sizes.layers.length;
  }
}

function imageAt(judge: Judge, sizes: Sizes, source: number): ImageShape | undefined {
  if (source >= 0) return sizes.layers[source].image;
  const { shape } = judge.draft.input ?? {};
  return shape?.length === 3
    ? { height: shape[0], width: shape[1], channels: shape[2] }
    : undefined;
}

function listFound(
  judge: Judge,
  index: number,
  type: string,
  source: number,
  values: number,
): void {
  const remedy =
    source < 0
      ? `set input.shape to ${imageFor(judge.draft.input?.shape ?? [], values)}`
      : 'take the values of a layer that gives one';
  const message = `layers[${index}] (${type}) needs an image, ${sourceName(judge, source)} gives a list of ${many(values, 'value')}: ${remedy}.`;
  judge.tell('error', 'image.needed', ['layers', index], message, judge.head(index));
}

/** `[28, 28, 1]` for 784 values. */
function imageFor(shape: readonly number[], values: number): string {
  const side = Math.sqrt(values);
  const lengths = shape.length === 2 ? shape : Number.isInteger(side) ? [side, side] : undefined;
  return lengths ? `[${lengths.join(', ')}, 1]` : '[height, width, channels]';
}

function windowFits(judge: Judge, index: number, size: LayerSize, window: WindowShape): void {
  const key = judge.draft.layers[index].type === 'conv2d' ? 'kernel' : 'size';
  const { height, width, source, target } = window;
  if (!hasPlaces(window)) {
    const message = `layers[${index}].${key} is ${height} × ${width}, larger than the image of ${imageText(source)} that comes in: make it smaller, or set padding to "same".`;
    judge.tell('error', 'window.large', ['layers', index, key], message);
  } else if (size.units === undefined) {
    const found = `${imageText(target)} = ${grouped(imageSize(target))} values`;
    const message = `layers[${index}] gives ${found}, at most ${grouped(limits.units)} are possible: use larger steps (stride), or fewer filters.`;
    judge.tell('error', 'image.size', ['layers', index], message, judge.head(index));
  }
}

/** Images that are added lie pixel on pixel. */
function equalImages(judge: Judge, sizes: Sizes, index: number): void {
  const size = sizes.layers[index];
  if (size.units === undefined || size.image) return;
  const { sources } = size;
  if (sources.some(source => !(source < sizes.layers.length))) return;
  const images = sources.map(source => imageAt(judge, sizes, source));
  const first = images[0];
  const other = images.findIndex(image => image && first && imageText(image) !== imageText(first));
  const second = images[other];
  if (!first || !second) return;
  const named = `${sourceName(judge, sources[0])} gives ${imageText(first)}, ${sourceName(judge, sources[other])} gives ${imageText(second)}`;
  const message = `layers[${index}] adds images of different shape: ${named}. Give both the same, or put a flatten layer behind each.`;
  judge.tell('error', 'add.images', ['layers', index, 'from', other], message);
}

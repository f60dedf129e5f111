/** What a new layer would do in a slot: of the palette, or of the chooser. Pure. */
import type { LayerValue, NetworkEdit } from '../../src/network/edit';
import { imageText, type ImageShape, type SlidingSettings } from '../../src/network/images';
import { layerTraits } from '../../src/network/layerTypes';
import type { ActivationName } from '../../src/network/network';
import { count } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import type { ShapedType } from './contract';
import { INPUT, inserted, judge, NEW, sourcesAt, type Row } from './structure';
import { placeWords, refused, verdict, type Consequence } from './verdict';
import type { World } from './world';

/** A new layer of each type, as it is written, and how it slides. */
export const shapedLayers: {
  readonly [K in ShapedType]: { readonly value: LayerValue; readonly sliding?: SlidingSettings };
} = {
  conv2d: {
    value: { type: 'conv2d', filters: 8, kernel: [3, 3], padding: 'same', activation: 'relu' },
    sliding: { window: [3, 3], stride: [1, 1], padding: 'same', channels: 8 },
  },
  maxPool2d: {
    value: { type: 'maxPool2d', size: [2, 2] },
    sliding: { window: [2, 2], stride: [2, 2], padding: 'valid' },
  },
  averagePool2d: {
    value: { type: 'averagePool2d', size: [2, 2] },
    sliding: { window: [2, 2], stride: [2, 2], padding: 'valid' },
  },
  flatten: { value: { type: 'flatten' } },
  dropout: { value: { type: 'dropout', rate: 0.5 } },
  batchNorm: { value: { type: 'batchNorm' } },
};

export function newDense(
  world: World,
  { units, activation }: { readonly units: number; readonly activation: string },
  index: number,
): Consequence {
  const row: Row = {
    key: NEW,
    type: 'dense',
    units,
    activation: activation as ActivationName,
    useBias: true,
  };
  const layer: LayerValue = { type: 'dense', units, activation };
  return verdict(
    world,
    inserted(world.structure.rows, [row], index),
    { type: 'addLayer', index, layer },
    text('design.insert', placeWords(world, index)),
    [index],
  );
}

export function newMerge(world: World, merge: 'add' | 'concat', index: number): Consequence {
  const sources = mergeSources(world, merge, index);
  if (typeof sources === 'string') return refused(sources);
  const row: Row = {
    key: NEW,
    type: merge,
    units: 0,
    activation: 'linear',
    useBias: false,
    from: sources,
  };
  const names = sources.map(world.title).join(' + ');
  return verdict(
    world,
    inserted(world.structure.rows, [row], index),
    { type: 'addMerge', index, merge, sources },
    text('design.merge', text(`design.merge.${merge}`), names, placeWords(world, index)),
    [index],
  );
}

/**
 * What a new merge joins: the layer above and the nearest one before it that fits. The way round the layer
 * above comes first, for that is a residual connection.
 */
function mergeSources(
  { structure, judged, title }: World,
  merge: 'add' | 'concat',
  index: number,
): readonly number[] | string {
  const { rows } = structure;
  if (index === 0) return text('design.why.two', text(`design.merge.${merge}`));
  const above = rows[index - 1].key;
  const size = (key: number): number => judged.shapes.get(key)?.units ?? NaN;
  const round = sourcesAt(rows, index - 1);
  const earlier = rows
    .slice(0, index - 1)
    .map(({ key }) => key)
    .reverse();
  const others = [...new Set([...round, ...earlier, -1])].filter(key => key !== above);
  if (rows[index - 1].activation === 'softmax') return text('design.why.softmax', title(above));
  const fits = merge === 'concat' ? others : others.filter(key => size(key) === size(above));
  if (fits.length > 0) return [fits[0], above];
  return text('design.why.sizes', listed([count(size(others[0])), count(size(above))]));
}

/** Of the types with an image, of flatten, dropout and batchNorm. A window needs an image: the input is made one where it can be. */
export function newShaped(world: World, type: ShapedType, index: number): Consequence {
  const { value, sliding } = shapedLayers[type];
  const row: Row = {
    key: NEW,
    type,
    units: 0,
    activation: type === 'conv2d' ? 'relu' : 'linear',
    useBias: layerTraits[type].hasParameters,
    ...(sliding && { sliding }),
  };
  const rows = inserted(world.structure.rows, [row], index);
  const add = { type: 'addLayer', index, layer: value } as const;
  const says = text('design.insertKind', type, placeWords(world, index));
  const image = sliding && inputAsImage(world, rows, index);
  if (!image) return verdict(world, rows, add, says, [index]);
  const { height, width, channels } = image;
  const edits: readonly NetworkEdit[] = [
    { type: 'set', path: ['input', 'shape'], value: [height, width, channels] },
    add,
  ];
  const both = `${says} · ${text('design.inputImage', imageText(image))}`;
  const seen = { ...world, structure: { ...world.structure, inputImage: image } };
  return verdict(seen, rows, { type: 'several', label: says, edits }, both, [index]);
}

/** Shorter lists of numbers are no pictures. */
const LEAST_PIXELS = 16;

/** The image that a list of inputs can be taken for, where a new window at `index` looks at the input and needs one. */
function inputAsImage(
  { network, structure }: World,
  rows: readonly Row[],
  index: number,
): ImageShape | undefined {
  if (structure.inputImage || sourcesAt(rows, index)[0] !== INPUT) return undefined;
  if (judge({ ...structure, rows }).obstacle?.type !== 'image') return undefined;
  const { shape } = network.input;
  if (shape.length === 2) return { height: shape[0], width: shape[1], channels: 1 };
  const side = Math.sqrt(structure.inputSize);
  if (!Number.isInteger(side) || structure.inputSize < LEAST_PIXELS) return undefined;
  return { height: side, width: side, channels: 1 };
}

/** A layer in words: which one, how many neurons, and the size of its weights. */
import { imageText } from '../network/images';
import type { Branches } from './branches';
import type { Context } from './context';
import type { ImageLayer } from './imageWords';
import { formatCount, formatPercent } from './numbers';
import { toUnicode } from './unicode';

/** "layer 2 (hidden) · 4 neurons, 3 inputs each" */
export function layerWords(
  {
    layer,
    units,
    inputs,
  }: { readonly layer: number; readonly units: number; readonly inputs: number },
  context: Context,
): string {
  const { names, words } = context;
  const { branches } = names;
  const type = branches.typeOf(layer);
  const number = names.layerNumber(layer);
  const kind = context.layerKind(layer);
  if (type === 'dense' || layer === -1)
    return words.layer({ number, ...whichOf(layer, context) }, units, inputs, kind);
  if (type !== 'add' && type !== 'concat')
    return words.images.layer({ type, number, kind, ...extentsOf(layer, branches) });
  const sources = branches.sourcesOf(layer).map(source => {
    return source === -1 ? undefined : names.layerNumber(source);
  });
  return words.merge(type, number, units, sources, kind);
}

/** What goes in and out of a layer with windows, of a flatten or of a dropout. */
function extentsOf(
  layer: number,
  branches: Branches,
): Omit<ImageLayer, 'type' | 'number' | 'kind'> {
  const source = branches.sourceOf(layer);
  const extent = (of: number): string => {
    const image = branches.imageOf(of);
    return image ? imageText(image) : formatCount(branches.sizeOf(of));
  };
  const { height = 1, width = 1 } = branches.windowOf(layer) ?? {};
  return {
    units: branches.sizeOf(layer),
    filters: branches.imageOf(layer)?.channels ?? 0,
    window: `${height} × ${width}`,
    from: extent(source),
    to: extent(layer),
    rate: formatPercent(branches.rateOf(layer), 3),
  };
}

/** How many layers there are, where the notation counts from 1; and which hidden one it is, where there are several. */
function whichOf(layer: number, { names, profile }: Context): { of?: string; hidden?: number } {
  const { lastLayer } = names;
  const isHidden = layer >= 0 && layer < lastLayer;
  return {
    ...(profile.inputLayer === 1 && { of: names.layerNumber(lastLayer) }),
    ...(isHidden && lastLayer > 1 && { hidden: layer + 1 }),
  };
}

/** "Θ⁽¹⁾: 4 × (3 + 1), with the bias as column 0", or without: "w²: 4 × 3" */
export function weightSize(
  layer: number,
  [rows, columns]: readonly [rows: number, columns: number],
  withBias: boolean,
  { names, profile, words }: Context,
): string {
  const name = toUnicode(names.weightMatrix(layer));
  const { bias } = profile;
  return withBias && bias.style === 'column'
    ? words.matrices.weightSizeWithBias(name, rows, columns, bias.index)
    : words.matrices.weightSize(name, rows, columns);
}

/** Values that are an image, and the windows that slide over them. */
import type { Extent, Layer, Padding } from './network';

/** Value (y, x, c) stands at (y · width + x) · channels + c of the flat list. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How a window slides: place (y, x) sees the rows y · strideY − top … and the columns x · strideX − left … */
export interface WindowShape {
  /** What it slides over. */
  readonly source: ImageShape;
  /** One value for each place; conv2d: the channels are the filters. */
  readonly target: ImageShape;
  readonly height: number;
  readonly width: number;
  readonly strideY: number;
  readonly strideX: number;
  /** Rows of padding above the image, columns to its left. */
  readonly top: number;
  readonly left: number;
}

/** Three lengths make an image: height, width, channels. */
export function imageOf(shape: readonly number[] | undefined): ImageShape | undefined {
  if (shape?.length !== 3) return undefined;
  const [height, width, channels] = shape;
  return { height, width, channels };
}

/** Number of values. */
export const imageSize = ({ height, width, channels }: ImageShape): number =>
  height * width * channels;

/** `28 × 28 × 1` */
export const imageText = ({ height, width, channels }: ImageShape): string =>
  `${height} × ${width} × ${channels}`;

export interface SlidingSettings {
  readonly window: Extent;
  readonly stride: Extent;
  readonly padding: Padding;
  /** Channels that go out; absent: those that come in. */
  readonly channels?: number;
}

/** Settings of a layer that slides a window; undefined for the others. */
export function slidingSettings(layer: Layer): SlidingSettings | undefined {
  if (layer.type === 'conv2d') {
    const { kernel, stride, padding, filters } = layer;
    return { window: kernel, stride, padding, channels: filters };
  }
  if (layer.type !== 'maxPool2d' && layer.type !== 'averagePool2d') return undefined;
  const { size, stride, padding } = layer;
  return { window: size, stride, padding };
}

/**
 * How a window slides over an image. `valid`: ⌊(length − window)/stride⌋ + 1 places, `same`: ⌈length/stride⌉, with
 * the odd row or column of padding at the end. A window larger than the image has no place: height or width is ≤ 0.
 */
export function windowOver(source: ImageShape, settings: SlidingSettings): WindowShape {
  const [height, width] = settings.window;
  const [strideY, strideX] = settings.stride;
  const down = along(source.height, height, strideY, settings.padding);
  const right = along(source.width, width, strideX, settings.padding);
  return {
    source,
    target: {
      height: down.places,
      width: right.places,
      channels: settings.channels ?? source.channels,
    },
    height,
    width,
    strideY,
    strideX,
    top: down.before,
    left: right.before,
  };
}

function along(
  length: number,
  window: number,
  stride: number,
  padding: Padding,
): { readonly places: number; readonly before: number } {
  if (padding === 'valid') return { places: Math.floor((length - window) / stride) + 1, before: 0 };
  const places = Math.ceil(length / stride);
  const missing = Math.max((places - 1) * stride + window - length, 0);
  return { places, before: Math.floor(missing / 2) };
}

/** Image layers on the canvas: a tile for each channel, before it the kernel that makes it. Pure geometry. */
import type { Target } from '../../src/engine/facts';
import { MOST_MAPS } from '../../src/engine/inspect/drawn';
import type { ImageShape, WindowShape } from '../../src/network/images';
import { clamp, type Point, type Size } from './curve';
import type { Box } from './viewport';

/** Tiles that are drawn of a layer where there are many layers. */
export const FEW_MAPS = 8;
/** Pixels of the longest side of a tile, and between tiles. */
const LARGEST = 64;
const SMALLEST = 8;
const GAP = 5;
/** Of a kernel's longest side, as a share of the tile's, and in pixels. */
const KERNEL_SHARE = 0.4;
const LARGEST_KERNEL = 22;
const KERNEL_GAP = 3;
const MOST_ACROSS = 4;

/** An image, and for conv2d the window of its filters. */
export interface MapsInput {
  readonly image: ImageShape;
  readonly filter?: WindowShape;
}

export interface PlacedMap extends Box {
  readonly channel: number;
  /** The kernel as it stands over one channel of the source. */
  readonly kernel: Box | undefined;
}

export interface PlacedMaps extends MapsInput {
  readonly tiles: readonly PlacedMap[];
  /** Channels that are not drawn. */
  readonly hidden: number;
  readonly box: Box;
}

/** Tiles around a middle, as large as the room allows. */
export function placeMaps(
  input: MapsInput,
  middle: Point,
  room: Size,
  most = MOST_MAPS,
): PlacedMaps {
  const { image, filter } = input;
  const count = Math.min(image.channels, most);
  const { across, side } = bestGrid(count, filter !== undefined, room);
  const tile = fitted(image, side);
  const kernel = filter && fitted(filter, Math.min(LARGEST_KERNEL, side * KERNEL_SHARE));
  const before = kernel ? kernel.width + KERNEL_GAP : 0;
  const [cellWidth, cellHeight] = [before + tile.width, tile.height];
  const down = Math.ceil(count / across);
  const width = across * (cellWidth + GAP) - GAP;
  const height = down * (cellHeight + GAP) - GAP;
  const left = middle.x - width / 2;
  const top = middle.y - height / 2;
  const tiles = Array.from({ length: count }, (_, channel): PlacedMap => {
    const x = left + (channel % across) * (cellWidth + GAP);
    const y = top + Math.floor(channel / across) * (cellHeight + GAP);
    return { channel, x: x + before, y, ...tile, kernel: kernel && { x, y, ...kernel } };
  });
  return {
    ...input,
    tiles,
    hidden: image.channels - count,
    box: { x: left, y: top, width, height },
  };
}

/** How many stand beside each other, so that they are as large as possible. */
function bestGrid(count: number, hasKernel: boolean, room: Size): { across: number; side: number } {
  let best = { across: 1, side: 0 };
  for (let across = 1; across <= Math.min(count, MOST_ACROSS); across++) {
    const down = Math.ceil(count / across);
    const wide = (room.width - (across - 1) * GAP) / across;
    const high = (room.height - (down - 1) * GAP) / down;
    const share = hasKernel ? (wide - KERNEL_GAP) / (1 + KERNEL_SHARE) : wide;
    const side = clamp(Math.min(share, high), SMALLEST, LARGEST);
    if (side > best.side) best = { across, side };
  }
  return best;
}

/** A picture whose longer side has a length. */
function fitted(
  { height, width }: { readonly height: number; readonly width: number },
  side: number,
): Size {
  const most = Math.max(height, width);
  return { width: (width * side) / most, height: (height * side) / most };
}

/** What lies under a point; undefined between the tiles. `slice`: the channel of the source whose weights are drawn. */
export function partAt(
  layer: number,
  { tiles, image, filter }: PlacedMaps,
  point: Point,
  slice: number,
): Target | undefined {
  for (const { channel, kernel, ...tile } of tiles) {
    const pixel = cellIn(tile, image, point);
    if (pixel !== undefined)
      return { type: 'neuron', layer, row: pixel * image.channels + channel };
    const cell = kernel && filter && cellIn(kernel, filter, point);
    if (cell !== undefined && filter)
      return { type: 'weight', layer, row: channel, column: cell * filter.source.channels + slice };
  }
  return undefined;
}

/** Index of the cell of a picture under a point, row by row. */
function cellIn(
  box: Box,
  { height, width }: { readonly height: number; readonly width: number },
  { x, y }: Point,
): number | undefined {
  const column = Math.floor(((x - box.x) / box.width) * width);
  const row = Math.floor(((y - box.y) / box.height) * height);
  const inside = column >= 0 && row >= 0 && column < width && row < height;
  return inside ? row * width + column : undefined;
}

/** Where a value stands; undefined where its channel is not drawn. */
export function pixelBox({ tiles, image }: PlacedMaps, row: number): Box | undefined {
  const { channels, width, height } = image;
  const tile = tiles[row % channels];
  const pixel = Math.floor(row / channels);
  return tile && cellBox(tile, { width, height }, pixel);
}

/** Where a weight stands; undefined where its filter is not drawn. */
export function weightBox(maps: PlacedMaps, row: number, column: number): Box | undefined {
  const { tiles, filter } = maps;
  const kernel = tiles[row]?.kernel;
  return kernel && filter && cellBox(kernel, filter, Math.floor(column / filter.source.channels));
}

function cellBox(
  box: Box,
  { height, width }: { readonly height: number; readonly width: number },
  cell: number,
): Box {
  const [wide, high] = [box.width / width, box.height / height];
  return {
    x: box.x + (cell % width) * wide,
    y: box.y + Math.floor(cell / width) * high,
    width: wide,
    height: high,
  };
}

/** The part of an image that a place sees, clipped at its edges: half-open, in pixels. */
export function windowAt(window: WindowShape, row: number): Box {
  const { target, source, strideY, strideX, top, left, height, width } = window;
  const place = Math.floor(row / target.channels);
  const y = Math.floor(place / target.width) * strideY - top;
  const x = (place % target.width) * strideX - left;
  const [from, to] = [Math.max(0, y), Math.min(source.height, y + height)];
  const [first, end] = [Math.max(0, x), Math.min(source.width, x + width)];
  return { x: first, y: from, width: Math.max(0, end - first), height: Math.max(0, to - from) };
}

/** A part of a tile, in the picture's pixels. */
export function partOfTile(tile: Box, { height, width }: ImageShape, part: Box): Box {
  const [wide, high] = [tile.width / width, tile.height / height];
  return {
    x: tile.x + part.x * wide,
    y: tile.y + part.y * high,
    width: part.width * wide,
    height: part.height * high,
  };
}

/** The values by which the keyboard reaches each drawn channel: those in the middle of their tiles. */
export function middleRows(
  { height, width, channels }: ImageShape,
  most = MOST_MAPS,
): readonly number[] {
  const pixel = Math.floor(height / 2) * width + Math.floor(width / 2);
  return Array.from({ length: Math.min(channels, most) }, (_, c) => pixel * channels + c);
}

/** Windows that slide over images: what the engine knows of each, and what room it needs to work there. */
import { imageSize, type WindowShape } from '../../network/images';
import type { Network } from '../../network/network';
import { windowSize, type NetworkShapes } from '../../network/shapes';
import type { Allocator } from './allocator';
import { roundUp } from './panels';
import { RECORD_WORDS } from './shared/denseRecord';
import { LINE as CACHE_LINE } from './shared/teamRoom';
import * as field from './shared/windowRecord';

/** Of a layer that slides a window: addresses of its record, and of the tables that conv2d has (windowRecord.ts). */
export interface WindowBuffers {
  readonly layer: number;
  readonly window: WindowShape;
  readonly record: number;
  readonly places: number;
  readonly values: number;
}

/** Room for one padded image, and for the maps of one image; conv2d's layers use it one after the other. */
export interface WindowRoom {
  readonly image: number;
  readonly maps: number;
  /** Bytes of one thread's room. */
  readonly imageBytes: number;
  readonly mapsBytes: number;
}

const placesOf = ({ target }: WindowShape): number => target.height * target.width;

/** With all padding: as far as the last window reaches, and the image itself. */
function paddedSize(window: WindowShape): { readonly height: number; readonly width: number } {
  const { source, target, strideY, strideX, top, left } = window;
  const reach = (places: number, stride: number, length: number): number =>
    (places - 1) * stride + length;
  return {
    height: Math.max(top + source.height, reach(target.height, strideY, window.height)),
    width: Math.max(left + source.width, reach(target.width, strideX, window.width)),
  };
}

/** The windows of all layers that slide one. */
export function layOutWindows(
  network: Network,
  { layers }: NetworkShapes,
  memory: Allocator,
): WindowBuffers[] {
  return layers.flatMap(({ window }, layer): WindowBuffers[] => {
    if (!window) return [];
    const record = memory.take(4 * RECORD_WORDS);
    const isConv = network.layers[layer].type === 'conv2d';
    const table = (length: number): number => (isConv ? memory.take(4 * roundUp(length, 4)) : 0);
    const [places, values] = [table(placesOf(window)), table(windowSize(window))];
    return [{ layer, window, record, places, values }];
  });
}

/** @param windows of all conv2d layers  @param width neurons of a panel  @param threads each has its own */
export function windowRoom(
  windows: readonly WindowShape[],
  width: number,
  threads: number,
  memory: Allocator,
): WindowRoom {
  const most = (of: (window: WindowShape) => number): number =>
    roundUp(4 * Math.max(0, ...windows.map(of)), CACHE_LINE);
  // A tile's last panel reaches beyond the end of a line, and so beyond that of the image.
  const imageBytes = most(window => imageSize({ ...window.source, ...paddedSize(window) }) + width);
  const mapsBytes = most(
    window => roundUp(placesOf(window), 4) * roundUp(window.target.channels, width),
  );
  const image = memory.take(imageBytes * threads);
  return { image, maps: memory.take(mapsBytes * threads), imageBytes, mapsBytes };
}

/** Numbers of the filters as the way back reads them: every line of a window in panels of its own. */
export function turnedFilters({ source, target, ...window }: WindowShape, width: number): number {
  return target.channels * window.height * roundUp(window.width * source.channels, width);
}

/** Writes the records and tables of all windows. */
export function writeWindows(
  buffer: ArrayBuffer,
  windows: readonly WindowBuffers[],
  { image, maps, imageBytes, mapsBytes }: WindowRoom,
): void {
  const words = new Int32Array(buffer);
  for (const { window, record, places, values } of windows) {
    const { source, target } = window;
    const padded = paddedSize(window);
    const fields: Readonly<Record<number, number>> = {
      [field.HEIGHT]: source.height,
      [field.WIDTH]: source.width,
      [field.CHANNELS]: source.channels,
      [field.TARGET_HEIGHT]: target.height,
      [field.TARGET_WIDTH]: target.width,
      [field.WINDOW_HEIGHT]: window.height,
      [field.WINDOW_WIDTH]: window.width,
      [field.STRIDE_Y]: window.strideY,
      [field.STRIDE_X]: window.strideX,
      [field.TOP]: window.top,
      [field.LEFT]: window.left,
      [field.PADDED_HEIGHT]: padded.height,
      [field.PADDED_WIDTH]: padded.width,
      [field.PLACES]: places,
      [field.VALUES]: values,
      [field.IMAGE]: image,
      [field.MAPS]: maps,
      [field.IMAGE_BYTES]: imageBytes,
      [field.MAPS_BYTES]: mapsBytes,
    };
    for (const [index, value] of Object.entries(fields)) words[record / 4 + Number(index)] = value;
    if (places > 0) writeTables(words, window, places, values);
  }
}

/** In bytes of the padded image. Tables are read by fours: the last entry is repeated. */
function writeTables(words: Int32Array, window: WindowShape, places: number, values: number): void {
  const { source, target, strideY, strideX } = window;
  const line = paddedSize(window).width * source.channels;
  const write = (address: number, length: number, of: (n: number) => number): void => {
    for (let n = 0; n < roundUp(length, 4); n++) {
      words[address / 4 + n] = 4 * of(Math.min(n, length - 1));
    }
  };
  write(places, placesOf(window), n => {
    const [y, x] = [Math.floor(n / target.width), n % target.width];
    return y * strideY * line + x * strideX * source.channels;
  });
  const reach = window.width * source.channels;
  write(values, windowSize(window), n => Math.floor(n / reach) * line + (n % reach));
}

/** The products of a convolution on images too wide for one piece, beside the sums as they are defined. */
import { expect, it } from 'vitest';
import {
  ConvolutionSpace,
  convolutionScratch,
  correlate,
  filterGradient,
  imageGradient,
} from '../../src/engine/kernels/convolution';
import { windowOver } from '../../src/network/images';

const image = { height: 2, width: 700, channels: 3 };
const window = windowOver(image, {
  ...{ window: [2, 17], stride: [1, 2], padding: 'same', channels: 5 },
});
const { source, target, strideX, strideY, top, left } = window;
const [rows, filters] = [2, 5];
const values = source.height * source.width * source.channels;
const places = target.height * target.width;
const size = 2 * 17 * 3;

const noise = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(1 + seed + i * (seed + 1.7)));
const [x, w, b] = [noise(rows * values, 1), noise(filters * size, 2), noise(filters, 3)];
const delta = noise(rows * places * filters, 4);

/** Every value with the weight that it meets: sample, place, filter; indices into x and w. */
function* meetings(): Generator<readonly [z: number, x: number, w: number]> {
  for (let r = 0; r < rows; r++)
    for (let place = 0; place < places; place++)
      for (let f = 0; f < filters; f++)
        for (let k = 0; k < size; k++) {
          const y = Math.floor(place / target.width) * strideY - top + Math.floor(k / 51);
          const column = (place % target.width) * strideX - left + (Math.floor(k / 3) % 17);
          if (y < 0 || y >= source.height || column < 0 || column >= source.width) continue;
          const at = r * values + (y * source.width + column) * 3 + (k % 3);
          yield [(r * places + place) * filters + f, at, f * size + k];
        }
}

const scratch = new Float64Array(convolutionScratch(window));
const space = new ConvolutionSpace();

function expectClose(found: Float64Array, wanted: Float64Array): void {
  const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0);
  expect(worst).toBeLessThan(1e-12 * scale);
}

it('is cut into pieces within a row of places', () => {
  expect(space.patches(window).length).toBeLessThan(target.width * size);
});

it('forward', () => {
  const z = new Float64Array(rows * places * filters);
  correlate(z, x, w, b, window, rows, space, scratch);
  const wanted = z.map((_, i) => b[i % filters]);
  for (const [i, at, k] of meetings()) wanted[i] += x[at] * w[k];
  expectClose(z, wanted);
});

it('to the filters, added to what is there', () => {
  const dw = noise(w.length, 5);
  const wanted = dw.slice();
  filterGradient(dw, delta, x, window, rows, space, scratch);
  for (const [i, at, k] of meetings()) wanted[k] += delta[i] * x[at];
  expectClose(dw, wanted);
});

it.each([true, false])('to the image, added to what is there: %s', adds => {
  const dx = noise(x.length, 6);
  const wanted = adds ? dx.slice() : new Float64Array(x.length);
  imageGradient(dx, delta, w, window, rows, adds, space, scratch);
  for (const [i, at, k] of meetings()) wanted[at] += delta[i] * w[k];
  expectClose(dx, wanted);
});

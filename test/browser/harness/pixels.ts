/** A picture of the page as it is seen, in bytes. */
import { inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel: 3 or 4. */
  readonly depth: number;
  /** Row by row, red, green, blue, … of each pixel. */
  readonly bytes: Uint8Array;
}

export async function takePixels(page: Page): Promise<Pixels> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { optimizeForSpeed: true });
  await session.detach();
  return decode(Buffer.from(data, 'base64'));
}

/** A PNG of eight bits a channel that is not interlaced, which is what Chromium writes. */
function decode(png: Buffer): Pixels {
  const [width, height, depth] = [
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[25] === 6 ? 4 : 3,
  ];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return {
    width,
    height,
    depth,
    bytes: unfilter(inflateSync(Buffer.concat(parts)), width * depth, depth),
  };
}

/** Each row begins with how its bytes differ from those before them. */
function unfilter(raw: Buffer, stride: number, depth: number): Uint8Array {
  const rows = raw.length / (stride + 1);
  const bytes = new Uint8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const [from, to, filter] = [row * (stride + 1) + 1, row * stride, raw[row * (stride + 1)]];
    if (filter === 2 && row > 0) {
      // What Chromium writes in a hurry, a thousand million bytes of it in all tests.
      for (let i = to; i < to + stride; i++) bytes[i] = raw[from - to + i] + bytes[i - stride];
      continue;
    }
    for (let i = 0; i < stride; i++) {
      const left = i < depth ? 0 : bytes[to + i - depth];
      const up = row === 0 ? 0 : bytes[to + i - stride];
      const both = i < depth || row === 0 ? 0 : bytes[to + i - stride - depth];
      bytes[to + i] = raw[from + i] + expected(filter, left, up, both);
    }
  }
  return bytes;
}

function expected(filter: number, left: number, up: number, both: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - both), Math.abs(left - both), Math.abs(left + up - 2 * both)];
  return a <= b && a <= c ? left : b <= c ? up : both;
}

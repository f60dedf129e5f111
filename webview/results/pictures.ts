/** The inputs of listed samples as pictures, where they are some: fetched one after the other, and kept. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { imageOf } from '../../src/network/images';
import type { SampleList } from '../../src/protocol';
import { shades } from '../canvas/inputPicture';
import { pictureShape } from '../canvas/matrixView';
import { count } from '../numbers';
import { text } from '../strings';

/** Pixels of the longer side, and of the longest picture that is drawn. */
const SIDE = 40;
const MOST = 64;
/** Samples whose pictures are kept over a change of the text. */
const MOST_KEPT = 500;

interface Sides {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** What the inputs of this shape are as a picture; undefined where they are none, or too many pixels. */
export function sidesOf(shape: readonly number[] | undefined): Sides | undefined {
  const flat = shape && pictureShape(shape);
  const sides = flat ? { height: flat[0], width: flat[1], channels: 1 } : imageOf(shape);
  return sides && Math.max(sides.height, sides.width) <= MOST ? sides : undefined;
}

export class Pictures {
  readonly #samples: (start: number, count: number) => Promise<SampleList>;
  readonly #changed: () => void;
  readonly #inputs = new Map<number, readonly number[]>();
  /** Samples whose inputs are those of the data as they are. */
  readonly #fresh = new Set<number>();
  #wanted: readonly number[] = [];
  #reading = false;
  #generation = 0;

  constructor(samples: (start: number, count: number) => Promise<SampleList>, changed: () => void) {
    this.#samples = samples;
    this.#changed = changed;
  }

  /** The data may be others: pictures stay until there are newer ones. */
  outdate(): void {
    if (this.#inputs.size > MOST_KEPT) this.#inputs.clear();
    this.#fresh.clear();
    this.#generation += 1;
  }

  /** Fetches what is missing of these samples; the ones that were wanted before are not waited for. */
  want(samples: readonly number[]): void {
    this.#wanted = samples;
    if (!this.#reading) void this.#read();
  }

  /** The picture of a sample; a free place while it is not there. */
  of(sample: number, { height, width, channels }: Sides): TemplateResult {
    const [high, wide] = [height, width].map(side => (side * SIDE) / Math.max(height, width));
    const x = this.#inputs.get(sample);
    const pixels = x?.length === height * width * channels ? brightness(x, channels) : undefined;
    const end = pixels ? Math.max(...pixels.map(Math.abs)) : 0;
    return html`<svg
      class="results-picture"
      role="img"
      aria-label=${text('results.picture', count(sample + 1), height, width)}
      width=${wide}
      height=${high}
      viewBox="0 0 ${width} ${height}"
      data-drawn=${pixels !== undefined}
    >
      ${
        pixels && end > 0
          ? shades(pixels, width, end).map(
              ({ sign, opacity, d }) =>
                svg`<path class=${sign} fill-opacity=${opacity} d=${d}></path>`,
            )
          : nothing
      }
    </svg>`;
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      for (;;) {
        const next = this.#wanted.find(sample => !this.#fresh.has(sample));
        if (next === undefined) return;
        const generation = this.#generation;
        const { samples } = await this.#samples(next, 1);
        // Without a sample the data are others: its place stays free, and it is not asked for again.
        if (generation !== this.#generation) continue;
        this.#inputs.set(next, samples[0]?.x ?? []);
        this.#fresh.add(next);
        this.#changed();
      }
    } catch {
      // A picture that cannot be had stays a free place; the results themselves say what is wrong.
      this.#wanted = [];
    } finally {
      this.#reading = false;
    }
  }
}

/** Several channels are shown as their mean. */
function brightness(x: readonly number[], channels: number): readonly number[] {
  if (channels === 1) return x;
  return Array.from({ length: x.length / channels }, (_, pixel) => {
    const own = x.slice(pixel * channels, (pixel + 1) * channels);
    return own.reduce((sum, value) => sum + value, 0) / channels;
  });
}

/** The sample as the picture that it is, beside the column of a large input: 28 × 28 and the like. */
import { isLarge } from '../../src/engine/inspect/drawn';
import { nothing, svg, type TemplateResult } from 'lit';
import { text } from '../strings';
import { LABEL_GAP, type CanvasLayout } from './layout';
import { pictureShape } from './matrixView';
import type { Named } from './names';
import { shareOf } from './paint';
import { related, type Scene } from './scene';
import type { Box } from './viewport';

/** Pixels of the longer side, and between it and what stands beside it. */
const SIDE = 84;
const GAP = 12;
/** Shades of one sign: more are not told apart at this size. */
const SHADES = 8;
/** Pixels of the longest picture that there are numbers of. */
const MOST = 64;

/** Height and width in pixels of the sample; undefined where it is no picture, or there is no sample. */
function sidesOf({ network, shapes, sizes }: Named): readonly [number, number] | undefined {
  const sides = pictureShape(network.input.shape);
  // An image stands there itself, channel by channel.
  if (!sides || shapes.inputImage || !network.data || !isLarge(sizes[0])) return undefined;
  return sides[0] * sides[1] <= MOST * MOST ? sides : undefined;
}

/** What it takes of the width, whether its numbers are there yet or not. */
export const roomForPicture = (named: Named): number => (sidesOf(named) ? SIDE + GAP : 0);

/**
 * Where it stands, whether its numbers are there yet or not; undefined where there is none.
 *
 * @param left width of the names and of the picture, as `margins` has it
 */
export function pictureBox(named: Named, layout: CanvasLayout, left: number): Box | undefined {
  const sides = sidesOf(named);
  if (!sides) return undefined;
  const [column] = layout.columns;
  const [height, width] = sides.map(side => (side * SIDE) / Math.max(...sides));
  const x = column.x - layout.radius - LABEL_GAP - left;
  return { x, y: (column.top + column.bottom - height) / 2, width, height };
}

/** @param left as in {@link pictureBox} */
export function paintInputPicture(scene: Scene, left: number): TemplateResult | typeof nothing {
  const { named, view, scales, layout } = scene;
  const sides = sidesOf(named);
  const box = pictureBox(named, layout, left);
  const start = view?.layers[0]?.picture ?? -1;
  if (!sides || !box || !view || start < 0) return nothing;
  const [height, width] = sides;
  const values = view.values.subarray(start, start + height * width);
  const part = { type: 'layer', layer: -1 } as const;
  return svg`<g class="input-picture ${related(scene, part) ?? ''}" data-testid="input-picture" role="img"
      aria-label=${text('canvas.inputPicture', height, width)}
      transform="translate(${box.x} ${box.y}) scale(${box.width / width})">
    <rect class="strip-ground" width=${width} height=${height}></rect>
    ${shades(values, width, scales.neurons[0]).map(
      ({ sign, opacity, d }) => svg`<path class=${sign} fill-opacity=${opacity} d=${d}></path>`,
    )}
  </g>`;
}

export interface Shade {
  readonly sign: 'positive' | 'negative';
  readonly opacity: number;
  readonly d: string;
}

/**
 * Few paths in place of a rectangle a pixel; zero is transparent, `end` and what is beyond are full. `from`: where the
 * scale is logarithmic, the magnitude at which it starts.
 */
export function shades(
  values: ArrayLike<number>,
  width: number,
  end: number,
  from?: number,
): readonly Shade[] {
  const paths = new Map<number, string>();
  for (let i = 0; i < values.length; i++) {
    const share = shareOf(Math.abs(values[i]), end, from) * Math.sign(values[i]);
    const level = Math.round(share * SHADES);
    if (level === 0 || Number.isNaN(level)) continue;
    const cell = `M${i % width} ${Math.floor(i / width)}h1v1h-1z`;
    paths.set(level, (paths.get(level) ?? '') + cell);
  }
  return [...paths].map(([level, d]) => ({
    sign: level > 0 ? 'positive' : 'negative',
    opacity: Math.abs(level) / SHADES,
    d,
  }));
}

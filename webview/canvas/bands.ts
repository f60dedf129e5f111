/** Paints what stands for many: strips of neurons, bands of connections, and the signs of joining layers. */
import { nothing, svg, type TemplateResult } from 'lit';
import type { Statistics, Target } from '../../src/engine/facts';
import { edgeQuantities } from '../edgeQuantities';
import { count, format } from '../numbers';
import { text } from '../strings';
import { fix } from './curve';
import { isFolded, type Rectangle } from './columns';
import type { Carrier } from './detail';
import type { Column, PlacedBand } from './layout';
import { isShown } from './lit';
import { partId, spoken } from './names';
import { shareOf, statisticsOf, stripValues } from './paint';
import { isDrawn, related, type Scene } from './scene';

/** Room that a band must have for its numbers. */
const ROOM_FOR_NUMBERS = 90;

export function paintBands(scene: Scene): TemplateResult {
  return svg`<g class="connections">${scene.layout.bands.map(band =>
    isDrawn(scene, band.layer) ? paintBand(scene, band) : '',
  )}</g>`;
}

function paintBand(scene: Scene, band: PlacedBand): TemplateResult {
  const target: Target = { type: 'layer', layer: band.layer };
  const standing = related(scene, target) ?? '';
  const id = `band-${band.layer}-${band.source < 0 ? 'input' : band.source}`;
  if (!band.weights)
    return svg`<path class="connection plain ${standing}" data-testid=${id} d=${band.path}></path>`;
  const all = statisticsOf(scene.view, band.layer, scene.edges);
  const { columns } = scene.layout;
  const open = [band.layer, band.source].every(each => columns[each + 1].neurons.length > 0);
  const width = band.cuts[band.cuts.length - 1].x - band.cuts[0].x;
  const roomy = open && width >= ROOM_FOR_NUMBERS && all !== undefined;
  return svg`<path class="connection ${standing}" data-testid=${id} d=${band.path}
      role="img" aria-label=${bandText(scene, band, all)}></path>
    ${roomy ? bandNumbers(scene, band, all) : nothing}`;
}

/** Root of the mean square: the size of a typical weight. */
const typical = ({ norm, count: numbers }: Statistics): number => norm / Math.sqrt(numbers);

function bandNumbers(scene: Scene, band: PlacedBand, all: Statistics): TemplateResult {
  const { x, y } = band.middle;
  return svg`<text class="band-number ${related(scene, { type: 'layer', layer: band.layer }) ?? ''}"
    x=${x} y=${y} aria-hidden="true"><tspan x=${x} dy="-0.3em">${text('canvas.band', count(all.count))}</tspan><tspan
    class="quiet" x=${x} dy="1.3em">${text('canvas.bandTypical', format(typical(all)))}</tspan></text>`;
}

function bandText(scene: Scene, { layer }: PlacedBand, all: Statistics | undefined): string {
  const name = spoken(scene.named, { type: 'layer', layer });
  if (!all) return text('canvas.bandPlain', name);
  return text(
    edgeQuantities[scene.edges].band,
    name,
    count(all.count),
    format(typical(all)),
    format(all.norm),
  );
}

/** A large or folded layer as bars from its middle line: to the right positive, to the left negative. */
export function paintStrip(scene: Scene, column: Column, strip: Rectangle): TemplateResult {
  const folded = isFolded(column);
  const { neurons, view, named, scales } = scene;
  const sign = named.context.profile.errorSign;
  // All neurons that are not drawn are known at once.
  const hidden = column.gap?.from ?? 0;
  const known = isShown(scene, { type: 'neuron', layer: column.layer, row: hidden });
  const values = folded || !known ? [] : stripValues(view, column.layer, neurons, sign);
  const label = text('canvas.strip', spoken(named, { type: 'layer', layer: column.layer }));
  const ground = svg`<rect class="strip-ground" x=${strip.x} y=${strip.y} width=${strip.width}
    height=${strip.height} rx="2"></rect>`;
  if (folded)
    return svg`<rect class="strip-ground ${related(scene, { type: 'layer', layer: column.layer }) ?? ''}"
      data-testid=${partId('strip', column.layer)} role="img" aria-label=${label}
      x=${strip.x} y=${strip.y} width=${strip.width} height=${strip.height} rx="2"></rect>`;
  const end = scales.neurons[column.layer + 1];
  return svg`<g class="strip-bar ${related(scene, { type: 'layer', layer: column.layer }) ?? ''}"
      data-testid=${partId('strip', column.layer)} role="img" aria-label=${label}>
    ${ground}
    <path class="positive" d=${bars(values, strip, end, 1, scales.neuronsFrom)}></path>
    <path class="negative" d=${bars(values, strip, end, -1, scales.neuronsFrom)}></path>
  </g>`;
}

/** Outline of the bars of one sign; cells are joined until each is at least a pixel high. */
export function bars(
  values: readonly number[],
  { x, y, width, height }: Rectangle,
  end: number,
  sign: 1 | -1,
  least?: number,
): string {
  const cells = Math.max(1, Math.min(values.length, Math.floor(height)));
  if (values.length === 0) return '';
  const middle = x + width / 2;
  let path = `M${fix(middle)} ${fix(y)}`;
  for (let cell = 0; cell < cells; cell++) {
    const from = Math.floor((cell * values.length) / cells);
    const to = Math.floor(((cell + 1) * values.length) / cells);
    let most = 0;
    // Without a sample there is no value: a comparison with NaN is false.
    for (let i = from; i < to; i++) if (values[i] * sign > most) most = values[i] * sign;
    const length = end > 0 ? shareOf(most, end, least) * (width / 2) : 0;
    path += `H${fix(middle + sign * length)}V${fix(y + ((cell + 1) * height) / cells)}`;
  }
  return `${path}H${fix(middle)}Z`;
}

const square = (r: number): string => `M${-r} ${-r}H${r}V${r}H${-r}Z`;
const ring = (r: number): string => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0`;

/** By the radius. */
const SIGNS: { readonly [C in Carrier]: (r: number) => string } = {
  add: r => `${ring(r)}M${-r + 3} 0H${r - 3}M0 ${-r + 3}V${r - 3}`,
  concat: r => `${square(r)}M${-r + 4} ${-2.5}H${r - 4}M${-r + 4} 2.5H${r - 4}`,
  flatten: r => `${square(r)}M${-r / 3} ${-r}V${r}M${r / 3} ${-r}V${r}`,
  batchNorm: r =>
    `${ring(r)}M${-r + 3} ${r / 2}C${-r / 4} ${r / 2} ${-r / 3} ${-r / 2} 0 ${-r / 2}S${r / 4} ${r / 2} ${r - 3} ${r / 2}`,
  dropout: r =>
    `${ring(r)}M${-r / 2} ${-r / 2}L${r / 2} ${r / 2}M${r / 2} ${-r / 2}L${-r / 2} ${r / 2}`,
};

/** ⊕ where values are added; a bell where they are normalised; a bracket where they stand one behind the other; a cut square, ⊗ where they are handed on. */
export function paintSymbol({ layout }: Scene, { symbol, layer }: Column): TemplateResult | '' {
  if (!symbol) return '';
  const r = Math.min(11, layout.radius + 1);
  const d = SIGNS[symbol.merge](r);
  return svg`<path class="symbol-${symbol.merge}" data-testid="symbol-${layer}" aria-hidden="true"
    transform="translate(${symbol.x} ${symbol.y})" d=${d}></path>`;
}

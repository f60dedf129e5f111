/** The stated scales of the edges and the neurons, under the picture. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { edgeQuantities } from '../edgeQuantities';
import { count, format } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import { isFolded } from './columns';
import type { Size } from './layout';
import { inputName, layerTitle } from './names';
import { letters } from './letters';
import { ink, stroke } from './paint';
import type { Scene } from './scene';

const STEPS = 3;
const STEP = 14;
/** Circles of the neurons' scale, and pixels of one. */
const FILLS = [0, 0.35, 0.7] as const;
const DOT = 13;

/** Pixels that the legend takes below the picture. */
const HEIGHT = 24;
const ROOM_FOR_LEGEND = { width: 300, height: 220 };
const ROOM_FOR_NEURONS = 520;
/** With all words. */
const ROOM_FOR_WORDS = 740;
/** What a logarithmic scale of the edges takes besides. */
const ROOM_FOR_LOG = 140;

const fits = ({ width, height }: Size): boolean =>
  width >= ROOM_FOR_LEGEND.width && height >= ROOM_FOR_LEGEND.height;

/** What is left for the picture. */
export function withoutLegend(room: Size): Size {
  return fits(room) ? { ...room, height: room.height - HEIGHT } : room;
}

/** A row of its own, where there is room for it. */
export function paintLegend(scene: Scene, room: Size): TemplateResult | typeof nothing {
  if (!fits(room)) return nothing;
  const end = format(scene.scales.edges);
  const from = scene.scales.edgesFrom;
  const label =
    from === undefined ? text('legend.label', end) : text('legend.labelLog', end, format(from));
  const width = room.width - (from === undefined ? 0 : ROOM_FOR_LOG);
  const samples = Array.from({ length: 2 * STEPS + 1 }, (_, i) => (i - STEPS) / STEPS);
  return html`<div class="legend" data-testid="legend">
    <span class="scale" role="img" aria-label=${label} title=${label}>
      <span>${text(edgeQuantities[scene.edges].legend)}</span>
      <span class="number">−${end}</span>
      <svg width=${samples.length * STEP} height="10" aria-hidden="true">
        ${samples.map((value, i) => {
          const painted = ink(value, 1);
          const { width, opacity } = stroke(painted, scene.pen);
          return svg`<path class="edge ${painted.sign}" d="M${i * STEP + 1} 5h${STEP - 3}"
          stroke-width=${width} stroke-opacity=${opacity}></path>`;
        })}
      </svg>
      <span class="number">${end}</span>
      ${from === undefined ? nothing : text('legend.log', format(from))}
    </span>
    ${width < ROOM_FOR_NEURONS ? nothing : scene.maps ? mapWords(scene) : neuronScale(scene, width >= ROOM_FOR_WORDS)}
    ${folding(scene)}
  </div>`;
}

/**
 * Circles from empty to full, and the value that fills one: by layer, or once where one scale serves all layers.
 *
 * @param hasRoom for all words
 */
function neuronScale(scene: Scene, hasRoom: boolean): TemplateResult {
  const { scales, neurons, named } = scene;
  const ends = neurons === 'delta' ? scales.neurons.slice(0, 1) : scales.neurons;
  const shared = new Set(ends).size === 1;
  const layers = listed(ends.map((end, i) => `${layerTitle(named, i - 1)} ${format(end)}`));
  const from = scales.neuronsFrom;
  const words =
    from !== undefined
      ? text('legend.fullLog', format(ends[0]), format(from))
      : shared
        ? text('legend.full', format(ends[0]))
        : text('legend.fullBy', layers);
  return html`<span
    class="scale"
    role="img"
    aria-label=${words}
    title=${words}
    data-testid="legend-neurons"
  >
    <span>${hasRoom ? neuronWords(scene) : text('legend.neurons')}</span>
    <span class="number">0</span>
    <svg width=${FILLS.length * DOT} height="12" aria-hidden="true">
      ${FILLS.map(
        (fill, i) =>
          svg`<circle class="dot" cx=${(i + 0.5) * DOT} cy="6" r="4.5" fill-opacity=${fill}></circle>`,
      )}
    </svg>
    <span class="number">${endsText(ends)}</span>
    ${from !== undefined ? text('legend.log', format(from)) : shared ? nothing : text('legend.byLayer')}
  </span>`;
}

/** Neurons that are filled with maps: over what. */
function mapWords({ named }: Scene): TemplateResult {
  const [across, up] = [0, 1].map(
    row => inputName(named, row) ?? named.context.names.neuronNumber(-1, row),
  );
  return html`<span data-testid="legend-maps">${text('map.legend', across, up)}</span>`;
}

/** What the circles show, in the letters of the notation. */
function neuronWords({ neurons, named, view }: Scene): string {
  if (neurons === 'activation') return text('legend.activation');
  const { profile } = named.context.names;
  return text('legend.delta', letters(profile, view?.scope.type ?? 'sample').error);
}

/** What the strips of a deep network are. */
function folding({ layout: { columns } }: Scene): TemplateResult | typeof nothing {
  const folded = columns.filter(isFolded).length;
  if (folded === 0) return nothing;
  const words = text('canvas.manyFolded', count(folded), count(columns.length));
  return html`<span class="folding" title=${words} data-testid="folding">${words}</span>`;
}

/** Layers whose scales are stated one by one; more of them have no room, and none would count them off. */
const MOST_ENDS = 4;

/** "1.5 · 1 · 1", "1" where all agree, "0.2 … 1" where there are many. */
function endsText(ends: readonly number[]): string {
  const [least, most] = [Math.min(...ends), Math.max(...ends)].map(format);
  if (least === most) return most;
  return ends.length > MOST_ENDS ? `${least} … ${most}` : ends.map(format).join(' · ');
}

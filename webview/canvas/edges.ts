/** Paints the edges: one path each, updated by attribute. Pointing is found by geometry, not by the paths. */
import { svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { FanEdge } from '../../src/protocol';
import { fanPath, targetOfLink } from './connections';
import { count, format } from '../numbers';
import { text } from '../strings';
import {
  curve,
  findEdge,
  findLink,
  LABEL_GAP,
  standOf,
  type PlacedLine,
  type PlacedLink,
} from './layout';
import { isShown } from './lit';
import { labelWidth } from './labels';
import { spoken, testId } from './names';
import { ink, linkValue, stroke, type Ink } from './paint';
import { isDrawn, related, standing, tabIndex, type Scene } from './scene';

/** Weights, and biases where units that are 1 are drawn. */
export function paintEdges(scene: Scene): TemplateResult {
  const { edges, biases } = scene.layout;
  const paint = (link: PlacedLink): TemplateResult => paintEdge(scene, link);
  return svg`<g class="edges">${edges.map(
    (weights, layer) =>
      svg`${isDrawn(scene, layer) ? [...weights, ...biases[layer]].map(paint) : ''}`,
  )}</g>`;
}

/** Values that pass unchanged into an `add` or a `concat`: thin and neutral, never pointed at. */
export function paintLines(scene: Scene): TemplateResult {
  return svg`<g class="lines" aria-hidden="true">${scene.layout.lines.map(line =>
    isDrawn(scene, line.layer)
      ? svg`<path class=${lineClass(scene, line)} d=${line.path}></path>`
      : '',
  )}</g>`;
}

function lineClass(scene: Scene, { layer, row, source, column }: PlacedLine): string {
  const ends: Target[] = [
    { type: 'neuron', layer, row },
    { type: 'neuron', layer: source, row: column },
  ];
  return ends.some(end => related(scene, end) === 'none') ? 'none' : '';
}

function paintEdge(scene: Scene, edge: PlacedLink): TemplateResult {
  const target = targetOfLink(edge);
  const painted = inkOf(scene, edge, target);
  const { width, opacity } = stroke(painted, scene.pen);
  return svg`<path
    class="edge ${painted.sign}${standing(scene, target)}"
    data-testid=${testId(target)}
    role="button" tabindex=${tabIndex(scene, target)}
    aria-label=${spoken(scene.named, target)}
    d=${edge.path} stroke-width=${width} stroke-opacity=${opacity}></path>`;
}

function inkOf(scene: Scene, edge: PlacedLink, target: Target): Ink {
  const value = isShown(scene, target) ? linkValue(scene.view, edge, scene.edges) : NaN;
  return ink(value, scene.scales.edges, scene.scales.edgesFrom);
}

/** The pointed and the selected edge once more, above all others. */
export function paintEmphasis(scene: Scene): TemplateResult {
  return svg`<g class="emphasis" aria-hidden="true">
    ${emphasis(scene, scene.selection, 'selected')}${emphasis(scene, scene.pointed, 'pointed')}${emphasis(scene, scene.lit?.term, 'now')}
  </g>`;
}

/** The strongest connections of one neuron of a large layer, and what is left out. */
export function paintFan(scene: Scene): TemplateResult | '' {
  const { fan } = scene;
  if (!fan) return '';
  const edges = [...fan.incoming, ...fan.outgoing].filter(
    ({ layer, row, column }) => !findEdge(scene.layout, layer, row, column),
  );
  return svg`<g class="fan">${edges.map(edge => paintFanEdge(scene, edge))}
    ${paintOthers(scene, fan.moreIncoming, 'end')} ${paintOthers(scene, fan.moreOutgoing, 'start')}</g>`;
}

/** How many connections are not drawn, and the sum of their magnitudes. */
function paintOthers(
  { fan, layout }: Scene,
  more: { readonly count: number; readonly sum: number },
  anchor: 'start' | 'end',
): TemplateResult | '' {
  const at = fan && standOf(layout, fan.layer, fan.row);
  if (!at || more.count === 0) return '';
  const aside = (layout.radius + 8) * (anchor === 'end' ? -1 : 1);
  const words = text('canvas.others', count(more.count), format(more.sum));
  return svg`<text class="others" style="text-anchor:${anchor}" x=${at.x + aside}
    y=${at.y - layout.radius - 6}>${words}</text>`;
}

function paintFanEdge(scene: Scene, edge: FanEdge): TemplateResult | '' {
  const { layout, named, pen, edges, scales } = scene;
  const from = standOf(layout, named.sources[edge.layer][0], edge.from ?? edge.column);
  const to = standOf(layout, edge.layer, edge.to ?? edge.row);
  if (!from || !to) return '';
  const painted = ink(edge[edges] ?? NaN, scales.edges, scales.edgesFrom);
  const { width, opacity } = stroke(painted, pen);
  const { layer, row, column } = edge;
  return svg`<path class="edge ${painted.sign}" role="img"
    data-testid=${testId({ type: 'weight', layer, row, column })}
    aria-label=${spoken(named, { type: 'weight', layer, row, column })}
    d=${fanPath(from, to, layout.radius)} stroke-width=${width}
    stroke-opacity=${opacity}></path>`;
}

function emphasis(scene: Scene, target: Target | undefined, kind: string): TemplateResult | '' {
  const edge = findLink(scene.layout, target);
  if (!target || !edge) return '';
  const painted = inkOf(scene, edge, target);
  const width = Number(stroke(painted, scene.pen).width) + 1.5;
  return svg`<path class="halo ${kind}" d=${edge.path} stroke-width=${width + 5}></path>
    <path class="edge strong ${painted.sign}" d=${edge.path} stroke-width=${width}></path>`;
}

/** Thin neutral lines from the outputs into the loss; each begins behind its output's label. */
export function paintLossEdges(scene: Scene): TemplateResult {
  const { layout, pointed } = scene;
  const outputs = layout.columns[layout.columns.length - 1];
  const end = { x: layout.loss.x - layout.loss.radius, y: layout.loss.y };
  return svg`<g class="loss-edges ${pointed ? 'related' : ''}" aria-hidden="true">${outputs.neurons.map(
    neuron => {
      const label = labelWidth(scene, outputs.layer, neuron);
      const start = neuron.x + layout.radius + (label > 0 ? LABEL_GAP + label + 6 : 0);
      return svg`<path d=${curve({ x: start, y: neuron.y }, end)}></path>`;
    },
  )}</g>`;
}

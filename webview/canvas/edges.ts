/** Paints the edges: one path each, updated by attribute. Pointing is found by geometry, not by the paths. */
import { svg, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import { curve, findEdge, LABEL_GAP, type PlacedEdge } from './layout';
import { labelWidth } from './labels';
import { spoken, testId } from './names';
import { edgeValue, ink, stroke } from './paint';
import { standing, tabIndex, type Scene } from './scene';

const targetOf = ({ layer, row, column }: PlacedEdge): Target => ({
  type: 'weight',
  layer,
  row,
  column,
});

export function paintEdges(scene: Scene): TemplateResult {
  return svg`<g class="edges">${scene.layout.edges.map(
    edges => svg`<g>${edges.map(edge => paintEdge(scene, edge))}</g>`,
  )}</g>`;
}

function paintEdge(scene: Scene, edge: PlacedEdge): TemplateResult {
  const target = targetOf(edge);
  const painted = ink(edgeValue(scene.view, edge, scene.edges), scene.scales.edges);
  const { width, opacity } = stroke(painted, scene.pen);
  return svg`<path
    class="edge ${painted.sign}${standing(scene, target)}"
    data-testid=${testId(target)}
    role="button" tabindex=${tabIndex(scene, target)}
    aria-label=${spoken(scene.named, target)}
    d=${edge.path} stroke-width=${width} stroke-opacity=${opacity}></path>`;
}

/** The pointed and the selected edge once more, above all others. */
export function paintEmphasis(scene: Scene): TemplateResult {
  return svg`<g class="emphasis" aria-hidden="true">
    ${emphasis(scene, scene.selection, 'selected')}${emphasis(scene, scene.pointed, 'pointed')}
  </g>`;
}

function emphasis(scene: Scene, target: Target | undefined, kind: string): TemplateResult | '' {
  if (target?.type !== 'weight') return '';
  const edge = findEdge(scene.layout, target.layer, target.row, target.column);
  if (!edge) return '';
  const painted = ink(edgeValue(scene.view, edge, scene.edges), scene.scales.edges);
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

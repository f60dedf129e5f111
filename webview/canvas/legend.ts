/** The stated scale of the edges, in the corner of the canvas. */
import { html, svg, type TemplateResult } from 'lit';
import { format } from '../numbers';
import { text } from '../strings';
import { ink, stroke } from './paint';
import type { Scene } from './scene';

const STEPS = 4;
const STEP = 18;

export function paintLegend(scene: Scene): TemplateResult {
  const end = format(scene.scales.edges);
  const samples = Array.from({ length: 2 * STEPS + 1 }, (_, i) => (i - STEPS) / STEPS);
  return html`<div
    class="legend"
    role="img"
    aria-label=${text('legend.label', end)}
    data-testid="legend"
  >
    <span>${text(scene.edges === 'weight' ? 'legend.weight' : 'legend.gradient')}</span>
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
  </div>`;
}

/** Paints the units that are 1: with them a bias is a weight like any other, and drawn as one. */
import { nothing, svg, type TemplateResult } from 'lit';
import { toUnicode } from '../../src/explain/unicode';
import { listed } from '../punctuation';
import { text } from '../strings';
import { targetOfLink } from './connections';
import { ROOM_FOR_INDEX } from './insides';
import type { Column } from './layout';
import { layerTitle, partId } from './names';
import { related, type Scene } from './scene';

/** Above the column that feeds the biases; it has no number of its own to ask for, only its edges have. */
export function paintUnit(scene: Scene, { unit, layer }: Column): TemplateResult | typeof nothing {
  if (!unit) return nothing;
  const { layout, named } = scene;
  const fed = layout.biases.filter(([first]) => first?.source === layer);
  const stands = fed.flat().some(link => related(scene, targetOfLink(link)) !== 'none');
  const name = named.context.names.biasUnit(fed[0][0].layer);
  const words = text(
    'canvas.unit',
    name ? toUnicode(name) : text('canvas.thisUnit'),
    listed(fed.map(([first]) => layerTitle(named, first.layer))),
  );
  return svg`<g class="unit${stands ? '' : ' none'}" data-testid=${partId('unit', layer)}
      role="img" aria-label=${words} transform="translate(${unit.x} ${unit.y})">
    <title>${words}</title>
    <circle class="ground" r=${layout.radius}></circle>
    ${layout.radius >= ROOM_FOR_INDEX ? svg`<text class="number" dy="0.36em">${text('canvas.unitSign')}</text>` : nothing}
  </g>`;
}

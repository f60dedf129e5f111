/** What the colours, lines and marks of a map mean. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { count, format, trueMinus } from '../numbers';
import { text } from '../strings';
import type { MapScale } from './mapScale';
import { markOf, markPath, type PointSet } from './points';

export interface Legend {
  /** Undefined for a curve, which has no colours. */
  readonly scale: MapScale | undefined;
  readonly set: PointSet | undefined;
  readonly colours: readonly string[];
  readonly highContrast: boolean;
}

export function mapLegend({ scale, set, colours, highContrast }: Legend): TemplateResult {
  return html`<div class="map-legend" data-testid="map-legend">
    ${scale ? scaleBar(scale, highContrast) : nothing}
    ${set && set.points.length > 0 ? pointKeys(set, colours) : nothing}
  </div>`;
}

function scaleBar({ centre, end }: MapScale, highContrast: boolean): TemplateResult {
  return html`<div class="map-scale">
    <span class="number">${format(centre - end)}</span>
    <span class="map-colours" aria-hidden="true"></span>
    <span class="number">${format(centre + end)}</span>
    <span class="quiet">${text('map.border', format(centre))}</span>
    ${highContrast ? html`<span class="quiet">${text('map.hatched', format(centre))}</span>` : nothing}
  </div>`;
}

function pointKeys(
  { points, groups, total }: PointSet,
  colours: readonly string[],
): TemplateResult {
  const hasValidation = points.some(({ validates }) => validates);
  const words =
    points.length < total
      ? text('map.somePoints', count(points.length), count(total))
      : text('map.allPoints', count(total));
  return html`<ul class="map-keys">
      ${groups.map(
        (name, group) =>
          html`<li>
            ${keyMark(group, colours[group % colours.length], false)}${trueMinus(name)}
          </li>`,
      )}
      ${
        hasValidation
          ? html`<li>${keyMark(0, 'currentColor', false)}${text('map.training')}</li>
              <li>${keyMark(0, 'currentColor', true)}${text('map.validation')}</li>`
          : nothing
      }
    </ul>
    <div class="quiet">${words}</div>`;
}

function keyMark(group: number, colour: string, hollow: boolean): TemplateResult {
  return html`<svg class="map-key" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">
    ${svg`<path d=${markPath(markOf(group), 8)} fill=${hollow ? 'none' : colour}
      stroke=${hollow ? colour : 'none'} stroke-width="1.75"></path>`}
  </svg>`;
}

/** What stands around the matrix: its title and buttons above, scale and statistics below. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixPicture } from '../../src/protocol';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { count, format } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { segment } from '../training/viewBar';
import type { NablaMatrix } from './matrix';
import { layerTitle } from './names';

/** By which a button or a key enlarges. */
export const ZOOM_STEP = 1.5;

export function matrixHead(
  matrix: NablaMatrix,
  controller: Controller,
  { show }: State,
  close: () => void,
): TemplateResult {
  const { inputs, units } = matrix.named.shapes.layers[matrix.layer];
  const title = layerTitle(matrix.named, matrix.layer);
  return html`<header>
    <h2>${text('matrix.title', title, count(units), count(inputs))}</h2>
    <span class="segments" role="group" aria-label=${text('matrix.quantity')}>
      ${segment('matrix-weight', text('view.weight'), text('matrix.weights'), show.edges === 'weight', () => controller.show({ edges: 'weight' }))}
      ${segment('matrix-gradient', text('view.gradient'), text('matrix.gradients'), show.edges === 'gradient', () => controller.show({ edges: 'gradient' }))}
    </span>
    ${
      matrix.sides
        ? html`<span class="segments" role="group" aria-label=${text('matrix.form')}>
            ${segment('matrix-cells', text('matrix.cells'), text('matrix.cellsHint'), !matrix.pictures, () => (matrix.pictures = false))}
            ${segment('matrix-pictures', text('matrix.pictures'), text('matrix.picturesHint', ...matrix.sides), matrix.pictures, () => (matrix.pictures = true))}
          </span>`
        : nothing
    }
    <span class="grow"></span>
    ${iconButton('matrix-out', 'remove', text('zoom.out'), () => matrix.zoom(1 / ZOOM_STEP))}
    ${iconButton('matrix-whole', 'screen-full', text('zoom.fit'), () => matrix.whole())}
    ${iconButton('matrix-in', 'add', text('zoom.in'), () => matrix.zoom(ZOOM_STEP))}
    ${iconButton('matrix-close', 'close', text('matrix.close'), close)}
  </header>`;
}

/** The scale in words and colours, and the statistics of the whole matrix as a table. */
export function matrixFoot(picture: MatrixPicture | undefined, end: number): TemplateResult {
  if (!picture) return html`<footer><span class="quiet">${text('matrix.loading')}</span></footer>`;
  const { statistics: all } = picture;
  const cells = [
    ['matrix.count', count(all.count)],
    ['matrix.least', format(all.min)],
    ['matrix.mean', format(all.mean)],
    ['matrix.most', format(all.max)],
    ['matrix.norm', format(all.norm)],
  ] as const;
  return html`<footer>
    <span class="ramp-scale" role="img" aria-label=${text('matrix.scale', format(end))}>
      <span class="number">−${format(end)}</span><span class="ramp"></span
      ><span class="number">${format(end)}</span>
      <span class="quiet">${text('matrix.negative')}</span>
    </span>
    <table data-testid="matrix-statistics" aria-label=${text('matrix.statistics')}>
      <tr>
        ${cells.map(
          ([key, value]) =>
            html`<th scope="col">${text(key)}</th>
              <td>${value}</td>`,
        )}
      </tr>
    </table>
  </footer>`;
}

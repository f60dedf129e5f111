/** What stands around the matrix: its title and buttons above, scale and statistics below. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixPicture } from '../../src/protocol';
import type { Controller } from '../controller';
import { edgeQuantities, edgeQuantityNames } from '../edgeQuantities';
import { iconButton } from '../iconButton';
import { count, format } from '../numbers';
import { segments } from '../segments';
import type { State } from '../store';
import { text } from '../strings';
import type { NablaMatrix } from './matrix';
import { sharedBy } from './matrixView';
import { layerTitle } from './names';

/** By which a button or a key enlarges. */
export const ZOOM_STEP = 1.5;

export function matrixHead(
  matrix: NablaMatrix,
  controller: Controller,
  { show }: State,
  close: () => void,
): TemplateResult {
  const { rows, columns } = matrix.named.shapes.layers[matrix.layer];
  const title = layerTitle(matrix.named, matrix.layer);
  return html`<header>
    <h2>${text('matrix.title', title, count(rows), count(columns))}</h2>
    ${segments(
      text('matrix.quantity'),
      edgeQuantityNames.map(quantity => ({
        testId: `matrix-${quantity}`,
        word: text(edgeQuantities[quantity].word),
        label: text(edgeQuantities[quantity].cells),
        chosen: show.edges === quantity,
        choose: () => controller.show({ edges: quantity }),
      })),
    )}
    ${matrix.sides ? formChoice(matrix, matrix.sides) : nothing}
    <span class="grow"></span>
    ${iconButton('matrix-out', 'remove', text('zoom.out'), () => matrix.zoom(1 / ZOOM_STEP))}
    ${iconButton('matrix-whole', 'screen-full', text('zoom.fit'), () => matrix.whole())}
    ${iconButton('matrix-in', 'add', text('zoom.in'), () => matrix.zoom(ZOOM_STEP))}
    ${iconButton('matrix-close', 'close', text('matrix.close'), close)}
  </header>`;
}

/** The weights as one matrix, or each neuron's as a picture. */
function formChoice(matrix: NablaMatrix, sides: readonly [number, number]): TemplateResult {
  return segments(text('matrix.form'), [
    {
      testId: 'matrix-cells',
      word: text('matrix.cells'),
      label: text('matrix.cellsHint'),
      chosen: !matrix.pictures,
      choose: () => (matrix.pictures = false),
    },
    {
      testId: 'matrix-pictures',
      word: text('matrix.pictures'),
      label: text('matrix.picturesHint', ...sides),
      chosen: matrix.pictures,
      choose: () => (matrix.pictures = true),
    },
  ]);
}

/** What is not to be seen by itself: that a pixel stands for many weights, or how a negative one is told. */
function pixelWords(picture: MatrixPicture): TemplateResult {
  const shared = sharedBy(picture);
  if (!shared) return html`<span class="quiet">${text('matrix.negative')}</span>`;
  const [rows, columns] = shared;
  const key = edgeQuantities[picture.quantity].pixel;
  return html`<span class="quiet" data-testid="matrix-pixel" title=${text('matrix.pixelHint')}
    >${text(key, count(rows), count(columns))}</span
  >`;
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
      ${pixelWords(picture)}
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

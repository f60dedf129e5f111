/** Paints the whole network, from what lies below to what lies above. */
import { svg, type TemplateResult } from 'lit';
import { paintBands } from './bands';
import { paintControls } from './controls';
import { paintEdges, paintEmphasis, paintFan, paintLines, paintLossEdges } from './edges';
import { columnBox } from './geometry';
import { paintColumns, paintLoss } from './neurons';
import { paintWindow } from './paintMaps';
import { isDrawn, type Scene } from './scene';

export function paintNetwork(scene: Scene): TemplateResult {
  return svg`${paintSelectedColumns(scene)} ${paintBands(scene)} ${paintLines(scene)}
    ${paintEdges(scene)} ${paintFan(scene)} ${paintLossEdges(scene)} ${paintEmphasis(scene)}
    ${paintColumns(scene)} ${paintWindow(scene)} ${paintLoss(scene)} ${paintControls(scene)}`;
}

/** Pixels between a column and the rim of its band. */
const ASIDE = 14;

/** A quiet band behind the columns of the selected layers. */
function paintSelectedColumns(scene: Scene): TemplateResult {
  const { selection, selectedLayers, layout } = scene;
  const layers = new Set(selectedLayers);
  if (selection?.type === 'layer') layers.add(selection.layer);
  const columns = layout.columns.filter(({ layer }) => layers.has(layer) && isDrawn(scene, layer));
  return svg`<g class="selected-columns">${columns.map(column => {
    const { y, width, height } = columnBox(layout, column);
    const half = width / 2 + ASIDE;
    return svg`<rect class="band" x=${column.x - half} y=${y - ASIDE} width=${2 * half}
      height=${height + 2 * ASIDE} rx="8"></rect>`;
  })}</g>`;
}

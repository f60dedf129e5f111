/** What gestures take hold of: handles below columns, ports beside them, "+" between them. Quiet until near. */
import { svg, type TemplateResult } from 'lit';
import { isFolded } from './columns';
import { handleAt, portAt, slotBoxes, type SlotBox } from './geometry';
import type { CanvasLayout, Column } from './layout';
import { partId } from './names';
import { isDrawn, type Scene } from './scene';

const HANDLE_HALF = 9;

/** Folded columns have none: what they stand for is unfolded first. */
export function paintControls(scene: Scene): TemplateResult {
  const { layout, named } = scene;
  // The number of inputs is that of the data, where there are any.
  const first = named.network.data ? 0 : -1;
  const open = layout.columns.filter(column => !isFolded(column) && isDrawn(scene, column.layer));
  const last = layout.columns.length - 2;
  const slots = slotBoxes(layout).filter(({ index }) =>
    open.some(({ layer }) => layer === index || (index === last + 1 && layer === last)),
  );
  return svg`<g class="controls" aria-hidden="true">
    ${slots.map(paintPlus)}
    ${open.map(column => [
      column.layer >= first && !column.symbol && !column.maps ? paintHandle(layout, column) : '',
      column.layer < last ? paintPort(layout, column) : '',
    ])}
  </g>`;
}

function paintHandle(layout: CanvasLayout, column: Column): TemplateResult {
  const { x, y, half } = handleAt(layout, column);
  return svg`<g class="control handle" data-testid=${partId('handle', column.layer)}
    data-near="column${column.layer}" transform="translate(${x} ${y})">
    <rect class="reach" x="-14" y=${-half} width="28" height=${2 * half}></rect>
    <path d="M${-HANDLE_HALF} -1.5H${HANDLE_HALF}M${-HANDLE_HALF} 1.5H${HANDLE_HALF}"></path></g>`;
}

function paintPort(layout: CanvasLayout, column: Column): TemplateResult {
  const { x, y } = portAt(layout, column);
  return svg`<g class="control port" data-testid=${partId('port', column.layer)}
    data-near="column${column.layer}" transform="translate(${x} ${y})">
    <circle class="reach" r="9"></circle><path d="M-4.5 0A4.5 4.5 0 1 1 4.5 0A4.5 4.5 0 1 1 -4.5 0M-2 0H2M0.5 -1.8L2.3 0L0.5 1.8"></path></g>`;
}

function paintPlus({ index, plus }: SlotBox): TemplateResult {
  return svg`<g class="control slot" data-testid="slot-${index}" data-near="slot${index}"
    transform="translate(${plus.x} ${plus.y})">
    <circle class="reach" r="9"></circle><path d="M-4 0H4M0 -4V4"></path></g>`;
}

/** Products of rows whose inputs are listed (columns.ts) with the weights of a dense layer. Records: denseRecord.ts. */
import { NR, PANEL_BYTES } from './block';
import { endOfPlaces, firstPlace, isListed, listOf, numbersBehind } from './columns';
import {
  BIAS,
  DEPTH,
  INPUTS,
  LIST_ROOM,
  OUTPUT,
  OUTPUT_STRIDE,
  RELU,
  WEIGHTS,
} from '../shared/denseRecord';
import { field, place, roundUp4 } from './fields';
import { word } from './header';
import { ZEROS } from '../shared/listRoom';
import { ROWS } from '../shared/places';
import { ACROSS, listedPanel, listedPanels } from './tiles';

/**
 * z of listed rows for the panels from `begin` to before `end`, in blocks of the depth; with bias and relu where that is a
 * single one.
 */
export function multiplyListed(record: usize, begin: i32, end: i32): void {
  const inputs = field(record, INPUTS);
  for (let k = 0, block = 0; k < inputs; k += DEPTH, block++) {
    let p = begin;
    for (; p + ACROSS <= end; p += ACROSS) multiplyPanels(record, block, p, true);
    for (; p < end; p++) multiplyPanels(record, block, p, false);
  }
}

/** For ACROSS panels, `p` first, or for a single one. */
function multiplyPanels(record: usize, block: i32, p: i32, across: bool): void {
  const rows = word(ROWS);
  const inputs = field(record, INPUTS);
  const room = place(record, LIST_ROOM);
  const stride = place(record, OUTPUT_STRIDE);
  const isWhole = inputs <= DEPTH;
  const panel = <usize>roundUp4(inputs) * PANEL_BYTES;
  const w = place(record, WEIGHTS) + <usize>p * panel;
  const start = isWhole ? place(record, BIAS) + (<usize>(p * NR) << 2) : room + ZEROS;
  const relu = isWhole && field(record, RELU) != 0;
  const behind = numbersBehind(inputs);
  let c = place(record, OUTPUT) + (<usize>(p * NR) << 2);
  for (let r = 0; r < rows; r++, c += stride) {
    if (!isListed(room, r & ~3, inputs)) continue;
    const list = listOf(room, r, inputs);
    const places = firstPlace(list, block, inputs);
    const last = endOfPlaces(list, block);
    if (across) {
      listedPanels(places, last, places + behind, w, panel, start, c, block > 0, relu, 0);
    } else listedPanel(places, last, places + behind, w, panel, start, c, block > 0, relu, 0);
  }
}

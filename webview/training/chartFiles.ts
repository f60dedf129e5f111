/** The charts as files: a table, a picture of lines, and the picture as it is on the page. */
import type { Controller } from '../controller';
import { overlayOf } from '../compare/overlay';
import { count, format, percent } from '../numbers';
import { clauses } from '../punctuation';
import type { State } from '../store';
import { text } from '../strings';
import { placeOf, wordsOf } from './changes';
import { metricName, seriesName, xWord } from './chartWords';
import type { ChartView } from './chartView';
import { decimated } from './curves';
import { comparedCsv, csvOf, svgOf, type Drawing } from './exported';
import { lineOf } from './look';

export type ChartFile = 'copyCsv' | 'saveCsv' | 'saveSvg' | 'savePng';

/** Points from left to right: a picture on paper has no more. */
const PLACES = 1200;

/** @param canvases of the charts as they are on the page, from left to right */
export async function takeFile(
  file: ChartFile,
  controller: Controller,
  state: State,
  views: readonly ChartView[],
  canvases: readonly HTMLCanvasElement[],
): Promise<void> {
  if (file === 'copyCsv') {
    const rows = [controller, ...controller.compared.runs].map(({ history }) => history.count);
    const all = rows.reduce((sum, each) => sum + each, 0);
    return controller.copyText(csvFile(controller), text('chart.copied', count(all)));
  }
  if (file === 'savePng') return savePng(controller, canvases);
  const isTable = file === 'saveCsv';
  const content = isTable
    ? csvFile(controller)
    : svgOf(views.map(view => drawingOf(view, controller, state)));
  return controller.saveFile(isTable ? 'csv' : 'svg', new TextEncoder().encode(content));
}

function csvFile({ history, compared: { runs } }: Controller): string {
  return runs.length > 0 ? comparedCsv(history, runs, text('compare.now')) : csvOf(history);
}

function drawingOf(view: ChartView, { history, compared }: Controller, state: State): Drawing {
  const { metric, series, x, logarithmic } = view;
  const along = history.column(x);
  const lines = series.map((each, i) => ({
    ...lineOf(each, i),
    name: seriesName(each, state),
    values: history.column(each.column),
    spans: each.layer !== undefined,
  }));
  const all = { from: 0, to: history.count };
  return {
    title: metricName(metric),
    xTitle: xWord(x),
    logarithmic,
    x: along,
    rows: decimated(
      along,
      lines.map(({ values }) => values),
      all,
      PLACES,
    ),
    lines,
    overlay: overlayOf(compared.runs, { ...view, recent: false, smooth: 0 }, undefined, PLACES),
    changes: history.marks.map(mark => ({
      at: placeOf(mark, x, history),
      words: clauses(mark.changes.map(change => wordsOf(change, state))),
    })),
    format: metric === 'accuracy' ? percent : format,
  };
}

/** Side by side, on the ground of the page. */
async function savePng(
  controller: Controller,
  canvases: readonly HTMLCanvasElement[],
): Promise<void> {
  const whole = document.createElement('canvas');
  whole.width = canvases.reduce((sum, { width }) => sum + width, 0);
  whole.height = Math.max(...canvases.map(({ height }) => height));
  const ink = whole.getContext('2d');
  if (!ink) return;
  ink.fillStyle = getComputedStyle(document.body).backgroundColor;
  ink.fillRect(0, 0, whole.width, whole.height);
  let left = 0;
  for (const canvas of canvases) {
    ink.drawImage(canvas, left, 0);
    left += canvas.width;
  }
  const blob = await new Promise<Blob | null>(resolve => whole.toBlob(resolve));
  if (blob) await controller.saveFile('png', new Uint8Array(await blob.arrayBuffer()));
}

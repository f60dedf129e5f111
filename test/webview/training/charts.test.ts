/** Which charts there are, what they draw of a history, the keys on them, and the files that they become. */
import { describe, expect, it } from 'vitest';
import { History, layerColumns, METRIC_COLUMNS } from '../../../src/engine/history';
import { ChartData } from '../../../webview/training/chartData';
import { chartKey } from '../../../webview/training/chartKey';
import { csvOf, svgOf, type Drawing } from '../../../webview/training/exported';
import { within, zoomed } from '../../../webview/training/hands';
import { lineOf } from '../../../webview/training/look';
import {
  isLogarithmic,
  MOST_LINES,
  seriesOf,
  shownMetrics,
  toggled,
  type Metric,
} from '../../../webview/training/metrics';

/** Epochs 0 to 3 of a run without a validation part, whose layers are measured in every second row. */
function recorded(layers: readonly number[] = [0, 2], rows = 4): History {
  const columns = layerColumns(layers);
  const width = METRIC_COLUMNS.length + columns.length;
  const values = new Float64Array(width * rows);
  for (let row = 0; row < rows; row++) {
    const own = {
      epoch: row,
      step: 10 * row,
      seconds: row / 10,
      loss: 1 / (row + 1),
      learningRate: 0.1,
    };
    METRIC_COLUMNS.forEach((name, c) => {
      values[c * rows + row] = (own as Record<string, number>)[name] ?? NaN;
    });
    columns.forEach((_, c) => {
      values[(METRIC_COLUMNS.length + c) * rows + row] = row % 2 === 0 ? c + 1 : NaN;
    });
  }
  const history = new History();
  history.append({ count: rows, values, restart: true, columns });
  return history;
}

const columnsOf = (metric: Metric, history: History): string[] =>
  seriesOf(metric, history).map(({ column }) => column);

describe('the charts', () => {
  it('draw the columns in which there is something', () => {
    const history = recorded();
    expect(columnsOf('loss', history)).toEqual(['loss']);
    expect(columnsOf('accuracy', history)).toEqual([]);
    expect(columnsOf('gradient', history)).toEqual(['gradient/0', 'gradient/2']);
    expect(seriesOf('ratio', history).map(({ layer }) => layer)).toEqual([0, 2]);
    expect(columnsOf('rate', history)).toEqual(['learningRate']);
  });

  it('have an even choice of many layers, each line unlike the others', () => {
    const series = seriesOf('gradient', recorded(Array.from({ length: 30 }, (_, i) => i)));
    expect(series).toHaveLength(MOST_LINES);
    expect([series[0].layer, series.at(-1)?.layer]).toEqual([0, 29]);
    expect(new Set(series.map((each, i) => JSON.stringify(lineOf(each, i)))).size).toBe(MOST_LINES);
  });

  it('are as many as there is width for, the last chosen, in their usual order', () => {
    const chosen: Metric[] = ['rate', 'ratio', 'loss'];
    expect(shownMetrics(chosen, 1200)).toEqual(['loss', 'ratio', 'rate']);
    expect(shownMetrics(chosen, 700)).toEqual(['loss', 'ratio']);
    expect(shownMetrics(chosen, 200)).toEqual(['loss']);
  });

  it('are never none and at most three', () => {
    expect(toggled(['loss'], 'loss', false)).toEqual(['loss']);
    expect(toggled(['loss', 'rate'], 'loss', false)).toEqual(['rate']);
    expect(toggled(['loss', 'rate', 'ratio'], 'gradient', true)).toEqual([
      ...['rate', 'ratio', 'gradient'],
    ]);
  });

  it('of norms have a logarithmic axis, those of shares never', () => {
    const kinds = (['loss', 'accuracy', 'r2', 'gradient', 'ratio', 'rate'] as const).map(metric => [
      isLogarithmic(metric, false),
      isLogarithmic(metric, true),
    ]);
    expect(kinds).toEqual([
      ...[
        [false, true],
        [false, false],
        [false, false],
        [true, true],
      ],
      ...[
        [true, true],
        [false, true],
      ],
    ]);
  });
});

describe('the data of a chart', () => {
  const view = { metric: 'loss', logarithmic: false, recent: false, smooth: 0 } as const;

  it('are the rows of the shown part, along the chosen axis', () => {
    const history = recorded();
    const data = new ChartData();
    const series = seriesOf('loss', history);
    expect(data.take(history, { ...view, series, x: 'step' }, undefined, 100)).toEqual([
      [0, 10, 20, 30],
      [1, 0.5, 1 / 3, 0.25],
    ]);
    expect([data.xRange, data.yExtent]).toEqual([
      [0, 30],
      [0.25, 1],
    ]);
    const [x] = data.take(history, { ...view, series, x: 'epoch' }, [1.5, 2.5], 100);
    expect([x, [...data.rows]]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('have the means behind the lines', () => {
    const history = recorded();
    const series = seriesOf('loss', history);
    const data = new ChartData().take(
      history,
      { ...view, series, x: 'epoch', smooth: 2 },
      undefined,
      99,
    );
    expect(data).toHaveLength(3);
    expect(data[2][0]).toBe(1);
    expect(data[2][1]).toBeCloseTo(2 / 3, 12);
  });

  it('of 60,000 rows are few, along any axis', () => {
    const history = recorded([0], 60_000);
    const series = seriesOf('loss', history);
    for (const x of ['epoch', 'step', 'seconds'] as const) {
      const [points] = new ChartData().take(history, { ...view, series, x }, undefined, 400);
      expect(points.length).toBeLessThan(401 * 4);
      expect([points[0], points.at(-1)]).toEqual([0, history.at(x, -1)]);
    }
  });
});

describe('keys on a chart', () => {
  const x = Float64Array.from({ length: 101 }, (_, i) => i);
  const press = (key: string, row = 50, more = {}): ReturnType<typeof chartKey> =>
    chartKey({ key, altKey: false, ctrlKey: false, metaKey: false, ...more }, row, x, [0, 100]);

  it('go from row to row, and stop at the ends', () => {
    expect(press('ArrowLeft')).toEqual({ row: 49 });
    expect(press('ArrowRight', 100)).toEqual({ row: 100 });
    expect(press('PageDown', 3)).toEqual({ row: 0 });
    expect([press('Home'), press('End')]).toEqual([{ row: 0 }, { row: 100 }]);
  });

  it('zoom around the row, and leave other keys alone', () => {
    expect(press('+')).toEqual({ zoom: [25, 75] });
    expect(press('-', 0)).toEqual({ zoom: [0, 200] });
    expect(press('0')).toEqual({ zoom: undefined });
    expect([press('a'), press('+', 50, { ctrlKey: true })]).toEqual([undefined, undefined]);
  });

  it('a zoom stays within what was recorded', () => {
    expect(zoomed([0, 100], 30, 0.1)).toEqual([27, 37]);
    expect(within([-50, 30], [0, 100])).toEqual([0, 30]);
    expect(within([-5, 200], [0, 100])).toBeUndefined();
    expect(within([30, 30], [0, 100])).toBeUndefined();
    expect(within(undefined, [0, 100])).toBeUndefined();
  });
});

describe('files', () => {
  it('a table has every column with every digit, and nothing where nothing was measured', () => {
    const [head, ...rows] = csvOf(recorded()).split('\n');
    expect(head).toBe(
      'epoch,step,seconds,loss,validationLoss,accuracy,validationAccuracy,r2,validationR2,gradientNorm,learningRate,gradient/0,gradient/2,ratio/0,ratio/2',
    );
    expect(rows[2]).toBe('2,20,0.2,0.3333333333333333,,,,,,,0.1,1,2,3,4');
    expect(rows[3]).toBe('3,30,0.3,0.25,,,,,,,0.1,,,,');
    expect(rows).toHaveLength(5);
  });

  const drawing: Drawing = {
    title: 'Loss & more',
    xTitle: 'epoch',
    logarithmic: true,
    x: [0, 1, 2, 3],
    rows: Uint32Array.of(0, 1, 2, 3),
    lines: [
      { name: 'a', colour: 'green', dash: [], values: [1, NaN, 0.1, 0.01], spans: false },
      { name: 'b', colour: 'blue', dash: [2, 2], values: [1, NaN, NaN, 0.1], spans: true },
    ],
    overlay: { lines: [] },
    format: String,
  };

  it('a picture has lines with their gaps, axes with their numbers, and a legend', () => {
    const svg = svgOf([drawing, drawing]);
    expect(svg.match(/<g /g)).toHaveLength(2);
    expect(svg).toContain('Loss &#38; more');
    expect(svg).toContain('height="720"');
    for (const words of ['>0.01<', '>0.1<', '>epoch<', '>a<', '>b<']) expect(svg).toContain(words);
    // Broken, and dashed over what was not measured.
    expect(svg).toContain('d="M72.0 56.0M434.7 184.0L616.0 312.0"');
    expect(svg).toContain('d="M72.0 56.0L616.0 184.0" fill="none" stroke="#0b62c4"');
    expect(svg).not.toMatch(/NaN|undefined|var\(/);
  });

  it('a picture of one number alone is one, too', () => {
    const line = { ...drawing.lines[0], values: [5] };
    for (const logarithmic of [true, false]) {
      const svg = svgOf([
        { ...drawing, logarithmic, x: [0], rows: Uint32Array.of(0), lines: [line] },
      ]);
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
  });
});

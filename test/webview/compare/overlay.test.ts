/** Kept runs beside a training: what is drawn of them, how they are told apart, and what is read. */
import { describe, expect, it } from 'vitest';
import { History, METRIC_COLUMNS } from '../../../src/engine/history';
import { curvesOf, MOST_COMPARED } from '../../../src/runs/comparedRun';
import type { ShownRun } from '../../../webview/compare/compared';
import { differing, settingsText } from '../../../webview/compare/differing';
import { pointsOf } from '../../../webview/compare/drawOverlay';
import { lineOfRun, LOOKS } from '../../../webview/compare/looks';
import { furthest, overlayOf, valueNear } from '../../../webview/compare/overlay';
import { endsOf, readAlong, spokenRuns } from '../../../webview/compare/reading';
import { ChartData } from '../../../webview/training/chartData';
import type { ChartView } from '../../../webview/training/chartView';
import { comparedCsv, csvText, svgOf } from '../../../webview/training/exported';
import { lineOf } from '../../../webview/training/look';

/** Columns by name; what is left out is nowhere a number. */
function recorded(columns: { readonly [name: string]: readonly number[] }): History {
  const { length: count } = columns.loss;
  const values = Float64Array.from(
    METRIC_COLUMNS.flatMap(name => columns[name] ?? new Array<number>(count).fill(NaN)),
  );
  const history = new History();
  history.append({ count, values, restart: true });
  return history;
}

const rows = (count: number, of: (row: number) => number): number[] =>
  Array.from({ length: count }, (_, row) => of(row));

const training = (count: number, from = 0): History =>
  recorded({
    epoch: rows(count, row => from + row),
    step: rows(count, row => 4 * (from + row)),
    seconds: rows(count, row => (from + row) / 10),
    loss: rows(count, row => 1 / (row + 1) + 0.1 * Math.sin(row * row)),
    validationLoss: rows(count, row => 2 / (row + 1)),
  });

const shown = (history: History, look = 0): ShownRun => ({
  id: `run-${look}`,
  name: `run ${look}`,
  file: 'a.nn.json',
  look,
  settings: {},
  epochs: 0,
  seconds: 0,
  best: 0,
  loss: 0,
  accuracy: NaN,
  validationAccuracy: NaN,
  hasWeights: true,
  history,
});

const view: ChartView = {
  metric: 'loss',
  series: [{ column: 'loss' }, { column: 'validationLoss', validation: true }],
  x: 'epoch',
  logarithmic: false,
  recent: false,
  smooth: 0,
};

const plot = {
  ctx: undefined as never,
  scales: {},
  bbox: { left: 0, top: 0, width: 1, height: 1 },
  valToPos: (value: number, scale: string) => (scale === 'x' ? 3 * value : 100 - 7 * value),
};

describe('two identical runs', () => {
  it.each([50, 3000])('have equal points on the canvas, of %i rows', count => {
    const { lines } = overlayOf(
      [shown(training(count)), shown(training(count), 1)],
      view,
      undefined,
      300,
    );
    expect(lines).toHaveLength(4);
    expect(pointsOf(lines[0], plot)).toEqual(pointsOf(lines[2], plot));
    expect(pointsOf(lines[1], plot)).toEqual(pointsOf(lines[3], plot));
    expect(pointsOf(lines[0], plot).length).toBeGreaterThan(49);
    expect(pointsOf(lines[0], plot)).not.toEqual(pointsOf(lines[1], plot));
  });

  it.each(['epoch', 'step', 'seconds'] as const)('overlay the training that goes on, by %s', x => {
    const history = training(3000);
    const [along, loss, validation] = new ChartData().take(history, { ...view, x }, undefined, 300);
    const kept = new History();
    kept.append(history.toChunk());
    const { lines } = overlayOf([shown(kept)], { ...view, x }, undefined, 300);
    expect(lines.map(line => line.y)).toEqual([loss, validation]);
    expect(lines[0].x).toEqual(along);
    expect(lines.map(({ thin }) => thin)).toEqual([false, true]);
  });

  it('are the same after the way over the host, also where rows were left out', () => {
    const columns = new Map(
      Object.entries({
        epoch: Float64Array.from(rows(100_000, row => row)),
        loss: Float64Array.from(rows(100_000, row => Math.sin(row) + row)),
      }),
    );
    const [one, other] = [curvesOf(columns), curvesOf(columns)];
    expect(one).toEqual(other);
    expect(one.count).toBeLessThan(20_000);
    expect(one.count).toBeGreaterThan(4000);
    // The lowest and the highest of each part are there: nothing that a pixel shows is lost.
    const losses = one.values.subarray(3 * one.count, 4 * one.count);
    expect(Math.max(...losses)).toBe(Math.max(...columns.get('loss')!));
  });
});

describe('the overlay', () => {
  it('has no line where a run has no such numbers', () => {
    const { lines, x } = overlayOf(
      [shown(training(9))],
      { ...view, metric: 'accuracy' },
      undefined,
      300,
    );
    expect([lines, x]).toEqual([[], undefined]);
    const layers = overlayOf([shown(training(9))], { ...view, metric: 'gradient' }, undefined, 300);
    expect(layers.lines).toEqual([]);
  });

  it('reaches as far as the longest run, and as high', () => {
    const runs = [shown(training(10)), shown(training(40, 5), 1)];
    const { x, y } = overlayOf(runs, view, undefined, 300);
    expect(x).toEqual([0, 44]);
    expect(y![1]).toBe(2);
  });

  it('has fewer points of each of many runs, with the lowest and the highest', () => {
    const long = training(5000);
    const many = Array.from({ length: 20 }, (_, look) => shown(long, look));
    const [few] = overlayOf(many.slice(0, 5), view, undefined, 400).lines;
    const { lines } = overlayOf(many, view, undefined, 400);
    expect(lines[0].x.length).toBeLessThan(few.x.length / 2);
    const numbers = lines[0].y.map(value => value ?? NaN);
    expect(Math.max(...numbers)).toBe(Math.max(...long.column('loss')));
    expect(Math.min(...numbers)).toBe(Math.min(...long.column('loss')));
    expect(
      lines.every(({ y }, i) => i % 2 === 1 || y.every((value, at) => value === lines[0].y[at])),
    ).toBe(true);
  });

  it('has the means alone where they are wanted', () => {
    const { lines } = overlayOf([shown(training(40))], { ...view, smooth: 2 }, undefined, 300);
    const [, , , mean] = new ChartData().take(training(40), { ...view, smooth: 2 }, undefined, 300);
    expect(lines).toHaveLength(2);
    expect(lines[0].y).toEqual(mean);
  });
});

describe('lines of runs', () => {
  it('are all different, and different from those of the training', () => {
    const looks = Array.from({ length: LOOKS }, (_, look) => JSON.stringify(lineOfRun(look)));
    const own = [lineOf({ column: 'loss' }, 0), lineOf({ column: 'loss', validation: true }, 1)];
    expect(new Set([...looks, ...own.map(line => JSON.stringify(line))]).size).toBe(LOOKS + 2);
    expect(LOOKS).toBe(MOST_COMPARED);
    // Who sees no colours tells neighbours by their dashes.
    expect(lineOfRun(0).dash).not.toEqual(lineOfRun(1).dash);
  });
});

describe('reading', () => {
  const own = training(11);
  const other = shown(training(31));

  it('goes along the longest run, and finds the row of the training', () => {
    const read = { history: own, compared: { runs: [other] } };
    expect(endsOf(read, 'epoch')).toEqual([0, 30]);
    expect(furthest(own, [other], 'epoch')).toBe(other.history);
    const along = readAlong(read, 'epoch', 10, undefined);
    expect([along.x.length, along.row]).toEqual([31, 10]);
    expect(along.at(4)).toEqual([4, 4]);
    expect(along.at(25)).toEqual([10, 25]);
    expect(readAlong(read, 'epoch', 10, 25).row).toBe(25);
    const alone = readAlong({ history: own, compared: { runs: [] } }, 'epoch', 7, undefined);
    expect([alone.x.length, alone.row, alone.at(8)]).toEqual([11, 7, [8, undefined]]);
  });

  it('tells exact values where a run is, and nothing where it is not', () => {
    expect(valueNear(own, { column: 'validationLoss' }, 'epoch', 3.2)).toBe(0.5);
    expect(valueNear(own, { column: 'validationLoss' }, 'epoch', 10.5)).toBeNaN();
    const read = { history: own, compared: { runs: [shown(own), other] } };
    expect(spokenRuns(view, read, 0)).toBe(', run 0 1, run 0 1');
    expect(spokenRuns(view, read, 20)).toMatch(/^, run 0 [\d.−]+$/);
    expect(spokenRuns(view, read, undefined)).toBe('');
  });
});

describe('settings', () => {
  const runs: { settings: Record<string, string> }[] = [
    { settings: { seed: '1', 'optimizer.learningRate': '0.1', epochs: '9' } },
    {
      settings: {
        seed: '2',
        'optimizer.learningRate': '0.1',
        epochs: '9',
        'schedule.type': 'step',
      },
    },
  ];

  it('are told where runs differ, by short names', () => {
    expect(differing(runs)).toEqual(['seed', 'schedule.type']);
    expect(settingsText(runs[1], differing(runs))).toBe('seed 2, type step');
    expect(settingsText(runs[0], ['optimizer.type', 'schedule.type', 'seed'])).toBe('seed 1');
    expect(differing(runs.slice(0, 1))).toEqual([]);
  });
});

describe('files', () => {
  it('have all runs: a table whose first column says which, and lines with their names', () => {
    const run = { ...shown(training(2)), name: 'Jan 1, "late"' };
    const csv = comparedCsv(training(3), [run], 'now').split('\n');
    expect(csv).toHaveLength(1 + 3 + 2 + 1);
    expect(csv[0]).toMatch(/^run,epoch,step/);
    expect(csv[1]).toMatch(/^now,0,0,0,1,2,/);
    expect(csv[4]).toMatch(/^"Jan 1, ""late""",0,0,0,1,2,/);
    const svg = svgOf([
      {
        title: 'Loss',
        xTitle: 'epoch',
        logarithmic: false,
        x: [],
        rows: new Uint32Array(0),
        lines: [],
        overlay: overlayOf([run], view, undefined, 300),
        format: String,
      },
    ]);
    expect(svg).toContain('Jan 1, &#34;late&#34;');
    expect(svg.match(/stroke="#0b62c4"/g)).toHaveLength(3);
    expect(svg).toContain('height="378"');
    expect(svg).not.toContain('NaN');
  });

  it('have names that no program for tables computes', () => {
    const formulas = ['=cmd|" /C calc"!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'];
    expect(formulas.map(csvText)).toEqual([
      `"'=cmd|"" /C calc""!A0"`,
      "'+1+1",
      "'-2+3",
      "'@SUM(A1)",
      "'\t=1",
      '"\'\r=1"',
    ]);
    expect(['now', '1 = 2', 'a-b', '𝑥'].map(csvText)).toEqual(['now', '1 = 2', 'a-b', '𝑥']);
    const csv = comparedCsv(training(2), [{ ...shown(training(2)), name: '=1+1' }], 'now');
    expect(csv).toContain("\n'=1+1,");
    // Numbers stay numbers, also those below 0.
    expect(csv).not.toMatch(/,'/);
  });
});

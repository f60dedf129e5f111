/** What a gradcheck found, in rows, sums and pictures: beside a list of all of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GradcheckEntry, Verdict } from '../../src/engine/gradcheck';
import { placeAt, placesIn, targetOf } from '../../src/engine/gradcheck/places';
import { GradcheckResults, type RowsRequest } from '../../src/engine/gradcheck/results';
import { strata } from '../../src/engine/gradcheck/strata';
import { VERDICTS } from '../../src/engine/gradcheck/verdicts';
import type { ParameterTable, TableKind } from '../../src/engine/plan';
import type { Target } from '../../src/engine/facts';

/** As of a dense layer, a batchNorm with its statistics, and a dense layer without biases. */
const shapes: readonly (readonly [number, TableKind, number, number])[] = [
  [0, 'weight', 3, 4],
  [0, 'bias', 3, 1],
  [1, 'weight', 3, 1],
  [1, 'bias', 3, 1],
  [1, 'mean', 3, 1],
  [1, 'variance', 3, 1],
  [2, 'weight', 2, 3],
];
const tables = shapes.reduce<readonly ParameterTable[]>((before, [layer, kind, rows, columns]) => {
  const last = before.at(-1);
  const offset = last ? last.offset + last.length : 0;
  const table = { layer, kind, rows, columns, offset, length: rows * columns };
  return [...before, { ...table, penalised: kind === 'weight' }];
}, []);
const isTrained = ({ kind }: ParameterTable): boolean => kind === 'weight' || kind === 'bias';
const COUNT = 33;
const trained = tables.filter(isTrained);

/** Every trained parameter with its place, written down one by one. */
const all = trained.flatMap(({ layer, kind, rows, columns, offset }) =>
  Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const target: GradcheckEntry['target'] =
      kind === 'weight' ? { type: 'weight', layer, row, column } : { type: 'bias', layer, row };
    return { index: offset + i, target };
  }),
);

describe('places', () => {
  it('are those of the targets, and back', () => {
    for (const { index, target } of all) {
      const place = placeAt(tables, index);
      expect(targetOf(place)).toEqual(target);
      expect([...placesIn(tables, target)]).toEqual([index]);
      expect(place.table.offset + place.row * place.table.columns + place.column).toBe(index);
    }
    for (const index of [-1, COUNT])
      expect(() => placeAt(tables, index)).toThrow(`parameter ${index}`);
  });

  it.each<[Target | undefined, (target: GradcheckEntry['target']) => boolean]>([
    [undefined, () => true],
    [{ type: 'loss' }, () => true],
    [{ type: 'layer', layer: 1 }, ({ layer }) => layer === 1],
    [{ type: 'layer', layer: -1 }, () => false],
    [{ type: 'neuron', layer: 0, row: 2 }, ({ layer, row }) => layer === 0 && row === 2],
    [{ type: 'neuron', layer: 1, row: 0 }, ({ layer, row }) => layer === 1 && row === 0],
    [{ type: 'bias', layer: 2, row: 0 }, () => false],
  ])('in %j', (target, isIn) => {
    const wanted = all.filter(each => isIn(each.target)).map(({ index }) => index);
    expect([...placesIn(tables, target)]).toEqual(wanted);
  });

  it('that stand for all are the ends of each table, and one of each stretch of it', () => {
    for (let count = 1; count <= 40; count++)
      for (const seed of [1, 2]) {
        const places = [...strata(tables, count, seed)];
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect([...strata(tables, count, seed)]).toEqual(places);
        expect(places).toHaveLength(Math.max(5, Math.min(count, all.length)));
        for (const { offset, length } of trained) {
          const own = places.filter(place => place >= offset && place < offset + length);
          expect(own[0]).toBe(offset);
          if (own.length > 1) expect(own.at(-1)).toBe(offset + length - 1);
          own.slice(1, -1).forEach((place, i) => {
            const [from, to] = [i + 1, i + 2].map(n => Math.floor((n * length) / own.length));
            expect(place - offset >= from && place - offset < to).toBe(true);
          });
        }
      }
    const drawn = [1, 2, 3, 4, 5, 6].map(seed => strata(tables, 12, seed).join());
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });
});

interface Found {
  readonly verdict: Verdict | undefined;
  readonly error: number;
  readonly numeric: number;
}

const found: fc.Arbitrary<Found> = fc.record({
  verdict: fc.constantFrom(...VERDICTS),
  error: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Infinity)),
  numeric: fc.integer({ min: -5, max: 5 }),
});
const anyFindings = fc.record({
  findings: fc.array(found, { minLength: all.length, maxLength: all.length }),
  gradient: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: COUNT, maxLength: COUNT }),
});

function resultsOf(findings: readonly Found[], gradient: readonly number[]) {
  const results = new GradcheckResults(tables, Float64Array.from(gradient));
  const entries = all.flatMap(({ index, target }, i) => {
    const { verdict, error, numeric } = findings[i];
    if (!verdict) return [];
    const entry: GradcheckEntry = { target, analytic: gradient[index], numeric, error, verdict };
    results.set(index, entry);
    return [{ index, entry }];
  });
  return { results, entries };
}

describe('what was found', () => {
  it('is summed up by table', () => {
    fc.assert(
      fc.property(anyFindings, ({ findings, gradient }) => {
        const { results, entries } = resultsOf(findings, gradient);
        const wanted = trained.map(({ layer, kind, offset, length }) => {
          const own = entries
            .filter(({ index }) => index >= offset && index < offset + length)
            .map(({ entry }) => entry);
          const count = (verdict: Verdict): number =>
            own.filter(entry => entry.verdict === verdict).length;
          const errors = own
            .filter(({ verdict }) => ['ok', 'look', 'fail'].includes(verdict))
            .map(({ error }) => error);
          const counts = {
            ...{ ok: count('ok'), look: count('look'), fail: count('fail') },
            ...{ tiny: count('tiny'), kink: count('kink'), flat: count('flat') },
          };
          const worst = errors.length > 0 ? Math.max(...errors) : NaN;
          return { layer, kind, parameters: length, checked: own.length, counts, worst };
        });
        expect(results.summaries()).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });

  it('comes in rows, sorted and filtered', () => {
    const requests = fc.record({
      order: fc.constantFrom('error', 'gradient', 'place'),
      doubtful: fc.constantFrom(undefined, true, false),
      layer: fc.constantFrom(undefined, 0, 1, 2, 3),
      start: fc.integer({ min: 0, max: 5 }),
      count: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(
        anyFindings,
        fc.array(requests, { minLength: 1, maxLength: 6 }),
        (given, asked) => {
          const { results, entries } = resultsOf(given.findings, given.gradient);
          for (const request of asked as readonly RowsRequest[]) {
            const { order, doubtful, layer, start, count } = request;
            const size = ({ error, analytic }: GradcheckEntry): number =>
              order === 'error' ? error : order === 'gradient' ? Math.abs(analytic) : 0;
            const rows = entries
              .map(({ entry }) => entry)
              .filter(({ target }) => layer === undefined || target.layer === layer)
              .filter(({ verdict }) => !doubtful || (verdict !== 'ok' && verdict !== 'tiny'))
              // Sorting is stable: equal ones stay as in the file.
              .sort((a, b) => (size(a) === size(b) ? 0 : size(a) < size(b) ? 1 : -1));
            expect(results.rows(request)).toEqual({
              total: rows.length,
              entries: rows.slice(start, start + count),
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is looked at anew when more of it has come', () => {
    const results = new GradcheckResults(tables, new Float64Array(COUNT));
    const request = { order: 'place', start: 0, count: 9 } as const;
    const entry = {
      target: all[1].target,
      analytic: 0,
      numeric: 2,
      error: 3,
      verdict: 'ok',
    } as const;
    expect(results.rows(request)).toEqual({ total: 0, entries: [] });
    results.set(1, entry);
    expect(results.rows(request)).toEqual({ total: 1, entries: [entry] });
  });

  it('is a picture in which each cell is the worst of its block', () => {
    fc.assert(
      fc.property(anyFindings, fc.integer({ min: 1, max: 5 }), ({ findings, gradient }, most) => {
        const { results, entries } = resultsOf(findings, gradient);
        const pictures = [0, 1, 2, 3].flatMap(layer => results.pictures(layer, most));
        const wanted = trained.map(({ layer, kind, rows, columns, offset }) => {
          const [height, width] = [Math.min(rows, most), Math.min(columns, most)];
          const cells = Array.from({ length: height * width }, (_, cell) => {
            const inside = entries
              .map(({ index, entry }) => ({ place: index - offset, entry }))
              .filter(({ place }) => {
                const down = Math.floor((Math.floor(place / columns) * height) / rows);
                const across = Math.floor(((place % columns) * width) / columns);
                return place >= 0 && place < rows * columns && down * width + across === cell;
              });
            const worst = inside
              .map(({ place, entry: { verdict, error } }) => {
                return { place, error, code: VERDICTS.indexOf(verdict) };
              })
              .sort((a, b) => b.code - a.code || (a.error === b.error ? 0 : b.error - a.error))[0];
            return worst ?? { place: undefined, error: 0, code: 0 };
          });
          return { layer, kind, rows, columns, height, width, cells };
        });
        expect(pictures).toHaveLength(wanted.length);
        pictures.forEach(({ verdicts, errors, places, ...rest }, i) => {
          const { cells, ...shape } = wanted[i];
          expect(rest).toEqual(shape);
          expect([...verdicts]).toEqual(cells.map(({ code }) => code));
          expect([...errors]).toEqual(cells.map(({ error }) => error));
          cells.forEach(({ place, error, code }, cell) => {
            // Of a cell of which nothing is known, or nothing but a right one without error, any place will do.
            if (place !== undefined && (error > 0 || code > 0)) expect(places[cell]).toBe(place);
          });
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** Several edits as one change of the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeTextEdits } from '../../src/network/compose';
import { applyTextEdits, planEdits } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';
import { formatJson } from '../../src/network/write';
import { edited, text, tools } from './support/trained';

describe('edits as one', () => {
  const editsArbitrary = (length: number) =>
    fc
      .array(
        fc.tuple(
          fc.nat({ max: length }),
          fc.nat({ max: 3 }),
          fc.constantFrom('', 'a', 'xy', '\r\n', '😀'),
        ),
        { maxLength: 5 },
      )
      .map(list => {
        let from = 0;
        return list
          .sort(([a], [b]) => a - b)
          .flatMap(([at, count, inserted]) => {
            const start = Math.max(at, from);
            const end = Math.min(start + count, length);
            if (start > length || (at < from && from > 0)) return [];
            from = end + 1;
            return [{ start, end, text: inserted }];
          });
      });

  it('do what they do one after the other, and touch nothing else', () => {
    const before = 'ab😀cd\r\nef\r\ngh';
    const pairs = editsArbitrary(before.length).chain(first =>
      editsArbitrary(applyTextEdits(before, first).length).map(second => [first, second] as const),
    );
    fc.assert(
      fc.property(pairs, ([first, second]) => {
        const after = applyTextEdits(applyTextEdits(before, first), second);
        const edits = composeTextEdits(before, first, second);
        expect(applyTextEdits(before, edits)).toBe(after);
        edits.forEach(({ start, end, text: inserted }, index) => {
          expect(before.slice(start, end)).not.toBe(inserted);
          if (index > 0) expect(start).toBeGreaterThan(edits[index - 1].end);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('are one change per place', () => {
    const { edits } = planEdits(text, [
      { type: 'setSeed', seed: 7 },
      { type: 'set', path: ['layers', 1, 'bias', 0], value: 9 },
      { type: 'setSeed', seed: 8 },
    ]);
    expect(edits.map(edit => [text.slice(edit.start, edit.end), edit.text])).toEqual([
      ['42', '8'],
      ['0.5', '9'],
    ]);
    const nothing = planEdits(text, [
      { type: 'setSeed', seed: 7 },
      { type: 'setSeed', seed: 42 },
    ]);
    expect(nothing.edits).toEqual([]);
    expect(planEdits(text, []).edits).toEqual([]);
  });

  it('never cut a line end or a character in two', () => {
    expect(
      composeTextEdits(
        'a\r\nb',
        [{ start: 1, end: 3, text: '\r' }],
        [{ start: 2, end: 2, text: 'x' }],
      ),
    ).toEqual([{ start: 1, end: 3, text: '\rx' }]);
  });

  it('build the same bytes in another order', () => {
    const start = formatJson({
      version: 1,
      input: { shape: [2] },
      layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
    });
    const dense = (units: number) => ({ type: 'dense', units, activation: 'sigmoid' });
    const forward: NetworkEdit[] = [
      { type: 'setInputs', size: 4 },
      { type: 'addLayer', index: 0, layer: dense(8) },
      { type: 'addLayer', index: 1, layer: dense(6) },
      { type: 'setUnits', layer: 2, units: 3 },
    ];
    const backward: NetworkEdit[] = [
      { type: 'setUnits', layer: 0, units: 3 },
      { type: 'addLayer', index: 0, layer: dense(6) },
      { type: 'addLayer', index: 0, layer: dense(8) },
      { type: 'setInputs', size: 4 },
    ];
    const one = applyTextEdits(start, planEdits(start, forward, tools).edits);
    const two = backward.reduce((own, edit) => edited(edit, own), start);
    expect(one).toBe(two);
    expect(parseNetwork(one).network?.layers.map(({ units }) => units)).toEqual([8, 6, 3]);
  });
});

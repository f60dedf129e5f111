/** Where the bad cells of a long CSV file are, of which reading holds one piece at a time. */
import { describe, expect, it } from 'vitest';
import { previewCsv } from '../../src/data/previewCsv';
import { Random } from '../../src/math/random';

type Place = readonly [line: number, column: string, text: string, kind: string];

/** Of a good row: so long that a few thousand are several pieces, and a line break in every fifth. */
const FILLING = '0'.repeat(300);
const ROWS = 9000;

/**
 * A file with some faults, and their places in the order of its lines.
 *
 * @param faults by row, from 0
 */
function written(
  header: boolean,
  faults: ReadonlyMap<number, readonly [string, Place[2], string]>,
) {
  const names = header ? ['x', 'filling', 'y', 'note'] : [1, 2, 3, 4].map(i => `column ${i}`);
  const places: Place[] = [];
  const lines = header ? [names.join(',')] : [];
  let line = lines.length + 1;
  for (let row = 0; row < ROWS; row++) {
    const [kind, text, column] = faults.get(row) ?? [];
    const cells = ['1.5', `"${row % 5 === 0 ? '\n' : ''}1${FILLING}"`, row % 2 ? 'b' : 'a', '7'];
    if (!header && row === 0) cells[2] = '3';
    if (kind === 'cells') cells.push('more');
    else if (column !== undefined) cells['xfyn'.indexOf(column)] = text ?? '';
    lines.push(cells.join(','));
    if (kind === 'cells') places.push([line, '', '5 / 4', kind]);
    else if (kind !== undefined)
      places.push([line, names['xfyn'.indexOf(column ?? '')] as string, text ?? '', kind]);
    line += row % 5 === 0 ? 2 : 1;
  }
  return { text: lines.join('\n'), places };
}

const found = (text: string) => {
  const { bad, badCount } = previewCsv('a.csv', text, text.length);
  const places = bad.map(({ line, column, text: cell, kind }): Place => [line, column, cell, kind]);
  return { places, badCount };
};

describe.each([
  ['with a header', true],
  ['without a header', false],
])('a long file %s', (_, header) => {
  it.each([
    ['in the first row but one', new Map([[1, ['text', '?', 'x'] as const]])],
    ['in the last row', new Map([[ROWS - 1, ['empty', '', 'n'] as const]])],
    ['a row too long in the middle', new Map([[ROWS / 2, ['cells', '', ''] as const]])],
    [
      'far apart, of several kinds and columns',
      new Map([
        [7, ['large', '1e999', 'x'] as const],
        [1800, ['empty', '', 'y'] as const],
        [5100, ['cells', '', ''] as const],
        [5101, ['text', 'none', 'n'] as const],
        [ROWS - 2, ['empty', '', 'x'] as const],
      ]),
    ],
  ])('has its bad cells found: %s', (_, faults) => {
    const { text, places } = written(header, faults);
    expect(text.length).toBeGreaterThan(5 * 2 ** 19);
    expect(found(text)).toEqual({ places, badCount: faults.size });
  });

  it('shows the first twenty of those that chance has put somewhere', () => {
    const random = new Random(5, 'places');
    const kinds = [
      ['text', '?', 'x'],
      ['empty', '', 'x'],
      ['empty', '', 'y'],
      ['large', '-1e999', 'n'],
      ['cells', '', ''],
    ] as const;
    const faults = new Map(
      Array.from({ length: 60 }, () => [1 + random.below(ROWS - 1), kinds[random.below(5)]]),
    );
    const { text, places } = written(header, faults);
    expect(found(text)).toEqual({ places: places.slice(0, 20), badCount: faults.size });
  });
});

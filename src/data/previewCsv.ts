/** Looks at a CSV file as a whole, for a person who will choose from it. Holds no more of it than one piece. */
import { grouped } from '../network/setting';
import { shortened } from '../network/shortened';
import { firstPlaces } from './csvColumns';
import type { BadCell, CsvColumn, CsvPreview } from './preview';
import { LONGEST_ROW, openRecords } from './recordReader';
import type { Head, RecordReader, Row } from './recordReader';
import { atOnce, STEP_SIZE } from './steps';
import type { Steps } from './steps';
import { faultOf, MAX_DIFFERENT, PLACES, releaseSome, Values } from './values';

const HEAD = 8;
const EXAMPLES = 20;
const LONGEST = 60;

/**
 * Reads a whole file as a network's `data.csv` would, but lists what is wrong instead of refusing it.
 * An empty text has no columns, a header alone has no rows.
 *
 * @param path as the network names it  @param bytes size of the file
 */
export function previewCsv(path: string, text: string, bytes: number): CsvPreview {
  return atOnce(previewingCsv(path, text, bytes));
}

/** The same, with pauses. */
export function* previewingCsv(path: string, text: string, bytes: number): Steps<CsvPreview> {
  const reader = yield* openRecords(text);
  const seen = new Seen();
  yield* seen.add(reader.read(), reader);
  while (!reader.isDone && !seen.isFull) {
    yield reader.part;
    const rows = reader.read();
    yield reader.part;
    yield* seen.add(rows, reader);
  }
  const { names, delimiter, header, decimalComma } = reader.head;
  const columns: CsvColumn[] = [];
  for (const [index, name] of names.entries()) {
    if (index % STEP_SIZE === STEP_SIZE - 1) yield 1;
    columns.push(describe(name, index, seen));
  }
  const unread = unreadPlace(reader, seen);
  const quotes = quotePlaces(reader);
  if (names.length > STEP_SIZE) yield 1;
  const twice = namePlaces(reader.head);
  const blocking = unread.length + quotes.length + twice.count + seen.ragged;
  const spoilt = columns.reduce((sum, { bad }) => sum + bad, 0);
  const inRows = yield* firstInRows(reader, columns, seen);
  const bad = [...quotes, ...twice.first, ...inRows].sort((a, b) => a.line - b.line);
  return {
    ...{ path, bytes, rows: seen.rows, delimiter, header, decimalComma, columns, head: seen.head },
    bad: [...unread, ...bad].slice(0, PLACES),
    ...{ badCount: blocking + spoilt, blocking },
  };
}

/** What has been seen of a file so far. */
class Seen {
  rows = 0;
  ragged = 0;
  /** The first pieces with a row of another number of cells. */
  readonly raggedIn: number[] = [];
  readonly head: string[][] = [];
  /** A column each. */
  readonly values: Values[] = [];
  /** Whether its columns have more different texts than can be held. */
  isFull = false;
  #pieces = 0;

  /** @param rows the next ones of the file  @param reader that has read them */
  *add(rows: readonly Row[], { head, part }: RecordReader): Steps<void> {
    const { names, decimalComma } = head;
    while (this.values.length < names.length) {
      if (this.values.push(new Values()) % (STEP_SIZE / 4) === 0) yield part;
    }
    this.rows += rows.length;
    const first = rows.slice(0, HEAD - this.head.length);
    this.head.push(...first.map(({ cells }) => cells.map(each => shortened(each, LONGEST))));
    const whole = rows.filter(({ cells }) => cells.length === names.length);
    this.ragged += rows.length - whole.length;
    if (whole.length < rows.length && this.raggedIn.length < PLACES)
      this.raggedIn.push(this.#pieces);
    const step = Math.ceil(STEP_SIZE / (whole.length + 1));
    for (const [index, values] of this.values.entries()) {
      if (index > 0 && index % step === 0) yield part;
      values.look(whole, index, decimalComma, this.#pieces);
    }
    this.#pieces++;
    this.isFull = releaseSome(this.values);
  }
}

/** Where reading has ended before the end of the file: then no choice of columns helps, and what is told is of a part. */
function unreadPlace({ endless, quote, line }: RecordReader, { isFull, values }: Seen): BadCell[] {
  if (isFull || values.some(({ isLost }) => isLost)) {
    const text = grouped(MAX_DIFFERENT);
    return [{ line, column: '', text, kind: 'size' }];
  }
  if (!endless || quote) return [];
  const text = grouped(LONGEST_ROW);
  return [{ line: endless.line, column: '', text, kind: 'endless' }];
}

function quotePlaces({ quote }: RecordReader): BadCell[] {
  if (!quote) return [];
  return [{ line: quote.row.line, column: '', text: '', kind: 'quote' }];
}

/** Names that another column has before: how many there are, and the first of them. */
function namePlaces({ names, header }: Head): { count: number; first: readonly BadCell[] } {
  if (!header) return { count: 0, first: [] };
  const places = firstPlaces(names);
  const first: BadCell[] = [];
  let count = 0;
  names.forEach((name, index) => {
    if (name === '' || places.get(name) === index || count++ >= PLACES) return;
    first.push({ line: 1, column: name, text: shortened(name, LONGEST), kind: 'name' });
  });
  return { count, first };
}

function describe(name: string, index: number, { values }: Seen): CsvColumn {
  const seen = values[index];
  const any = seen.numbers > 0;
  return {
    name,
    type: seen.type,
    distinct: seen.different.size,
    examples: seen.different.first(EXAMPLES).map(each => shortened(each, LONGEST)),
    least: any ? seen.least : NaN,
    most: any ? seen.most : NaN,
    whole: any && seen.whole,
    ascending: any && seen.ascending,
    bad: seen.bad,
  };
}

/**
 * The first bad places in rows. What a bad cell is, only the whole column tells: so the pieces that have some are cut once
 * more, as far as needed.
 */
function* firstInRows(
  reader: RecordReader,
  columns: readonly CsvColumn[],
  { values, raggedIn }: Seen,
): Steps<BadCell[]> {
  const spoilt: Spoilt[] = [];
  const pieces = new Set(raggedIn);
  for (const [index, { bad, name, type }] of columns.entries()) {
    if (bad === 0) continue;
    spoilt.push({ name, type, index });
    for (const piece of values[index].badIn) pieces.add(piece);
  }
  const found: BadCell[] = [];
  for (const piece of [...pieces].sort((a, b) => a - b)) {
    yield 1;
    for (const row of reader.again(piece)) {
      found.push(...placesIn(row, spoilt, reader.head));
      if (found.length >= PLACES) return found;
    }
  }
  return found;
}

type Spoilt = Pick<CsvColumn, 'name' | 'type'> & { readonly index: number };

function placesIn({ cells, line }: Row, spoilt: readonly Spoilt[], head: Head): BadCell[] {
  const expected = head.names.length;
  if (cells.length !== expected) {
    const text = `${cells.length} / ${expected}`;
    return [{ line, column: '', text, kind: 'cells' }];
  }
  const places: BadCell[] = [];
  for (const { name, type, index } of spoilt) {
    const text = cells[index].trim();
    const kind = faultOf(text, type, head.decimalComma);
    if (kind) places.push({ line, column: name, text: shortened(text, LONGEST), kind });
    if (places.length === PLACES) break;
  }
  return places;
}

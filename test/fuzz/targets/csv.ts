/** CSV files: of any delimiter, quotes, line ends and encoding, read as bytes and as text. */
import fc from 'fast-check';
import { codecs } from '../../../src/cli/codecs';
import { chooseColumns, inferNetwork, InferError } from '../../../src/data/infer';
import { previewCsv, previewingCsv } from '../../../src/data/previewCsv';
import type { LoadedDataset } from '../../../src/data/load';
import type { Dataset } from '../../../src/data/dataset';
import { formatJson } from '../../../src/network/write';
import { parseNetwork } from '../../../src/network/parse';
import { mutated } from '../mutation';
import { csvTexts, utf8 } from '../seeds';
import { rest } from '../gauge';
import { must } from '../target';
import type { Answer, Target } from '../target';
import { csvExtremes } from './csvExtremes';
import { loadFor } from './dataNetworks';
import type { Learner } from './dataNetworks';

export interface CsvInput {
  readonly bytes: Uint8Array;
  readonly target: string | readonly string[];
  readonly inputs?: readonly string[];
  readonly learner: Learner;
}

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(String) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 255 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['', ' ', 'a', 'b', 'yes', '"a"', '"a ""b"""', '"1"', '"x,y"', '"', 'a"b', '"a"b', 'NaN'],
      ...['inf', '-Infinity', '1e999', '1e308', '-1e308', '5e-324', '-0', '+1', '1.', '.5', '1,5'],
      ...[
        '1e',
        '0x10',
        '1_000',
        '1 000',
        '\u00a01',
        '=1+1',
        '日本',
        '😀',
        '9'.repeat(400),
        '0.1e-400',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);
const name = fc.constantFrom('a', 'b', 'c', 'y', 'x1', '', ' ', 'a', '"q"', '1', '__proto__', 'é');
const rows = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 }), fc.boolean())
  .chain(([columns, count, tidy]) =>
    fc.tuple(
      fc.array(name, { minLength: columns, maxLength: columns }),
      fc.array(
        fc.array(tidy ? fc.integer({ min: -9, max: 300 }).map(String) : cell, {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: count, maxLength: count },
      ),
    ),
  )
  .map(([header, cells]) => [header, ...cells]);

const written = fc
  .tuple(
    rows,
    fc.constantFrom(',', ';', '\t', '|', ', '),
    fc.constantFrom('\n', '\r\n', '\r', '\n\n'),
  )
  .map(([cells, delimiter, end]) => cells.map(row => row.join(delimiter)).join(end));

/** A text as programs of others save it. */
const encoded = fc
  .tuple(written, fc.constantFrom('utf8', 'utf8', 'utf8', 'mark', 'utf16', 'latin1'))
  .map(([text, encoding]): Uint8Array => {
    if (encoding === 'mark') return utf8(`\ufeff${text}`);
    if (encoding === 'utf16') return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    return encoding === 'latin1' ? new Uint8Array(Buffer.from(text, 'latin1')) : utf8(text);
  });

const words = [
  ',',
  ';',
  '\t',
  '|',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  '\u0000',
  '1e999',
  'NaN',
  [0xff],
  [0xef, 0xbb, 0xbf],
];

const learner: fc.Arbitrary<Learner> = fc.record({
  inputs: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  classes: fc.boolean(),
  normalize: fc.constantFrom('none', 'standard', 'minMax'),
  precision: fc.constantFrom('float32', 'float64'),
  validation: fc.constantFrom(0, 0.2, 0.9),
});

/** Most of them ask for as many columns as there are. */
const csvInput: fc.Arbitrary<CsvInput> = fc
  .record({
    bytes: fc.oneof(encoded, mutated(csvTexts.map(utf8), words)),
    target: fc.oneof(
      fc.constantFrom('y', 'a', 'b', 'species', 'digit', 'column 1', '__proto__'),
      fc.array(name, { minLength: 1, maxLength: 3 }),
    ),
    inputs: fc.option(fc.array(name, { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 2 }),
    learner,
    fits: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ fits, ...input }) => (fits > 0 ? fitted(input) : input));

/** With the target that a person would choose, and the sizes that go with it. */
function fitted(input: CsvInput): CsvInput {
  const preview = previewCsv('a.csv', codecs.decode(input.bytes), input.bytes.length);
  const { inputs, target } = chooseColumns(preview);
  if (target === undefined || inputs.length === 0 || inputs.length > 100) return input;
  const { type, distinct } = preview.columns.find(({ name }) => name === target) ?? { distinct: 1 };
  const outputs = type === 'class' && distinct > 2 ? Math.min(distinct, 100) : 1;
  const learner = { ...input.learner, inputs: inputs.length, outputs, classes: outputs > 1 };
  return { ...input, target, inputs, learner };
}

export const csv: Target<CsvInput> = {
  what: 'CSV: bytes to data, preview, a network for it',
  runs: 8_000,
  arbitrary: csvInput,
  extremes: csvExtremes,
  judge: judgeCsv,
  bytes: ({ bytes }) => bytes,
};

async function judgeCsv(input: CsvInput): Promise<Answer> {
  const { bytes, target, inputs, learner } = input;
  const source = { csv: 'a.csv', target, ...(inputs && { inputs }) };
  const loaded = await loadFor(learner, source, { 'a.csv': bytes }, codecs);
  const text = codecs.decode(bytes);
  const asText = await loadFor(learner, source, { 'a.csv': text }, codecs);
  sameData(loaded, asText);
  rest();
  look(text, bytes.length);
  rest();
  if (!loaded?.dataset) return 'refused';
  await roundTrip(input, loaded.dataset);
  return 'accepted';
}

/** The quick way and the slow way find the same. */
function sameData(a: LoadedDataset | undefined, b: LoadedDataset | undefined): void {
  // As bytes there may be more of them.
  if (b?.issues.some(({ code }) => code === 'data.csv.size')) return;
  must(!!a?.dataset === !!b?.dataset, () => `As bytes: ${told(a)}; as a text: ${told(b)}`);
  if (!a?.dataset || !b?.dataset) return;
  must(a.dataset.samples === b.dataset.samples, () => 'As a text there are other samples');
  const [one, other] = [a.dataset.targets, b.dataset.targets];
  must(
    one.every((value, i) => Object.is(value, other[i])),
    () => 'As a text: other targets',
  );
}

function told(loaded: LoadedDataset | undefined): string {
  return loaded?.dataset ? 'data' : (loaded?.issues.map(({ message }) => message).join() ?? 'none');
}

/** What a person sees before; and the network that is made of it can be read. */
function look(text: string, length: number): void {
  const steps = previewingCsv('a.csv', text, length);
  let next = steps.next();
  for (; !next.done; next = steps.next()) rest();
  const preview = next.value;
  rest();
  try {
    const made = parseNetwork(formatJson(inferNetwork(preview)));
    const [fault] = made.issues.filter(({ severity }) => severity === 'error');
    must(!!made.network, () => `The network made for it is refused: ${fault?.message}`);
  } catch (error) {
    if (!(error instanceof InferError)) throw error;
  }
}

/** The numbers that were read, written plainly, are read as the same. */
async function roundTrip({ learner }: CsvInput, data: Dataset): Promise<void> {
  const { samples, inputSize, outputSize, inputs, targets } = data;
  if (data.normalization || inputs.type !== 'numbers' || samples > 200) return;
  const names = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, k) => `${letter}${k + 1}`);
  const [x, y] = [names('x', inputSize), names('y', outputSize)];
  const line = (s: number): string =>
    [
      ...inputs.values.subarray(s * inputSize, (s + 1) * inputSize),
      ...targets.subarray(s * outputSize, (s + 1) * outputSize),
    ]
      .map(value => (Object.is(value, -0) ? '-0' : String(value)))
      .join(',');
  const text = [[...x, ...y].join(','), ...Array.from({ length: samples }, (_, s) => line(s))];
  const plain = { ...learner, classes: false, normalize: 'none', validation: 0 } as const;
  const source = { csv: 'a.csv', target: y, inputs: x };
  const again = await loadFor(plain, source, { 'a.csv': utf8(text.join('\n')) }, codecs);
  const found = again?.dataset;
  must(!!found, () => `What was read is refused when written: ${again?.issues[0]?.message}`);
  must(
    targets.every((value, i) => Object.is(value, found.targets[i])) &&
      inputs.values.every((value, i) => Object.is(value, Number(found.inputs.values[i]))),
    () => 'What was read has other numbers when written',
  );
}

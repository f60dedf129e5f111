/** Files of kept and of unfinished runs. */
import fc from 'fast-check';
import { pack, PackedError, unpack } from '../../../src/export/packed';
import { networkOf, readRun, readSummary, RunFileError } from '../../../src/runs/readRun';
import { readUnfinished } from '../../../src/runs/unfinished';
import { mutated, mutatedJson } from '../mutation';
import { networkValues, utf8 } from '../seeds';
import { rest } from '../gauge';
import { must } from '../target';
import type { Answer, Extreme, Target } from '../target';
import { checkMessage } from './issues';

const head = {
  ...{ format: 'nabla-run', version: 1, file: 'a.nn.json', sha256: 'ab'.repeat(32), seed: 1 },
  ...{ begun: '2026-01-31T12:00:00.000Z', engine: { name: 'reference', precision: 'float32' } },
  network: networkValues[0],
};
const rows = [1, 2, 3].map(epoch => ({ epoch, step: 4 * epoch, loss: 1 / epoch, accuracy: null }));
const result = {
  reason: 'finished',
  epochs: 3,
  steps: 12,
  seconds: 0.5,
  lossBefore: 1,
  loss: 0.25,
};
const lines = [head, ...rows, result];
const run = utf8(lines.map(line => JSON.stringify(line)).join('\n'));

const packed = pack({
  ...{ format: 'nabla-unfinished', version: 1, uri: 'file:///a.nn.json', engine: { threads: NaN } },
  ...{ begun: { at: '2026', text: utf8('{}') }, text: utf8('{}'), moment: Uint8Array.of(1, 2, 3) },
  history: { names: ['loss'], values: Float64Array.of(1, NaN, -0) },
});

const words = [
  '{',
  '}',
  '[',
  '"',
  ',',
  '\n',
  'null',
  '"$array":',
  '{"$array":5}',
  '{"$number":"x"}',
  '1e9',
  '["f64",0,9]',
  '__proto__',
  [0xff],
];

const otherLines = mutatedJson([lines], ['epoch', 'loss', '__proto__', 'reason']).map(value =>
  utf8((Array.isArray(value) ? value : [value]).map(line => JSON.stringify(line)).join('\n')),
);

const otherPacked = mutatedJson(
  [
    { format: 'nabla-unfinished', version: 1, a: { $array: ['f64', 0, 1] }, b: { $number: 'NaN' } },
    { $array: ['u8', 0, 8] },
  ],
  ['$array', '$number', '__proto__'],
).map(value => {
  const text = utf8(JSON.stringify(value));
  const file = new Uint8Array(8 * Math.ceil((8 + text.length) / 8) + 8);
  file.set(utf8('NBLP'));
  new DataView(file.buffer).setUint32(4, text.length, true);
  file.set(text, 8);
  return file;
});

const extremes: readonly Extreme<Uint8Array>[] = [
  {
    name: '20,000 rows with names of their own',
    make: () =>
      utf8(
        [JSON.stringify(head), ...Array.from({ length: 20_000 }, (_, i) => `{"k${i}":1}`)].join(
          '\n',
        ),
      ),
  },
  { name: 'a first line of 50 MB', make: () => utf8('x'.repeat(50_000_000)) },
  { name: '50 MB of line ends', make: () => utf8(JSON.stringify(head) + '\n'.repeat(50_000_000)) },
  {
    name: '10 MB of lines that are none',
    make: () => utf8(JSON.stringify(head) + '\n{'.repeat(5_000_000)),
  },
  {
    name: 'a million rows',
    make: () => utf8(JSON.stringify(head) + '\n{"epoch":1,"loss":0.5}'.repeat(1_000_000)),
  },
  {
    name: 'a version nested 10,000 deep',
    make: () => utf8(`{"format":"nabla-run","version":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  },
];

export const runs: Target<Uint8Array> = {
  what: 'files of kept and unfinished runs',
  runs: 15_000,
  arbitrary: fc.oneof(mutated([run, packed], words), otherLines, otherPacked),
  extremes,
  judge: judgeRuns,
  bytes: bytes => bytes,
};

function judgeRuns(bytes: Uint8Array): Answer {
  const text = new TextDecoder().decode(bytes);
  const answers = [
    () => promised(RunFileError, () => readSummary(text)),
    () => promised(RunFileError, () => networkOf(readRun(text).head)),
    () => promised(RunFileError, () => checkRun(text)),
    () => promised(PackedError, () => unpack(bytes)),
    () => promised(PackedError, () => readUnfinished(bytes)),
  ].map(ask => {
    rest();
    return ask();
  });
  return answers.includes('accepted') ? 'accepted' : 'refused';
}

function checkRun(text: string): void {
  const { columns, faults } = readRun(text);
  const lengths = new Set([...columns.values()].map(({ length }) => length));
  must(lengths.size <= 1, () => 'Columns differ in length');
  must(faults.length <= 1000, () => `${faults.length} faults are told`);
  for (const fault of faults) checkMessage('run', fault);
}

/** Answers, or refuses with the error that it names. */
export function promised(error: new (message: string) => Error, read: () => unknown): Answer {
  try {
    read();
    return 'accepted';
  } catch (thrown) {
    if (!(thrown instanceof error)) throw thrown;
    checkMessage(thrown.name, thrown.message);
    return 'refused';
  }
}

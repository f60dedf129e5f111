/** `nabla predict FILE (--input "[…]" | --data) [--engine NAME] [--json]` */
import type { Dataset } from '../data/dataset';
import { inputsOf } from '../data/inputs';
import { applyNormalization } from '../data/normalize';
import { createTrainer } from '../engine/createTrainer';
import type { Trainer } from '../engine/trainer';
import type { Arguments } from './arguments';
import { inputsDocument, readyDocument, requireDataset } from './document';
import type { ReadyDocument } from './document';
import { NOTHING, placeEngine } from './engine';
import { CheckError, UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { jsonLine } from './printable';
import { numbered } from './sampleNumber';
import { alignColumns, formatNumber } from './table';

export async function predictCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const placed = await placeEngine(call, io, NOTHING);
  if (typeof placed === 'number') return placed;
  const inputText = call.values.get('input');
  const open = inputText === undefined ? readyDocument : inputsDocument;
  const document = await open(call.file, io);
  const { network, dataset } = document;
  const asked =
    inputText === undefined
      ? requireDataset(call.file, document, 'predict --data')
      : inputsOnly(inputText, document);
  const trainer = createTrainer(network, asked, { engine: placed.engine });
  const outputs = predictAll(trainer, asked);
  checkFinite(call.file, outputs, asked.targetNames);
  if (call.flags.has('json'))
    io.stdout(jsonLine({ engine: { ...placed.facts, ...trainer.engine }, outputs }));
  else {
    const targets = inputText === undefined ? asked.targets : undefined;
    io.stdout(predictionTable(outputs, dataset ?? asked, targets));
  }
  return 0;
}

/** Samples that are numbers at one time: the others stay as they are held. */
const SAMPLES_AT_ONCE = 1024;

function predictAll(trainer: Trainer, dataset: Dataset): number[][] {
  const { samples, outputSize } = dataset;
  const outputs: number[][] = [];
  for (let start = 0; start < samples; start += SAMPLES_AT_ONCE) {
    const count = Math.min(SAMPLES_AT_ONCE, samples - start);
    const flat = trainer.predict(inputsOf(dataset, start, count), count);
    for (let i = 0; i < count; i++)
      outputs.push([...flat.subarray(i * outputSize, (i + 1) * outputSize)]);
  }
  return outputs;
}

/** Numbers that overflowed are no prediction. */
function checkFinite(file: string, outputs: readonly number[][], names: readonly string[]): void {
  const sample = outputs.findIndex(row => !row.every(Number.isFinite));
  if (sample < 0) return;
  const k = outputs[sample].findIndex(value => !Number.isFinite(value));
  throw new CheckError(
    `${file}: the output ${names[k]} of ${numbered(sample)} is ${outputs[sample][k]}, no finite number: the weights, biases or inputs are too large. Correct them, or train the network anew.`,
  );
}

/** The inputs of the command line as a data set: raw numbers, brought to the scale of the network's data. */
function inputsOnly(text: string, { shapes, dataset }: ReadyDocument): Dataset {
  const rows = parseInputs(text, shapes.inputSize);
  const { inputSize, outputSize } = shapes;
  const raw = Float64Array.from(rows.flat());
  const normalization = dataset?.normalization;
  return {
    samples: rows.length,
    inputSize,
    outputSize,
    inputs: {
      type: 'numbers',
      values: normalization ? applyNormalization(raw, normalization) : raw,
    },
    targets: new Float64Array(rows.length * outputSize),
    training: Uint32Array.from(rows, (_, i) => i),
    validation: new Uint32Array(0),
    inputNames: dataset?.inputNames ?? rows[0].map((_, k) => `x${k + 1}`),
    targetNames: dataset?.targetNames ?? Array.from({ length: outputSize }, (_, k) => `y${k + 1}`),
    classNames: dataset?.classNames,
    normalization,
  };
}

/** `[1, 2]` or `[[1, 2], [3, 4]]`, each as long as the network is wide. */
function parseInputs(text: string, inputSize: number): number[][] {
  const fault = (found: string): UsageError =>
    new UsageError(
      `--input takes ${inputSize} numbers as JSON, "[1, 0.5]", or a list of such lists, found ${found}`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault(`"${text}"`);
  }
  if (!Array.isArray(value) || value.length === 0) throw fault(`"${text}"`);
  const rows: unknown[] = value.some(Array.isArray) ? value : [value];
  return rows.map((row, i) => {
    if (!Array.isArray(row) || !row.every(Number.isFinite)) throw fault(JSON.stringify(row));
    if (row.length !== inputSize) {
      throw fault(`${row.length}${rows.length > 1 ? ` in list ${i}` : ''}`);
    }
    return row as number[];
  });
}

/** One sample a line: its outputs, the class they stand for, the target where it is known. */
function predictionTable(
  outputs: readonly (readonly number[])[],
  { targetNames, classNames }: Dataset,
  targets: Float64Array | undefined,
): string {
  const name = (values: readonly number[]): string => classNames?.[classIndex(values)] ?? '';
  const head = ['index', ...targetNames, ...(classNames ? ['class'] : [])];
  if (targets) head.push('target');
  const rows = outputs.map((values, i) => {
    const row = [String(i), ...values.map(formatNumber)];
    if (classNames) row.push(name(values));
    const target = targets?.subarray(i * values.length, (i + 1) * values.length);
    if (target) row.push(classNames ? name([...target]) : [...target].map(formatNumber).join(' '));
    return row;
  });
  return alignColumns([head, ...rows], []);
}

/** One output: below or above one half. Several: the largest. */
function classIndex(values: readonly number[]): number {
  return values.length === 1 ? Number(values[0] >= 0.5) : values.indexOf(Math.max(...values));
}

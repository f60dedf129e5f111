/** From a network's `data` to a data set in memory: read, encode, split, normalise. */
import type { Data, InlineSample, JsonPath, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import { MAX_CELLS, readingCsv } from './csv';
import { csvError } from './csvColumns';
import type { CsvSource } from './csvColumns';
import type { Dataset } from './dataset';
import { generate, generatedSamples } from './generators';
import { count, dataIssue, listNames } from './issue';
import type { DataIssue } from './issue';
import { readIdx } from './idx';
import { withClassesOf } from './knownClasses';
import { normalization, normalizationLike, normalizedInputs } from './normalize';
import type { Normalization } from './normalize';
import { readPlainCsv } from './plainCsv';
import { checkPrecision, checkStatistics } from './precision';
import { splitSamples } from './split';
import type { Split } from './split';
import { atOnce, MAX_TEXT_BYTES, STEP_SIZE } from './steps';
import type { Codecs, DataFiles, Steps } from './steps';
import type { RawInputs, ReadTable, Table } from './table';
import { encodeTargets } from './targets';

/** `dataset` is there exactly when the network has samples and no issue is an error. */
export interface LoadedDataset {
  readonly dataset?: Dataset;
  readonly issues: readonly DataIssue[];
}

/**
 * At once, from files that are texts. What may take long is loaded by a {@link LoadJob}.
 *
 * @param shapes of the same network
 * @param files contents of the files that `dataFiles(network)` names, by the same names
 */
export function loadDataset(
  network: Network,
  shapes: NetworkShapes,
  files: Readonly<Record<string, string>>,
): LoadedDataset {
  return atOnce(loading(network, shapes, files, NO_CODECS));
}

function unneeded(): never {
  throw new Error('Texts are loaded without codecs.');
}

const NO_CODECS: Codecs = { decode: unneeded, inflate: unneeded };

/**
 * @param files as for {@link loadDataset}, also as bytes
 * @param like the data that the network is trained with, where others are loaded: their classes and their scale count
 */
export function* loading(
  network: Network,
  shapes: NetworkShapes,
  files: DataFiles,
  codecs: Codecs,
  like?: Dataset,
): Steps<LoadedDataset> {
  const { data } = network;
  if (!data) return { issues: [] };
  const found = yield* readTable(data, network, files, codecs);
  const place = targetPlace(data);
  const read = like ? withClassesOf(like, found, place) : found;
  if (!read.table) return read;
  return yield* fitted(read.table, read.issues, { ...network, data }, shapes, like);
}

/** Encoded, split and normalised, as the network takes it. */
function* fitted(
  table: Table,
  told: readonly DataIssue[],
  network: Network & { readonly data: Data },
  shapes: NetworkShapes,
  like: Dataset | undefined,
): Steps<LoadedDataset> {
  const { data } = network;
  const place = targetPlace(data);
  const inputIssue = checkInputs(table, shapes, network, inputPlace(data));
  const isLong = table.samples > STEP_SIZE;
  if (isLong) yield 1;
  const { encoded, issues } = encodeTargets(table, network, shapes, place);
  const all = [...told, ...(inputIssue ? [inputIssue] : []), ...issues];
  if (!encoded || inputIssue) return { issues: all };
  if (isLong) yield 1;
  const split = splitSamples(table.samples, data.validation, network.seed);
  const splitIssue = checkSplit(split, data);
  if (splitIssue) all.push(splitIssue);
  if (split.training.length === 0) return { issues: all };
  const { inputs, rowNumbers } = table;
  const { inputSize, outputSize } = shapes;
  const scale = yield* scaleOf(data, inputs, inputSize, split, like);
  const overflow = checkStatistics(scale, table.inputNames, inputPlace(data));
  if (overflow) return { issues: [...all, overflow] };
  const dataset: Dataset = {
    samples: table.samples,
    ...{ inputSize, outputSize },
    ...normalizedInputs(inputs, inputSize, scale),
    ...encoded,
    ...split,
    inputNames: network.input.names ?? table.inputNames,
    ...(rowNumbers && { rowNumbers }),
  };
  if (isLong) yield 1;
  const places = { inputs: inputPlace(data), targets: place };
  const tooLarge = checkPrecision(dataset, table, network, places);
  if (tooLarge.length > 0) return { issues: [...all, ...tooLarge] };
  return { dataset, issues: all };
}

function* scaleOf(
  { normalize }: Data,
  inputs: RawInputs,
  inputSize: number,
  { training }: Split,
  like: Dataset | undefined,
): Steps<Normalization | undefined> {
  if (like) return normalizationLike(like, inputs);
  return yield* normalization(normalize, inputs, inputSize, training);
}

function* readTable(
  data: Data,
  network: Network,
  files: DataFiles,
  codecs: Codecs,
): Steps<ReadTable> {
  const { source } = data;
  const layer = network.layers.length - 1;
  const { activation, units } = network.layers[layer];
  const classes = activation === 'softmax';
  if (source.type === 'inline') return readInline(source.samples, network);
  if (source.type === 'generator') {
    const samples = generatedSamples(source.name, source.samples, source.noise);
    if (samples * 3 > MAX_CELLS) {
      const message = `${samples} samples are too many, at most ${Math.floor(MAX_CELLS / 3)} can be held in memory: set data.samples lower.`;
      return { issues: [dataIssue('data.size', 'error', ['data', 'samples'], message)] };
    }
    return { table: generate(source.name, samples, source.noise, network.seed), issues: [] };
  }
  if (source.type === 'idx')
    return yield* readIdx(source, files, codecs, { classes, outputs: units, layer });
  const content = Object.hasOwn(files, source.path) ? files[source.path] : undefined;
  if (content === undefined) {
    const message = `The data file ${source.path} could not be read: it must lie beside the network file (paths are relative to it).`;
    return { issues: [csvError('missing', message)] };
  }
  return typeof content === 'string'
    ? yield* readingCsv(source, content, classes)
    : yield* readCsvBytes(source, content, codecs, classes);
}

/** What is not plain is read as a text, unless that would not fit into memory. */
function* readCsvBytes(
  source: CsvSource,
  bytes: Uint8Array,
  codecs: Codecs,
  classes: boolean,
): Steps<ReadTable> {
  const plain = yield* readPlainCsv(source, bytes, codecs, classes);
  if (plain.type === 'table') return { table: plain.table, issues: [] };
  if (bytes.length <= MAX_TEXT_BYTES) {
    if (bytes.length > STEP_SIZE) yield 0;
    return yield* readingCsv(source, codecs.decode(bytes), classes);
  }
  if (plain.type === 'wrong') return { issues: plain.issues };
  const size = `${Math.ceil(bytes.length / MEGABYTE)} MB`;
  const message = `${source.path} has ${size}: more than ${MAX_TEXT_BYTES / MEGABYTE} MB are read only where all cells that are used are plain numbers and all rows have as many cells. Line ${plain.line} has ${plain.what}: correct it, or use a smaller part of the file.`;
  return { issues: [csvError('odd', message)] };
}

const MEGABYTE = 1024 * 1024;

/** Samples written in the network file; the first one decides the sizes. */
function readInline(
  samples: readonly InlineSample[],
  network: Network,
): { table?: Table; issues: DataIssue[] } {
  if (samples.length === 0) return { issues: [] }; // as without data; the parser has said so
  const issues: DataIssue[] = [];
  const [first] = samples;
  samples.forEach((sample, i) => {
    for (const key of ['x', 'y'] as const) {
      const path = ['data', 'inline', i, key];
      const expected = first[key].length;
      const bad = sample[key].findIndex(value => !Number.isFinite(value));
      if (sample[key].length !== expected) {
        const message = `Sample ${i} has ${count(sample[key].length, 'number')} in ${key}, sample 0 has ${expected}: all samples must have as many.`;
        issues.push(dataIssue('data.inline.size', 'error', path, message));
      } else if (bad >= 0) {
        const message = `Sample ${i} has ${sample[key][bad]} in ${key}: only finite numbers can be learnt.`;
        issues.push(dataIssue('data.inline.number', 'error', [...path, bad], message));
      }
    }
  });
  if (issues.length > 0) return { issues: issues.slice(0, 20) };
  const outputs = first.y.length;
  const table: Table = {
    samples: samples.length,
    inputNames: network.input.names ?? first.x.map((_, k) => `x${k + 1}`),
    inputs: { type: 'numbers', values: Float64Array.from(samples.flatMap(sample => sample.x)) },
    target: {
      type: 'numbers',
      names: first.y.map((_, k) => (outputs === 1 ? 'y' : `y${k + 1}`)),
      values: Float64Array.from(samples.flatMap(sample => sample.y)),
    },
  };
  return { table, issues };
}

function inputPlace({ source }: Data): JsonPath {
  if (source.type === 'idx') return ['data', 'idx', 'images'];
  if (source.type === 'csv') return source.inputs ? ['data', 'inputs'] : ['data', 'csv'];
  return ['data', source.type];
}

function targetPlace({ source }: Data): JsonPath {
  if (source.type === 'idx') return ['data', 'idx', 'labels'];
  return source.type === 'csv' ? ['data', 'target'] : ['data', source.type];
}

function checkInputs(
  table: Table,
  shapes: NetworkShapes,
  network: Network,
  path: JsonPath,
): DataIssue | undefined {
  const n = table.inputNames.length;
  if (n === shapes.inputSize) return undefined;
  const chooses = network.data?.source.type === 'csv' ? ', or choose columns in data.inputs' : '';
  const shape = (table.inputShape ?? [n]).join(', ');
  const message = `The data have ${count(n, 'input')} (${listNames(table.inputNames)}), the network has ${shapes.inputSize}: set input.shape to [${shape}]${chooses}.`;
  return dataIssue('data.inputs', 'error', path, message);
}

/** A part that the split leaves empty. */
function checkSplit(split: Split, data: Data): DataIssue | undefined {
  const path = ['data', 'split', 'validation'];
  const samples = split.training.length + split.validation.length;
  if (split.training.length === 0) {
    const message = `validation ${data.validation} of ${count(samples, 'sample')} leaves none to train with: choose a smaller part or add samples.`;
    return dataIssue('data.split.training', 'error', path, message);
  }
  if (split.validation.length > 0 || data.validation === 0) return undefined;
  const message = `validation ${data.validation} of ${count(samples, 'sample')} is less than one: all samples are trained with and none validates. Choose a larger part or add samples.`;
  return dataIssue('data.split.validation', 'warning', path, message);
}

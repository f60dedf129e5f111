/** Keeping a training: the text of a network file with trained parameters in it, and where it goes. */
import { basename } from 'node:path';
import { EditError, applyTextEdits, textEdits } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import { parameterRows } from '../network/parameterRows';
import type { WeightsFile } from '../network/network';
import { belongsInFile } from '../export/weightsFile';
import type { Arguments } from './arguments';
import type { ReadyDocument } from './document';
import { CheckError, messageOf } from './io';
import type { CliIo } from './io';
import { decodeUtf8 } from './utf8';
import { writeWeightsFile } from './weightsFile';

export interface SaveTarget {
  readonly path: string;
  /** Whether it is the network file itself, by whatever name. */
  readonly inPlace: boolean;
}

/**
 * Where the options say that the training is kept; undefined when nowhere.
 *
 * @throws CheckError when nothing can be written there: better known before the training than after it
 */
export async function findSaveTarget(call: Arguments, io: CliIo): Promise<SaveTarget | undefined> {
  const path = call.flags.has('write') ? call.file : call.values.get('out');
  if (path === undefined) return undefined;
  await io.checkWritable(path).catch((error: unknown) => {
    throw new CheckError(`cannot write ${path}: ${messageOf(error)}`);
  });
  const real = (name: string): Promise<string> => io.realPath(name).catch(() => name);
  return { path, inPlace: (await real(path)) === (await real(call.file)) };
}

/**
 * Writes the trained network. Never over what somebody saved while it was trained.
 *
 * @param file the network file
 * @param values all parameters in the file's order
 * @returns why it was not written; undefined when it was
 */
export async function save(
  io: CliIo,
  file: string,
  document: ReadyDocument,
  { path, inPlace }: SaveTarget,
  values: Float64Array,
  seed: number | undefined,
): Promise<CheckError | undefined> {
  const fault = (error: unknown): CheckError =>
    new CheckError(`cannot write ${path}: ${messageOf(error)}`);
  if (inPlace && !(await isUnchanged(io, file, document.text))) {
    return new CheckError(
      `${file} was changed while the network was trained, so the trained weights were not written into it. Train again; --out FILE writes them into a file of their own, whatever happens to this one.`,
    );
  }
  const { network } = document;
  let weights: WeightsFile | undefined;
  try {
    if (belongsInFile(network)) {
      const beside = (inPlace && network.weights?.file) || basename(path);
      weights = await writeWeightsFile(path, beside, network, values, io);
    }
  } catch (error) {
    return new CheckError(`cannot write the weights of ${path} beside it: ${messageOf(error)}`);
  }
  let text: string;
  try {
    text = writtenBack(document, values, seed, weights);
  } catch (error) {
    if (error instanceof EditError) return fault(error);
    throw error;
  }
  return io.writeFile(path, text).then(() => undefined, fault);
}

/** False also when the file cannot be read any more. */
async function isUnchanged(io: CliIo, file: string, text: string): Promise<boolean> {
  const bytes = await io.readFile(file).catch(() => undefined);
  const now = bytes && decodeUtf8(bytes);
  return now !== undefined && 'text' in now && now.text === text;
}

/**
 * @param values all parameters in the file's order: per layer the weights row by row, then the biases
 * @param weights the file that has them, where the text shall not
 * @param seed written too when the training used another than the file's: the split belongs to it
 */
function writtenBack(
  { text, shapes }: ReadyDocument,
  values: Float64Array,
  seed: number | undefined,
  weights: WeightsFile | undefined,
): string {
  const layers = weights ? shapes.layers.map(() => undefined) : parameterRows(shapes, values);
  const trained = applyEdit(text, { type: 'setParameters', label: 'Train', layers, weights });
  return seed === undefined ? trained : applyEdit(trained, { type: 'setSeed', seed });
}

function applyEdit(text: string, edit: NetworkEdit): string {
  return applyTextEdits(text, textEdits(text, edit));
}

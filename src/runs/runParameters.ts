/** The parameters that a run has ended with, for the network as it is now. */
import { takeTensors, tensorPlaces } from '../export/parameterTensors';
import { readSafetensors } from '../export/safetensors';
import { sha256 } from '../export/sha256';
import type { Digest } from '../export/sha256';
import { shapeText } from '../export/tensorTypes';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { networkOf, RunFileError } from './readRun';
import type { RunSummary } from './readRun';

/**
 * All parameters in the file's order.
 *
 * @param read the bytes of the file of weights beside the run's
 * @throws RunFileError when the run has none, or its file is another one; TensorError and SafetensorsError when it is damaged
 */
export async function parametersOf(
  { head, result }: RunSummary,
  read: (file: string) => PromiseLike<Uint8Array>,
  subtle: Digest,
): Promise<Float64Array> {
  const network = networkOf(head);
  const { stored } = inferShapes(network);
  if (Array.isArray(result?.parameters)) {
    const values = Float64Array.from(result.parameters as readonly number[]);
    if (values.length === stored && values.every(Number.isFinite)) return values;
    throw new RunFileError(
      `Expected ${stored} finite parameters in the last line of this run, found ${values.length}.`,
    );
  }
  if (!result?.weights) throw new RunFileError('This run was kept without its weights.');
  const { file, sha256: expected } = result.weights;
  if (/[/\\]/.test(file))
    throw new RunFileError(`The weights of a run lie beside it: found "${file}".`);
  const bytes = await read(file);
  if ((await sha256(bytes, subtle)) !== expected)
    throw new RunFileError(`${file} is not the file of weights that this run was kept with.`);
  const parameters = new Float64Array(stored);
  takeTensors(network, tensorPlaces(network), readSafetensors(bytes).tensors, parameters);
  return parameters;
}

/** The first tensor in which a network differs from that of a run, or undefined when all are alike. */
export function misfit(
  run: Network,
  now: Network,
): { readonly layer: number; readonly then: string; readonly now: string } | undefined {
  const [before, after] = [tensorPlaces(run), tensorPlaces(now)];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [then, there] = [before.at(i), after.at(i)];
    const texts = [then, there].map(place =>
      place ? `${place.name} ${shapeText(place.shape)}` : '–',
    );
    if (texts[0] !== texts[1])
      return { layer: (there ?? then)?.layer ?? 0, then: texts[0], now: texts[1] };
  }
  return undefined;
}

/** The step that comes next, made and taken back. */
import type { Regularization } from '../../network/network';
import { measuredRows, type TriedStep } from '../nextStep';
import { penaltyDerivatives } from '../penalty';
import type { Plan } from '../plan';
import type { EngineMemory } from './engineMemory';

/**
 * Everything in the memory is as before, but for what was kept before the latest `save`.
 *
 * @param position of the batch's first sample in the order
 * @param tile rows that the memory holds
 */
export function tryStep(
  memory: EngineMemory,
  { parameterTables }: Plan,
  regularization: Regularization,
  { position, samples, tile }: { position: number; samples: number; tile: number },
): TriedStep | undefined {
  const rows = measuredRows(samples, tile);
  const before = memory.readTensors(0);
  memory.save();
  const isStored = storeGradient(memory, position, rows, tile);
  const gradient = memory.readGradients();
  if (isStored) memory.applyStored();
  const after = memory.readTensors(0);
  memory.restore();
  memory.forgetSave();
  if (!isStored) return undefined;
  penaltyDerivatives(regularization, rows, before, parameterTables).forEach(
    (derivative, i) => (gradient[i] += derivative),
  );
  return { gradient, before, after };
}

/** Of samples of the order, as a batch of their own; false: a thread and all is lost. */
function storeGradient(
  memory: EngineMemory,
  position: number,
  samples: number,
  tile: number,
): boolean {
  for (let done = 0; done < samples; done += tile) {
    memory.gather(position + done, Math.min(tile, samples - done));
    memory.forward(true, true);
    if (!memory.backward(samples, done > 0)) return false;
  }
  return true;
}

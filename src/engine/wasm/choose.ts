/** Which arithmetic computes a network here, and why. */
import type { Network } from '../../network/network';
import type { EngineReport, EngineRequest } from '../engineReport';
import { loadBackend, type Backend } from './backends';
import { sameNumbers } from '../numbers';
import { computesRight, contender } from './trial';

/** The module, or none where the reference computes. */
export interface Choice {
  readonly backend: Backend | undefined;
  readonly report: EngineReport;
}

/** What this place can do: found out at the first use, for its modules are the same for every network. */
let known: Choice | undefined;

/** @param asked `reference` for the TypeScript kernels */
export function chooseBackend(network: Network, asked: EngineRequest = 'auto'): Choice {
  if (asked === 'reference') return reference('it was asked for');
  if (network.training.precision === 'float64')
    return reference('float64 is computed in TypeScript');
  return (known ??= tried('plain-4x8', 'vectors of 128 bits'));
}

/** The reference, as when nothing else computes. */
export function reference(reason: string): Choice {
  return { backend: undefined, report: { backend: 'reference', reason } };
}

function tried(name: Backend['name'], reason: string): Choice {
  try {
    const backend = loadBackend(name);
    if (!backend) return reference('WebAssembly or its vectors are missing here');
    if (!computesRight(backend)) return reference(`WebAssembly (${name}) has failed its trial`);
    return { backend, report: { backend: `wasm ${name}`, reason } };
  } catch (error) {
    return reference(`WebAssembly cannot start here: ${String(error)}`);
  }
}

/** By turns; V8 compiles a module for speed after some of them. */
const MEASURED_STEPS = 40;

/**
 * Where V8 makes one vector of two (its revectorizer is on), larger tiles compute faster: measures both and takes the
 * better one from then on. Both give the same bits.
 *
 * @param now milliseconds of a clock
 */
export function chooseByMeasuring(now: () => number): void {
  const narrow = tried('plain-4x8', 'vectors of 128 bits');
  const wide = tried('plain-4x16', 'vectors of 256 bits');
  known = narrow;
  if (!narrow.backend || !wide.backend) return;
  const [large, small] = [wide.backend, narrow.backend].map(backend => contender(backend, now));
  for (let i = 0; i < MEASURED_STEPS; i++) {
    large.step();
    small.step();
  }
  const isFaster = large.best < small.best;
  if (isFaster && sameNumbers(large.parameters(), small.parameters())) known = wide;
}

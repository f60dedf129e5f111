/** Which arithmetic computes a network here, and why. */
import type { Network } from '../../network/network';
import type { EngineReport, EngineRequest } from '../engineReport';
import { loadBackend, type Backend } from './backends';
import type { BackendName } from './modules';
import { sameNumbers } from '../numbers';
import { computesRight, contender } from './trial';

/** The module, or none where the reference computes. */
export interface Choice {
  readonly backend: Backend | undefined;
  readonly report: EngineReport;
}

/** Modules that differ in their block alone. */
type Kind = 'plain' | 'relaxed';

/** What this place can do: found out at the first use, for its modules are the same for every network. */
const known = new Map<Kind, Choice>();

/** Milliseconds of a clock, where both blocks are measured. */
let clock: (() => number) | undefined;

/** @param asked `reference` for the TypeScript kernels, `fast` for products that are fused with sums */
export function chooseBackend(network: Network, asked: EngineRequest = 'auto'): Choice {
  if (asked === 'reference') return reference('it was asked for');
  if (network.training.precision === 'float64')
    return reference('float64 is computed in TypeScript');
  return asked === 'fast' ? fastest() : bestOf('plain');
}

/** The reference, as when nothing else computes. */
export function reference(reason: string): Choice {
  return { backend: undefined, report: { backend: 'reference', reason } };
}

/** With fused products, where there is an instruction for them. */
function fastest(): Choice {
  const fast = bestOf('relaxed');
  if (fast.backend) return fast;
  const { backend, report } = bestOf('plain');
  const reason = `${report.reason}; no fast maths: ${fast.report.reason}`;
  return { backend, report: { ...report, reason } };
}

function bestOf(kind: Kind): Choice {
  const before = known.get(kind);
  if (before) return before;
  const choice = clock ? measured(kind, clock) : tried(`${kind}-4x8`);
  known.set(kind, choice);
  return choice;
}

const NO_VECTORS = 'WebAssembly or its vectors are missing here';
const NOT_RELAXED = 'no relaxed vectors here';

function tried(name: BackendName): Choice {
  try {
    const backend = loadBackend(name);
    if (!backend) return reference(name.startsWith('relaxed') ? NOT_RELAXED : NO_VECTORS);
    if (!computesRight(backend)) return reference(`WebAssembly (${name}) has failed its trial`);
    const reason = `vectors of ${name.endsWith('4x16') ? 256 : 128} bits`;
    return { backend, report: { backend: `wasm ${name}`, reason } };
  } catch (error) {
    return reference(`WebAssembly cannot start here: ${String(error)}`);
  }
}

/**
 * Where V8 makes one vector of two (its revectorizer is on), larger tiles compute faster: from now on both are measured
 * before the first use, and the better one is taken. Both give the same bits.
 *
 * @param now milliseconds of a clock
 */
export function chooseByMeasuring(now: () => number): void {
  clock = now;
  known.clear();
}

/** By turns; V8 compiles a module for speed after some of them. */
const MEASURED_STEPS = 40;

function measured(kind: Kind, now: () => number): Choice {
  const narrow = tried(`${kind}-4x8`);
  const wide = tried(`${kind}-4x16`);
  if (!narrow.backend || !wide.backend) return narrow;
  const [large, small] = [wide.backend, narrow.backend].map(backend => contender(backend, now));
  for (let i = 0; i < MEASURED_STEPS; i++) {
    large.step();
    small.step();
  }
  const isFaster = large.best < small.best;
  return isFaster && sameNumbers(large.parameters(), small.parameters()) ? wide : narrow;
}

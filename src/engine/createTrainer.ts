/** The trainer of a network: by WebAssembly where it computes here, by the reference where not. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes, type NetworkShapes } from '../network/shapes';
import type { EngineReport, EngineRequest, ThreadsRequest } from './engineReport';
import { checkSizes } from './fit';
import type { Machine } from './machine';
import { createReferenceMachine } from './referenceMachine';
import { SteppingTrainer, type MakeMachine } from './steppingTrainer';
import type { Trainer } from './trainer';
import { chooseBackend, reference, type Choice } from './wasm/choose';
import { createWasmMachine, type WasmMachine } from './wasm/machine';
import { chooseThreads, type ThreadsChoice } from './wasm/threads';

export interface TrainerOptions {
  readonly engine?: EngineRequest;
  /** How many threads shall compute it, where there are several; default: as many as are worth it. */
  readonly threads?: ThreadsRequest;
  /** Parameters in the file's order; default: those of the file or of the seed. */
  readonly initial?: Float64Array;
  /** Those to go on from instead; `reset` leads back to `initial`. */
  readonly now?: Float64Array;
}

type Made = ReturnType<MakeMachine>;

/** The arithmetic, and how many threads. */
export type Computing = Pick<TrainerOptions, 'engine' | 'threads'>;

/**
 * A trainer at the start of a run.
 *
 * @param network validated
 * @param dataset of the network's input and output sizes; without samples it can only predict
 * @throws Error when data, parameters and network do not fit each other
 */
export function createTrainer(
  network: Network,
  dataset: Dataset,
  { engine, threads = 'auto', initial, now }: TrainerOptions = {},
): Trainer {
  const shapes = inferShapes(network);
  checkSizes(dataset, shapes.inputSize, shapes.outputSize);
  const make = (to: Network): Made => makeMachine(to, shapes, dataset, engine, threads);
  return new SteppingTrainer(network, dataset, make, initial, now);
}

function makeMachine(
  network: Network,
  shapes: NetworkShapes,
  dataset: Dataset,
  engine: EngineRequest | undefined,
  threads: ThreadsRequest,
): Made {
  let choice = chooseBackend(network, engine);
  let machine: Machine | undefined;
  if (choice.backend) {
    try {
      const chosen = chooseThreads(network, shapes, dataset.training.length, threads);
      const wasm = createWasmMachine(network, shapes, dataset, choice.backend, chosen.team);
      choice = { ...choice, report: { ...choice.report, ...threadsOf(chosen, wasm) } };
      machine = wasm;
    } catch (error) {
      choice = tooLarge(error);
    }
  }
  machine ??= createReferenceMachine(network, shapes, dataset);
  return { machine, report: choice.report };
}

/** What is said of its threads: those that have come. */
function threadsOf(
  { team, reason }: ThreadsChoice,
  machine: WasmMachine,
): Pick<EngineReport, 'threads' | 'threadsReason'> {
  const threads = machine.gatherThreads();
  const wanted = team?.threads ?? 1;
  const lacks = `${wanted - threads} of ${wanted} threads did not start`;
  return { threads, threadsReason: threads < wanted ? lacks : reason };
}

/** A memory that the place does not give. */
function tooLarge(error: unknown): Choice {
  if (!(error instanceof RangeError)) throw error;
  return reference(`no memory for WebAssembly: ${error.message}`);
}

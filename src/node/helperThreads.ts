/** Threads beside the one that trains: each runs the engine's WebAssembly in the memory that it is given, and nothing else. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** What such a thread is given: see `HelperWork` (src/engine/wasm/team.ts). */
type Work = object;

/** The whole of it. It ends when the engine lets it go. */
const SCRIPT = `
const { module, memory, header, own, threads } = require('node:worker_threads').workerData;
const abort = () => { throw new Error('A helper has stopped at a place that it should never reach.'); };
const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
exports.setup(header);
exports.assist(own, threads);`;

/** Threads that can compute here at the same time. */
export const parallelism = availableParallelism;

/**
 * Starts one. It keeps no process alive, and has nothing of what a person has asked Node to load first.
 *
 * @param failed told why it has ended early, or could not start
 * @returns what ends it
 */
export function startHelper(work: Work, failed: (reason: string) => void): () => void {
  const worker = new Worker(SCRIPT, { eval: true, execArgv: [], workerData: work });
  worker.unref();
  worker.on('error', error => failed(error.message));
  return () => void worker.terminate();
}

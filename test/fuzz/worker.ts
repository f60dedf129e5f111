/** Runs a target in a thread of its own, so that a hang, or too much memory, is somebody else's to see. */
import { parentPort, workerData } from 'node:worker_threads';
import { fire } from './fire';
import type { Order } from './fire';
import { countArrays } from './gauge';
import { targets } from './targets';

interface Task extends Order {
  readonly target: string;
}

const { target, ...order } = workerData as Task;

countArrays();

const report = await fire(targets[target], order, input => {
  // Each extreme is told; of the others some, which is enough to go there.
  const isNew = input.startsWith('extreme') || Number(input) % 64 === 0;
  if (isNew) parentPort?.postMessage({ begins: input });
});
parentPort?.postMessage({ report });

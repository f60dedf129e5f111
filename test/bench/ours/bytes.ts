/** Trains the twenty networks, and tells what has become of them and what has computed it. */
import { createTrainer } from './engine';
import { chooseByMeasuring } from '../../../src/engine/wasm/choose';
import { useHelpers } from '../../../src/engine/wasm/threads';
import { startHelper } from '../../../src/node/helperThreads';
import { trainedBytes } from '../../engine/twentyNetworks';
import { answer } from './workload';

const { wide, threads } = JSON.parse(process.argv[process.argv.length - 1]) as {
  readonly wide: boolean;
  readonly threads: number;
};

function failed(reason: string): never {
  throw new Error(`A thread has failed: ${reason}`);
}

if (wide) chooseByMeasuring(() => performance.now());
if (threads > 1) useHelpers({ parallelism: threads, start: work => startHelper(work, failed) });

const engines = new Set<string>();
void trainedBytes((network, dataset) => {
  const trainer = createTrainer(network, dataset, { threads });
  const { backend, threads: computing = 1 } = trainer.engine;
  engines.add(`${backend}, ${computing === 1 ? '1 thread' : `${computing} threads`}`);
  return trainer;
}, crypto.subtle).then(digests => answer({ digests, engines: [...engines] }));

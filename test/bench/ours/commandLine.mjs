/**
 * `nabla train` from start to end, in a process of its own: what it says of its speed, how long the whole process takes,
 * and how much memory it needs. The last argument is the job.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/** Seconds of training that a measurement should take, and what is good enough. */
const WANTED = 1.5;
const ENOUGH = 1;

const job = JSON.parse(process.argv[process.argv.length - 1]);
const peakFile = `${job.folder}/${process.pid}.peak`;

/** @param {number} epochs */
function train(epochs) {
  const memory = ['--import', new URL('peakMemory.mjs', import.meta.url).href];
  const file = `${job.workload}.nn.json`;
  const args = [...memory, job.cli, 'train', file, '--epochs', String(epochs)];
  const env = { ...process.env, NABLA_PEAK_MEMORY: peakFile };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ cwd: job.folder, encoding: 'utf8', env },
  });
  const wall = (performance.now() - start) / 1000;
  const peakBytes = Number(readFileSync(peakFile, 'utf8'));
  rmSync(peakFile);
  if (status !== 0) throw new Error(stderr.trim());
  const [, seconds, speed] = /epochs, ([\d.]+) s, (\d+) samples\/s/.exec(stdout) ?? [];
  if (speed === undefined) throw new Error(`expected nabla to say its speed, found: ${stdout}`);
  const rate = Number(speed);
  // In a wide Node it trains in a process of its own, which this does not see.
  const memoryUsed = job.wide ? {} : { peakBytes };
  return { wall, spent: Number(seconds), rate, best: rate, ...memoryUsed };
}

let epochs = 1;
for (;;) {
  const done = train(epochs);
  if (done.spent >= ENOUGH) {
    console.log(JSON.stringify(done));
    break;
  }
  epochs = Math.ceil(epochs * Math.min(200, Math.max(2, WANTED / (done.spent || 1e-3))));
}

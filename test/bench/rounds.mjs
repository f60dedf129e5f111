/** Rounds: every contender in turn, each in a process of its own, so that what else the machine does meets all alike. */
import { spawn } from 'node:child_process';
import { faultOf } from './statistics.mjs';
import { folders } from './folders.mjs';
import { RACE, SEEDS } from './workloads.mjs';

/** @typedef {import('./contenders.mjs').Contender} Contender */

/**
 * @typedef {object} Measured what one process said
 * @property {string} workload
 * @property {string} contender
 * @property {number} round
 * @property {number} [rate] samples per second, median of its repetitions
 * @property {number} [best]
 * @property {number | null} [seconds] to the accuracy of the race; null: never reached
 * @property {number} [steps] of the race
 * @property {number} [wall] command line: seconds from start to end of the process
 * @property {number} [spent] command line: seconds of training in it
 * @property {number} [peakBytes] command line: most memory that the process had
 * @property {string} [engine] which of ours has computed it
 * @property {number | null} [loss] see {@link faultOf}
 * @property {readonly [number | null, number | null]} [learnt]
 * @property {string} [fault] why there is nothing, or why it cannot be right
 */

/** Milliseconds for a contender in a workload. */
const PATIENCE = 300_000;

/**
 * The last line of what a process prints, as JSON.
 * @param {import('./contenders.mjs').Call} call
 * @param {number} [patience] milliseconds after which it is given up
 * @returns {Promise<Record<string, any>>}
 * @throws Error with the end of what it complains about
 */
export function ask({ command, args, env }, patience = PATIENCE) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
  });
  let [output, complaints] = ['', ''];
  child.stdout.on('data', data => (output += data));
  child.stderr.on('data', data => (complaints += data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      try {
        if (code !== 0) throw new Error(reasonIn(complaints) || `ended with ${signal ?? code}`);
        resolve(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The line that names the error. @param {string} text of a stack of Node or Python */
const reasonIn = text =>
  (/^\w*Error\b.*$/m.exec(text)?.[0] ?? text.trimEnd().split('\n').at(-1) ?? '').slice(0, 200);

/**
 * One contender, once.
 * @param {Contender} contender
 * @param {string} name of the workload, or `TTA`
 * @param {number} round from 0; in the first, results are checked
 * @param {number} [expected] loss of the float64 reference
 * @returns {Promise<Measured>}
 */
export async function measure(contender, name, round, expected) {
  const isRace = name === 'TTA';
  const job = {
    folder: folders.work,
    workload: isRace ? RACE : name,
    mode: isRace ? 'race' : 'steps',
    check: round === 0 && !isRace,
    seed: SEEDS[round % SEEDS.length],
  };
  const who = { workload: name, contender: contender.id, round };
  try {
    const answer = await ask(contender.call(job));
    const told = answer.loss !== undefined || answer.learnt !== undefined;
    const fault = told && expected !== undefined ? faultOf(answer, expected) : undefined;
    return { ...who, ...answer, ...(fault && { fault }) };
  } catch (error) {
    return { ...who, fault: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * One round: every contender in every workload, workload by workload. Who has failed before does not take part in that
 * workload again.
 * @param {readonly Contender[]} contenders
 * @param {readonly string[]} names of workloads and `TTA`
 * @param {number} round from 0
 * @param {Readonly<Record<string, number | undefined>>} expected losses by workload
 * @param {readonly Measured[]} before of earlier rounds
 * @param {(measured: Measured) => void} tell after each
 * @returns {Promise<Measured[]>}
 */
export async function runRound(contenders, names, round, expected, before, tell) {
  /** @type {Measured[]} */
  const results = [];
  const hasFailed = (/** @type {string} */ name, /** @type {string} */ id) =>
    before.some(({ fault, workload, contender }) => fault && workload === name && contender === id);
  for (const name of names)
    for (const contender of contenders) {
      if (!contender.workloads.includes(name) || hasFailed(name, contender.id)) continue;
      const measured = await measure(contender, name, round, expected[name]);
      results.push(measured);
      tell(measured);
    }
  return results;
}

/** Starts a process that runs tests, listens to it, and ends it when it has nothing more to say, or is silent for too long. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clearTimeout } from 'node:timers';
import { program } from './modules.mjs';

/** @import { Order, Told } from './child' */
/** @import { Known } from './tests.mjs' */

/**
 * What a process may take of the processor in silence, beside ten times what a test has taken without a mutant. Where
 * the system does not tell, it is time as it passes.
 */
const PATIENCE_MS = 2_000;
/** One that takes nothing of the processor waits for something: so many times as long. */
const WAITING = 30;
/** The same while nothing is known of any test. */
const UNKNOWN_MS = 600_000;

/** Memory that grows without end ends the process, not the machine. */
const execArgv = ['--max-old-space-size=2048'];

/**
 * Others may be at work on the machine: a slow process is none that hangs.
 * @param {number | undefined} pid
 * @returns {number | undefined} milliseconds of the processor; undefined where the system does not tell
 */
function spentMs(pid) {
  try {
    const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    // In hundredths of a second.
    return 10 * (user + system);
  } catch {
    return undefined;
  }
}

/**
 * @typedef {object} End
 * @property {'done' | 'stopped' | 'silent' | 'died'} how
 * @property {string} at the file and test that ran
 * @property {string} words the last ones of a process that died
 */

/**
 * @param {Order} order
 * @param {(told: Told) => boolean} listen true: it is told enough
 * @param {(file: string, test: string | undefined) => number} limitMs how long may pass in silence
 * @returns {Promise<End>}
 */
function work(order, listen, limitMs) {
  const child = fork(program, { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let [at, words] = ['', ''];
  child.stderr?.on('data', text => (words = `${words}${text}`.slice(-2000)));
  return new Promise(resolve => {
    /** @type {NodeJS.Timeout | undefined} */
    let watch;
    /** @param {End['how']} how */
    const end = how => {
      clearTimeout(watch);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve({ how, at, words });
    };
    /** @param {number} ms */
    const wait = ms => {
      clearTimeout(watch);
      const [begun, since] = [spentMs(child.pid), Date.now()];
      const look = () => {
        const spent = (spentMs(child.pid) ?? Infinity) - (begun ?? 0);
        if (spent >= ms || Date.now() - since >= WAITING * ms) end('silent');
        else watch = setTimeout(look, Math.max(1000, ms - spent));
      };
      watch = setTimeout(look, ms);
    };
    child.on('message', message => {
      const told = /** @type {Told} */ (message);
      if ('begins' in told) {
        at = [told.begins, told.test].filter(Boolean).join(' › ');
        wait(limitMs(told.begins, told.test));
      }
      if ('done' in told) end('done');
      else if (listen(told)) end('stopped');
    });
    child.on('close', () => end('died'));
    wait(UNKNOWN_MS);
    child.send(order);
  });
}

/**
 * @typedef {object} Measured
 * @property {Known[]} tests
 * @property {Map<string, Set<number>>} around
 * @property {Set<number>} loading
 * @property {string[]} failed tests and files that fail without a mutant, with the reason
 */

/**
 * Runs all tests without a mutant.
 * @param {Order['steps']} steps
 * @param {NonNullable<Order['measures']>} measures
 * @returns {Promise<Measured>}
 * @throws Error when the process dies of it
 */
export async function measure(steps, measures) {
  /** @type {Measured} */
  const found = { tests: [], around: new Map(), loading: new Set(), failed: [] };
  const end = await work(
    { steps, measures },
    told => note(found, told),
    () => UNKNOWN_MS,
  );
  if (end.how === 'done') return found;
  throw new Error(
    `Without a mutant, the process that runs the tests ${end.how === 'silent' ? 'is silent' : 'ends'} at "${end.at || 'its beginning'}": mend that first.\n${end.words}`,
  );
}

/**
 * @param {Measured} found
 * @param {Told} told
 */
function note({ tests, around, loading, failed }, told) {
  if ('ended' in told) {
    const { ended: file, test: name, milliseconds, reached } = told;
    if (told.failed !== undefined) failed.push(`${file} › ${name}: ${told.failed}`);
    else tests.push({ file, name, milliseconds, reached: new Set(reached) });
  } else if ('around' in told) {
    const { around: file, reached } = told;
    const known = file === '' ? loading : (around.get(file) ?? new Set());
    for (const number of reached) known.add(number);
    if (file !== '') around.set(file, known);
  } else if ('broken' in told) failed.push(`${told.broken}: ${told.why}`);
  return false;
}

/**
 * @typedef {object} Verdict
 * @property {'killed' | 'timeout' | 'crashed' | 'survived' | 'unreached'} verdict
 * @property {string} [by] the test that found it
 * @property {number} ran how many tests passed before
 * @property {readonly string[]} renamed files in which a mutant has named tests otherwise, so that they have not run
 */

/**
 * Runs tests until one fails.
 * @param {Order['steps']} steps
 * @param {readonly Known[]} tests what is known of them
 * @returns {Promise<Verdict>}
 */
export async function judge(steps, tests) {
  if (tests.length === 0) return { verdict: 'unreached', ran: 0, renamed: [] };
  /** @param {string} file  @param {string | undefined} test */
  const key = (file, test) => `${file} › ${test}`;
  const known = new Map(tests.map(each => [key(each.file, each.name), each.milliseconds]));
  const silent = new Map(tests.map(each => [key(each.file, each.name), each.file]));
  let [by, ran] = ['', 0];
  const end = await work(
    { steps },
    told => {
      if ('broken' in told) by = `${told.broken}: ${told.why}`;
      if ('ended' in told) silent.delete(key(told.ended, told.test));
      if ('ended' in told && told.failed === undefined) ran++;
      else if ('ended' in told) by = `${key(told.ended, told.test)}: ${told.failed}`;
      return by !== '';
    },
    (file, test) => PATIENCE_MS + 10 * (known.get(key(file, test)) ?? 0),
  );
  const verdict = /** @type {const} */ ({
    done: 'survived',
    stopped: 'killed',
    silent: 'timeout',
    died: 'crashed',
  })[end.how];
  return { verdict, by: by || end.at, ran, renamed: [...new Set(silent.values())] };
}

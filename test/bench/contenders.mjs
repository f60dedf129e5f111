/** Who takes part: our engine in its ways, and the libraries that it is compared with. */
import { benchFile } from './folders.mjs';
import { bundleFile } from './bundle.mjs';
import { needPackages, needPython, openmpFolder } from './fetch.mjs';
import { ACCURACY, RACE_STEPS, workloads } from './workloads.mjs';

/**
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} label for the tables
 * @property {boolean} ours
 * @property {readonly string[]} workloads in which it takes part; `TTA` is the race
 * @property {Readonly<Record<string, string>>} [notes] by workload: where it does not do quite the same
 * @property {(job: Job) => Call} call
 */

/** @typedef {{ command: string, args: readonly string[], env?: Readonly<Record<string, string>> }} Call */
/** @typedef {{ folder: string, workload: string, mode: string, check: boolean, seed: number }} Job */
/** @typedef {{ label: string, reason: string }} Absent */

const all = [...Object.keys(workloads), 'TTA'];
const dense = all.filter(name => name !== 'W6');
/** Where a step may be worth two threads. */
const wide = ['W3s', 'W3a', 'W4', 'W5'];
const large = [...wide, 'W6'];

/** @param {Job} job @param {object} [more] */
const asArgument = (job, more) => JSON.stringify({ ...job, ...more });

/**
 * Our engine: alone, alone with two threads, with an evaluation each epoch as it always has in the product, in a session, in a session that
 * somebody watches, and on the command line.
 * @param {{ node: string, flags?: readonly string[], suffix?: string, label?: string, only?: readonly string[], fastMaths?: boolean }} how
 * @returns {Contender[]}
 */
export function ourContenders(how) {
  const { node, flags = [], suffix = '', only, fastMaths } = how;
  /** @type {(id: string, label: string, file: string, mode: string, workloads?: readonly string[], threads?: number) => Contender} */
  const way = (id, label, file, mode, taking = Object.keys(workloads), threads = 1) => ({
    id: id + suffix,
    label: label + (how.label ?? ''),
    ours: true,
    workloads: taking,
    call: job => {
      const asked = { ...job, mode: job.mode === 'race' ? 'race' : mode };
      const argument = asArgument(asked, {
        wide: flags.length > 0,
        ...{ threads, fastMaths },
        cli: bundleFile('cli'),
      });
      return { command: node, args: [...flags, file, argument] };
    },
  });
  const session = bundleFile('session');
  const ways = [
    way('nabla', 'Nabla', bundleFile('trainer'), 'steps', all),
    way('nabla-2t', 'Nabla, 2 threads', bundleFile('trainer'), 'steps', large, 2),
    way('nabla-epochs', 'Nabla, evaluated each epoch', bundleFile('trainer'), 'epochs'),
    way('nabla-session', 'Nabla, session', session, 'session'),
    way('nabla-watched', 'Nabla, session with a card open', session, 'watched'),
    way('nabla-cli', 'Nabla, command line', benchFile('ours/commandLine.mjs'), 'cli'),
  ];
  return only
    ? ways.filter(({ id }) => only.includes(id.slice(0, id.length - suffix.length)))
    : ways;
}

/** Node's runners of peers. */
const packages = /** @type {const} */ ({
  tfjs: { '@tensorflow/tfjs': '4.22.0', '@tensorflow/tfjs-backend-wasm': '4.22.0' },
  brain: { 'brain.js': '2.0.0-beta.24' },
  synaptic: { synaptic: '1.1.4' },
  neataptic: { neataptic: '1.4.7' },
  convnetjs: { convnetjs: '0.3.0' },
});

/**
 * @typedef {object} NodePeer
 * @property {string} id
 * @property {string} label
 * @property {keyof typeof packages} from
 * @property {string} file of its runner
 * @property {string} peer as the runner calls it
 * @property {readonly string[]} workloads those that it can do, in a time that one can wait for
 * @property {Readonly<Record<string, string>>} [notes]
 */

/** Who updates after each sample, and has no relu beside a softmax. */
const online = {
  W2: 'a sample a step',
  W3s: 'a sample a step, sigmoid, squared error',
  W3a: 'a sample a step, sigmoid, squared error',
  W4: 'a sample a step, sigmoid, squared error',
};
/** synaptic and neataptic leave out the derivative of the last layer. */
const onlineEntropy = { ...online, W1: 'another loss', W2: 'a sample a step, another loss' };
const convnet = {
  ...{ W1: 'float64, linear output', W2: 'float64, linear output' },
  ...{ W3s: 'float64', W6: 'float64' },
  ...{ W3a: 'float64, adadelta', W4: 'float64, adadelta', TTA: 'float64, adadelta' },
};

/** @type {readonly NodePeer[]} */
const nodePeers = [
  {
    ...{ id: 'tfjs-wasm', label: 'TensorFlow.js, wasm', from: 'tfjs', file: 'tfjs', peer: 'wasm' },
    workloads: dense,
  },
  {
    ...{ id: 'tfjs-cpu', label: 'TensorFlow.js, cpu', from: 'tfjs', file: 'tfjs', peer: 'cpu' },
    workloads: ['W1', 'W2', 'W3s', 'W3a', 'W4'],
  },
  {
    ...{ id: 'synaptic', label: 'synaptic', from: 'synaptic', file: 'online', peer: 'synaptic' },
    ...{ workloads: ['W1', 'W2', 'W3s'], notes: onlineEntropy },
  },
  {
    ...{ id: 'brain', label: 'brain.js', from: 'brain', file: 'online', peer: 'brain' },
    ...{ workloads: ['W1', 'W2', 'W3s', 'W3a', 'W4'], notes: online },
  },
  {
    ...{
      id: 'neataptic',
      label: 'neataptic',
      from: 'neataptic',
      file: 'online',
      peer: 'neataptic',
    },
    ...{ workloads: ['W1', 'W2', 'W3s'], notes: onlineEntropy },
  },
  {
    ...{
      id: 'convnetjs',
      label: 'ConvNetJS',
      from: 'convnetjs',
      file: 'convnetjs',
      peer: 'convnetjs',
    },
    ...{
      workloads: all.filter(name => name !== 'W5'),
      notes: convnet,
    },
  },
];

/** @param {NodePeer} peer @returns {Promise<Contender>} */
async function nodeContender({ from, file, peer, ...rest }) {
  const folder = await needPackages(from, packages[from]);
  const runner = benchFile(`peers/${file}.mjs`);
  return {
    ...rest,
    ours: false,
    call: job => ({
      command: process.execPath,
      args: [runner, asArgument(job, { packages: folder, peer })],
    }),
  };
}

/**
 * @param {string} python
 * @param {string} file of the runner
 * @param {{ id: string, label: string, threads?: number, workloads: readonly string[], notes?: Readonly<Record<string, string>> }} rest
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Contender}
 */
const pythonContender = (python, file, { threads = 1, ...rest }, env) => ({
  ...rest,
  ours: false,
  call: job => {
    const more = {
      threads,
      definition: workloads[job.workload],
      raceSteps: RACE_STEPS,
      accuracy: ACCURACY,
    };
    return { command: python, args: [benchFile(`peers/${file}.py`), asArgument(job, more)], env };
  },
});

/** @param {string} python @returns {Contender[]} */
function pythonContenders(python) {
  const one = [
    pythonContender(python, 'torch_usual', { id: 'torch', label: 'PyTorch', workloads: all }),
    pythonContender(python, 'torch_manual', {
      id: 'torch-manual',
      label: 'PyTorch by hand',
      workloads: dense,
    }),
    pythonContender(python, 'scikit', {
      ...{
        id: 'sklearn',
        label: 'scikit-learn',
        workloads: dense,
        notes: { W1: 'linear output', W2: 'linear output' },
      },
    }),
  ];
  const openmp = openmpFolder();
  if (!openmp) return one;
  const env = { LD_LIBRARY_PATH: openmp };
  const two = [
    pythonContender(
      python,
      'torch_usual',
      { id: 'torch-2t', label: 'PyTorch, 2 threads', threads: 2, workloads: large },
      env,
    ),
    pythonContender(
      python,
      'torch_manual',
      { id: 'torch-manual-2t', label: 'PyTorch by hand, 2 threads', threads: 2, workloads: wide },
      env,
    ),
  ];
  return [...one, ...two];
}

/**
 * The peers that can be had here, and why the others cannot.
 * @param {string | undefined} python as asked for
 * @returns {Promise<{ contenders: Contender[], absent: Absent[], python?: string }>}
 */
export async function peerContenders(python) {
  /** @type {Contender[]} */
  const contenders = [];
  /** @type {Absent[]} */
  const absent = [];
  const reasonOf = (/** @type {unknown} */ error) =>
    error instanceof Error ? error.message : String(error);
  const found = await needPython(python).catch(
    error => void absent.push({ label: 'PyTorch, scikit-learn', reason: reasonOf(error) }),
  );
  if (found) contenders.push(...pythonContenders(found));
  if (found && !openmpFolder())
    absent.push({
      label: 'PyTorch, 2 threads',
      reason: "OpenBLAS's OpenMP build is not there (on Debian: libopenblas0-openmp)",
    });
  for (const peer of nodePeers) {
    const contender = await nodeContender(peer).catch(
      error => void absent.push({ label: peer.label, reason: reasonOf(error) }),
    );
    if (contender) contenders.push(contender);
  }
  return { contenders, absent, ...(found && { python: found }) };
}

/** What is promised of our engine's speed, and whether the measurements keep it. */
import { digits, table, times } from './table.mjs';
import { ratio } from './summary.mjs';

/** @typedef {import('./summary.mjs').Summary} Summary */

/**
 * @typedef {object} Target
 * @property {string} subject
 * @property {string} what
 * @property {number} least
 * @property {(found: Findings) => number | undefined} value undefined: not measured
 * @property {'×' | '%'} unit
 */

/**
 * @typedef {object} Findings
 * @property {Summary} summary
 * @property {readonly string[]} fast contenders that are our engine alone: where goals count, the fastest does
 * @property {Readonly<Record<128 | 256, number | undefined>>} peak GFLOP/s
 * @property {number | undefined} gemm the best GFLOP/s of our engine's steps in W4 and W5
 * @property {number | undefined} gemmFast the same of the fastest
 * @property {Readonly<Record<string, number>>} endToEnd seconds by contender
 */

/** Peers written in JavaScript, or compiled for it. */
const javascript = ['tfjs-wasm', 'tfjs-cpu', 'synaptic', 'brain', 'neataptic', 'convnetjs'];
const everyone = ['torch', 'torch-manual', 'sklearn', ...javascript];
const names = /** @type {Readonly<Record<string, string>>} */ ({
  torch: 'PyTorch',
  'torch-manual': 'PyTorch by hand',
  'torch-2t': 'PyTorch with 2 threads',
  'tfjs-wasm': 'TensorFlow.js (wasm)',
  convnetjs: 'ConvNetJS',
  synaptic: 'synaptic',
});

/** The smallest of the ratios that were measured. @param {readonly (number | undefined)[]} values */
export function least(values) {
  const measured = values.filter(value => value !== undefined);
  return measured.length > 0 ? Math.min(...measured) : undefined;
}

/** @param {readonly (number | undefined)[]} values */
const greatest = values => {
  const measured = values.filter(value => value !== undefined);
  return measured.length > 0 ? Math.max(...measured) : undefined;
};

/**
 * Floor: our engine in this Node, without a flag.
 * @param {string} name of the workload
 * @param {number} atLeast
 * @param {readonly string[]} others the best of them counts
 * @param {string} [label]
 * @returns {Target}
 */
const floor = (name, atLeast, others, label = names[others[0]]) => ({
  ...{ subject: name, what: label, least: atLeast, unit: '×' },
  value: ({ summary }) => least(others.map(other => ratio(summary, name, 'nabla', other))),
});

/** Goal: the fastest that our engine is here. @type {typeof floor} */
const goal = (name, atLeast, others, label = names[others[0]]) => ({
  ...{ subject: name, what: label, least: atLeast, unit: '×' },
  value: ({ summary, fast }) =>
    least(others.map(other => greatest(fast.map(ours => ratio(summary, name, ours, other))))),
});

/** With two threads. @param {string} name @param {number} atLeast @returns {Target} */
const threads = (name, atLeast) => ({
  ...{ subject: `${name}, 2 threads`, what: names['torch-2t'], least: atLeast, unit: '×' },
  value: ({ summary }) =>
    greatest(
      ['nabla-2t', 'nabla-2t-wide', 'nabla-2t-fast'].map(ours =>
        ratio(summary, name, ours, 'torch-2t'),
      ),
    ),
});

/** @param {number} atLeast @param {128 | 256} bits @param {'gemm' | 'gemmFast'} whose @returns {Target} */
const roofline = (atLeast, bits, whose) => ({
  ...{ subject: 'SGEMM', what: `peak at ${bits} bits`, least: atLeast, unit: '%' },
  value: ({ peak, [whose]: found }) => {
    const most = peak[bits];
    return most === undefined || found === undefined ? undefined : (100 * found) / most;
  },
});

/** @param {number} atLeast @param {'plain' | 'fast'} whose @returns {Target} */
const endToEnd = (atLeast, whose) => ({
  ...{ subject: 'MNIST end to end', what: names.torch, least: atLeast, unit: '×' },
  value: ({ endToEnd: seconds, fast }) => {
    const ours = (whose === 'plain' ? ['nabla'] : fast).map(id => seconds[id]);
    const ratios = ours.map(own => (own && seconds.torch ? seconds.torch / own : undefined));
    return greatest(ratios);
  },
});

/** @type {Readonly<Record<'floors' | 'goals', readonly Target[]>>} */
export const targets = {
  floors: [
    floor('W1', 3, ['synaptic']),
    floor('W1', 1000, ['torch']),
    floor('W2', 7, javascript, 'the best in JavaScript'),
    floor('W2', 40, ['torch-manual']),
    floor('W3s', 0.95, ['torch']),
    floor('W3s', 14, ['tfjs-wasm']),
    floor('W3a', 2.2, ['torch']),
    floor('W3a', 14, ['tfjs-wasm']),
    floor('W4', 0.75, ['torch']),
    floor('W5', 0.35, ['torch']),
    floor('W6', 1.3, ['torch']),
    floor('W6', 70, ['convnetjs']),
    roofline(70, 128, 'gemm'),
    floor('TTA', 1, ['torch']),
    endToEnd(2, 'plain'),
  ],
  goals: [
    goal('W1', 4, ['synaptic']),
    goal('W2', 15, javascript, 'the best in JavaScript'),
    goal('W3s', 2.5, ['torch']),
    goal('W3s', 1.4, ['torch-manual']),
    goal('W3a', 6, ['torch']),
    goal('W3a', 2, ['torch-manual']),
    goal('W4', 1.85, ['torch']),
    threads('W4', 2),
    goal('W5', 0.95, ['torch']),
    threads('W5', 0.85),
    goal('W6', 2, ['torch']),
    roofline(85, 256, 'gemmFast'),
    goal('TTA', 1, everyone, 'every peer'),
    endToEnd(4, 'fast'),
  ],
};

/** @typedef {'kept' | 'missed' | 'not measured'} Verdict */

/** @param {Target} target @param {Findings} findings @returns {{ value: number | undefined, verdict: Verdict }} */
export function judge(target, findings) {
  const value = target.value(findings);
  if (value === undefined) return { value, verdict: 'not measured' };
  return { value, verdict: value >= target.least ? 'kept' : 'missed' };
}

/** @param {Findings} findings @returns {string} floors, then goals */
export function targetTables(findings) {
  return Object.entries({ Floor: targets.floors, Goal: targets.goals })
    .map(([head, list]) =>
      table(
        [head, 'against ', 'at least', 'found', 'verdict '],
        list.map(target => row(target, findings)),
      ),
    )
    .join('\n\n');
}

/** @param {Target} target @param {Findings} findings */
function row(target, findings) {
  const { value, verdict } = judge(target, findings);
  const show = (/** @type {number | undefined} */ number) =>
    target.unit === '×' ? times(number) : number === undefined ? '–' : `${digits(number)} %`;
  return [target.subject, target.what, show(target.least), show(value), verdict];
}

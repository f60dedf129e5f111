/** The tables, on the console and in RESULTS.md. */
import { machineLines } from './machine.mjs';
import { endToEndTable } from './mnist.mjs';
import { loadTable } from './loads.mjs';
import { median } from './statistics.mjs';
import { ratio } from './summary.mjs';
import { digits, short, table, times } from './table.mjs';
import { least, targetTables } from './targets.mjs';
import { ACCURACY, workloads } from './workloads.mjs';

/**
 * @typedef {object} Results everything that was measured
 * @property {string} command
 * @property {number} rounds
 * @property {boolean} peers
 * @property {import('./machine.mjs').Machine} machine
 * @property {import('./summary.mjs').Summary} summary
 * @property {Readonly<Record<string, { label: string, notes?: Readonly<Record<string, string>> }>>} contenders
 * @property {readonly string[]} plain contenders that are our engine alone, with the bits that it has everywhere
 * @property {readonly string[]} fast the same with those that have fast maths
 * @property {readonly { label: string, reason: string }[]} absent
 * @property {import('./prepare.mjs').AllPrepared} prepared
 * @property {readonly import('./loads.mjs').Load[]} loads none: not asked for
 * @property {readonly import('./mnist.mjs').EndToEnd[]} endToEnd
 * @property {readonly (readonly import('./roofline.mjs').Peak[])[]} peaks by round: 128 bits, 256 bits
 */

/** @param {Results} results @returns {string} Markdown */
export function report(results) {
  const { command, rounds, machine, absent, prepared, summary } = results;
  const missing = Object.entries(prepared).flatMap(([name, { absent: why }]) =>
    why ? [`${name}: ${why}`] : [],
  );
  const missed = absent.map(({ label, reason }) => `${label}: ${reason}`);
  const parts = [
    [`    ${command}`, ...machineLines(machine), roundsLine(rounds)].join('\n\n'),
    ...Object.keys(summary).map(name => workloadTable(name, results)),
    memoryTable(results),
    ...(results.loads.length > 0 ? [loadTable(results.loads)] : []),
    ...(results.endToEnd.length > 0 ? [endToEndTable(results.endToEnd)] : []),
    ...(results.peaks.length > 0 ? [rooflineTable(results)] : []),
    ...(results.peers ? [targetTables(findingsOf(results))] : []),
    ...list('Failed', faultsIn(results)),
    ...list('Not in this build', missing),
    ...list('Absent', missed),
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}

/** @param {number} rounds */
const roundsLine = rounds =>
  `Medians of ${rounds} interleaved ${rounds === 1 ? 'round' : 'rounds'}, each contender in a process of its own each time. ` +
  'Other work on the machine changes the numbers more than the ratios: quote ratios.';

/** @param {string} head @param {readonly string[]} lines */
const list = (head, lines) =>
  lines.length > 0 ? [`${head}:\n\n${lines.map(line => `- ${line}`).join('\n')}`] : [];

/** Of tiny networks nobody wants to know. @param {number} flops a second */
const gflops = flops => (flops >= 1e7 ? digits(flops / 1e9) : '–');

/** @param {string} name @param {Results} results */
function workloadTable(name, results) {
  const { summary, contenders, fast } = results;
  const isRace = name === 'TTA';
  const flops = workloads[name]?.flops;
  const title = isRace
    ? `Seconds of training to ${100 * ACCURACY} % of the test digits`
    : `${name}: ${workloads[name].title}`;
  const heads = [
    'contender',
    ...(isRace ? ['seconds', 'best', 'steps'] : ['samples/s', 'best', 'GFLOP/s']),
  ];
  const ratioHeads = fast.map(id => `${contenders[id].label} ÷ it`);
  const rows = [...summary[name]]
    .sort(
      (a, b) =>
        (isRace ? 1 : -1) *
        ((a.value || (isRace ? Infinity : 0)) - (b.value || (isRace ? Infinity : 0))),
    )
    .map(({ contender, value, best, steps, engine, fault }) => {
      const numbers = isRace
        ? [digits(value), digits(best), digits(steps)]
        : [short(value), short(best), gflops(value * flops)];
      const ratios = fast.map(id => times(ratio(summary, name, id, contender)));
      return [
        contenders[contender].label,
        ...numbers,
        ...ratios,
        fault ? 'failed: see below' : (engine ?? contenders[contender].notes?.[name] ?? ''),
      ];
    });
  return `### ${title}\n\n${table([...heads, ...ratioHeads, 'note '], rows)}`;
}

/** @param {Results} results */
const faultsIn = ({ summary, contenders }) =>
  Object.entries(summary).flatMap(([name, lines]) =>
    lines.flatMap(({ contender, fault }) =>
      fault ? [`${name}, ${contenders[contender].label}: ${fault}`] : [],
    ),
  );

/** Bytes of a float32; parameters are there four times: themselves, gradients and two moments. */
const FLOAT = 4;
const COPIES = 4;

/** The most memory that a training may need: 1.3 × (data + 4 × parameters, in float32) + 80 MB. @param {number} numbers @param {number} parameters */
export const allowedBytes = (numbers, parameters) =>
  1.3 * FLOAT * (numbers + COPIES * parameters) + 80e6;

/** @param {Results} results */
function memoryTable({ summary, contenders, prepared }) {
  const rows = Object.entries(summary).flatMap(([name, lines]) =>
    lines.flatMap(({ contender, peakBytes, wall = NaN, spent = NaN }) => {
      if (peakBytes === undefined) return [];
      const { sizes = [784, 10], samples } = workloads[name];
      const numbers = samples * (sizes[0] + sizes[sizes.length - 1]);
      const allowed = allowedBytes(numbers, prepared[name].parameters ?? 0);
      const verdict = peakBytes <= allowed ? 'kept' : 'missed';
      const [peak, most] = [peakBytes, allowed].map(bytes => digits(bytes / 1e6));
      return [
        [`${name}, ${contenders[contender].label}`, digits(wall - spent), peak, most, verdict],
      ];
    }),
  );
  if (rows.length === 0) return '';
  return table(
    [
      '`nabla train` as a process',
      'start and load, s',
      'peak memory, MB',
      'allowed, MB',
      'verdict ',
    ],
    rows,
  );
}

/** @param {Results} results @param {128 | 256} bits */
function peakOf({ peaks }, bits) {
  const all = peaks.flat().filter(peak => peak.bits === bits);
  const found = all.flatMap(peak => ('gflops' in peak ? [peak.gflops] : []));
  if (found.length > 0) return { gflops: median(found) };
  return {
    absent: all.flatMap(peak => ('absent' in peak ? [peak.absent] : []))[0] ?? 'not measured',
  };
}

/** GFLOP/s that the steps of the large workloads reach, everything in them counted. @param {Results} results @param {string} contender */
function reached({ summary }, contender) {
  const rates = ['W4', 'W5'].map(name => {
    const line = summary[name]?.find(each => each.contender === contender);
    return line && !line.fault ? (line.value * workloads[name].flops) / 1e9 : undefined;
  });
  const negative = rates.map(rate => (rate === undefined ? undefined : -rate));
  const greatest = least(negative);
  return greatest === undefined ? undefined : -greatest;
}

/** @param {Results} results */
function rooflineTable(results) {
  const peaks = [128, 256].map(bits => {
    const { gflops, absent } = peakOf(results, /** @type {128 | 256} */ (bits));
    return [`peak of one core, ${bits} bits, multiply and add`, digits(gflops), absent ?? ''];
  });
  const ours = results.plain.flatMap(id => {
    const found = reached(results, id);
    return found === undefined
      ? []
      : [[`${results.contenders[id].label}: best of the steps of W4 and W5`, digits(found), '']];
  });
  return table(['Roofline', 'GFLOP/s', 'note '], [...peaks, ...ours]);
}

/** @param {Results} results @returns {import('./targets.mjs').Findings} */
function findingsOf(results) {
  const { summary, plain, fast, endToEnd } = results;
  // With fast maths a multiplication and an addition are one operation: another roofline.
  const all = plain.map(id => reached(results, id)).filter(value => value !== undefined);
  return {
    summary,
    fast,
    peak: { 128: peakOf(results, 128).gflops, 256: peakOf(results, 256).gflops },
    gemm: reached(results, 'nabla'),
    gemmFast: all.length > 0 ? Math.max(...all) : undefined,
    endToEnd: Object.fromEntries(
      endToEnd.flatMap(({ id, seconds, fault }) => (fault ? [] : [[id, median(seconds)]])),
    ),
  };
}

/** The benchmark of the engine, from options to tables. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { say } from '../../scripts/needs.mjs';
import { bundleAll } from './bundle.mjs';
import { ourContenders, peerContenders } from './contenders.mjs';
import { benchFile } from './folders.mjs';
import { measureLoads } from './loads.mjs';
import { describeMachine } from './machine.mjs';
import { endToEndWays, measureEndToEnd } from './mnist.mjs';
import { ourNodes } from './nodes.mjs';
import { prepare } from './prepare.mjs';
import { report } from './report.mjs';
import { measurePeak } from './roofline.mjs';
import { runRound } from './rounds.mjs';
import { summarize } from './summary.mjs';
import { digits, short } from './table.mjs';
import { RACE, workloads } from './workloads.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./contenders.mjs').Contender} Contender */
/** @typedef {import('./rounds.mjs').Measured} Measured */

/** @param {Options} options */
async function participants(options) {
  const nodes = await ourNodes(options);
  const ours = nodes.flatMap(({ id, node, flags }) => {
    if (id === 'nabla') return ourContenders({ node });
    const [wide, fast] = ['wide', 'wide, fast maths'].map(how => ({
      node,
      flags,
      label: `, ${how}`,
    }));
    return [
      ...ourContenders({ ...wide, suffix: '-wide', only: ['nabla', 'nabla-2t', 'nabla-cli'] }),
      ...ourContenders({ ...fast, suffix: '-fast', only: ['nabla', 'nabla-2t'], fastMaths: true }),
    ];
  });
  /** @type {Awaited<ReturnType<typeof peerContenders>>} */
  const none = { contenders: [], absent: [] };
  const peers = options.peers ? await peerContenders(options.python) : none;
  return { nodes, ...peers, contenders: [...ours, ...peers.contenders] };
}

/** @param {Pick<Options, 'subjects'>} options @returns {Promise<{ names: string[], prepared: import('./prepare.mjs').AllPrepared }>} what can be run */
async function preparedNames({ subjects }) {
  const named = subjects.filter(name => Object.hasOwn(workloads, name));
  const races = subjects.includes('TTA');
  const prepared = await prepare(races && !named.includes(RACE) ? [...named, RACE] : named);
  const names = named.filter(name => !prepared[name].absent);
  return { names: races ? [...names, 'TTA'] : names, prepared };
}

/** The rounds, with the roofline in each. @param {Options} options @param {readonly Contender[]} contenders */
async function measureRounds({ subjects, rounds }, contenders) {
  const { names, prepared } = await preparedNames({ subjects });
  const expected = Object.fromEntries(names.map(name => [name, prepared[name]?.check?.loss]));
  /** @type {import('./roofline.mjs').Peak[][]} */
  const peaks = [];
  /** @type {Measured[]} */
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    if (subjects.includes('roofline')) peaks.push([await measurePeak(128), await measurePeak(256)]);
    measured.push(...(await runRound(contenders, names, round, expected, measured, tell)));
  }
  return { prepared, measured, peaks };
}

/** @param {Measured} measured */
function tell({ workload, contender, round, rate, seconds, fault }) {
  const found = seconds ? `${digits(seconds)} s` : `${short(rate)} samples/s`;
  say(`round ${round + 1} ${workload} ${contender}: ${fault ?? found}`);
}

/**
 * Measures, prints and, where asked, writes.
 * @param {Options} options
 * @param {string} command as it was typed
 * @returns {Promise<boolean>} whether all results that could be checked are right, and nothing of ours failed
 */
export async function benchEngine(options, command) {
  const { rounds, peers, subjects } = options;
  await bundleAll();
  const { nodes, contenders, absent, python } = await participants(options);
  // What can fail for want of a network, or soon, comes before what takes long.
  const ways = subjects.includes('mnist') ? await endToEndWays(nodes, python) : [];
  const binaries = nodes.map(({ node }) => node);
  const machine = await describeMachine(binaries, python);
  const loads = subjects.includes('load') ? await measureLoads(rounds, binaries[0]) : [];
  const { measured, ...found } = await measureRounds(options, contenders);
  const endToEnd = await measureEndToEnd(ways, rounds, say);
  const results = {
    ...{ command, rounds, peers, machine, absent, ...found, loads, endToEnd },
    summary: summarize(measured),
    contenders: Object.fromEntries(
      contenders.map(({ id, label, notes }) => [id, { label, ...(notes && { notes }) }]),
    ),
    plain: nodes.map(({ id }) => id),
    fast: [...nodes.map(({ id }) => id), ...(options.wide ? ['nabla-fast'] : [])],
  };
  publish(report(results), { ...results, measured }, options);
  return isSound(contenders, measured, endToEnd);
}

/** @param {string} text @param {object} everything @param {Options} options */
function publish(text, everything, { json, write }) {
  console.log(`\n${text}`);
  if (json) writeFileSync(resolve(json), JSON.stringify(everything, null, 2));
  if (write) writeFileSync(benchFile('RESULTS.md'), `${HEAD}\n${text}`);
}

const HEAD = `# Speed

Written by the command below; what each line means stands in CONTRIBUTING.md.
`;

/** A number that cannot be right is a failure, whoever made it; not to have one is only if it is ours. */
function isSound(
  /** @type {readonly Contender[]} */ contenders,
  /** @type {readonly Measured[]} */ measured,
  /** @type {readonly import('./mnist.mjs').EndToEnd[]} */ endToEnd,
) {
  const ours = contenders.filter(each => each.ours).map(({ id }) => id);
  const isBad = (/** @type {Measured} */ { fault, rate, contender }) =>
    fault !== undefined && (rate !== undefined || ours.includes(contender));
  return !measured.some(isBad) && !endToEnd.some(({ id, fault }) => fault && id !== 'torch');
}

/** Where and with what it was measured. */
import { cpus, loadavg, totalmem } from 'node:os';
import { root, run } from '../../scripts/needs.mjs';

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {number} cores
 * @property {string} memory
 * @property {string} system
 * @property {readonly string[]} nodes each Node with its V8
 * @property {string} [pytorch]
 * @property {string} date
 * @property {string} [revision] of the sources, where git tells
 * @property {readonly number[]} load before, over one, five and fifteen minutes
 */

/**
 * @param {readonly string[]} nodes binaries
 * @param {string | undefined} python
 * @returns {Promise<Machine>}
 */
export async function describeMachine(nodes, python) {
  const versions = nodes.map(async node => {
    const { output } = await run(node, [
      '-p',
      '`Node ${process.versions.node}, V8 ${process.versions.v8}`',
    ]);
    return output.trim();
  });
  const torch = python
    ? await run(python, ['-c', 'import torch; print(torch.__version__)'])
    : undefined;
  const { code, output } = await run('git', ['describe', '--always', '--dirty'], { cwd: root });
  return {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${process.arch}`,
    nodes: await Promise.all(versions),
    ...(torch?.code === 0 && { pytorch: torch.output.trim() }),
    date: new Date().toISOString().slice(0, 10),
    ...(code === 0 && { revision: output.trim() }),
    load: loadavg(),
  };
}

/** Share of the cores that other work may take. */
const QUIET = 0.25;

/** @param {Machine} machine @returns {string[]} lines */
export function machineLines(machine) {
  const { processor, cores, memory, system, nodes, pytorch, date, revision, load } = machine;
  const loads = load.map(each => each.toFixed(2)).join(' ');
  const busy = load[0] > QUIET * cores;
  return [
    `${date}${revision ? `, revision ${revision}` : ''}. ${cores} × ${processor}, ${memory}, ${system}; load before ${loads}.`,
    [...nodes, ...(pytorch ? [`PyTorch ${pytorch}`] : [])].join('; ') + '.',
    ...(busy ? ['The machine was busy with other work: nothing here should be quoted.'] : []),
  ];
}

/** Where benchmarks keep what is fetched and made on demand: nothing of it is ever committed. */
import { join } from 'node:path';
import { root } from '../../scripts/needs.mjs';

const own = join(root, '.bench');

export const folders = {
  /** Packages from npm, a folder each. */
  packages: join(own, 'packages'),
  /** Bundles of our sources, and the program that measures the processor. */
  built: join(own, 'built'),
  /** Workloads: data, initial weights, network documents. */
  work: join(own, 'work'),
};

/** A file of this folder. @param {string[]} names */
export const benchFile = (...names) => join(root, 'test/bench', ...names);

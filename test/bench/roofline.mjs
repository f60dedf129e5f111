/** What one core of this machine can do at most in single precision, as `peak.c` finds it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, onPath } from '../../scripts/needs.mjs';
import { benchFile, folders } from './folders.mjs';

/** @typedef {128 | 256} Bits */
/** @typedef {{ bits: Bits, gflops: number } | { bits: Bits, absent: string }} Peak */

/** @param {Bits} bits @returns {Promise<Peak>} the compiler is gcc, or what calls itself so */
export async function measurePeak(bits) {
  const gcc = onPath('gcc', 'cc');
  if (!gcc) return { bits, absent: 'no C compiler on the PATH' };
  if (bits === 256 && process.arch !== 'x64')
    return { bits, absent: 'this processor has registers of 128 bits' };
  mkdirSync(folders.built, { recursive: true });
  const program = join(folders.built, `peak${bits}`);
  const width = bits === 256 ? ['-DLANES=8', '-mavx2'] : ['-DLANES=4'];
  const flags = ['-O3', '-ffp-contract=off', ...width, benchFile('peak.c'), '-o', program];
  try {
    await mustRun('gcc', gcc, flags);
    return { bits, gflops: Number(await mustRun(`peak${bits}`, program, [])) };
  } catch (error) {
    return { bits, absent: error instanceof Error ? error.message.split('\n')[0] : String(error) };
  }
}

/** Imported before a program, tells at its end how much memory it had at most: bytes, into the file that is named. */
import { writeFileSync } from 'node:fs';

const file = process.env.NABLA_PEAK_MEMORY;
if (!file) throw new Error('NABLA_PEAK_MEMORY must name the file for the number of bytes.');
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));

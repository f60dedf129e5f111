/** What stands between a file and the first step, cold, in milliseconds: `load` as the only thing that a process does. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadDataset } from '../../../src/data/load';
import { compile } from '../../../src/engine/plan';
import { dataFiles } from '../../../src/network/dataFiles';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { answer } from './workload';

/** Rows of the reference engine's tiles. */
const ROWS = 128;

const file = process.argv[process.argv.length - 1];
const text = readFileSync(file, 'utf8');
const start = performance.now();
const { network, issues } = parseNetwork(text);
if (!network) throw new Error(`${file}: ${issues.map(({ message }) => message).join(' ')}`);
const parsed = performance.now();
const shapes = inferShapes(network);
compile(network, shapes, ROWS);
const compiled = performance.now();
const files = Object.fromEntries(
  dataFiles(network).map(name => [name, readFileSync(join(dirname(file), name), 'utf8')]),
);
const { dataset } = loadDataset(network, shapes, files);
const loaded = performance.now();
answer({
  characters: text.length,
  parameters: shapes.parameters,
  parse: parsed - start,
  compile: compiled - parsed,
  samples: dataset?.samples ?? 0,
  data: loaded - compiled,
});

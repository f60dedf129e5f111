/**
 * A long training in a real VS Code: what memory it takes, and whether its curve is that of the command line:
 * `npm run bench:host -- --file longRun`.
 */
import { commands } from 'vscode';
import { describe, expect, it } from 'vitest';
import { areAsThere, copiedRows, drawnRun, trainedThere, xorNetwork } from '../curves';
import { phase, press, rest, say, write } from '../measuring';
import { closeAll, designer, open, readText } from '../ui';

const XOR = 'xor-long.nn.json';
const THERE = 'xor-cli.nn.json';
const LONG = 100_000;

const xor = xorNetwork('xor-long', LONG);

/** Megabytes. */
interface Memory {
  readonly page: number;
  readonly host: number;
}

const memory = async (): Promise<Memory> => ({
  page: await designer.testId('canvas').evaluate<number>('performance.memory.usedJSHeapSize / 1e6'),
  host: process.memoryUsage().rss / 1e6,
});

/** Trains to the end; what memory was taken meanwhile. */
async function train(): Promise<readonly Memory[]> {
  await press('train');
  const seen = [await memory()];
  while ((await phase()) !== 'finished') {
    await rest(250);
    seen.push(await memory());
  }
  return seen;
}

/** Rows that chart, kept run and command line agree upon. */
async function compare(): Promise<string> {
  const kept = await drawnRun(XOR, 'epochs');
  expect(await copiedRows()).toEqual(kept.rows);
  expect(kept.rows.at(-1)).toMatchObject({ epoch: LONG, loss: kept.result.loss });
  const there = await trainedThere(THERE, LONG, '--write');
  const both = areAsThere(kept.rows, there);
  expect(kept.result.parameters).toEqual(there.result.parameters);
  expect(both).toBeGreaterThan(50);
  return `${kept.rows.length} rows in chart and kept run, each as the command line tells its epoch; of its ${there.rows.length} rows ${both} are the same`;
}

describe('100,000 epochs of XOR with the chart open', () => {
  const measure = async (): Promise<void> => {
    await write(XOR, xor);
    await write(THERE, xor);
    await open(XOR);
    await designer.testId('status').waitUntilVisible();
    const seen = await train();
    const status = await designer.testId('status').text();
    const of = (kind: keyof Memory): string =>
      `${kind} ${seen[0][kind].toFixed(0)} MB at first, ${Math.max(...seen.map(each => each[kind])).toFixed(0)} at most, ${seen[seen.length - 1][kind].toFixed(0)} at last`;
    await say(`${status.replace(/\s+/g, ' ')}: ${of('page')}; ${of('host')}`);
    await say(await compare());
    await commands.executeCommand('workbench.action.files.save');
    const layersOf = async (file: string): Promise<unknown> =>
      (JSON.parse(await readText(file)) as { layers: unknown }).layers;
    expect(await layersOf(XOR)).toEqual(await layersOf(THERE));
    await closeAll();
  };

  it('take no more and more memory, and have the curve of the command line', measure, 600_000);
});

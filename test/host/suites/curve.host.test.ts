/** The curve of a training that records only some of its epochs: one and the same wherever it stands. */
import { commands, workspace } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areAsThere, copiedRows, drawnRun, trainedThere, xorNetwork } from '../curves';
import { closeAll, designer, inWorkspace, open, uncaught } from '../ui';

const FILE = 'curve.nn.json';
const THERE = 'curve-there.nn.json';
const EPOCHS = 5000;

const network = xorNetwork('curve', EPOCHS);

describe(`the curve of ${EPOCHS} epochs`, () => {
  beforeAll(async () => {
    const text = new TextEncoder().encode(`${JSON.stringify(network, null, 2)}\n`);
    for (const file of [FILE, THERE]) await workspace.fs.writeFile(inWorkspace(file), text);
    await open(FILE);
    await designer.testId('neuron-0-0').waitUntilVisible(30);
  });

  afterAll(async () => {
    await closeAll();
    for (const file of [FILE, THERE]) await workspace.fs.delete(inWorkspace(file));
    expect(await uncaught()).toEqual([]);
  });

  it('is the same in the chart, in what is kept, and on the command line', async () => {
    await commands.executeCommand('nabla.train', inWorkspace(FILE));
    const kept = await drawnRun(FILE, 'epochs');
    expect(kept.result.epochs).toBe(EPOCHS);
    expect(await copiedRows()).toEqual(kept.rows);
    expect(kept.rows.length).toBeGreaterThan(500);
    expect(kept.rows[0].epoch).toBe(0);
    expect(kept.rows.at(-1)).toMatchObject({ epoch: EPOCHS, loss: kept.result.loss });
    const there = await trainedThere(THERE, EPOCHS);
    expect(areAsThere(kept.rows, there)).toBeGreaterThan(50);
    expect(kept.result.parameters).toEqual(there.result.parameters);
  });
});

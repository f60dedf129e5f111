/** The same seed gives the same bytes: here, in the other extension hosts and on the command line. */
import { workspace } from 'vscode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrainer } from '../../../src/engine/createTrainer';
import { trainedBytes } from '../../engine/twentyNetworks';
import recorded from '../../reference/trainedBytes.json';
import {
  closeAll,
  commandLine,
  designer,
  eventually,
  exampleText,
  inWorkspace,
  open,
  readText,
  run,
} from '../ui';

const STEPS = 1000;

/** The example with one update an epoch, so that its epochs are its steps. */
async function writeNetwork(name: string): Promise<void> {
  const network = JSON.parse(await exampleText('spiral.nn.json')) as { training: object };
  network.training = { ...network.training, batchSize: 'all', epochs: STEPS };
  const bytes = new TextEncoder().encode(JSON.stringify(network, null, 2));
  await workspace.fs.writeFile(inWorkspace(name), bytes);
}

describe('a thousand steps from the same seed', () => {
  beforeAll(async () => {
    await writeNetwork('here.nn.json');
    await writeNetwork('there.nn.json');
  });

  afterAll(closeAll);

  it('write the same bytes in the designer and from the command line', async () => {
    const { code, stdout } = await commandLine('train', 'there.nn.json', '--write', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ epochs: STEPS });
    await open('here.nn.json');
    await designer.testId('neuron-0-0').waitUntilVisible(30);
    await run('Nabla: Train');
    await eventually(async () => {
      expect(await designer.testId('status').attribute('data-phase')).toBe('finished');
    }, 120);
    const document = workspace.textDocuments.find(({ uri }) => uri.path.endsWith('/here.nn.json'));
    await eventually(() => expect(document?.isDirty).toBe(true));
    await document?.save();
    const written = await readText('here.nn.json');
    expect(written).toContain('"weights"');
    expect(written).toBe(await readText('there.nn.json'));
  });
});

describe('twenty networks in the JavaScript of this host', () => {
  it('train to the bytes that are recorded', async () => {
    const digests = await trainedBytes((network, dataset) => {
      const trainer = createTrainer(network, dataset);
      expect(trainer.engine.backend).toMatch(/^wasm/);
      return trainer;
    }, crypto.subtle);
    expect(digests).toEqual(recorded);
  });
});

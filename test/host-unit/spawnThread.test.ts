/** The training worker as a thread: real ones, of tiny scripts and of the worker as it is shipped. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { WorkerPort } from '../../src/host/platform';
import { spawnWorker } from '../../src/host/spawnWorker.desktop';
import type { WorkerApi } from '../../src/protocol';
import { connect } from '../../src/rpc';
import type { Envelope } from '../../src/rpc';
import { buildWorker } from './support/builtWorker';
import { Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const folder = mkdtempSync(join(tmpdir(), 'nabla-thread-'));
const ports: WorkerPort[] = [];

afterEach(() => ports.splice(0).forEach(port => port.dispose()));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(): Promise<WorkerPort> {
  const port = await spawnWorker(Uri.file(folder) as unknown as vscode.Uri);
  ports.push(port);
  return port;
}

const lost = (port: WorkerPort): Promise<string> => new Promise(tell => port.onLost(tell));

/** Moved by the first, so that the second cannot be read: Node 20 sends it all the same. */
const TWICE =
  'const x = Float64Array.of(1); for (const _ of [1, 2]) parentPort.postMessage(x, [x.buffer]);';

it('that has sent what cannot be read is told as lost', async () => {
  const script = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { ${TWICE} });`;
  writeFileSync(join(folder, 'worker.js'), script);
  const port = await start();
  const reason = lost(port);
  port.post({ type: 'event', name: 'go', args: [] });
  expect(await reason).toContain('deserialize');
});

it('that was sent what cannot be read ends, so that nobody waits for its answer', async () => {
  await buildWorker(folder);
  const port = await start();
  const { remote } = connect<WorkerApi>(port, {}, {});
  await remote.alive();
  const values = Float64Array.of(1, 2);
  const message = { type: 'event', name: 'none', args: [values] } as Envelope;
  const reason = lost(port);
  for (let i = 0; i < 2; i++) port.post(message, [values.buffer]);
  expect(await reason).toBe('a message could not be read');
});

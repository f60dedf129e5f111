/** A run of the document that was opened last, and what is in its text. */
import type { Run } from '../../../src/host/run';
import type { Lease } from '../../../src/host/runs';
import { createHost, settled, TEXT } from './host';
import type { Host } from './host';
import { editor } from './vscode';
import type { FakeWorker } from './worker';

export let host: Host;
export let lease: Lease;

export interface Opening {
  /** Texts beside the document, by name. */
  readonly files?: { readonly [name: string]: string };
  /** What the worker does otherwise than usual. */
  readonly prepare?: (worker: FakeWorker) => void;
}

/** A run that nobody has started yet: it has no worker. */
export function acquire(text = TEXT, { files = {}, prepare }: Opening = {}): Run {
  host = createHost(text, prepare);
  for (const [name, content] of Object.entries(files)) editor.write(`/work/${name}`, content);
  lease = host.runs.acquire(host.uri);
  return lease.run;
}

export async function open(
  text?: string,
  opening?: Opening,
): Promise<{ run: Run; worker: FakeWorker }> {
  const run = acquire(text, opening);
  run.start();
  await settled();
  return { run, worker: host.workers[0] };
}

export const textNow = () => host.document.getText();
export const networkNow = () => host.documents.read(host.document as never).network!;
export const denseNow = () => {
  const [layer] = networkNow().layers;
  if (layer.type !== 'dense') throw new Error(`A ${layer.type} layer has no parameters.`);
  return layer;
};
export const warnings = () => editor.messages.filter(({ kind }) => kind === 'warning');

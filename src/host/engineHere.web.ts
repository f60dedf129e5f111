/**
 * The training engine in the extension host's own thread, for browsers in which a worker cannot start another one. It
 * computes in slices there as it does in a worker, and messages are cloned and sent in the same way.
 */
import { UNREADABLE } from '../rpc';
import type { WorkerPort } from './platform';

/** As much of a worker's scope as `worker/main.ts` uses, and whether it was ended. */
interface Scope {
  readonly isOver: boolean;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  addEventListener: MessagePort['addEventListener'];
  removeEventListener: MessagePort['removeEventListener'];
}

type Begin = (scope: Scope) => void;

/** One module for all engines of a window: each call of it is one. */
let module: Promise<{ default: Begin }> | undefined;

/**
 * @param script of the worker, which asks its scope, `self`, for everything that only a worker has
 * @throws when the browser does not run it here either
 */
export async function engineHere(script: Uint8Array<ArrayBuffer>): Promise<WorkerPort> {
  module ??= read(script);
  const { default: begin } = await module;
  const { port1, port2 } = new MessageChannel();
  let isOver = false;
  begin({
    get isOver() {
      return isOver;
    },
    postMessage: (message, transfer) => port2.postMessage(message, [...transfer]),
    addEventListener: port2.addEventListener.bind(port2),
    removeEventListener: port2.removeEventListener.bind(port2),
  });
  port2.start();
  port1.start();
  return {
    post: (message, transfer) => port1.postMessage(message, [...(transfer ?? [])]),
    listen(receive) {
      const hear = (event: MessageEvent): void => receive(event.data);
      port1.addEventListener('message', hear);
      return () => port1.removeEventListener('message', hear);
    },
    // By itself it ends with the host, and with nothing else.
    onLost(lost) {
      const tell = (): void => {
        if (!isOver) lost(UNREADABLE);
      };
      for (const port of [port1, port2]) port.addEventListener('messageerror', tell);
    },
    dispose() {
      isOver = true;
      port1.close();
      port2.close();
    },
  };
}

async function read(script: Uint8Array<ArrayBuffer>): Promise<{ default: Begin }> {
  const parts = ['export default self => {', script, '\n};'];
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  try {
    return (await import(url)) as { default: Begin };
  } finally {
    URL.revokeObjectURL(url);
  }
}

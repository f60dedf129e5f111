/**
 * Gives Node the scope that a browser's worker has. A thread has a port that knows the same methods; a process has a
 * channel to the one that forked it, over which numbers are copied.
 */
import { parentPort } from 'node:worker_threads';
import type { Helpers } from '../engine/wasm/threads';
import { parallelism, startHelper } from '../node/helperThreads';
import { isWideHere } from '../node/wideProcess';

interface MessageEvent {
  readonly data: unknown;
}

/** What `main.ts` uses of a worker's scope. */
interface Scope {
  readonly isWide: boolean;
  readonly helpers: Helpers;
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'messageerror', receive: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', receive: (event: MessageEvent) => void): void;
}

/** What a process prints goes to the log. */
function tellFailure(reason: string): void {
  console.error(`A helper thread has failed: ${reason}`);
}

/**
 * The scope of a forked process. Whoever forked it is waited for no longer than it lives: with its end, however that
 * came, the channel ends, and there is nobody left to compute for.
 */
function processScope(): Scope {
  const receivers = new Map<(event: MessageEvent) => void, (message: unknown) => void>();
  process.on('disconnect', () => process.exit());
  return {
    isWide: isWideHere(),
    helpers: { parallelism: parallelism(), start: work => startHelper(work, tellFailure) },
    // What cannot be sent any more is not worth an error: `disconnect` ends the process.
    postMessage: message => process.send?.(message, undefined, undefined, () => {}),
    addEventListener(type, receive) {
      // A process has no messages that cannot be read.
      if (type === 'messageerror') return;
      const hear = (message: unknown): void => receive({ data: message });
      receivers.set(receive, hear);
      process.on(type, hear);
    },
    removeEventListener(type, receive) {
      process.off(type, receivers.get(receive) ?? (() => {}));
      receivers.delete(receive);
    },
  };
}

if (!parentPort && !process.send)
  throw new Error('This script runs in a worker thread or in a forked process.');
Object.assign(globalThis, { self: parentPort ?? processScope() });

/** Tells whoever forked this process that the script has been read and listens. */
export function tellReady(): void {
  if (!parentPort) process.send?.({ type: 'ready' });
}

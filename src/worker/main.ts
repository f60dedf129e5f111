/**
 * Entry of the training worker in a browser: a classic script, started from a Blob. A thread of Node runs it too
 * (`main.desktop.ts`), and an extension host that can start no worker (`host/engineHere.web.ts`).
 */
import { chooseByMeasuring } from '../engine/wasm/choose';
import { useHelpers, type Helpers } from '../engine/wasm/threads';
import type { WorkerApi, WorkerEvents } from '../protocol';
import { connect, type Envelope, UNREADABLE } from '../rpc';
import { codecs } from './codecs';
import { createSession } from './session';

/** The part of a dedicated worker's global scope that is used here. */
declare const self: {
  /** Whether WebAssembly may compute twice as wide: only in a process of its own. */
  readonly isWide?: boolean;
  /** Other threads that can compute: only there, too. */
  readonly helpers?: Helpers;
  /** Whether it was ended, where nobody can end the thread it runs in. */
  readonly isOver?: boolean;
  postMessage(message: Envelope, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', receive: (event: { data: unknown }) => void): void;
  addEventListener(type: 'messageerror', hear: () => void): void;
  removeEventListener(type: 'message', receive: (event: { data: unknown }) => void): void;
};

/** Node's way to a task of its own; browsers have none of this name. */
declare const setImmediate: ((callback: () => void) => unknown) | undefined;

declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;

declare const MessageChannel: new () => {
  readonly port1: { onmessage: () => void };
  readonly port2: { postMessage(message: undefined): void };
};

/**
 * A task of its own: in a browser through a channel, which unlike timers is not held back. In Node a channel would
 * take up to a thousand turns before it lets a message of the host through.
 */
function turns(): (callback: () => void) => void {
  if (typeof setImmediate === 'function') return callback => void setImmediate(callback);
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return callback => {
    waiting.push(callback);
    port2.postMessage(undefined);
  };
}

const nextTurn = turns();

/** In its turn, and not before `milliseconds` have passed. */
function later(callback: () => void, milliseconds = 0): void {
  const turn = (): void => {
    if (!self.isOver) callback();
  };
  if (milliseconds > 0) setTimeout(turn, milliseconds);
  else nextTurn(turn);
}

if (self.isWide) chooseByMeasuring(() => performance.now());
if (self.helpers) useHelpers(self.helpers);

// Nobody knows which call it was, and who waits for its answer: that ends the engine, which rejects them all.
self.addEventListener('messageerror', () => {
  throw new Error(UNREADABLE);
});

const connection = connect<object, WorkerEvents, WorkerApi>(
  {
    post: (message, transfer = []) => self.postMessage(message, transfer),
    listen: receive => {
      const listener = (event: { data: unknown }): void => receive(event.data);
      self.addEventListener('message', listener);
      return () => self.removeEventListener('message', listener);
    },
  },
  createSession({ now: () => performance.now(), later, codecs }, (name, ...args) =>
    connection.tell(name, ...args),
  ),
  {},
);

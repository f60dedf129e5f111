/** Entry of the training worker in a browser: a classic script, started from a Blob. */
import type { WorkerApi, WorkerEvents } from '../protocol';
import { connect, type Envelope } from '../rpc';
import { createSession } from './session';

/** The part of a dedicated worker's global scope that is used here. */
declare const self: {
  postMessage(message: Envelope, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', receive: (event: { data: unknown }) => void): void;
  removeEventListener(type: 'message', receive: (event: { data: unknown }) => void): void;
};

/** A task of its own through a channel: unlike timers it is not held back by the browser. */
function turns(): (callback: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return callback => {
    waiting.push(callback);
    port2.postMessage(undefined);
  };
}

const connection = connect<object, WorkerEvents, WorkerApi>(
  {
    post: (message, transfer = []) => self.postMessage(message, transfer),
    listen: receive => {
      const listener = (event: { data: unknown }): void => receive(event.data);
      self.addEventListener('message', listener);
      return () => self.removeEventListener('message', listener);
    },
  },
  createSession({ now: () => performance.now(), later: turns() }, (name, ...args) =>
    connection.tell(name, ...args),
  ),
  {},
);

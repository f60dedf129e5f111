/** Two joined ports as those of a thread: what is named to be transferred is moved, and its sender has it no more. */
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Endpoint } from '../../src/rpc';

export interface ThreadPorts {
  readonly near: Endpoint;
  readonly far: Endpoint;
  close(): void;
}

export function threadPorts(): ThreadPorts {
  const { port1, port2 } = new MessageChannel();
  return { near: endpoint(port1), far: endpoint(port2), close: () => port1.close() };
}

function endpoint(port: MessagePort): Endpoint {
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    listen(receive) {
      port.on('message', receive);
      return () => port.off('message', receive);
    },
  };
}

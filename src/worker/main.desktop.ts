/** Entry of the training worker in a Node thread. */
import { parentPort } from 'node:worker_threads';
import type { WorkerApi, WorkerEvents } from '../protocol';
import { connect } from '../rpc';
import { createSession } from './session';

if (!parentPort) throw new Error('This module runs in a worker thread.');
const port = parentPort;

const connection = connect<object, WorkerEvents, WorkerApi>(
  {
    post: (message, transfer) => port.postMessage(message, transfer),
    listen: receive => {
      port.on('message', receive);
      return () => port.off('message', receive);
    },
  },
  createSession(
    { now: () => performance.now(), later: callback => void setImmediate(callback) },
    (name, ...args) => connection.tell(name, ...args),
  ),
  {},
);

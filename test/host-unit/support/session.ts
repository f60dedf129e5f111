/** The real training session behind a port, in the same thread. */
import type { WorkerPort } from '../../../src/host/platform';
import type { WorkerApi, WorkerEvents } from '../../../src/protocol';
import { connect } from '../../../src/rpc';
import type { Connection, Endpoint } from '../../../src/rpc';
import { codecs } from '../../../src/worker/codecs';
import { createSession } from '../../../src/worker/session';
import { threadPorts } from '../../support/threadPorts';
import { MessageChannelPair } from './worker';

export function sessionPort(): WorkerPort {
  return pacedSessionPort(slice => void setImmediate(slice));
}

/** As a thread: buffers are moved, and whoever sends them has them no more. */
export function movingSessionPort(): WorkerPort {
  const ports = threadPorts();
  const port = sessionBehind(ports, slice => void setImmediate(slice));
  const dispose = (): void => {
    port.dispose();
    ports.close();
  };
  return { ...port, dispose };
}

/** @param later computes the next slice of a training, when it shall be */
export function pacedSessionPort(later: (slice: () => void) => void): WorkerPort {
  return sessionBehind(new MessageChannelPair(), later);
}

function sessionBehind(
  channel: { readonly near: Endpoint; readonly far: Endpoint },
  later: (slice: () => void) => void,
): WorkerPort {
  const world = { codecs, now: () => performance.now(), later };
  const connection: Connection<object, WorkerEvents> = connect<object, WorkerEvents, WorkerApi>(
    channel.far,
    createSession(world, (name, ...args) => connection.tell(name, ...args)),
    {},
  );
  return { ...channel.near, onLost: () => {}, dispose: () => connection.dispose() };
}

/** The real training session behind a port, in the same thread. */
import type { WorkerPort } from '../../../src/host/platform';
import type { WorkerApi, WorkerEvents } from '../../../src/protocol';
import { connect } from '../../../src/rpc';
import type { Connection } from '../../../src/rpc';
import { codecs } from '../../../src/worker/codecs';
import { createSession } from '../../../src/worker/session';
import { MessageChannelPair } from './worker';

export function sessionPort(): WorkerPort {
  return pacedSessionPort(slice => void setImmediate(slice));
}

/** @param later computes the next slice of a training, when it shall be */
export function pacedSessionPort(later: (slice: () => void) => void): WorkerPort {
  const channel = new MessageChannelPair();
  const world = { codecs, now: () => performance.now(), later };
  const connection: Connection<object, WorkerEvents> = connect<object, WorkerEvents, WorkerApi>(
    channel.far,
    createSession(world, (name, ...args) => connection.tell(name, ...args)),
    {},
  );
  return { ...channel.near, onLost: () => {}, dispose: () => connection.dispose() };
}

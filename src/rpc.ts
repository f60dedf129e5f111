/**
 * An interface becomes typed calls over any port.
 *
 * Each side serves an object of methods and tells events; the far side's interface is only a type.
 * Every call is answered: with a value, or with an error that keeps its name and issues. Closing the
 * connection rejects what is pending, so that no caller waits for ever.
 */
import type { DataIssue } from './protocol';
import { isEnvelope } from './rpc/envelope';
import type { Endpoint, Envelope, WireError } from './rpc/envelope';

export { throughJson } from './rpc/throughJson';
export type { Endpoint, Envelope } from './rpc/envelope';

/** Why a far side is given up that was sent, or has sent, what cannot be read: nobody knows what it was an answer to. */
export const UNREADABLE = 'a message could not be read';

/** The far side's methods as this side sees them: all asynchronous. */
export type Remote<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** What this side serves: each method may answer now or later. */
export type Served<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => R | Promise<R>
    : never;
};

/** Receivers of the far side's events. */
export type Listeners<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => void ? (...args: A) => void : never;
};

/** What an event of `T` is told with. */
export type EventArguments<T, K extends keyof T> = T[K] extends (...args: infer A) => void
  ? A
  : never;

export interface Connection<Far, Told> {
  readonly remote: Remote<Far>;
  /** Tells an event to the far side. Typed arrays in the arguments that own their buffer are transferred. */
  tell<K extends keyof Told & string>(name: K, ...args: EventArguments<Told, K>): void;
  /** @param reason what those hear who wait for an answer */
  dispose(reason?: string): void;
}

/** An error that carries issues across a connection. */
export class IssuesError extends Error {
  override readonly name = 'IssuesError';
  constructor(
    message: string,
    readonly issues: readonly DataIssue[],
  ) {
    super(message);
  }
}

/** What was asked for needs data, and the network has none. The page knows it by its name, and says it in its language. */
export class NoData extends Error {
  override readonly name = 'NoData';
}

/** The far side went away while a call was pending, or the call was made afterwards. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
}

/**
 * Connects two sides over a port.
 *
 * `Far`: methods of the far side; `Told`: events that this side tells; `served` and `listeners`: what
 * this side answers and hears.
 */
export function connect<
  Far,
  Told = object,
  Near extends object = object,
  Heard extends object = object,
>(endpoint: Endpoint, served: Served<Near>, listeners: Listeners<Heard>): Connection<Far, Told> {
  const channel = new Channel(endpoint, served, listeners);
  return {
    remote: new Proxy({} as Remote<Far>, {
      get: (_, method) =>
        // A promise-like `then` would make `await remote` call the far side.
        typeof method === 'string' && method !== 'then'
          ? (...args: unknown[]) => channel.call(method, args)
          : undefined,
    }),
    tell: (name, ...args) => channel.send({ type: 'event', name, args }),
    dispose: reason => channel.dispose(reason),
  };
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The untyped side of a connection: numbers the calls and finds who waits for an answer. */
class Channel {
  readonly #endpoint: Endpoint;
  readonly #served: object;
  readonly #listeners: object;
  readonly #pending = new Map<number, PendingCall>();
  readonly #stop: () => void;
  #nextId = 1;
  #closed = false;

  constructor(endpoint: Endpoint, served: object, listeners: object) {
    this.#endpoint = endpoint;
    this.#served = served;
    this.#listeners = listeners;
    this.#stop = endpoint.listen(message => this.#receive(message));
  }

  call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) {
      const message = `Cannot call ${method}: the connection is closed.`;
      return Promise.reject(new ConnectionClosed(message));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const message = { type: 'call', id, method, args } as const;
      const transfer = transferables(message);
      this.#pending.set(id, { resolve, reject });
      this.#endpoint.post(message, transfer);
    });
  }

  send(message: Envelope): void {
    if (!this.#closed) this.#endpoint.post(message, transferables(message));
  }

  dispose(reason = 'The connection was closed.'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    for (const { reject } of this.#pending.values()) reject(new ConnectionClosed(reason));
    this.#pending.clear();
  }

  #receive(message: unknown): void {
    if (this.#closed || !isEnvelope(message)) return;
    if (message.type === 'call') void this.#answer(message);
    else if (message.type === 'return') this.#settle(message.id)?.resolve(message.value);
    else if (message.type === 'throw') this.#settle(message.id)?.reject(fromWire(message.error));
    else if (Object.hasOwn(this.#listeners, message.name) && message.args.length <= MOST_ARGUMENTS)
      own(this.#listeners, message.name)(...message.args);
  }

  async #answer({ id, method, args }: Extract<Envelope, { type: 'call' }>): Promise<void> {
    try {
      if (args.length > MOST_ARGUMENTS)
        throw new TypeError(
          `A call has at most ${MOST_ARGUMENTS} arguments; found ${args.length} for ${named(method)}.`,
        );
      this.send({ type: 'return', id, value: await own(this.#served, method)(...args) });
    } catch (error) {
      this.send({ type: 'throw', id, error: toWire(error) });
    }
  }

  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    return call;
  }
}

/** No method takes half as many. */
const MOST_ARGUMENTS = 16;

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** As long as a name may be. */
const named = (method: string): string => `"${method.slice(0, 60)}"`;

/** A method of the table itself: names such as `constructor` reach nothing. */
function own(table: object, name: string): AnyFunction {
  const method: unknown = Object.hasOwn(table, name)
    ? (table as Record<string, unknown>)[name]
    : undefined;
  if (typeof method !== 'function')
    throw new Error(`No method named ${named(name)} is served here.`);
  return method as AnyFunction;
}

function toWire(error: unknown): WireError {
  if (error instanceof IssuesError)
    return { name: error.name, message: error.message, issues: error.issues };
  if (error instanceof Error)
    return { name: lacksMemory(error) ? 'OutOfMemory' : error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

/** As engines say it of arrays, buffers and WebAssembly's memory. */
function lacksMemory(error: Error): boolean {
  return error instanceof RangeError && /alloc|array length|memory/i.test(error.message);
}

function fromWire({ name, message, issues }: WireError): Error {
  if (Array.isArray(issues)) return new IssuesError(message, issues as readonly DataIssue[]);
  const error = new Error(message);
  error.name = name;
  return error;
}

/**
 * Buffers of the typed arrays a few levels inside a message, where the array is the whole buffer: of a call those of a
 * table of files, `load({ files: { [path]: bytes } })`. Throws where a message before has moved one.
 */
function transferables(message: Envelope): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (value: unknown, depth: number): void => {
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteLength } = value;
      if (!(buffer instanceof ArrayBuffer) || byteLength < buffer.byteLength) return;
      if (wasMoved(buffer)) throw new Error(movedMessage(message));
      found.add(buffer);
    } else if (typeof value === 'object' && value !== null && depth > 0) {
      for (const inner of Object.values(value)) look(inner, depth - 1);
    }
  };
  if (message.type === 'call') message.args.forEach(argument => look(argument, 2));
  if (message.type === 'return') look(message.value, 1);
  if (message.type === 'event') message.args.forEach(argument => look(argument, 1));
  return [...found];
}

/** No view can be made of a buffer that was moved. A port of Node 20 sends it all the same, and nobody can read what arrives. */
function wasMoved(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    return new Uint8Array(buffer).length > 0;
  } catch {
    return true;
  }
}

function movedMessage(message: Envelope): string {
  const what =
    message.type === 'call'
      ? message.method
      : message.type === 'event'
        ? message.name
        : 'an answer';
  return `Cannot send ${what}: numbers in it were given away by an earlier message.`;
}

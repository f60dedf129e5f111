/** What crosses a port, and what a port is. */
import type { DataIssue } from '../protocol';

/** On the wire. */
export type Envelope =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'return'; readonly id: number; readonly value: unknown }
  | { readonly type: 'throw'; readonly id: number; readonly error: WireError }
  | { readonly type: 'event'; readonly name: string; readonly args: readonly unknown[] };

export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly issues?: readonly DataIssue[];
}

/** A port: two functions. `transfer` names buffers that are moved rather than copied, where the port can. */
export interface Endpoint {
  post(message: Envelope, transfer?: readonly ArrayBuffer[]): void;
  /** Calls `receive` for every message; the returned function ends that. */
  listen(receive: (message: unknown) => void): () => void;
}

/** Checks the shape of what came in: a webview is a browser page, and anyone may post to a window. */
export function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null) return false;
  const m = message as Record<string, unknown>;
  switch (m['type']) {
    case 'call':
      return (
        typeof m['id'] === 'number' && typeof m['method'] === 'string' && Array.isArray(m['args'])
      );
    case 'return':
      return typeof m['id'] === 'number';
    case 'throw':
      return typeof m['id'] === 'number' && isWireError(m['error']);
    case 'event':
      return typeof m['name'] === 'string' && Array.isArray(m['args']);
    default:
      return false;
  }
}

function isWireError(error: unknown): error is WireError {
  if (typeof error !== 'object' || error === null) return false;
  const e = error as Record<string, unknown>;
  return typeof e['name'] === 'string' && typeof e['message'] === 'string';
}

/** Numbers and gaps that JSON does not know, over a port that carries JSON. */
import type { Endpoint, Envelope } from './envelope';

/**
 * A port that carries JSON (with typed arrays apart), as a webview's does: NaN and ±∞ would arrive as null,
 * and null as a number is 0. Here they cross as `{ $number: 'NaN' }`. An `undefined` in a list, such as an argument
 * that was left out, would arrive as null too; it crosses as `{ $undefined: true }`. Both ends must be wrapped.
 */
export function throughJson(endpoint: Endpoint): Endpoint {
  return {
    post: message => endpoint.post(mapped(message, pack) as Envelope),
    listen: receive => endpoint.listen(message => receive(mapped(message, unpack))),
  };
}

function pack(value: unknown): unknown {
  if (value === undefined) return { $undefined: true };
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}

function unpack(value: unknown): unknown {
  const { $number, $undefined } = (value ?? {}) as { $number?: unknown; $undefined?: unknown };
  const stands = $undefined === true || typeof $number === 'string';
  // With anything beside it, it is a name like any other.
  if (!stands || Object.keys(value as object).length > 1) return value;
  return $undefined === true ? undefined : Number($number);
}

/** Lists and objects within each other; no message of ours has half as many, and what lies deeper is left as it is. */
const MOST_LEVELS = 200;

/** A copy with every inner value changed; what no change concerns is not copied. */
function mapped(
  value: unknown,
  change: (value: unknown) => unknown,
  levels = MOST_LEVELS,
): unknown {
  const changed = change(value);
  if (changed !== value) return changed;
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  const isList = Array.isArray(value);
  const copy: Record<string, unknown> | unknown[] = isList ? [] : {};
  let differs = false;
  for (const [key, inner] of Object.entries(value)) {
    // JSON leaves such a property out, which means the same.
    if (inner === undefined && !isList) continue;
    const next = mapped(inner, change, levels - 1);
    differs ||= next !== inner;
    // `__proto__` is a name like any other.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: next, ...plain });
    else (copy as Record<string, unknown>)[key] = next;
  }
  return differs ? copy : value;
}

const plain = { writable: true, enumerable: true, configurable: true };

/**
 * How long an input takes and how many bytes it allocates: those asked for by arrays of numbers are counted one by one,
 * objects and texts by how much the heap has grown.
 */
import { getHeapStatistics } from 'node:v8';
import { Broken } from './target';

/** Asked for at once: this much is never given, so that a machine survives the bug. */
const MOST_AT_ONCE = 2 ** 31;

let counted = 0;

/** From now on the arrays of this thread are counted. */
export function countArrays(): void {
  const world = globalThis as unknown as { [name: string]: new (...args: unknown[]) => object };
  for (const name of Object.keys(sizes)) world[name] = counting(world[name], sizes[name]);
}

const sizes: { readonly [name: string]: number } = {
  ArrayBuffer: 1,
  Uint8Array: 1,
  Int8Array: 1,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
};

type Constructor = new (...args: unknown[]) => object;

function counting(original: Constructor, size: number): Constructor {
  const proxy: Constructor = new Proxy(original, {
    construct(target, args: [unknown], made) {
      count(lengthOf(args[0]) * size);
      return Reflect.construct(target, args, made === proxy ? target : made);
    },
  });
  return proxy;
}

/** A view of a buffer takes nothing. */
function lengthOf(argument: unknown): number {
  if (typeof argument === 'number') return argument;
  const { length = 0 } = (argument ?? {}) as { length?: unknown };
  return typeof length === 'number' ? length : 0;
}

function count(bytes: number): void {
  counted += bytes;
  if (bytes > MOST_AT_ONCE) throw new Broken(`${bytes} bytes were asked for at once`);
}

export interface Cost {
  /** Milliseconds of the processor. */
  readonly ms: number;
  readonly bytes: number;
}

/** Milliseconds of the processor: what else a busy machine does is no fault of the input. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What is measured since the last {@link rest}. */
let heap = 0;
let begun = 0;
let worst: Cost = { ms: 0, bytes: 0 };

/**
 * Ends a stretch of work, and begins another: between two requests of a person, or where the product itself gives way.
 * What an input takes is what its worst stretch takes.
 */
export function rest(): void {
  const ms = spentMs() - begun;
  const grown = getHeapStatistics().used_heap_size - heap;
  const bytes = counted + Math.max(0, grown);
  worst = { ms: Math.max(ms, worst.ms), bytes: Math.max(bytes, worst.bytes) };
  begin();
}

function begin(): void {
  counted = 0;
  heap = getHeapStatistics().used_heap_size;
  begun = spentMs();
}

/** @param tell hears the cost, also where the work throws */
export async function measured<T>(
  work: () => Promise<T> | T,
  tell: (cost: Cost) => void,
): Promise<T> {
  worst = { ms: 0, bytes: 0 };
  begin();
  try {
    return await work();
  } finally {
    rest();
    tell(worst);
  }
}

/** What is used of WebAssembly, which every place that Nabla runs in has, but no library of TypeScript for all of them. */

export interface Memory {
  /** A SharedArrayBuffer where several threads work in it, which the code that looks into it need not know. */
  readonly buffer: ArrayBuffer;
}

interface Instance {
  readonly exports: unknown;
}

/** A compiled module. */
export type Module = object;

declare const WebAssembly:
  | {
      readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => Memory;
      readonly Module: new (bytes: Uint8Array) => Module;
      readonly Instance: new (module: Module, imports: object) => Instance;
      validate(bytes: Uint8Array): boolean;
    }
  | undefined;

/** Whether this place can run the module; false where WebAssembly or its vectors are missing. */
export function canRun(bytes: Uint8Array): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);
}

/** @throws Error when the module is none, or compiling is forbidden here */
export function compileModule(bytes: Uint8Array): Module {
  return new (required().Module)(bytes);
}

const PAGE = 65_536;

/** A memory of that many bytes that never grows, so that views of it stay. `shared`: for several threads. */
export function createMemory(bytes: number, shared = false): Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new (required().Memory)({ initial: pages, maximum: pages, shared });
}

/** How a module says that it imports its memory, up to the byte of its limits. */
const IMPORTED_MEMORY = [3, ...bytesOf('env'), 6, ...bytesOf('memory'), 2];
/** Limits: there is a maximum; and the memory is shared. */
const LIMITED = 1;
const SHARED = 3;

function bytesOf(text: string): number[] {
  return [...text].map(letter => letter.charCodeAt(0));
}

/** The same module over a memory that threads share: one byte tells which of both it is. */
export function sharing(bytes: Uint8Array): Uint8Array {
  const isHere = (at: number): boolean => IMPORTED_MEMORY.every((b, i) => bytes[at + i] === b);
  const at = bytes.findIndex((_, start) => isHere(start)) + IMPORTED_MEMORY.length;
  if (bytes[at] !== LIMITED) throw new Error('The module does not import a memory with a limit.');
  const twin = bytes.slice();
  twin[at] = SHARED;
  return twin;
}

/** What src/engine/wasm/assembly/index.ts exports; addresses and lengths in bytes. */
export interface Exports {
  setup(header: number): void;
  gather(position: number, rows: number): void;
  forward(keeps: boolean, drops: boolean): void;
  backward(samples: number, adds: boolean): void;
  applyStored(): void;
  train(steps: number, wantsNorm: boolean): number;
  finite(address: number, length: number): number;
  keep(from: number, to: number, length: number): void;
  setThreads(count: number): void;
  clear(address: number, length: number): void;
  activateNumbers(activation: number, from: number, to: number, count: number): void;
}

/** @returns what the module exports, of which the caller knows the types */
export function instantiateWith(module: Module, memory: Memory): unknown {
  const { Instance } = required();
  return new Instance(module, { env: { memory } }).exports;
}

export function instantiate(module: Module, memory: Memory): Exports {
  const abort = (): never => {
    throw new Error('The engine has stopped at a place that it should never reach.');
  };
  const { Instance } = required();
  return new Instance(module, { env: { memory, abort } }).exports as Exports;
}

function required(): NonNullable<typeof WebAssembly> {
  if (typeof WebAssembly === 'undefined') throw new Error('There is no WebAssembly here.');
  return WebAssembly;
}

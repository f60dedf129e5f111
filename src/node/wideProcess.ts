/**
 * A Node process that may put pairs of 128-bit WebAssembly operations together: its command line, and whether this
 * runtime knows the flag for it. The runtime is Node itself, or an Electron that runs as Node.
 */
import { execFile } from 'node:child_process';

const FLAG = '--experimental-wasm-revectorize';

/**
 * V8 has had the flag for longer; from this version on it gains something (measured: 12.4 no, 13.6 twice the speed).
 */
const FIRST_V8 = 13;

/** Milliseconds for a process that does nothing. */
const PATIENCE = 10_000;

/** What tells one runtime from another. */
export interface Runtime {
  readonly execPath: string;
  readonly arch: string;
  readonly versions: { readonly v8: string };
}

/** Arguments of Node, before the script. */
export function wideArguments(isWide: boolean): readonly string[] {
  return isWide ? [FLAG] : [];
}

/**
 * The environment of such a process. What a person has set for programs of their own (a debugger that waits, modules to
 * load first) is not meant for it.
 */
export function nodeEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...env, NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: '1' };
}

/** Whether this process was started so. */
export function isWideHere(): boolean {
  return process.execArgv.includes(FLAG);
}

let known: Promise<boolean> | undefined;

/** Whether a process of this runtime takes the flag and gains by it; asked once. */
export function isWide(): Promise<boolean> {
  return (known ??= takesFlag(process));
}

/**
 * Whether that runtime takes the flag: a process is started with it, does nothing, and tells by its exit code. Only on
 * x64: elsewhere 128 bits are the full width.
 */
export function takesFlag({ execPath, arch, versions }: Runtime): Promise<boolean> {
  if (arch !== 'x64' || Number.parseInt(versions.v8) < FIRST_V8) return Promise.resolve(false);
  const options = { env: nodeEnvironment(), timeout: PATIENCE };
  return new Promise(resolve => {
    execFile(execPath, [FLAG, '--eval', ''], options, error => resolve(error === null));
  });
}

/** The engine's modules, and which of them computes here. */
import { compileModule, canRun, type Module } from './webAssembly';
import { bytes, type BackendName } from './modules';

/** A module that is ready to compute. */
export interface Backend {
  readonly name: BackendName;
  readonly module: Module;
  /** Neurons of a panel. */
  readonly width: number;
}

const compiled = new Map<BackendName, Backend>();

/** Compiled at the first call; undefined where this place cannot run it. */
export function loadBackend(name: BackendName): Backend | undefined {
  const known = compiled.get(name);
  if (known) return known;
  const { code, width } = bytes[name];
  if (!canRun(code)) return undefined;
  const backend: Backend = { name, module: compileModule(code), width };
  compiled.set(name, backend);
  return backend;
}

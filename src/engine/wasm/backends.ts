/** The engine's modules, and which of them computes here. */
import { canRun, compileModule, sharing, type Module } from './webAssembly';
import { bytes, type BackendName } from './modules';

/** A module that is ready to compute. */
export interface Backend {
  readonly name: BackendName;
  readonly module: Module;
  /** The same for a memory that threads share; compiled when it is first asked for. */
  readonly sharingModule: Module;
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
  let twin: Module | undefined;
  const backend: Backend = {
    name,
    module: compileModule(code),
    get sharingModule() {
      return (twin ??= compileModule(sharing(code)));
    },
    width,
  };
  compiled.set(name, backend);
  return backend;
}

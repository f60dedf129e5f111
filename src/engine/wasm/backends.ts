/** The engine's modules, and which of them computes here. */
import { canRun, compileModule, sharing, type Module } from './webAssembly';
import { modules, type BackendName } from './modules';

/** A module that is ready to compute. */
export interface Backend {
  readonly name: BackendName;
  readonly module: Module;
  /** The same for a memory that threads share; compiled when it is first asked for. */
  readonly sharingModule: Module;
  /** Neurons of a panel. */
  readonly width: number;
  /** Whether products are fused with sums. */
  readonly fuses: boolean;
}

const compiled = new Map<BackendName, Backend>();

/** Compiled at the first call; undefined where this place cannot run it. */
export function loadBackend(name: BackendName): Backend | undefined {
  const known = compiled.get(name);
  if (known) return known;
  const { width, fuses, ...bytes } = modules[name];
  const code = bytes.code();
  if (!canRun(code)) return undefined;
  let twin: Module | undefined;
  const backend: Backend = {
    name,
    module: compileModule(code),
    get sharingModule() {
      return (twin ??= compileModule(sharing(code)));
    },
    width,
    fuses,
  };
  compiled.set(name, backend);
  return backend;
}

/** The bytes of the engine's modules, made by scripts/wasm.mjs before anything is bundled or tested. */
import plain4x16 from './build/plain-4x16.wasm';
import plain4x8 from './build/plain-4x8.wasm';
import { fused } from './fused';

/** Rows × columns of a tile. */
export type Block = '4x8' | '4x16';

/**
 * `plain`: products and sums are rounded apart, the same bits everywhere. `relaxed`: together where the processor can
 * (fused.ts).
 */
export type BackendName = `${'plain' | 'relaxed'}-${Block}`;

interface ModuleBytes {
  readonly width: number;
  /** Whether products are fused with sums. */
  readonly fuses: boolean;
  code(): Uint8Array;
}

export const modules: { readonly [K in BackendName]: ModuleBytes } = {
  'plain-4x8': { width: 8, fuses: false, code: () => plain4x8 },
  'plain-4x16': { width: 16, fuses: false, code: () => plain4x16 },
  'relaxed-4x8': { width: 8, fuses: true, code: () => fused(plain4x8) },
  'relaxed-4x16': { width: 16, fuses: true, code: () => fused(plain4x16) },
};

/** The bytes of the engine's modules, made by scripts/wasm.mjs before anything is bundled or tested. */
import plain4x16 from './build/plain-4x16.wasm';
import plain4x8 from './build/plain-4x8.wasm';

/** `plain`: products and sums are rounded apart, the same bits everywhere. The numbers: rows × columns of a tile. */
export type BackendName = 'plain-4x8' | 'plain-4x16';

export const bytes: { readonly [K in BackendName]: { code: Uint8Array; width: number } } = {
  'plain-4x8': { code: plain4x8, width: 8 },
  'plain-4x16': { code: plain4x16, width: 16 },
};

/** Brings what stands around the picture, once the picture is on the screen. */
import type * as Furniture from './furniture';
import { useFurnitureWords } from './words';

export type { Furniture };

let brought: Promise<typeof Furniture> | undefined;

/** Rejects when the script cannot be had; asked again, it is tried again. */
export function bringFurniture(): Promise<typeof Furniture> {
  brought ??= bring().catch((error: unknown) => {
    brought = undefined;
    throw error;
  });
  return brought;
}

async function bring(): Promise<typeof Furniture> {
  const [furniture] = await Promise.all([import('./furniture'), useFurnitureWords()]);
  furniture.defineElements();
  // Drawing it is a task of its own: what a person does meanwhile comes first.
  await new Promise(resolve => setTimeout(resolve));
  return furniture;
}

/** Resolves when the coming frame has been painted. */
export function painted(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
}

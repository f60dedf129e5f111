/** Whether a changed structure is a network: then the edit with its sentence, else why it cannot be. Pure. */
import type { NetworkEdit } from '../../src/network/edit';
import { text } from '../strings';
import { differences, why } from './sentences';
import { judge, type Row } from './structure';
import type { World } from './world';

export type Consequence =
  | {
      readonly possible: true;
      readonly edit: NetworkEdit;
      readonly says: string;
      /** The layers that are selected afterwards, by their new indices. */
      readonly select: readonly number[];
    }
  | { readonly possible: false; readonly why: string };

export const refused = (words: string): Consequence => ({ possible: false, why: words });

/** "between input and layer 2", "after the output". */
export function placeWords({ network, title }: World, index: number): string {
  const { length } = network.layers;
  return index >= length
    ? text('design.after', title(length - 1))
    : text('design.between', title(index - 1), title(index));
}

export function verdict(
  world: World,
  rows: readonly Row[],
  edit: NetworkEdit,
  says: string,
  select: readonly number[],
): Consequence {
  const judged = judge({ ...world.structure, rows });
  if (judged.obstacle) return refused(why(world, judged.obstacle, rows));
  const changes = differences(world, rows, judged);
  return { possible: true, edit, says: [says, ...changes].join(' · '), select };
}

/**
 * Another number of units, and what must follow: the sources of an `add` are equally long, so they grow and
 * shrink together, as one edit. Pure.
 */
import type { NetworkEdit } from '../../src/network/edit';
import type { LayerType } from '../../src/network/network';
import { count } from '../numbers';
import { text } from '../strings';
import type { Consequence } from './verdict';
import { differences, why } from './sentences';
import { INPUT, judge, sourcesAt, type Structure } from './structure';
import type { World } from './world';

export interface Resizing {
  /** The layer itself first, then those that follow it; −1 is the input. */
  readonly layers: readonly number[];
  readonly consequence: Consequence;
}

/** @param layer a dense layer, or −1 for an input that the data leave free */
export function resizing(world: World, layer: number, units: number): Resizing {
  const layers = [layer];
  let after = withUnits(world.structure, layers, units);
  let judged = judge(after);
  // Each turn takes more layers along, or ends.
  while (judged.obstacle?.type === 'sizes') {
    const followers = followersOf(world, judged.obstacle.key, layers);
    if (!followers || followers.length === 0) break;
    layers.push(...followers);
    after = withUnits(world.structure, layers, units);
    judged = judge(after);
  }
  const { obstacle } = judged;
  if (obstacle) {
    const words = why(world, obstacle, after.rows);
    return { layers: [layer], consequence: { possible: false, why: words } };
  }
  const names = layers.map(world.title).join(' + ');
  const changes = differences(world, after.rows, judged);
  const says = [text('design.units', names, count(units)), ...changes].join(' · ');
  const select = layer < 0 ? [] : [layer];
  return {
    layers,
    consequence: { possible: true, edit: editOf(world, layers, units), says, select },
  };
}

function editOf({ title }: World, layers: readonly number[], units: number): NetworkEdit {
  const edits = layers.map((layer): NetworkEdit =>
    layer < 0 ? { type: 'setInputs', size: units } : { type: 'setUnits', layer, units },
  );
  const label = text('design.label.units', layers.map(title).join(' + '), units);
  return edits.length === 1 ? edits[0] : { type: 'several', label, edits };
}

function withUnits(structure: Structure, layers: readonly number[], units: number): Structure {
  const { inputSize, rows } = structure;
  return {
    ...structure,
    inputSize: layers.includes(INPUT) ? units : inputSize,
    rows: rows.map(row => (layers.includes(row.key) ? { ...row, units } : row)),
  };
}

/** As long as its source, or as each of them. */
const KEEPS_LENGTH: ReadonlySet<LayerType> = new Set(['add', 'flatten', 'dropout', 'batchNorm']);

/**
 * The layers whose units decide how long the sources of an `add` are, without those that are resized already.
 * Undefined where that is not one number alone: behind a `concat` or a window, or at an input that the data decide.
 */
function followersOf(
  { structure: { rows }, network }: World,
  add: number,
  known: readonly number[],
): readonly number[] | undefined {
  const found = new Set<number>();
  const visit = (key: number): boolean => {
    const index = rows.findIndex(row => row.key === key);
    if (index < 0 && network.data) return false;
    if (index < 0 || rows[index].type === 'dense') {
      if (!known.includes(key)) found.add(key);
      return true;
    }
    return KEEPS_LENGTH.has(rows[index].type) && sourcesAt(rows, index).every(visit);
  };
  return visit(add) ? [...found] : undefined;
}

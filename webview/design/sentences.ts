/** What changes between two structures, and what stands in the way of one, in words. Pure. */
import { limits } from '../../src/network/catalog';
import { imageText } from '../../src/network/images';
import { count } from '../numbers';
import { listed } from '../punctuation';
import { text } from '../strings';
import { NEW, type Judged, type Obstacle, type Row, type RowShape } from './structure';
import type { World } from './world';

/** Shapes at most named one by one. */
const NAMED = 3;

/** "new W 4 × 4", "next W 3 × 4": the weights that appear or change their shape, and the output's size. */
export function differences(
  { judged: before, structure, title }: World,
  rows: readonly Row[],
  after: Judged,
): readonly string[] {
  const words: string[] = [];
  const changed = rows.flatMap(({ key }) => {
    const now = after.shapes.get(key);
    const isNew = !before.shapes.has(key);
    return now && (isNew || !sameWeights(before.shapes.get(key), now)) ? [{ key, now, isNew }] : [];
  });
  for (const { key, now, isNew } of changed.slice(0, NAMED)) {
    if (now.weights) {
      const [units, inputs] = now.weights.map(count);
      words.push(
        isNew
          ? text('design.newWeights', units, inputs)
          : text('design.nextWeights', title(key), units, inputs),
      );
    } else if (isNew)
      words.push(text('design.newValues', now.image ? imageText(now.image) : count(now.units)));
  }
  if (changed.length > NAMED) words.push(text('design.more', changed.length - NAMED));
  const outputs = (list: readonly Row[], judged: Judged): number =>
    judged.shapes.get(list.at(-1)?.key ?? NaN)?.units ?? NaN;
  const [was, is] = [outputs(structure.rows, before), outputs(rows, after)];
  if (was !== is) words.push(text('design.outputs', count(is), count(was)));
  return words;
}

function sameWeights(a: RowShape | undefined, b: RowShape): boolean {
  return a?.weights?.[0] === b.weights?.[0] && a?.weights?.[1] === b.weights?.[1];
}

/** Why a structure is no network. */
export function why({ title }: World, obstacle: Obstacle, rows: readonly Row[]): string {
  switch (obstacle.type) {
    case 'softmax':
      return text('design.why.softmax', nameOf(rows, obstacle.key, title));
    case 'sizes':
      return text('design.why.sizes', listed(obstacle.sizes.map(count)));
    case 'image':
      return text('design.why.image', nameOf(rows, obstacle.key, title), count(obstacle.values));
    case 'window':
      return text(
        'design.why.window',
        nameOf(rows, obstacle.key, title),
        imageText(obstacle.image),
      );
    case 'order':
      return text(
        'design.why.order',
        nameOf(rows, obstacle.key, title),
        nameOf(rows, obstacle.source, title),
      );
    case 'cycle':
      return text(
        'design.why.cycle',
        obstacle.path.map(key => nameOf(rows, key, title)).join(' → '),
      );
    case 'few':
      return text('design.why.few', nameOf(rows, obstacle.key, title));
    case 'layers':
      return text('design.why.layers', count(limits.layers));
    case 'units':
      return text('design.why.units', count(limits.units), count(obstacle.units));
    case 'parameters':
      return text('design.why.parameters', count(limits.parameters), count(obstacle.parameters));
  }
}

/** New rows have no name yet: their type stands for it. */
function nameOf(rows: readonly Row[], key: number, title: World['title']): string {
  const row = rows.find(each => each.key === key);
  return key < NEW || !row ? title(key) : row.type;
}

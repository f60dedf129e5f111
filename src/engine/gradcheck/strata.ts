/**
 * Some parameters that stand for all: of each tensor about as many, because each has a way of its own through backward,
 * and within it one of each stretch of its places, so that every region of rows is looked at. Which one of a stretch is
 * drawn: at equal distances it could be the same column of each row. The first and the last place are always there,
 * where a range that is one too short or too long shows.
 *
 * They are chosen by place and not by the size of their gradients: a wrong gradient shall not choose which of its
 * numbers are looked at, and the time that they take stands for that of all.
 */
import { Random } from '../../math/random';
import { isTrained, type ParameterTable } from '../plan';

/**
 * @param count of them all, where there are as many; of each tensor at least one
 * @returns places in the file's order, ascending; the same for the same seed
 */
export function strata(
  tables: readonly ParameterTable[],
  count: number,
  seed: number,
): Uint32Array {
  const random = new Random(seed, 'gradcheck:parameters');
  const places: number[] = [];
  let [left, toCome] = [count, tables.filter(isTrained).length];
  // The smallest first: what they cannot give, larger ones do.
  const smallestFirst = tables.filter(isTrained).sort((a, b) => a.length - b.length);
  for (const { offset, length } of smallestFirst) {
    const share = Math.min(length, Math.max(1, Math.floor(left / toCome)));
    for (const place of ofStretches(length, share, random)) places.push(offset + place);
    left -= share;
    toCome -= 1;
  }
  return Uint32Array.from(places).sort();
}

/** One place of each of `count` stretches, which are about equally long. */
function ofStretches(length: number, count: number, random: Random): number[] {
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [i, i + 1].map(n => Math.floor((n * length) / count));
    const drawn = start + random.below(end - start);
    if (i === 0) return 0;
    return i === count - 1 ? length - 1 : drawn;
  });
}

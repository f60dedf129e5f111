/** In which column and in which lane of it a layer stands: the longest way from the input. Pure. */

/** Per place (the input first): column from left to right, lane from top to bottom. */
export interface Standing {
  readonly depth: number;
  readonly lane: number;
}

/**
 * Standings of the input and the layers. Sources are indices into `layers`, −1 the input, and stand above
 * their layer. The last layer stands alone in the last column, because the loss follows it.
 */
export function standings(sources: readonly (readonly number[])[]): Standing[] {
  const depths = [0];
  sources.forEach(from => {
    depths.push(1 + from.reduce((most, source) => Math.max(most, depths[source + 1] ?? 0), 0));
  });
  const last = depths.length - 1;
  depths[last] = depths.reduce(
    (most, depth, place) => Math.max(most, place === last ? depth : depth + 1),
    0,
  );
  const lanes = new Map<number, number>();
  return depths.map(depth => {
    const lane = lanes.get(depth) ?? 0;
    lanes.set(depth, lane + 1);
    return { depth, lane };
  });
}

/** A connection that passes columns on its way, and the track above them that it runs on. */
export interface Skip {
  readonly layer: number;
  /** Place in the layer's `sources`. */
  readonly input: number;
  readonly track: number;
}

/**
 * Tracks of the connections that skip columns; two that pass the same column never share one. Shorter ones
 * run lower (0 is the lowest), so that they nest.
 */
export function skips(
  sources: readonly (readonly number[])[],
  stands: readonly Standing[],
): readonly Skip[] {
  const wanted = sources.flatMap((from, layer) =>
    from.flatMap((source, input) => {
      const [start, end] = [stands[source + 1].depth, stands[layer + 1].depth];
      return end - start > 1 ? [{ layer, input, start, end }] : [];
    }),
  );
  wanted.sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
  const taken: { start: number; end: number }[][] = [];
  return wanted.map(({ layer, input, start, end }) => {
    let track = 0;
    while (taken[track]?.some(other => other.start < end && start < other.end)) track++;
    (taken[track] ??= []).push({ start, end });
    return { layer, input, track };
  });
}

/** The way of the gradient through branches: which layers it reaches, and where several gradients meet. */

/** Where the values of a layer come from: layers, −1 is the input. */
interface Sources {
  readonly sources: readonly number[];
}

/** By layer, whether the output of the network hangs on it. */
export function reachedLayers(layers: readonly Sources[]): readonly boolean[] {
  const reached = layers.map((_, index) => index === layers.length - 1);
  for (let index = layers.length - 1; index >= 0; index--) {
    if (!reached[index]) continue;
    for (const source of layers[index].sources) if (source >= 0) reached[source] = true;
  }
  return reached;
}

/**
 * By layer and source, whether backward has met the source before, going from the last layer to the first:
 * then a gradient already stands there, and one more is added to it.
 */
export function gradientAdditions(
  layers: readonly Sources[],
  reached: readonly boolean[],
): readonly (readonly boolean[])[] {
  const met = new Set<number>();
  const adds = layers.map((): readonly boolean[] => []);
  for (let index = layers.length - 1; index >= 0; index--) {
    adds[index] = layers[index].sources.map(source => {
      const before = met.has(source);
      if (reached[index]) met.add(source);
      return before;
    });
  }
  return adds;
}

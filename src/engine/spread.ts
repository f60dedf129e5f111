/** Some of many places, evenly over all of them. */

/** As many of `count` places as allowed, ascending, the first among them. */
export function spread(count: number, most: number): Uint32Array {
  const taken = Math.min(count, most);
  return Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}

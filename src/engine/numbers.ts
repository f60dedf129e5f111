/** Numbers in one of the two precisions of the engine. */
export type Numbers = Float32Array | Float64Array;

/** Reading and writing the header (places.ts). */
import { WORD_BYTES } from '../shared/places';

/** Set once, by `setup`. */
let header: usize = 0;

export function setHeader(place: usize): void {
  header = place;
}

/** A whole number of the header. */
@inline
export function word(index: i32): i32 {
  return load<i32>(header + (<usize>index << 2));
}

@inline
export function pointer(index: i32): usize {
  return <usize>load<u32>(header + (<usize>index << 2));
}

@inline
export function setWord(index: i32, value: i32): void {
  store<i32>(header + (<usize>index << 2), value);
}

/** A float64 of the header. */
@inline
export function real(index: i32): f64 {
  return load<f64>(header + WORD_BYTES + (<usize>index << 3));
}

@inline
export function setReal(index: i32, value: f64): void {
  store<f64>(header + WORD_BYTES + (<usize>index << 3), value);
}

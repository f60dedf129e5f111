/** Reading records: words and addresses. */

@inline
export function field(record: usize, index: i32): i32 {
  return load<i32>(record + (<usize>index << 2));
}

@inline
export function place(record: usize, index: i32): usize {
  return <usize>load<u32>(record + (<usize>index << 2));
}

@inline
export function roundUp4(n: i32): i32 {
  return (n + 3) & ~3;
}

/**
 * A copy of a message as VS Code carries it between a page and the extension host: JSON, with buffers and typed arrays
 * apart. `undefined` in a list and numbers that are not finite become null.
 */
interface Reference {
  readonly $buffer: number;
  readonly type: string;
  readonly byteOffset: number;
  readonly length: number;
}

type TypedArray = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => unknown;

const types: { readonly [name: string]: TypedArray } = {
  Uint8Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};

/** Every buffer crosses once and whole, however many arrays look at it. */
export function copyAsVsCode(message: unknown): unknown {
  const buffers: ArrayBuffer[] = [];
  const json = JSON.stringify(message, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const { buffer, byteOffset, byteLength, constructor } = value as Float64Array;
    const type = types[constructor.name];
    if (!type) throw new Error(`VS Code is not known to carry a ${constructor.name}.`);
    const length = byteLength / (value as Float64Array).BYTES_PER_ELEMENT;
    const place = buffers.includes(buffer as ArrayBuffer)
      ? buffers.indexOf(buffer as ArrayBuffer)
      : buffers.push(buffer as ArrayBuffer) - 1;
    return { $buffer: place, type: constructor.name, byteOffset, length } satisfies Reference;
  });
  const copies = buffers.map(buffer => buffer.slice(0));
  return JSON.parse(json, (_, value: Partial<Reference> | null) =>
    typeof value?.$buffer === 'number' ? restored(value as Reference, copies) : value,
  );
}

function restored(
  { $buffer, type, byteOffset, length }: Reference,
  copies: ArrayBuffer[],
): unknown {
  return new types[type](copies[$buffer], byteOffset, length);
}

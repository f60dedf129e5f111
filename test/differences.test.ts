/** The engine's modules as the bundles of the product have them: byte for byte those that were compiled. */
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import fc from 'fast-check';
import { differences } from '../scripts/differences.mjs';
import { wasmText } from '../scripts/wasmPlugins.mjs';

function rebuilt(base: Uint8Array, { own, parts }: ReturnType<typeof differences>): number[] {
  const bytes: number[] = [];
  let from = 0;
  for (let i = 0; i < parts.length; i += 3) {
    const [alone, start, length] = parts.slice(i, i + 3);
    bytes.push(...own.subarray(from, from + alone), ...base.subarray(start, start + length));
    from += alone;
  }
  return bytes;
}

it('bytes are made again of what is different, whatever they are', () => {
  const bytes = fc.uint8Array({ maxLength: 200, max: 3 });
  fc.assert(
    fc.property(bytes, bytes, fc.nat(200), (base, more, cut) => {
      const other = Uint8Array.from([...base.subarray(0, cut), ...more, ...base.subarray(cut / 2)]);
      expect(rebuilt(base, differences(base, other))).toEqual([...other]);
    }),
  );
});

it('modules leave a bundle as they came in', async () => {
  const folder = new URL('../src/engine/wasm/build/', import.meta.url);
  const names = ['plain-4x8.wasm', 'plain-4x16.wasm'];
  const { outputFiles } = await build({
    stdin: {
      contents: names.map((name, i) => `export { default as m${i} } from './${name}';`).join('\n'),
      resolveDir: folder.pathname,
    },
    bundle: true,
    write: false,
    format: 'cjs',
    plugins: [wasmText],
  });
  const module = { exports: {} as Record<string, Uint8Array> };
  new Function('module', outputFiles[0].text)(module);
  names.forEach((name, i) =>
    expect(Buffer.from(module.exports[`m${i}`]).equals(readFileSync(new URL(name, folder)))).toBe(
      true,
    ),
  );
});

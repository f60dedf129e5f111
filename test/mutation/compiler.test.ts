/** Which mutants count as ones that somebody could have written. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiler } from './compiler.mjs';

describe('the compiler', () => {
  it('tells what it takes of what it refuses, one mutant after another in one file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nabla-mutants-'));
    const text =
      "export const sign = (n: number): 'plus' | 'minus' => (n < 0 ? 'minus' : 'plus');\n";
    const settings = { compilerOptions: { strict: true, noUnusedParameters: true, types: [] } };
    await writeFile(join(folder, 'a.ts'), text);
    await writeFile(join(folder, 'tsconfig.pure.json'), JSON.stringify(settings));
    const compiles = compiler(folder);
    const takes = (original: string, replacement: string) => {
      const start = text.lastIndexOf(original);
      const place = { start, end: start + original.length, line: 1, column: 1 };
      return compiles({ file: 'a.ts', ...place, mutator: 'Any', original, replacement });
    };
    expect(takes('n < 0', 'n <= 0')).toBe(true);
    expect(takes("'minus'", '""')).toBe(false);
    // Its parameter is not used any more: that is style.
    expect(takes('n < 0', 'true')).toBe(true);
    expect(takes('n < 0', 'm < 0')).toBe(false);
    expect(takes("'plus'", "'minus'")).toBe(true);
    await rm(folder, { recursive: true });
  });
});

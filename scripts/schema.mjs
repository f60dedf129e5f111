/**
 * Writes media/network.schema.json, the JSON Schema that is made from src/network/catalog.ts.
 * With --check nothing is written; the exit status says whether the file is up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}media/network.schema.json`;

const bundle = await build({
  entryPoints: [`${root}src/network/schema.ts`],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
const { networkSchema } = await import(`data:text/javascript;base64,${code}`);
const options = { ...(await resolveConfig(file)), filepath: file };
const text = await format(JSON.stringify(networkSchema()), options);

if (!process.argv.includes('--check')) {
  await writeFile(file, text);
  console.log('media/network.schema.json is written.');
} else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('media/network.schema.json is out of date: run npm run schema.');
  process.exitCode = 1;
}

/** Files that are right: what mutations begin with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../src/network/json';
import { isList, isObject } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';

/** Where the sources lie: tests and bundles of them start there. */
const root = process.cwd();
const examples = join(root, 'media/examples');
const reference = join(root, 'test/reference');

/** Larger ones cost time, and have no other parts. */
const LONGEST = 12_000;

const inFolder = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8'));

/** The networks of a fixture: shape and layers of each of its cases. */
function networksIn(value: JsonValue): readonly JsonValue[] {
  if (isList(value)) return value.flatMap(networksIn);
  if (!isObject(value)) return [];
  const { shape, layers } = value;
  if (shape !== undefined && layers !== undefined)
    return [{ version: 1, input: { shape }, layers }];
  return Object.values(value).flatMap(networksIn);
}

const fixtures = inFolder(reference, '.json')
  .flatMap(text => networksIn(JSON.parse(text) as JsonValue))
  .map(value => JSON.stringify(value, undefined, 1))
  .filter(text => text.length < LONGEST && parseNetwork(text).network);

/** Texts of networks: all examples, and those of the fixtures that are short enough. */
export const networkTexts: readonly string[] = [...inFolder(examples, '.nn.json'), ...fixtures];

export const networkValues: readonly JsonValue[] = networkTexts.flatMap(text => {
  const { network } = parseNetwork(text);
  if (!network) throw new Error('A seed is no network.');
  return [JSON.parse(withoutComments(text)) as JsonValue];
});

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, '');
}

/** Of each file of data the first lines. */
export const csvTexts: readonly string[] = inFolder(examples, '.csv').map(text =>
  text.split('\n').slice(0, 40).join('\n'),
);

/** Files that the reference implementation of safetensors has written or refused. */
export const tensorFiles: readonly Uint8Array[] = (
  JSON.parse(readFileSync(join(reference, 'safetensors.json'), 'utf8')) as { file: string }[]
).map(({ file }) => new Uint8Array(Buffer.from(file, 'base64')));

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

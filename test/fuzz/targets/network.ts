/** Texts of networks: read, judged, written again, planned, mended, completed. */
import fc from 'fast-check';
import { loadDataset } from '../../../src/data/load';
import { createTrainer } from '../../../src/engine/createTrainer';
import { editTools } from '../../../src/engine/grow';
import { compile } from '../../../src/engine/plan';
import { completionAt } from '../../../src/network/completion';
import { fixesOf } from '../../../src/network/fixes';
import { usesOf, idAt } from '../../../src/network/idUses';
import { applyTextEdits, sameValue } from '../../../src/network/json';
import type { JsonValue } from '../../../src/network/json';
import { layoutEdits } from '../../../src/network/layOut';
import { layerAt, pathAt, placeAt } from '../../../src/network/locate';
import type { Network } from '../../../src/network/network';
import { outlineOf } from '../../../src/network/outline';
import { parseNetwork } from '../../../src/network/parse';
import type { ParsedDocument } from '../../../src/network/parse';
import { relatedTo } from '../../../src/network/related';
import { inferShapes } from '../../../src/network/shapes';
import { networkToJson } from '../../../src/network/toJson';
import { formatNetwork } from '../../../src/network/write';
import { jsonText, mutated, mutatedJson } from '../mutation';
import { networkTexts, networkValues, utf8 } from '../seeds';
import { rest } from '../gauge';
import { must } from '../target';
import type { Answer, Target } from '../target';
import { networkExtremes } from './networkExtremes';
import { checkIssues } from './issues';

const keys =
  'version input shape names layers type id from units activation weights bias init useBias filters kernel stride padding size rate epsilon momentum mean variance loss half reduction regularization l2 l1 training optimizer learningRate schedule clip stop batchSize epochs shuffle precision data csv inline idx generator target inputs split validation normalize expect input output tolerance gradcheck atMost afterEpochs file sha256 __proto__ constructor note';
const words = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '//', '/*', '*/', '\n', '\r', '\u0000', '\ufeff'],
  ...['1e9', '1e999', '-', '-0', '.', 'NaN', 'null', 'true', '"type": "conv2d"', '"units": 1e9'],
  ...['"from": ["input"]', '\u2028', '😀', '\\ud800', '"weights": [[1]]', '[[[[[[[[[['],
  [0xff, 0xfe],
  [0xc3],
];

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const networkText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 2,
    arbitrary: mutated(networkTexts.map(utf8), words).map(bytes => decoder.decode(bytes)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(mutatedJson(networkValues, keys.split(' ')), fc.constantFrom(0, 1, 2))
      .map(([value, indent]) => jsonText(value, indent)),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 6 }) },
);

export const network: Target<string> = {
  what: 'networks: text to network, plan, text',
  runs: 20_000,
  arbitrary: networkText,
  extremes: networkExtremes,
  judge: judgeNetwork,
  bytes: utf8,
};

function judgeNetwork(text: string): Answer {
  const document = parseNetwork(text);
  checkIssues(text, document.issues);
  const { network: found, sketch, issues } = document;
  const errors = issues.filter(({ severity }) => severity === 'error');
  must(!!found || errors.length > 0, () => 'The text is refused, and nobody says why');
  if (sketch) inferShapes(sketch);
  rest();
  if (!found) return 'refused';
  roundTrip(found);
  rest();
  plan(found);
  return 'accepted';
}

/** What was understood is written, and understood again: as the same. */
function roundTrip(found: Network): void {
  const text = formatNetwork(found);
  rest();
  const { network: again, issues } = parseNetwork(text);
  const [first] = issues.filter(({ severity }) => severity === 'error');
  must(!!again, () => `What is written is refused: ${first.message}\n${text.slice(0, 2000)}`);
  const same = sameValue(rounded(networkToJson(found)), rounded(networkToJson(again)));
  must(same, () => `What is written is another network:\n${text.slice(0, 2000)}`);
  must(formatNetwork(again) === text, () => 'What is written twice differs');
}

/** Parameters of float32 are written as the shortest text of that precision. */
function rounded(network: JsonValue): JsonValue {
  const { training, layers } = network as { [key: string]: JsonValue };
  if ((training as { precision: string }).precision === 'float64') return network;
  const narrow = (value: JsonValue): JsonValue =>
    typeof value === 'number'
      ? Math.fround(value)
      : Array.isArray(value)
        ? value.map(narrow)
        : value;
  const inLayers = (layers as { [key: string]: JsonValue }[]).map(layer =>
    Object.fromEntries(
      Object.entries(layer).map(([key, value]) => [
        key,
        ofNumbers.has(key) ? narrow(value) : value,
      ]),
    ),
  );
  return { ...(network as object), layers: inLayers } as JsonValue;
}

const ofNumbers = new Set(['weights', 'bias', 'mean', 'variance']);

/** Larger ones are planned, and not computed. */
const MOST_COMPUTED = 20_000;

/** A plan has a size; small ones make a step. */
function plan(found: Network): void {
  const shapes = inferShapes(found);
  const { byteLength } = compile(found, shapes, 1);
  must(Number.isSafeInteger(byteLength), () => `The plan has ${byteLength} bytes`);
  const values = shapes.layers.reduce((sum, { units }) => sum + units, 0);
  if (shapes.stored + values + shapes.inputSize > MOST_COMPUTED || !found.data) return;
  const { source } = found.data;
  if (source.type === 'csv' || source.type === 'idx') return;
  if (source.type === 'generator' && source.samples > 500) return;
  const { dataset } = loadDataset(found, shapes, {});
  if (!dataset) return;
  const outcome = createTrainer(found, dataset, { engine: 'reference' }).run({ steps: 1 });
  must(outcome.type !== undefined, () => 'A step has no outcome');
}

/** Texts as they are while somebody writes: the same, with a place. */
const placedText = fc.record({ text: networkText, at: fc.double({ min: 0, max: 1, noNaN: true }) });

export const repair: Target<{ text: string; at: number }> = {
  what: 'quick fixes, completion, outline, format',
  runs: 3_000,
  arbitrary: placedText,
  extremes: [],
  judge: judgeRepair,
  bytes: ({ text }) => utf8(text),
};

/** Of equal ones these are enough. */
const MOST_MENDED = 6;

function judgeRepair({ text, at }: { text: string; at: number }): Answer {
  const document = parseNetwork(text);
  const offset = Math.round(at * text.length);
  const codes = new Set<string>();
  for (const issue of document.issues) {
    if (codes.has(issue.code) || codes.size >= MOST_MENDED) continue;
    codes.add(issue.code);
    for (const fix of fixesOf(document, issue, editTools)) {
      const mended = applyTextEdits(text, fix.edits);
      checkIssues(mended, parseNetwork(mended, document).issues);
    }
    for (const { range } of relatedTo(document, issue))
      must(range === undefined || range.end <= text.length, () => `${issue.code}: a related place`);
  }
  ask(document, offset);
  return document.network ? 'accepted' : 'refused';
}

/** What an editor asks for at a place. */
function ask(document: ParsedDocument, offset: number): void {
  const { text } = document;
  completionAt(text, offset);
  outlineOf(document);
  pathAt(document, offset);
  placeAt(document, offset);
  layerAt(document, offset);
  const use = idAt(document, offset);
  if (use) usesOf(document, use);
  const laidOut = applyTextEdits(text, layoutEdits(document, '  '));
  const again = parseNetwork(laidOut);
  must(!!again.network === !!document.network, () => 'Another layout is another network');
  if (again.network && document.network)
    must(
      sameValue(networkToJson(again.network), networkToJson(document.network)),
      () => 'Another layout has other numbers',
    );
}

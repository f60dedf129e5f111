/** Messages of a page: envelopes of the protocol, and what the host believes of their contents. */
import fc from 'fast-check';
import { asCells, asChecked, asRowsRequest } from '../../../src/host/gradcheckChecks';
import { asLabRequest } from '../../../src/host/labChecks';
import { asMapRequest, asPointsRequest, asPredictInputs } from '../../../src/host/mapChecks';
import * as checks from '../../../src/host/messageChecks';
import { asResultsRequest } from '../../../src/host/resultsChecks';
import type { JsonValue } from '../../../src/network/json';
import { connect, throughJson } from '../../../src/rpc';
import type { Endpoint, Envelope } from '../../../src/rpc';
import { mutatedJson, nested } from '../mutation';
import { utf8 } from '../seeds';
import { must } from '../target';
import type { Answer, Extreme, Target } from '../target';
import { checkMessage } from './issues';

type Check = (value: unknown) => unknown;

const { asIndex, asEdit, asPath, ...others } = checks;
/** By the method that a page calls with such a value. */
const served: { readonly [method: string]: Check } = {
  ...(others as { readonly [name: string]: Check }),
  ...{ asEdit, asPath, asCells, asChecked, asRowsRequest, asLabRequest },
  ...{ asMapRequest, asPointsRequest, asPredictInputs, asResultsRequest },
  asIndex: value => asIndex(value, 'index'),
};

const sample = { type: 'sample', index: 1 };
const weight = { type: 'weight', layer: 0, row: 1, column: 0 };
const rule = {
  slope: 'kept',
  penalty: 'kept',
  sign: true,
  reduction: false,
  lossFactor: true,
  transpose: false,
  biasSum: true,
};
/** What a page says. */
const requests: { readonly [method: string]: readonly JsonValue[] } = {
  asTarget: [
    weight,
    { type: 'bias', layer: 0, row: 0 },
    { type: 'neuron', layer: -1, row: 0 },
    { type: 'loss' },
  ],
  asScope: [sample, { type: 'batch', snapshot: 2 }],
  asViewRequest: [{ scope: sample, updates: true }],
  asMatrixRequest: [
    { scope: sample, layer: 0, quantity: 'weight', rows: [0, 2], columns: [0, 2], most: 9 },
  ],
  asMatricesRequest: [{ scope: sample, layer: 0, row: 1 }],
  asFanRequest: [{ scope: sample, layer: 0, row: 1, quantity: 'gradient' }],
  asHistoryRequest: [{ scope: sample, target: weight }],
  asOverviewRequest: [{ scope: sample, sameBins: true }],
  asWhatIfRequest: [{ scope: sample, target: weight, from: -1, to: 1, points: 33, at: 0 }],
  asDesignerContext: [{ page: 1, layer: 0, row: 2, bias: true }],
  asRunCommand: [
    { type: 'train' },
    { type: 'step', unit: 'batch' },
    { type: 'restore', snapshot: 1 },
  ],
  asStart: ['xor', { csv: 'a.csv' }],
  asLayers: [[0, 1, 2]],
  asVersion: [3],
  asCopiedText: ['1\t2'],
  asChartKind: ['svg'],
  asFilePath: ['a.csv'],
  asTextRange: [{ start: 1, end: 3 }],
  asRowsRequest: [{ order: 'error', start: 0, count: 50, layer: 1 }],
  asCells: [16],
  asChecked: [weight],
  asLabRequest: [{ rule, scope: sample, tried: { hidden: 'relu', output: 'softmax' } }],
  asMapRequest: [{ neurons: [{ layer: 0, row: 1 }], from: [0, 0], to: [1, 1], cells: 32 }],
  asPointsRequest: [{ most: 200 }, { sample: 2 }],
  asPredictInputs: [
    [
      [0, 1],
      [1, 0],
    ],
  ],
  asResultsRequest: [{ part: 'training', output: 1, cell: { truth: 0, predicted: 1 } }],
  asPath: [['layers', 0, 'units']],
  asIndex: [1],
  asEdit: [
    { type: 'set', path: ['layers', 0, 'units'], value: 3 },
    { type: 'insertLayers', index: 1, layers: [{ type: 'dense', units: 2 }] },
    {
      type: 'several',
      label: 'x',
      edits: [
        { type: 'setSeed', seed: 2 },
        { type: 'removeLayers', layers: [1] },
      ],
    },
    { type: 'setParameter', layer: 0, kind: 'weight', row: 0, column: 1, value: 0.5 },
    { type: 'setInputs', size: 2, names: ['a', 'b'] },
    { type: 'addMerge', index: 1, merge: 'add', sources: [-1, 0] },
  ],
};

const envelopes: readonly JsonValue[] = Object.entries(requests).flatMap(([method, values]) =>
  values.map(value => ({ type: 'call', id: 7, method, args: [value] })),
);

const odd: readonly JsonValue[] = [
  { type: 'event', name: 'told', args: [1] },
  { type: 'return', id: 1, value: 2 },
  { type: 'throw', id: 1, error: { name: 'Error', message: 'm', issues: [] } },
];

const message: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 5,
    arbitrary: mutatedJson(
      [...envelopes, ...odd],
      ['type', 'id', 'args', 'path', '$number', '$undefined', '__proto__', 'issues'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.anything({ withBigInt: false, withNullPrototype: true, maxDepth: 5 }),
  },
);

const call = (method: string, value: unknown): unknown => ({
  type: 'call',
  id: 7,
  method,
  args: [value],
});
const deepEdit = (depth: number): unknown => {
  let edit: unknown = { type: 'setSeed', seed: 1 };
  for (let i = 0; i < depth; i++) edit = { type: 'several', label: '', edits: [edit] };
  return edit;
};
const oddMessages: { readonly [name: string]: () => unknown } = {
  'a value nested 10,000 deep': () =>
    call('asEdit', { type: 'set', path: [], value: nested(10_000) }),
  'a value nested 1,000,000 deep': () =>
    call('asEdit', { type: 'set', path: [], value: nested(1_000_000) }),
  'edits within edits, 10,000 deep': () => call('asEdit', deepEdit(10_000)),
  'a scope nested 10,000 deep': () => call('asScope', { type: nested(10_000) }),
  'a million arguments': () => ({ type: 'event', name: 'told', args: Array(1_000_000).fill(0) }),
  'a call with a million arguments': () => ({
    type: 'call',
    id: 1,
    method: 'asScope',
    args: Array(1_000_000).fill(0),
  }),
  'a text of 50 MB': () => call('asCopiedText', 'x'.repeat(50_000_000)),
  'a type of 50 MB': () => call('asTarget', { type: 'x'.repeat(50_000_000) }),
  'a list of a million layers': () => call('asLayers', Array(1_000_000).fill(0)),
  'a path of a million keys': () => call('asPath', Array(1_000_000).fill('k')),
  'a path of a million keys, and what is none': () =>
    call('asPath', [...Array(1_000_000).fill('k'), null]),
  'issues that are none': () => ({
    type: 'throw',
    id: 1,
    error: { name: 'a', message: 'b', issues: 5 },
  }),
  'a method of a prototype': () => call('constructor', {}),
};
const extremes: readonly Extreme<unknown>[] = Object.entries(oddMessages).map(([name, make]) => ({
  name,
  make,
}));

export const messages: Target<unknown> = {
  what: 'messages: envelopes, and the checks of the host',
  runs: 35_000,
  arbitrary: message,
  extremes,
  judge: judgeMessage,
  bytes: value => utf8(textOf(value)),
};

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Every call is answered, and whatever else came leaves the connection usable. */
async function judgeMessage(value: unknown): Promise<Answer> {
  const answers: Envelope[] = [];
  let receive: (message: unknown) => void = () => undefined;
  const endpoint: Endpoint = {
    post: message => void answers.push(message),
    listen: heard => ((receive = heard), () => undefined),
  };
  const connection = connect<{ ask(): number }>(throughJson(endpoint), served, {
    told: (..._: readonly unknown[]) => undefined,
  });
  const asked = connection.remote.ask();
  asked.catch(() => undefined);
  receive(value);
  await settled();
  const answer = answers.find(({ type }) => type === 'return' || type === 'throw');
  const wasCall = isCall(value);
  must(!wasCall || answer !== undefined, () => 'A call has no answer');
  if (answer?.type === 'throw') {
    checkMessage(answer.error.name, answer.error.message);
    const { name } = answer.error;
    must(name === 'TypeError' || name === 'Error', () => `${name}: ${answer.error.message}`);
    must(
      /^The designer sent|^No method named|^A call has at most/.test(answer.error.message),
      () => `An error that is not meant: ${answer.error.message}`,
    );
  }
  connection.dispose();
  if (answer?.type === 'return') stays(value as { method: string }, answer.value);
  return answer?.type === 'return' ? 'accepted' : 'refused';
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await undefined;
};

function isCall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type, id, method, args } = value as { [key: string]: unknown };
  return (
    type === 'call' && typeof id === 'number' && typeof method === 'string' && Array.isArray(args)
  );
}

/** What was believed is believed again, as it is. */
function stays({ method }: { method: string }, believed: unknown): void {
  const again = served[method](believed);
  must(textOf(again) === textOf(believed), () => `${method} makes another value of its own`);
}

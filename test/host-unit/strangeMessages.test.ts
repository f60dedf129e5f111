/**
 * A webview is a browser page, and its messages are believed only after they were looked at. Here every message that a page
 * can send is sent with each of its parts of a wrong type: the host answers with an error, and nothing has happened.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EditResult, HostApi } from '../../src/protocol';
import { example } from './support/example';
import { settled } from './support/host';
import { openPage } from './support/page';
import type { OpenPage } from './support/page';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

type Args = readonly unknown[];

const scope = { type: 'sample', index: 0, snapshot: 1 };
const weight = { type: 'weight', layer: 0, row: 0, column: 0 };
const layers = [0];

const edits: Args[] = [
  { type: 'set', path: ['seed'], value: 1 },
  { type: 'unset', path: ['seed'] },
  { type: 'insert', path: ['layers'], index: 0, value: 1 },
  { type: 'remove', path: ['layers'], index: 0 },
  { type: 'setUnits', layer: 0, units: 2 },
  { type: 'setActivation', layer: 0, activation: 'tanh' },
  { type: 'addLayer', index: 0, layer: { type: 'dropout' } },
  { type: 'removeLayer', layer: 0 },
  { type: 'removeLayers', layers },
  { type: 'moveLayers', layers, to: 1 },
  { type: 'copyLayers', layers, to: 1 },
  { type: 'insertLayers', index: 0, layers: [{ type: 'dropout' }] },
  { type: 'addMerge', index: 1, merge: 'add', sources: [0] },
  { type: 'setSources', layer: 1, sources: [0] },
  { type: 'setParameter', layer: 0, kind: 'weight', row: 0, column: 0, value: 1 },
  { type: 'setInputs', size: 2, names: ['a', 'b'] },
  { type: 'several', label: 'both', edits: [{ type: 'setSeed', seed: 1 }] },
  { type: 'setSeed', seed: 1 },
].map(edit => [edit, 1]);

const matrix = { layer: 0, quantity: 'weight', rows: [0, 1], columns: [0, 1], most: 8 };
const rule = {
  ...{ slope: 'kept', penalty: 'kept', sign: true, reduction: true },
  ...{ lossFactor: true, transpose: true, biasSum: true },
};

/** What a page sends rightly, for every message that there is: a forgotten one does not compile. */
const messages: { readonly [K in keyof HostApi]: readonly Args[] } = {
  ready: [],
  resultsPart: [],
  cancelResults: [],
  csvFiles: [],
  openAsText: [],
  entered: [],
  dataRange: [],
  snapshots: [],
  edit: edits,
  copyLayers: [[layers, 1]],
  cutLayers: [[layers, 1]],
  pasteLayers: [[0, 1]],
  create: [['xor'], [{ csv: 'a.csv' }]],
  run: [
    [{ type: 'step', unit: 'epoch' }],
    [{ type: 'restore', snapshot: 1 }],
    [{ type: 'newSeed' }],
  ],
  inspect: [[weight, scope]],
  view: [[{ scope, updates: true }]],
  matrix: [[{ scope, ...matrix }]],
  layerMatrices: [[{ scope, layer: 0, row: 0 }]],
  overview: [[{ scope, sameBins: true }]],
  fan: [[{ scope, layer: 0, row: 0, quantity: 'weight' }]],
  whatIf: [[{ target: weight, scope, from: -1, to: 1, points: 3, at: 0 }]],
  lab: [[{ rule, scope, tried: { hidden: 'tanh', output: 'sigmoid' } }]],
  samples: [[0, 1]],
  history: [[{ target: weight, scope }]],
  predict: [[[[1, 2, 3]], 1]],
  dataPoints: [[{ sample: 0 }], [{ most: 2 }]],
  map: [[{ neurons: [{ layer: 1, row: 0 }], from: [0], to: [1], cells: 2, snapshot: 1 }]],
  results: [[{ part: 'training', output: 0, cell: { truth: 0, predicted: 0 }, snapshot: 1 }]],
  checkedRows: [[{ order: 'error', start: 0, count: 1, layer: 0, doubtful: true }]],
  checkedPictures: [[0, 8]],
  errorCurve: [[weight]],
  previewCsv: [['a.csv']],
  reveal: [[['layers', 0], { start: 0, end: 1 }]],
  selected: [[weight]],
  copyText: [['1']],
  saveChart: [['csv', Uint8Array.of(1)]],
  comparedCurves: [['id']],
  putRun: [['id', true]],
  restoreRun: [['id']],
};

/** What JSON can carry, or a structured clone, one of each kind and what is near to it. */
const strange = [
  ...[null, true, NaN, Infinity, -7, 0.5, 2 ** 60, '', 'constructor', '__proto__', '../../x'],
  ...[[], [null], [-7], {}, { type: 'toString' }, { $number: 'x' }, new Uint8Array(2)],
];

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value !== 'number') return value === null ? 'null' : typeof value;
  return Number.isSafeInteger(value) && value >= 0 ? 'index' : 'number';
};

/**
 * What is read as false where it is not `true`; what any value of JSON may stand in, for the rules of networks; and the
 * finite numbers, which may be any.
 */
const lenient = new Set(['updates', 'sameBins', 'doubtful', 'value']);
const finite = new Set(['from', 'to', 'at']);

type Place = readonly (string | number)[];

/** Every place in the arguments, the arguments themselves first. */
function* placesIn(value: unknown, place: Place = []): Generator<Place> {
  if (place.length > 0) yield place;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [key, inner] of Object.entries(value))
    yield* placesIn(inner, [...place, Array.isArray(value) ? Number(key) : key]);
}

function at(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], value);
}

function put(value: unknown, [key, ...rest]: Place, found: unknown): unknown {
  if (key === undefined) return found;
  const inner = put((value as Record<string, unknown>)[key], rest, found);
  if (Array.isArray(value)) return value.map((each, i) => (i === Number(key) ? inner : each));
  return { ...(value as object), [key]: inner };
}

interface Wrong {
  readonly method: string;
  readonly args: Args;
}

/** Every message with every part in turn replaced by everything that is of another kind. */
function wrongMessages(): Wrong[] {
  return Object.entries(messages).flatMap(([method, all]) =>
    all.flatMap(args =>
      [...placesIn(args)].flatMap(place => {
        const last = place.at(-1);
        const isName = typeof last === 'string';
        if (isName && lenient.has(last)) return [];
        // The second of these is a flag; of a path any key may be one.
        if (method === 'putRun' && place[0] === 1) return [];
        const given = at(args, place);
        const others = strange.filter(value => {
          if (kindOf(value) === kindOf(given)) return false;
          const isNumber = typeof value === 'number' && Number.isFinite(value);
          if (isNumber && place.some(key => finite.has(String(key)))) return false;
          if (isNumber && method === 'predict') return !Number.isFinite(value);
          if (
            place.at(-2) === 'path' ||
            (method === 'reveal' && place.length === 2 && place[0] === 0)
          )
            return !['string', 'index'].includes(kindOf(value));
          // A layer is what the rules of networks make of it.
          return !(place.includes('layer') && place.length > 2);
        });
        return others.map(value => ({ method, args: put(args, place, value) as Args }));
      }),
    ),
  );
}

describe('a page that sends what it should not', () => {
  let opened: OpenPage;

  beforeEach(() => {
    opened = openPage(example('reference-3-4-2'));
  });
  afterEach(() => opened.host.runs.dispose());

  const send = ({ method, args }: Wrong): Promise<unknown> => {
    const remote = opened.page.remote as unknown as {
      [method: string]: (...args: unknown[]) => Promise<unknown>;
    };
    return remote[method](...args);
  };

  /** What a message could have done. */
  const happened = () => ({
    text: opened.host.document.getText(),
    clipboard: editor.clipboard,
    files: [...editor.files.keys()],
    commands: editor.executed.length,
    messages: editor.messages.length,
  });

  it('is answered with an error that says what was expected, and nothing happens', async () => {
    await opened.page.remote.ready();
    await settled();
    const before = happened();
    const wrong = wrongMessages();
    expect(wrong.length).toBeGreaterThan(1500);
    const heard = new Set<string>();
    const taken: string[] = [];
    for (const message of wrong) {
      heard.add(message.method);
      const answer = await send(message).then(
        value => ({ value }),
        (error: unknown) => ({ error }),
      );
      const what = `${message.method} ${JSON.stringify(message.args)}`;
      const isRefused = 'error' in answer || (answer.value as EditResult)?.applied === false;
      if (!isRefused) taken.push(`${what} → ${JSON.stringify(answer.value)}`);
    }
    expect(taken).toEqual([]);
    expect(happened()).toEqual(before);
    const asking = Object.entries(messages).filter(([, args]) => args.length > 0);
    expect([...heard]).toEqual(asking.map(([method]) => method));
  });

  it('reaches nothing but what is served, and survives whatever it sends', async () => {
    const before = happened();
    for (const method of ['constructor', '__proto__', 'toString', 'dispose', 'executeCommand', ''])
      await expect(send({ method, args: [] })).rejects.toThrow(/No method named/);
    const methods = Object.keys(messages).filter(
      method => messages[method as keyof HostApi].length > 0,
    );
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.array(anything, { maxLength: 3 }),
        async (method, args) => {
          let answered = false;
          await send({ method, args }).then(
            () => (answered = true),
            () => (answered = true),
          );
          expect(answered).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    expect(happened()).toEqual({ ...before, clipboard: expect.anything() as unknown });
  });
});

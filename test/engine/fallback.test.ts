/** Where WebAssembly does not compute, the reference does, and says why. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EngineRequest } from '../../src/engine/engineReport';
import type { Network } from '../../src/network/network';
import { allowRelaxed, reference32, runTo, stateOf } from './engines';
import { dense, network, randomDataset } from './networks';

type Functions = Record<string, (...numbers: number[]) => number>;
type Size = { readonly initial: number };

/** What the tests replace of it; no library of types for Node has it. */
interface Parts {
  readonly Memory: new (size: Size) => object;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Functions };
  readonly RuntimeError: new (message: string) => Error;
  validate(bytes: Uint8Array): boolean;
}

const real = Reflect.get(globalThis, 'WebAssembly') as Parts;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const net: Network = network(3, [dense(5, 'tanh'), dense(2, 'linear')], {
  optimizer: { type: 'adam', learningRate: 0.01 },
  training: { precision: 'float32', batchSize: 7 },
});
const data = randomDataset(40, 3, 2);

/** A trainer in a place that has this WebAssembly: what it can do is found out anew. */
async function trainerWith(stub: unknown, ...rest: Parameters<typeof create>) {
  vi.stubGlobal('WebAssembly', stub);
  return create(...rest);
}

async function create(built = net, dataset = data, engine?: EngineRequest) {
  vi.resetModules();
  const { createTrainer } = await import('../../src/engine/createTrainer');
  return createTrainer(built, dataset, { engine });
}

/** WebAssembly with something else in the place of one of its parts. */
const but = (part: object): object => ({
  ...{ Memory: real.Memory, Module: real.Module, Instance: real.Instance },
  validate: (bytes: Uint8Array) => real.validate(bytes),
  ...part,
});

/** An instance whose `train` does something else; the real one is passed on. */
const training = (train: (original: Functions['train'], ...numbers: number[]) => number): object =>
  but({
    Instance: class {
      readonly exports: Functions;
      constructor(module: object, imports: object) {
        const functions = new real.Instance(module, imports).exports;
        this.exports = { ...functions, train: (...n) => train(functions.train, ...n) };
      }
    },
  });

const refusing = (most: number): object =>
  but({
    Memory: function (size: Size) {
      if (size.initial > most) throw new RangeError('could not allocate memory');
      return new real.Memory(size);
    },
  });

const places: readonly (readonly [string, unknown, string])[] = [
  ['no WebAssembly', undefined, 'WebAssembly or its vectors are missing here'],
  ['no vectors', but({ validate: () => false }), 'WebAssembly or its vectors are missing here'],
  [
    'compiling is forbidden',
    but({
      Module: function () {
        throw new Error('refused by the policy');
      },
    }),
    'WebAssembly cannot start here: Error: refused by the policy',
  ],
  [
    'it computes something else',
    training((original, steps, wants) => original(steps - 1, wants) + 1),
    'WebAssembly (plain-4x8) has failed its trial',
  ],
  [
    'it stops at once',
    training(() => {
      throw new real.RuntimeError('unreachable');
    }),
    'WebAssembly cannot start here: RuntimeError: unreachable',
  ],
  [
    'no memory at all',
    refusing(0),
    'WebAssembly cannot start here: RangeError: could not allocate memory',
  ],
];

describe('the reference computes, and a run is one of its runs', () => {
  test.each(places)('%s', async (_, stub, reason) => {
    const trainer = await trainerWith(stub);
    expect(trainer.engine).toEqual({ backend: 'reference', reason });
    const other = reference32.create(net, data);
    for (const each of [trainer, other]) runTo(each, 30);
    expect(stateOf(trainer)).toBe(stateOf(other));
  });

  test('memory for the trial, but not for the network', async () => {
    const stub = refusing(30);
    const wide = network(3, [dense(700, 'tanh'), dense(700, 'tanh'), dense(2, 'linear')], {
      training: { precision: 'float32' },
    });
    expect((await trainerWith(stub)).engine.backend).toBe('wasm plain-4x8');
    expect((await trainerWith(stub, wide)).engine).toEqual({
      backend: 'reference',
      reason: 'no memory for WebAssembly: could not allocate memory',
    });
  });

  test('float64, and where it is asked for', async () => {
    const training = { ...net.training, precision: 'float64' } as const;
    expect((await create({ ...net, training })).engine).toEqual({
      backend: 'reference',
      reason: 'float64 is computed in TypeScript',
    });
    expect((await create(net, data, 'reference')).engine).toEqual({
      backend: 'reference',
      reason: 'it was asked for',
    });
  });
});

describe('fast maths', () => {
  test('are given to whoever asks for them', async () => {
    allowRelaxed();
    expect((await create(net, data, 'fast')).engine).toMatchObject({
      backend: 'wasm relaxed-4x8',
      reason: 'vectors of 128 bits',
    });
  });

  test('are not where there is no instruction for them: it is plain, and says so', async () => {
    const isPlain = (bytes: Uint8Array): boolean =>
      real.validate(bytes) && !Buffer.from(bytes).includes(Buffer.of(0xfd, 0x85, 0x02));
    expect((await trainerWith(but({ validate: isPlain }), net, data, 'fast')).engine).toMatchObject(
      {
        backend: 'wasm plain-4x8',
        reason: 'vectors of 128 bits; no fast maths: no relaxed vectors here',
      },
    );
  });

  test('are nothing to float64', async () => {
    const training = { ...net.training, precision: 'float64' } as const;
    expect((await create({ ...net, training }, data, 'fast')).engine.backend).toBe('reference');
  });
});

describe('what is chosen by measuring', () => {
  /** By a clock on which each block has its own speed: steps of the wide one and of the narrow one take turns. */
  const chosen = async (large: number, small: number): Promise<string> => {
    vi.resetModules();
    const { chooseBackend, chooseByMeasuring } = await import('../../src/engine/wasm/choose');
    let [time, calls] = [0, 0];
    chooseByMeasuring(() => {
      // Two questions a step: before it, and behind it.
      if (calls % 4 === 1) time += large;
      if (calls % 4 === 3) time += small;
      calls += 1;
      return time;
    });
    return chooseBackend(net).report.backend;
  };

  test('is the faster one, the narrow one where they are equal', async () => {
    expect(await chosen(1, 2)).toBe('wasm plain-4x16');
    expect(await chosen(2, 1)).toBe('wasm plain-4x8');
    expect(await chosen(1, 1)).toBe('wasm plain-4x8');
  });

  test('is nothing where nothing runs', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await chosen(1, 2)).toBe('reference');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../src/engine/checkpoint';
import type { Checkpoint } from '../../src/engine/checkpoint';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { isCheckpoint, readCheckpoint, writeCheckpoint } from '../../src/export/checkpointFile';
import { readSafetensors, writeSafetensors } from '../../src/export/safetensors';
import type { Network, Optimizer, Precision } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';

const data = randomDataset(30, 3, 2, 'real', 5);

function build(precision: Precision, optimizer: Partial<Optimizer>): Network {
  return network(3, [dense(4, 'tanh'), dense(2, 'linear', { useBias: false })], {
    optimizer: { learningRate: 0.01, ...optimizer },
    training: { precision, batchSize: 8 },
  });
}

function taken(of: Network, steps = 6, from = data): Checkpoint {
  const trainer = createTrainer(of, from);
  for (let i = 0; i < steps; i++) trainer.run({ steps: 1 });
  return trainer.checkpoint();
}

describe.each(['float32', 'float64'] as const)('%s', precision => {
  test.each<Partial<Optimizer>>([
    { type: 'sgd' },
    { type: 'sgd', momentum: 0.9 },
    { type: 'rmsprop' },
    { type: 'adagrad' },
    { type: 'adam' },
    { type: 'adamw' },
  ])('is read as it was written: %o', optimizer => {
    const built = build(precision, optimizer);
    for (const steps of [0, 6]) {
      const checkpoint = taken(built, steps);
      const file = writeCheckpoint(built, checkpoint);
      expect(isCheckpoint(file)).toBe(true);
      expect(readCheckpoint(built, file)).toEqual(checkpoint);
      expect(writeCheckpoint(built, readCheckpoint(built, file))).toEqual(file);
    }
  });

  test('what does not exist, as the loss of no validation part, is read as that', () => {
    const built = build(precision, { type: 'adam' });
    const checkpoint = taken(built, 4, randomDataset(25, 3, 2));
    expect(checkpoint.evaluation?.validationLoss).toBeNaN();
    expect(readCheckpoint(built, writeCheckpoint(built, checkpoint))).toEqual(checkpoint);
    expect(taken(built, 0).gradientNorm).toBeNaN();
  });

  test('R² stands in it where there is one: files that are older than it are read as they were', () => {
    const built = build(precision, { type: 'adam' });
    const checkpoint = taken(built, 4);
    expect(checkpoint.evaluation?.r2).toBeLessThan(1);
    const before = { ...checkpoint.evaluation!, r2: NaN, validationR2: NaN };
    const older = writeCheckpoint(built, { ...checkpoint, evaluation: before });
    const keys = [...readSafetensors(older).metadata.keys()];
    expect(keys.filter(key => /r2/i.test(key))).toEqual([]);
    expect(readCheckpoint(built, older).evaluation).toEqual(before);
  });

  test('other tools find the weights under the names of a file of weights', () => {
    const { tensors } = readSafetensors(
      writeCheckpoint(
        build(precision, { type: 'adam' }),
        taken(build(precision, { type: 'adam' })),
      ),
    );
    const type = precision === 'float32' ? 'F32' : 'F64';
    expect(tensors.map(({ name, type: t, shape }) => [name, t, shape])).toEqual(
      ['', 'moments.0.', 'moments.1.'].flatMap(prefix => [
        [`${prefix}layers.0.weight`, type, [4, 3]],
        [`${prefix}layers.0.bias`, type, [4]],
        [`${prefix}layers.1.weight`, type, [2, 4]],
      ]),
    );
  });
});

const built = build('float32', { type: 'adam' });
const file = writeCheckpoint(built, taken(built));
const { tensors, metadata } = readSafetensors(file);

describe('refused', () => {
  const refusal = (bytes: Uint8Array, of = built): string => {
    try {
      readCheckpoint(of, bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(CheckpointError);
      return (error as Error).message;
    }
    return 'read';
  };
  const without = (...keys: string[]): Map<string, string> =>
    new Map([...metadata].filter(([key]) => !keys.includes(key)));
  const changed = (key: string, value: string): Map<string, string> =>
    new Map(metadata).set(key, value);

  test.each<[string, Uint8Array]>([
    [
      'Expected a checkpoint (format nabla.checkpoint), found a file of tensors alone',
      writeSafetensors(tensors),
    ],
    ['found "pt"', writeSafetensors(tensors, changed('format', 'pt'))],
    [
      'has version "2", this Nabla reads version 1',
      writeSafetensors(tensors, changed('version', '2')),
    ],
    ['has no version, this Nabla reads', writeSafetensors(tensors, without('version'))],
    ['expected a number as step, found nothing', writeSafetensors(tensors, without('step'))],
    [
      'expected a number as evaluation.validationLoss, found nothing',
      writeSafetensors(tensors, without('evaluation.validationLoss')),
    ],
    ['expected a number as epoch, found " "', writeSafetensors(tensors, changed('epoch', ' '))],
    ['expected a network and its data, found nothing', writeSafetensors(tensors, without('owner'))],
    [
      'expected a network and its data, found "["',
      writeSafetensors(tensors, changed('owner', '[')),
    ],
    [
      'expected a network and its data',
      writeSafetensors(tensors, changed('owner', '{"data":null}')),
    ],
    [
      'Expected the tensor "moments.1.layers.1.weight"',
      writeSafetensors(tensors.slice(0, -1), metadata),
    ],
    ['numbers with the checksum', writeSafetensors(tensors, changed('step', '7'))],
    ['numbers with the checksum', writeSafetensors(tensors, changed('evaluation.loss', '7'))],
    ['The checkpoint cannot be read. ', file.slice(0, -1)],
  ])('%s', (sentence, bytes) => {
    expect(refusal(bytes)).toContain(sentence);
  });

  test('one changed bit of any number', () => {
    for (let at = file.length - 4 * 3 * 24; at < file.length; at++) {
      const copy = file.slice();
      copy[at] ^= 4;
      expect(refusal(copy)).not.toBe('read');
    }
  });

  test('a checkpoint of another network, before its tensors are looked at', () => {
    const wider = network(3, [dense(5, 'tanh'), dense(2, 'linear', { useBias: false })], {
      optimizer: { type: 'adam' },
      training: { precision: 'float32', batchSize: 8 },
    });
    expect(refusal(file, wider)).toContain('layers[0].units is 4 in it and 5 here');
  });

  test('any bytes changed: read, or refused with a sentence', () => {
    const change = fc.record({ at: fc.nat(file.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), changes => {
        const copy = file.slice();
        for (const { at, byte } of changes) copy[at] = byte;
        refusal(copy);
      }),
      { numRuns: 300 },
    );
  });
});

test('a text is no checkpoint', () => {
  expect(isCheckpoint(new TextEncoder().encode('{ "version": 1 }'))).toBe(false);
  expect(isCheckpoint(writeSafetensors(tensors))).toBe(false);
});

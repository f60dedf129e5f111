import { expect, test } from 'vitest';
import { createArena } from '../../src/engine/arena';
import { compile, type Region } from '../../src/engine/plan';
import { inferShapes } from '../../src/network/shapes';
import { dense, network } from './networks';

const net = network(
  3,
  [dense(4, 'tanh', { learningRateScale: 0.5 }), dense(2, 'softmax', { useBias: false })],
  { loss: { type: 'crossEntropy' }, optimizer: { type: 'adam' } },
);
const plan = compile(net, inferShapes(net), 5);

test('is plain data', () => {
  expect(structuredClone(plan)).toEqual(plan);
  expect(JSON.parse(JSON.stringify(plan.operations))).toHaveLength(2);
});

test('lists the parameters in the file’s order', () => {
  expect(
    plan.parameterTables.map(({ layer, kind, offset, rows, columns }) => [
      layer,
      kind,
      offset,
      rows,
      columns,
    ]),
  ).toEqual([
    [0, 'weight', 0, 4, 3],
    [0, 'bias', 12, 4, 1],
    [1, 'weight', 16, 2, 4],
  ]);
  expect(plan.parameterTables.map(table => table.learningRateScale)).toEqual([0.5, 0.5, 1]);
  expect(plan.parameterTables.map(table => table.penalised)).toEqual([true, false, true]);
});

test('each operation reads what the one before writes', () => {
  const [first, second] = plan.operations;
  expect(first.input).toEqual(plan.inputs);
  expect(first.inputGradient).toBeUndefined();
  expect(second.input).toEqual(first.output);
  expect(second.inputGradient).toEqual(first.outputGradient);
  expect(second.bias).toBeUndefined();
});

test('no two buffers overlap, and all lie in one block', () => {
  const regions: Region[] = [
    plan.parameters,
    plan.gradients,
    plan.saved,
    ...plan.moments,
    plan.inputs,
    plan.targets,
    ...plan.operations.flatMap(o => [o.weightedInput, o.output, o.outputGradient, o.delta]),
  ];
  regions.sort((a, b) => a.offset - b.offset);
  regions.slice(1).forEach((region, i) => {
    expect(region.offset).toBeGreaterThanOrEqual(regions[i].offset + regions[i].length);
  });
  const last = regions[regions.length - 1];
  expect(8 * (last.offset + last.length)).toBeLessThanOrEqual(plan.scratch.byteOffset);
  const arena = createArena(plan);
  expect(arena.buffer.byteLength).toBe(plan.byteLength);
  const views = arena.operations.flatMap(o => [o.input, o.weights, o.delta, o.weightGradient]);
  expect(views.every(view => view.buffer === arena.buffer)).toBe(true);
});

test('float32 takes half the numbers’ bytes, and float64 scratch stays aligned', () => {
  const single = compile(net, inferShapes(net), 5, 'float32');
  expect(single.scratch.byteOffset * 2).toBe(plan.scratch.byteOffset);
  expect(single.scratch.byteOffset % 8).toBe(0);
  expect(createArena(single).parameters).toBeInstanceOf(Float32Array);
});

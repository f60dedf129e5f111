import { expect, test } from 'vitest';
import { createArena } from '../../src/engine/arena';
import { compile, type Region } from '../../src/engine/plan';
import { inferShapes } from '../../src/network/shapes';
import { dense, network, TANGLED } from './networks';

const net = network(3, [dense(4, 'tanh'), dense(2, 'softmax', { useBias: false })], {
  loss: { type: 'crossEntropy' },
  optimizer: { type: 'adam' },
});
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
  expect(plan.parameterTables.map(table => table.penalised)).toEqual([true, false, true]);
});

test('each operation reads what the one before writes', () => {
  const [first, second] = plan.operations;
  const [into] = first.sources;
  expect(into).toMatchObject({ layer: -1, units: 3, start: 0, addsGradient: false });
  expect(into.values).toEqual(plan.inputs);
  expect(into.gradient).toBeUndefined();
  const [between] = second.sources;
  expect(between).toMatchObject({ layer: 0, units: 4, start: 0, addsGradient: false });
  expect(between.values).toEqual(first.output);
  expect(between.gradient).toEqual(first.outputGradient);
  expect(second.type === 'dense' && second.bias).toBeUndefined();
});

test('of several consumers the last one writes the gradient and the others add to it', () => {
  const tangled = network(3, TANGLED);
  const { operations, parameterTables } = compile(tangled, inferShapes(tangled), 2);
  expect(operations.map(({ sources }) => sources.map(source => source.layer))).toEqual([
    [-1],
    [-1],
    [-1, 0, 1],
    [0],
    [2, -1, 0],
    [4],
    [2],
    [6, 5],
  ]);
  const adds = operations.map(({ sources }) => sources.map(source => source.addsGradient));
  // Layer 0: written by 4 (concat), added to by 2; not by 3, which leads nowhere. Layer 2: written by 6.
  expect(adds.slice(1)).toEqual([
    [true],
    [true, true, false],
    [true],
    [true, false, false],
    [false],
    [false],
    [false, false],
  ]);
  expect(operations.map(({ reached }) => reached)).toEqual(
    TANGLED.map(({ id }) => id !== 'unused'),
  );
  expect(operations[4].sources.map(({ start }) => start)).toEqual([0, 3, 6]);
  expect(operations[2].sources.map(({ start }) => start)).toEqual([0, 0, 0]);
  expect(operations[2].sources[0].gradient).toBeUndefined();
  expect(operations[6].sources[0].gradient).toEqual(operations[2].outputGradient);
  expect(new Set(parameterTables.map(table => table.layer))).toEqual(new Set([0, 1, 3, 5, 6]));
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
  const views = arena.operations.flatMap(o => [o.sources[0].values, o.output, o.delta]);
  expect(views.every(view => view.buffer === arena.buffer)).toBe(true);
});

test('float32 takes half the numbers’ bytes, and float64 scratch stays aligned', () => {
  const single = compile(net, inferShapes(net), 5, 'float32');
  expect(single.scratch.byteOffset * 2).toBe(plan.scratch.byteOffset);
  expect(single.scratch.byteOffset % 8).toBe(0);
  expect(createArena(single).parameters).toBeInstanceOf(Float32Array);
});

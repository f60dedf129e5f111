/** The arena: one ArrayBuffer that holds every number of a plan, and the views into it, made once. */
import type { Numbers } from './numbers';
import { OutOfMemory } from './outOfMemory';
import { isWeighted } from './plan';
import type {
  BatchNormOperation,
  ConvOperation,
  DenseOperation,
  DropoutOperation,
  FlattenOperation,
  MergeOperation,
  Operation,
  ParameterTable,
  Plan,
  PoolOperation,
  Region,
  Source,
} from './plan';

/** The views of what an operation takes from one source. */
export interface SourceViews {
  readonly source: Source;
  readonly values: Numbers;
  readonly gradient: Numbers | undefined;
}

interface ViewsBase {
  readonly sources: readonly SourceViews[];
  readonly weightedInput: Numbers;
  readonly output: Numbers;
  readonly outputGradient: Numbers;
  readonly delta: Numbers;
}

interface ParametricViews extends ViewsBase {
  readonly weights: Numbers;
  readonly weightGradient: Numbers;
  readonly bias: Numbers | undefined;
  readonly biasGradient: Numbers | undefined;
}

/** The views of one operation; the shapes stand in the plan. */
export interface DenseViews extends ParametricViews {
  readonly operation: DenseOperation;
}

export interface ConvViews extends ParametricViews {
  readonly operation: ConvOperation;
}

export interface MergeViews extends ViewsBase {
  readonly operation: MergeOperation;
}

export interface PoolViews extends ViewsBase {
  readonly operation: PoolOperation;
}

export interface FlattenViews extends ViewsBase {
  readonly operation: FlattenOperation;
}

export interface DropoutViews extends ViewsBase {
  readonly operation: DropoutOperation;
  readonly factors: Numbers;
}

export interface BatchNormViews extends ParametricViews {
  readonly operation: BatchNormOperation;
  readonly mean: Numbers;
  readonly variance: Numbers;
  readonly moments: Numbers;
}

/** The views of each type of layer. */
export interface ViewsByType {
  readonly dense: DenseViews;
  readonly add: MergeViews;
  readonly concat: MergeViews;
  readonly conv2d: ConvViews;
  readonly maxPool2d: PoolViews;
  readonly averagePool2d: PoolViews;
  readonly flatten: FlattenViews;
  readonly dropout: DropoutViews;
  readonly batchNorm: BatchNormViews;
}

export type OperationViews = ViewsByType[keyof ViewsByType];

export const isBatchNorm = (views: OperationViews): views is BatchNormViews =>
  views.operation.type === 'batchNorm';

/** The views of one tensor of parameters; unused moments are empty. */
export interface ParameterViews {
  readonly table: ParameterTable;
  readonly values: Numbers;
  readonly gradients: Numbers;
  readonly first: Numbers;
  readonly second: Numbers;
}

export interface Arena {
  readonly plan: Plan;
  readonly buffer: ArrayBuffer;
  readonly parameters: Numbers;
  readonly gradients: Numbers;
  readonly moments: readonly Numbers[];
  readonly state: Numbers;
  readonly saved: Numbers;
  readonly inputs: Numbers;
  readonly targets: Numbers;
  readonly scratch: Float64Array;
  readonly operations: readonly OperationViews[];
  readonly parameterViews: readonly ParameterViews[];
}

/** Systems promise more memory than they have, and end whoever uses it: nothing that trains in useful time needs this. */
const MOST_BYTES = 2 ** 34;

/**
 * Allocates the block of a plan, all zeros.
 *
 * @throws OutOfMemory where no machine has so much
 */
export function createArena(plan: Plan): Arena {
  if (plan.byteLength > MOST_BYTES)
    throw new OutOfMemory(
      `the network needs ${Math.ceil(plan.byteLength / 2 ** 30)} GB of memory for ${plan.batchRows} samples at once, at most ${MOST_BYTES / 2 ** 30} GB are used`,
    );
  const buffer = new ArrayBuffer(plan.byteLength);
  const view = (region: Region): Numbers => viewOf(plan, buffer, region);
  const within = (space: Region | undefined, { offset, length }: ParameterTable): Numbers =>
    view(space ? { offset: space.offset + offset, length } : { offset: 0, length: 0 });
  return {
    plan,
    buffer,
    parameters: view(plan.parameters),
    gradients: view(plan.gradients),
    moments: plan.moments.map(view),
    state: view(plan.state),
    saved: view(plan.saved),
    inputs: view(plan.inputs),
    targets: view(plan.targets),
    scratch: new Float64Array(buffer, plan.scratch.byteOffset, plan.scratch.length),
    operations: plan.operations.map(operation => operationViews(operation, view)),
    parameterViews: plan.parameterTables.map(table => ({
      table,
      values: within(plan.parameters, table),
      gradients: within(plan.gradients, table),
      first: within(plan.moments[0], table),
      second: within(plan.moments[1], table),
    })),
  };
}

function operationViews(operation: Operation, view: (region: Region) => Numbers): OperationViews {
  const optional = (region: Region | undefined): Numbers | undefined => region && view(region);
  const common: ViewsBase = {
    sources: operation.sources.map(source => ({
      source,
      values: view(source.values),
      gradient: optional(source.gradient),
    })),
    weightedInput: view(operation.weightedInput),
    output: view(operation.output),
    outputGradient: view(operation.outputGradient),
    delta: view(operation.delta),
  };
  if (operation.type === 'dropout')
    return { operation, ...common, factors: view(operation.factors) };
  if (!isWeighted(operation)) return { operation, ...common } as OperationViews;
  const weighted = {
    ...common,
    weights: view(operation.weights),
    weightGradient: view(operation.weightGradient),
    bias: optional(operation.bias),
    biasGradient: optional(operation.biasGradient),
  };
  if (operation.type !== 'batchNorm') return { operation, ...weighted } as DenseViews | ConvViews;
  const { mean, variance, moments } = operation;
  return {
    operation,
    ...weighted,
    mean: view(mean),
    variance: view(variance),
    moments: view(moments),
  };
}

function viewOf(plan: Plan, buffer: ArrayBuffer, { offset, length }: Region): Numbers {
  return plan.precision === 'float32'
    ? new Float32Array(buffer, 4 * offset, length)
    : new Float64Array(buffer, 8 * offset, length);
}

/**
 * What a network makes of one part of its data: the classes it tells right and those it takes for others, how far its
 * numbers are off, and the samples on which it errs most. Forward only, in float64; resumable, tile by tile.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import type { Position } from '../inspect/context';
import { sampleLoss } from '../losses';
import { accuracyRule, argmax, type AccuracyRule } from '../metrics';
import type { Numbers } from '../numbers';
import type { Pass } from '../pass';
import { Confusion } from './classes';
import { Fit, FitPoints } from './fit';
import type { Cell, JudgedSample, Results, ResultsRequest } from './report';
import { Worst } from './worst';

export * from './report';
export { MOST_CLASSES } from './classes';
export { MOST_LISTED } from './worst';

/** Samples at once at most: whoever waits for the end of a slice waits for those of a tile. */
const TILE = 32;

/** The numbers of one moment. */
export interface Moment {
  /** Kept as they are: the caller does not change them afterwards. */
  readonly parameters: Float64Array;
  readonly position: Position;
}

/** A sample on its way: where it stands in the part, and its numbers in a tile. */
interface Row {
  readonly at: number;
  readonly index: number;
  readonly start: number;
  readonly a: Numbers;
  readonly y: Numbers;
  readonly loss: number;
}

export class ResultsJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #pass: Pass;
  readonly #moment: Moment;
  readonly #request: ResultsRequest;
  readonly #output: number;
  readonly #rule: AccuracyRule;
  readonly #confusions: readonly Confusion[];
  readonly #fit: Fit;
  readonly #points: FitPoints;
  readonly #worst = new Worst();
  #done = 0;
  #lossSum = 0;
  #right = 0;
  #notFinite = 0;

  /**
   * @param pass in float64; between two calls of `run` others may use it
   * @throws RangeError when there is no such output
   */
  constructor(
    network: Network,
    dataset: Dataset,
    pass: Pass,
    moment: Moment,
    request: ResultsRequest,
  ) {
    this.#network = network;
    this.#dataset = dataset;
    this.#pass = pass;
    this.#moment = moment;
    this.#request = request;
    this.#rule = accuracyRule(dataset);
    this.#output = checkOutput(request.output ?? 0, dataset.outputSize);
    this.#confusions = confusionsOf(dataset, this.#rule);
    this.#fit = new Fit(dataset, request.part);
    this.#points = new FitPoints(this.#samples.length);
  }

  /** Works on; false when `expired` ended it before the end. At least one tile is worked off. */
  run(expired?: () => boolean): boolean {
    const samples = this.#samples;
    this.#pass.arena.parameters.set(this.#moment.parameters);
    while (this.#done < samples.length) {
      const { batchRows } = this.#pass.arena.plan;
      this.#tile(Math.min(TILE, batchRows, samples.length - this.#done));
      if (this.#done < samples.length && expired?.()) return false;
    }
    return true;
  }

  /** The part of the samples that is done, from 0 to 1. */
  get part(): number {
    return this.#done / Math.max(1, this.#samples.length);
  }

  /** Call when complete. */
  result(): Results {
    const { part, cell } = this.#request;
    const { epoch, step } = this.#moment.position;
    const judged = this.#samples.length - this.#notFinite;
    const base = {
      part,
      output: this.#output,
      samples: this.#samples.length,
      notFinite: this.#notFinite,
      epoch,
      step,
      meanLoss: this.#lossSum / judged,
      listed: this.#worst.list,
      ...(cell && this.#rule !== 'none' && { cell }),
      of: this.#worst.of,
    };
    if (this.#rule === 'none') {
      const outputs = this.#fit.outputs(this.#notFinite === 0);
      return { ...base, type: 'numbers', outputs, points: this.#points.values };
    }
    const questions = this.#confusions.map(each => each.question());
    return { ...base, type: 'classes', accuracy: this.#right / judged, questions };
  }

  get #samples(): Uint32Array {
    return this.#dataset[this.#request.part];
  }

  #tile(rows: number): void {
    const pass = this.#pass;
    const samples = this.#samples;
    pass.gather(this.#dataset, samples, this.#done, rows);
    pass.forward(rows);
    const { operations, targets: y } = pass.arena;
    const { weightedInput: z, output: a } = operations[operations.length - 1];
    const { outputSize } = this.#dataset;
    for (let r = 0; r < rows; r++) {
      const [start, at] = [r * outputSize, this.#done + r];
      const loss = sampleLoss(this.#network.loss, z, a, y, start, outputSize);
      this.#add({ at, index: samples[at], start, a, y, loss });
    }
    this.#done += rows;
  }

  #add(row: Row): void {
    const { a, start, loss } = row;
    let isFinite = Number.isFinite(loss);
    for (let j = 0; j < this.#dataset.outputSize; j++) isFinite &&= Number.isFinite(a[start + j]);
    if (!isFinite) {
      this.#notFinite += 1;
      return;
    }
    this.#lossSum += loss;
    if (this.#rule === 'none') this.#addNumbers(row);
    else this.#addClasses(row);
  }

  #addNumbers(row: Row): void {
    const { at, index, start, a, y } = row;
    this.#fit.add(index, a, y, start);
    const [truth, predicted] = [y[start + this.#output], a[start + this.#output]];
    this.#points.add(at, index, truth, predicted);
    this.#worst.add(this.#judged(row, { truth, predicted }, predicted));
  }

  #addClasses(row: Row): void {
    const { start, a } = row;
    const isArgmax = this.#rule === 'argmax';
    let isRight = true;
    this.#confusions.forEach((confusion, question) => {
      const cell = isArgmax ? classes(row, this.#dataset.outputSize) : yesOrNo(row, question);
      confusion.add(cell);
      isRight &&= cell.truth === cell.predicted;
      if (question !== (isArgmax ? 0 : this.#output) || !this.#isListed(cell)) return;
      const output = a[start + (isArgmax ? cell.predicted : question)];
      this.#worst.add(this.#judged(row, cell, output));
    });
    if (isRight) this.#right += 1;
  }

  #isListed({ truth, predicted }: Cell): boolean {
    const { cell } = this.#request;
    return !cell || (cell.truth === truth && cell.predicted === predicted);
  }

  #judged({ index, loss }: Row, { truth, predicted }: Cell, output: number): JudgedSample {
    const { rowNumbers } = this.#dataset;
    return { index, ...(rowNumbers && { row: rowNumbers[index] }), loss, truth, predicted, output };
  }
}

function checkOutput(output: number, outputs: number): number {
  if (output < outputs) return output;
  throw new RangeError(
    `There is no output ${output}: the network has ${outputs}, expected 0 to ${outputs - 1}.`,
  );
}

/** The names of yes and no, where the data have none. */
const YES_OR_NO = ['0', '1'];

function confusionsOf(
  { classNames, targetNames, outputSize }: Dataset,
  rule: AccuracyRule,
): readonly Confusion[] {
  if (rule === 'none') return [];
  if (rule === 'argmax') return [new Confusion(classNames ?? targetNames)];
  if (outputSize === 1) return [new Confusion(classNames ?? YES_OR_NO)];
  return targetNames.map(name => new Confusion(YES_OR_NO, name));
}

/** The largest output names the class; of equal ones the first. */
const classes = ({ a, y, start }: Row, outputs: number): Cell => ({
  truth: argmax(y, start, outputs),
  predicted: argmax(a, start, outputs),
});

/** From one half up it is a yes. */
const yesOrNo = ({ a, y, start }: Row, output: number): Cell => ({
  truth: y[start + output],
  predicted: Number(a[start + output] >= 0.5),
});

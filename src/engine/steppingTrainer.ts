/** The trainer: evaluations and what can be undone, over a way through the epochs (trainingWalk.ts). */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import type { LearningRates } from '../network/rates';
import { withTuning, type Tuning } from '../network/tuning';
import { checkCheckpoint, ownerOf, type Checkpoint } from './checkpoint';
import type { DivergencePlace } from './divergence';
import type { EngineReport } from './engineReport';
import { EvaluationJob, spreadsOf, type Spreads } from './evaluation';
import { checkInputs, checkParameters, requireSamples } from './fit';
import { initialParameters } from './initializers';
import type { Machine } from './machine';
import { accuracyRule, type AccuracyRule } from './metrics';
import { stepSizes, type StepSizes } from './nextStep';
import type { OptimizerState } from './optimizers';
import { PassedEpochs, type KnownMoment } from './passedEpochs';
import type { Plan } from './plan';
import { retuned, stepsAlike } from './retune';
import type { Budget, Evaluation, RunOutcome, Settlement, Trainer } from './trainer';
import { TrainingWalk } from './trainingWalk';

/** What computes a network, and what is said of it. */
export type MakeMachine = (network: Network) => {
  readonly machine: Machine;
  readonly report: EngineReport;
};

export class SteppingTrainer implements Trainer {
  readonly dataset: Dataset;
  readonly #make: MakeMachine;
  #engine: EngineReport;
  #walk: TrainingWalk;
  #machine: Machine;
  readonly #rule: AccuracyRule;
  /** What R² is measured by, where there is no accuracy. */
  readonly #spreads: Spreads | undefined;
  /** Drawn when it is first needed: of a network that goes on from other parameters that may be never. */
  #start: Float64Array | undefined;
  /** Evaluation of the current parameters, begun or complete; undefined when there is none. */
  #job: EvaluationJob | undefined;
  #evaluation: Evaluation | undefined;
  readonly #passed = new PassedEpochs();

  /** @param start and @param now as for `createTrainer` */
  constructor(
    network: Network,
    dataset: Dataset,
    make: MakeMachine,
    start: Float64Array | undefined,
    now: Float64Array | undefined,
  ) {
    const { machine, report } = make(network);
    if (start) checkParameters(start, machine.plan.parameters.length);
    this.dataset = dataset;
    this.#make = make;
    this.#machine = machine;
    this.#walk = new TrainingWalk(network, dataset, machine);
    this.#engine = report;
    this.#rule = accuracyRule(dataset);
    if (this.#rule === 'none') this.#spreads = spreadsOf(dataset);
    this.#start = start?.slice();
    this.reset(now);
  }

  get engine(): EngineReport {
    return this.#engine;
  }

  get plan(): Plan {
    return this.#machine.plan;
  }

  get network(): Network {
    return this.#walk.network;
  }

  get step(): number {
    return this.#walk.step;
  }

  get epoch(): number {
    return this.#walk.epoch;
  }

  get batch(): number {
    return this.#walk.batch;
  }

  get isEpochUsedUp(): boolean {
    return this.#walk.isEpochUsedUp;
  }

  get learningRate(): number {
    return this.#walk.learningRate;
  }

  get gradientNorm(): number {
    return this.#machine.gradientNorm;
  }

  get evaluation(): Evaluation {
    if (!this.#evaluation) this.evaluate();
    return this.#evaluation as Evaluation;
  }

  run({ steps, expired, lossAt = 0 }: Budget): RunOutcome {
    requireSamples(this.#machine.order);
    const first = this.step;
    for (;;) {
      if (this.isEpochUsedUp) {
        const isPassed = this.#passOver(lossAt);
        if (isPassed && expired?.()) return { type: 'time', steps: this.#since(first) };
        const ended = isPassed ? undefined : this.#endEpoch(first, expired);
        if (ended && (ended.type !== 'diverged' || !this.#goBack())) return ended;
      }
      const made = this.#since(first);
      if (made >= steps) return { type: 'steps', steps: made };
      if (lossAt > this.epoch + 1) this.#beginWay();
      const place = this.#go(steps - made, lossAt);
      if (place && !this.#goBack()) return this.#divergedAt(place, first);
      if (!this.isEpochUsedUp && expired?.()) return { type: 'time', steps: this.#since(first) };
    }
  }

  stepSample(): RunOutcome {
    requireSamples(this.#machine.order);
    const first = this.step;
    this.#passed.forget();
    if (this.#walk.isEpochUsedUp) {
      const ended = this.#endEpoch(first);
      if (ended.type === 'diverged') return ended;
    }
    const before = this.step;
    const place = this.#walk.goBySample();
    this.#outdate(before);
    if (place) return this.#divergedAt(place, first);
    return this.#walk.isEpochUsedUp ? this.#endEpoch(first) : { type: 'steps', steps: 1 };
  }

  settle(expired?: () => boolean): Settlement {
    const settled = this.#settle(expired);
    if (settled.type === 'diverged') this.#goBack();
    return settled;
  }

  evaluate(expired?: () => boolean): boolean {
    const by = { rule: this.#rule, spreads: this.#spreads };
    this.#job ??= new EvaluationJob(this.network, this.dataset, by, this.#machine);
    if (!this.#job.run(expired)) return false;
    this.#evaluation = this.#job.result();
    return true;
  }

  nextStep(): StepSizes | undefined {
    const step = this.#walk.tryStep();
    return step && stepSizes(this.plan.parameterTables, step);
  }

  readParameters(): Float64Array {
    return this.#machine.readParameters();
  }

  readOptimizerState(): OptimizerState {
    return { ...this.#machine.readOptimizerState(), epoch: this.#walk.scheduled };
  }

  reset(parameters: Float64Array = (this.#start ??= initialParameters(this.network))): void {
    checkParameters(parameters, this.plan.parameters.length);
    this.#passed.clear();
    this.#job = undefined;
    this.#evaluation = undefined;
    this.#walk.reset(parameters);
  }

  checkpoint(sampled = false): Checkpoint {
    return { owner: ownerOf(this.network, this.dataset, sampled), ...this.#moment() };
  }

  resume(checkpoint: Checkpoint): void {
    const { sampled } = checkpoint.owner.data;
    checkCheckpoint(checkpoint, ownerOf(this.network, this.dataset, sampled), this.plan);
    this.#passed.clear();
    this.#goTo(checkpoint);
  }

  setRates(rates: LearningRates): void {
    this.#passed.forget();
    this.#walk.setRates(rates);
  }

  tune(tuning: Tuning): void {
    const from = this.network;
    const to = withTuning(from, tuning);
    if (stepsAlike(from, to)) {
      this.#passed.forget();
      this.#walk.follow(to);
      return;
    }
    const { machine, report } = this.#make(to);
    const moment = retuned(this.#moment(), from, to, machine.plan);
    this.#machine = machine;
    this.#engine = report;
    this.#walk = new TrainingWalk(to, this.dataset, machine);
    this.#passed.clear();
    this.#goTo(moment);
  }

  countFrom(epochs: number): void {
    this.#passed.forget();
    this.#walk.countFrom(epochs);
  }

  predict(inputs: Float64Array, count: number): Float64Array {
    checkInputs(inputs, count, this.plan.inputSize);
    return this.#machine.predict(inputs, count);
  }

  /** As far as the machine comes in one go, `most` steps at most; through epochs that are passed over, if so. */
  #go(most: number, lossAt: number): DivergencePlace | undefined {
    const { step, epoch } = this;
    const passes = this.#passed.allow(epoch + 1);
    const place = this.#walk.go(most, passes ? Math.max(1, Math.ceil(lossAt) - epoch) : 1);
    this.#outdate(step);
    if (this.epoch > epoch) this.#passed.pass();
    return place;
  }

  /** After a step since then, what was evaluated is of other parameters. */
  #outdate(before: number): void {
    if (this.step !== before) this.#job = undefined;
  }

  /** After the last batch; `first`: the step at the start of this call. */
  #endEpoch(first: number, expired?: () => boolean): RunOutcome {
    const settled = this.#settle(expired);
    const steps = this.#since(first);
    if (settled.type !== 'finite') return { ...settled, steps };
    this.#passed.forget();
    this.#walk.beginEpoch(this.epoch + 1);
    return { type: 'epoch', steps };
  }

  #settle(expired?: () => boolean): Settlement {
    const previous = this.#evaluation;
    if (!this.evaluate(expired)) return { type: 'time' };
    const place = this.#job?.place;
    if (!place) return { type: 'finite' };
    if (this.#walk.undo()) {
      this.#job = undefined;
      this.#evaluation = previous && Number.isFinite(previous.loss) ? previous : undefined;
    }
    return { type: 'diverged', divergence: this.#walk.divergenceAt(place) };
  }

  /** The epoch ends without an evaluation where nobody wants one: whether it does. */
  #passOver(lossAt: number): boolean {
    const completed = this.epoch + 1;
    if (completed >= lossAt || !this.#passed.allow(completed)) return false;
    this.#passed.pass();
    this.#walk.beginEpoch(completed);
    return true;
  }

  /** Numbers have overflowed: the way is gone once more where epochs were passed over. Whether it is. */
  #goBack(): boolean {
    const start = this.#passed.back(this.epoch + 1);
    if (start) this.#goTo(start);
    return start !== undefined;
  }

  /** Epochs may be passed over from here on: between two of them, where the loss is known and finite. */
  #beginWay(): void {
    const known = this.#walk.isBetweenEpochs && this.#job?.complete && !this.#job.place;
    if (known && !this.#passed.isUnderWay) this.#passed.begin(this.#moment());
  }

  #moment(): KnownMoment {
    return { ...this.#walk.moment, evaluation: this.#evaluation };
  }

  #goTo(moment: KnownMoment): void {
    this.#job = undefined;
    this.#evaluation = moment.evaluation;
    this.#walk.goTo(moment);
  }

  /** Steps from then on, those that were undone left out. */
  #since(first: number): number {
    return Math.max(0, this.step - first);
  }

  #divergedAt(place: DivergencePlace, first: number): RunOutcome {
    const divergence = this.#walk.divergenceAt(place);
    return { type: 'diverged', steps: this.#since(first), divergence };
  }
}

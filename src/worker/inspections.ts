/**
 * Answers about the numbers of the run, computed in slices beside training. One inspection comes after another: each
 * keeps the pass of its own snapshot until it is answered. A sample has its pass for itself, so that nobody who points
 * at a weight waits until all samples have been through the network. While training runs, numbers that refresh wait for
 * their share of the time; what is newly asked for does not.
 */
import type { Facts, Scope, Target } from '../engine/facts';
import type { GradientsRequest, SomeGradients } from '../engine/inspect';
import type { HistoryRequest, ParameterHistory } from '../engine/parameterHistory';
import type { LabReport, LabRequest } from '../engine/lab/lab';
import type { LayerMatrices, MatricesRequest } from '../engine/matrixFacts';
import type { ResultsJob } from '../engine/results/results';
import type {
  CheckedApi,
  Fan,
  FanRequest,
  HealthReport,
  HealthRequest,
  LookApi,
  MapRequest,
  MatrixPicture,
  MatrixRequest,
  NetworkView,
  NeuronMaps,
  Overview,
  OverviewRequest,
  Results,
  ResultsRequest,
  ViewRequest,
  WhatIf,
  WhatIfRequest,
  WorkerApi,
} from '../protocol';
import type { Served } from '../rpc';
import { Allowance } from './allowance';
import type { Looks, Snapshot } from './looks';
import { cancelled, Newest } from './newest';
import { Recent } from './recent';
import type { Run } from './run';

/** What inspections need of the session. */
export interface Slices {
  /** @throws Error while no network is loaded */
  loaded(): Run;
  /** The answer is true when the slice that begins now has ended. */
  sliceEnd(): () => boolean;
  /** Resolves when other work has had its turn, and `milliseconds` have passed. */
  turn(milliseconds?: number): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** From one question whether a refresh may take its time to the next. */
const POLL_MS = 5;

/** What is looked at: by which question, in which scope, and the rest of the request. */
type Look = readonly [question: keyof LookApi | 'gradients', scope: Scope, request: object];

export class Inspections {
  readonly #slices: Slices;
  readonly #latest: { [S in Scope['type']]: Promise<unknown> } = {
    sample: Promise.resolve(),
    batch: Promise.resolve(),
  };
  #history: Promise<unknown> = Promise.resolve();
  readonly #curves = new Newest();
  readonly #rules = new Newest();
  /** Of one neuron, and of several. */
  readonly #maps = new Newest();
  readonly #allMaps = new Newest();
  readonly #reports = new Newest();
  readonly #results = new Newest();
  /** By asker, those that are under way. */
  readonly #judging = new Map<number, ResultsJob>();
  readonly #recent = new Recent();
  readonly #allowance = new Allowance();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  served(): Served<
    Omit<LookApi, 'samples' | 'predict' | 'snapshots' | keyof CheckedApi> &
      Pick<WorkerApi, 'gradients' | 'health'>
  > {
    return {
      inspect: (target, scope) => this.inspect(target, scope),
      view: request => this.view(request),
      gradients: request => this.gradients(request),
      matrix: request => this.matrix(request),
      layerMatrices: request => this.layerMatrices(request),
      fan: request => this.fan(request),
      overview: request => this.overview(request),
      whatIf: (request, asker) => this.whatIf(request, asker),
      lab: (request, asker) => this.lab(request, asker),
      dataRange: () => this.#slices.loaded().looks.dataRange(),
      dataPoints: request => this.#slices.loaded().looks.dataPoints(request),
      map: (request, asker) => this.map(request, asker),
      results: (request, asker) => this.results(request, asker),
      resultsPart: asker => this.#judging.get(asker)?.part,
      cancelResults: asker => void this.#results.begin(asker),
      health: request => this.health(request),
      history: request => this.history(request),
    };
  }

  inspect(target: Target, scope: Scope): Promise<Facts> {
    return this.#inspected(
      ['inspect', scope, target],
      (looks, snapshot) => looks.inspect(snapshot, target, scope),
      looks => looks.snapshotFor(target, scope),
    );
  }

  view(request: ViewRequest): Promise<NetworkView> {
    return this.#inspected(
      ['view', request.scope, request],
      (looks, snapshot) => looks.view(snapshot, request),
      looks => looks.snapshot(request.scope, request.updates === true),
    );
  }

  gradients(request: GradientsRequest): Promise<SomeGradients> {
    return this.#inspected(['gradients', request.scope, request], (looks, snapshot) =>
      looks.gradients(snapshot, request),
    );
  }

  matrix(request: MatrixRequest): Promise<MatrixPicture> {
    return this.#inspected(
      ['matrix', request.scope, request],
      (looks, snapshot) => looks.matrix(snapshot, request),
      looks => looks.snapshot(request.scope, request.quantity === 'update'),
    );
  }

  layerMatrices(request: MatricesRequest): Promise<LayerMatrices> {
    return this.#inspected(['layerMatrices', request.scope, request], (looks, snapshot) =>
      looks.layerMatrices(snapshot, request),
    );
  }

  fan(request: FanRequest): Promise<Fan> {
    return this.#inspected(
      ['fan', request.scope, request],
      (looks, snapshot) => looks.fan(snapshot, request),
      looks => looks.snapshot(request.scope, request.quantity === 'update'),
    );
  }

  overview(request: OverviewRequest): Promise<Overview> {
    return this.#inspected(
      ['overview', request.scope, request],
      (looks, snapshot) => looks.overview(snapshot, request),
      looks => looks.snapshot(request.scope, true),
    );
  }

  /** Passes of its own, one history after another: it keeps nobody else waiting. */
  history(request: HistoryRequest): Promise<ParameterHistory> {
    const { loaded, sliceEnd, turn } = this.#slices;
    const result = this.#history.then(async () => {
      const job = loaded().looks.history(request);
      while (!job.run(sliceEnd())) await turn();
      return job.result();
    });
    this.#history = result.catch(() => undefined);
    return result;
  }

  /** A pass of its own, beside other inspections: it keeps nobody waiting. */
  async health({ losses }: HealthRequest): Promise<HealthReport> {
    const isNewest = this.#reports.begin(0);
    const { looks } = this.#slices.loaded();
    const job = looks.health(losses);
    await this.#finish(job, looks, isNewest, 'report');
    return job.report();
  }

  /** A pass of its own, beside other inspections: it keeps nobody waiting. */
  async lab(request: LabRequest, asker: number): Promise<LabReport> {
    const isNewest = this.#rules.begin(asker);
    const { looks } = this.#slices.loaded();
    const job = looks.lab(request);
    await this.#finish(job, looks, isNewest, 'rule');
    return job.result();
  }

  /** Beside other inspections, as a rule of the lab is. */
  async map(request: MapRequest, asker: number): Promise<NeuronMaps> {
    const isNewest = (request.neurons.length > 1 ? this.#allMaps : this.#maps).begin(asker);
    const { looks } = this.#slices.loaded();
    const job = looks.map(request);
    await this.#finish(job, looks, isNewest, 'map');
    return job.result();
  }

  /** Beside other inspections, as a rule of the lab is. */
  async results(request: ResultsRequest, asker: number): Promise<Results> {
    const isNewest = this.#results.begin(asker);
    const { looks } = this.#slices.loaded();
    const job = looks.results(request);
    this.#judging.set(asker, job);
    try {
      await this.#finish(job, looks, isNewest, 'result');
      return job.result();
    } finally {
      if (this.#judging.get(asker) === job) this.#judging.delete(asker);
    }
  }

  /** The curve is computed beside other inspections: a long one keeps nobody waiting. */
  async whatIf(request: WhatIfRequest, asker: number): Promise<WhatIf> {
    const isNewest = this.#curves.begin(asker);
    const { looks, job } = await this.#inspected(
      ['whatIf', request.scope, request],
      (of, snapshot) => ({ looks: of, job: of.whatIf(snapshot, request) }),
      of => of.snapshotFor(request.target, request.scope),
    );
    await this.#finish(job, looks, isNewest, 'curve');
    return job.result();
  }

  /**
   * Works on a job to its end, beside everything else.
   *
   * @param looks of the run that the job is about
   * @throws Error named `Cancelled` when another one of its kind, or another network, has made it void
   */
  async #finish(
    job: { run(expired: () => boolean): boolean },
    looks: Looks,
    isNewest: () => boolean,
    kind: string,
  ): Promise<void> {
    const { loaded, sliceEnd, turn } = this.#slices;
    while (!job.run(sliceEnd())) {
      await turn();
      if (!isNewest() || looks !== loaded().looks)
        throw cancelled(`Another ${kind} was asked for.`);
    }
  }

  async #inspected<T>(
    look: Look,
    answer: (looks: Looks, snapshot: Snapshot) => T,
    snapshotOf: (looks: Looks) => Snapshot = looks => looks.snapshot(look[1]),
  ): Promise<T> {
    const [, scope] = look;
    if (!this.#recent.isNew(JSON.stringify(look), this.#slices.now())) await this.#share();
    const { loaded, sliceEnd, turn } = this.#slices;
    const result = this.#latest[scope.type].then(async () => {
      const { looks } = loaded();
      const snapshot = this.#timed(() => snapshotOf(looks));
      while (!this.#timed(() => looks.prepare(snapshot, scope, sliceEnd()))) await turn();
      return this.#timed(() => answer(looks, snapshot));
    });
    this.#latest[scope.type] = result.catch(() => undefined);
    return result;
  }

  /** Resolves when a refresh may take its time, or training rests. */
  async #share(): Promise<void> {
    const { loaded, turn, now } = this.#slices;
    while (loaded().phase === 'running' && !this.#allowance.allows(now())) await turn(POLL_MS);
  }

  /** Only what training waits for counts. */
  #timed<T>(work: () => T): T {
    const { loaded, now } = this.#slices;
    const start = now();
    const result = work();
    const end = now();
    if (loaded().phase === 'running') this.#allowance.spend(end - start, end);
    return result;
  }
}

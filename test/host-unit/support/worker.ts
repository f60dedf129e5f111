/**
 * A training worker in the same thread, moved by the test: it answers as the real one does, but trains only
 * when told to, by adding 1 to every parameter and taking 0.1 off the loss.
 */
import type { WorkerPort } from '../../../src/host/platform';
import type { HealthReport } from '../../../src/engine/health/alarm';
import type { Divergence } from '../../../src/engine/trainer';
import type { Network } from '../../../src/network/network';
import { withTuning } from '../../../src/network/tuning';
import { pack, unpack } from '../../../src/export/packed';
import { inferShapes } from '../../../src/network/shapes';
import type {
  CarriedRun,
  LoadRequest,
  RunState,
  TrainingMoment,
  WorkerApi,
  WorkerEvents,
} from '../../../src/protocol';
import { connect } from '../../../src/rpc';
import type { Connection, Served } from '../../../src/rpc';

const DRAWN = 0.5;

/** Of a run that nothing was trained in. */
export const counters = {
  epoch: 0,
  step: 0,
  loss: 1,
  validationLoss: NaN,
  accuracy: NaN,
  validationAccuracy: NaN,
  seconds: 0,
  samplesPerSecond: 0,
};

export class FakeWorker {
  readonly loads: LoadRequest[] = [];
  readonly calls: string[] = [];
  /** Thrown by the next load. */
  loadError: Error | undefined;
  /** Thrown by the loads after that. */
  readonly loadErrors: Error[] = [];
  /** Numbers that it says to hold, where it has fewer. */
  stored: number | undefined;
  /** Loads take until they are finished or cancelled. */
  loadsSlowly = false;
  /** The loss of a pause is not known until it is settled. */
  settlesSlowly = false;
  #settling: (() => void)[] = [];
  #unsaid: (() => void)[] | undefined;
  #slowLoad: { finish(): void; cancel(): void } | undefined;
  disposed = false;
  network: Network | undefined;
  state: RunState = { ...counters, phase: 'idle' };
  values: number[] = [];
  /** How many epochs were asked for, by training; undefined: those of the network. */
  readonly trains: (number | undefined)[] = [];
  /** Of the latest training. */
  goal: { readonly epochs: number; readonly from: number; readonly isAsked: boolean } | undefined;
  /** What is found wrong with the network. */
  health: HealthReport = { samples: 4, training: 4, alarms: [] };
  /** What one can look back at: the start, and the numbers after each `advance`; the first has the id 1. */
  kept: { readonly values: readonly number[]; readonly epoch: number; readonly loss: number }[] =
    [];
  #start: number[] = [];
  #lost: ((reason: string) => void) | undefined;
  #connection: Connection<object, WorkerEvents> | undefined;

  /** The host's end; the worker's end is this object. */
  port(): WorkerPort {
    const channel = new MessageChannelPair();
    this.#connection = connect<object, WorkerEvents, WorkerApi>(channel.far, this.#served(), {});
    return {
      ...channel.near,
      listen: receive =>
        channel.near.listen(message => {
          if (this.#unsaid) this.#unsaid.push(() => receive(message));
          else receive(message);
        }),
      onLost: lost => (this.#lost = lost),
      dispose: () => {
        this.disposed = true;
        this.#connection?.dispose();
      },
    };
  }

  /** Epochs pass. */
  advance(epochs: number): void {
    this.values = this.values.map(value => value + epochs);
    const { epoch, step, loss } = this.state;
    this.state = {
      ...this.state,
      epoch: epoch + epochs,
      step: step + epochs,
      loss: loss - 0.1 * epochs,
    };
    this.#keep();
  }

  #keep(): void {
    const { values, state } = this;
    this.kept.push({ values: [...values], epoch: state.epoch, loss: state.loss });
  }

  #column(of: (kept: FakeWorker['kept'][number], index: number) => number): Float64Array {
    return Float64Array.from(this.kept, of);
  }

  finish(): void {
    this.#tell({ ...this.state, phase: 'finished', reason: 'epochs' } as RunState);
  }

  #pause(): RunState | Promise<RunState> {
    if (this.state.phase === 'running') {
      if (!this.settlesSlowly) this.#tell({ ...this.state, phase: 'paused' });
      else this.#connection?.tell('runState', this.#unsettled);
      this.state = { ...this.state, phase: 'paused' };
      if (!this.settlesSlowly) return this.state;
    } else if (this.#settling.length === 0) return this.state;
    return new Promise(resolve => this.#settling.push(() => resolve(this.state)));
  }

  get #unsettled(): RunState {
    return { ...this.state, loss: NaN, phase: 'paused', settling: true };
  }

  /** The loss of a pause is known. */
  settle(where?: Divergence): void {
    if (where) this.diverge(where);
    else this.#tell(this.state);
    this.#endSettling();
  }

  #endSettling(): void {
    for (const end of this.#settling.splice(0)) end();
  }

  diverge(where: Divergence): void {
    this.#tell({ ...this.state, phase: 'diverged', where } as RunState);
  }

  /** It computes, and says nothing, until it wakes. */
  hang(): void {
    this.#unsaid = [];
  }

  wake(): void {
    const unsaid = this.#unsaid;
    this.#unsaid = undefined;
    for (const say of unsaid ?? []) say();
  }

  /** The thread ends by itself. */
  die(reason: string): void {
    this.#lost?.(reason);
  }

  #tell(state: RunState): void {
    this.state = state;
    this.#connection?.tell('runState', state);
  }

  tellLoadProgress(part: number): void {
    this.#connection?.tell('loadProgress', part);
  }

  /** The data are there. */
  finishLoad(): void {
    this.#slowLoad?.finish();
  }

  #loadSlowly(request: LoadRequest): ReturnType<Served<WorkerApi>['load']> {
    return new Promise((resolve, reject) => {
      this.#slowLoad = {
        finish: () => resolve(this.#load(request)),
        cancel: () =>
          reject(Object.assign(new Error('The loading was cancelled.'), { name: 'Cancelled' })),
      };
    });
  }

  #load(request: LoadRequest): Awaited<ReturnType<Served<WorkerApi>['load']>> {
    this.loads.push(request);
    const error = this.loadError ?? this.loadErrors.shift();
    this.loadError = undefined;
    if (error) throw error;
    const { network, keepParameters, carried } = request;
    if (keepParameters && carried) this.#goOnFrom(carried);
    this.network = network;
    if (!keepParameters) this.values = this.#start = parametersOf(network);
    const state = keepParameters ? this.state : { ...counters, phase: 'idle' as const };
    this.#tell({ ...state, phase: 'idle' } as RunState);
    if (!keepParameters) {
      this.kept = [];
      this.#keep();
    }
    const samples = { samples: 4, training: 4, validation: 0, inputNames: [] };
    return {
      shapes: { ...inferShapes(network), ...(this.stored && { stored: this.stored }) },
      data: network.data && { ...samples, classNames: undefined },
      issues: [],
      continued: keepParameters,
      state: this.state,
      engine: {
        backend: 'reference',
        reason: request.engine === 'reference' ? 'it was asked for' : 'the only one in this test',
        ...(typeof request.threads === 'number' && {
          threads: request.threads,
          threadsReason: 'as asked for',
        }),
      },
    };
  }

  #carried(): CarriedRun {
    const { epoch, step } = this.state;
    return {
      shapes: inferShapes(this.network!),
      parameters: Float64Array.from(this.values),
      course: { begun: { epoch, step }, resting: undefined },
      snapshots: { kept: [], spacing: 0, lastId: 0 },
    };
  }

  /** As much of one as is needed to go on here. */
  get #moment(): object {
    const { epoch, step, seconds } = this.state;
    const { epochs, from } = this.goal ?? { epochs: 0, from: epoch };
    const parameters = Float64Array.from(this.values);
    return {
      ...{ position: { epoch, step }, epochs: from + epochs, trained: epoch, seconds },
      ...(this.goal && { watch: { goal: this.goal } }),
      checkpoint: { step, epoch, position: 0, parameters },
    };
  }

  #goOnFrom({ parameters, course }: CarriedRun): void {
    this.values = [...parameters];
    this.state = { ...this.state, ...course.begun };
  }

  #served(): Served<WorkerApi> {
    const log = <A extends unknown[], R>(name: string, method: (...args: A) => R) => {
      return (...args: A): R => {
        this.calls.push(name);
        return method(...args);
      };
    };
    const unused = (): never => {
      throw new Error('The test did not expect this call.');
    };
    return {
      load: log('load', request =>
        this.loadsSlowly ? this.#loadSlowly(request) : this.#load(request),
      ),
      carry: log('carry', () => this.#carried()),
      train: log('train', ({ epochs, areLeft }) => {
        const { training } = this.network!;
        const isAsked = epochs !== undefined && !areLeft;
        this.goal = { epochs: epochs ?? training.epochs, from: this.state.epoch, isAsked };
        this.trains.push(epochs);
        this.#tell({ ...this.state, phase: 'running' } as RunState);
        this.#endSettling();
        return this.state;
      }),
      pause: log('pause', () => this.#pause()),
      step: log('step', () => {
        this.advance(1);
        this.#tell({ ...this.state, phase: 'paused' } as RunState);
        return this.state;
      }),
      tune: log('tune', tuning => {
        if (this.network) this.network = withTuning(this.network, tuning);
        this.#tell(this.state);
        return this.state;
      }),
      reset: log('reset', () => {
        this.values = this.#start;
        this.#tell({ ...counters, phase: 'idle' });
        return this.state;
      }),
      parameters: log('parameters', snapshot =>
        Float64Array.from(snapshot === undefined ? this.values : this.kept[snapshot - 1].values),
      ),
      snapshots: () => ({
        ids: this.#column((_, i) => i + 1),
        epochs: this.#column(({ epoch }) => epoch),
        losses: this.#column(({ loss }) => loss),
        present: this.kept.findIndex(({ epoch }) => epoch === this.state.epoch) + 1 || undefined,
      }),
      restore: log('restore', snapshot => {
        const { values, epoch, loss } = this.kept[snapshot - 1];
        this.values = [...values];
        this.#tell({ ...this.state, epoch, loss, phase: 'idle' } as RunState);
        return this.state;
      }),
      checkpoint: unused,
      resume: unused,
      moment: log('moment', () => pack(this.#moment)),
      goOnFrom: log('goOnFrom', moment => {
        const { position, checkpoint } = unpack(moment) as TrainingMoment;
        this.values = [...checkpoint.parameters];
        this.#tell({ ...this.state, ...position, phase: 'paused' } as RunState);
        return this.state;
      }),
      history: unused,
      inspect: unused,
      view: unused,
      gradients: unused,
      matrix: unused,
      layerMatrices: unused,
      fan: unused,
      overview: unused,
      health: () => this.health,
      whatIf: unused,
      lab: unused,
      checkedRows: unused,
      checkedPictures: unused,
      errorCurve: unused,
      dataRange: unused,
      dataPoints: unused,
      map: unused,
      results: unused,
      resultsPart: unused,
      cancelResults: unused,
      gradcheck: unused,
      cancelGradcheck: () => {},
      alive() {},
      cancelLoad: log('cancelLoad', () => this.#slowLoad?.cancel()),
      predict: unused,
      samples: unused,
    };
  }
}

/** Given weights, or {@link DRAWN} where the seed decides; biases given or 0. */
function parametersOf(network: Network): number[] {
  const shapes = inferShapes(network).layers;
  return network.layers.flatMap((layer, i) => {
    if (layer.type !== 'dense') return [];
    const { units, useBias, weights, bias } = layer;
    return [
      ...(weights?.flat() ?? Array<number>(units * shapes[i].inputs).fill(DRAWN)),
      ...(useBias ? (bias ?? Array<number>(units).fill(0)) : []),
    ];
  });
}

type Receive = (message: unknown) => void;

/** Two ports that copy what they carry and deliver it later, in order. */
export class MessageChannelPair {
  readonly #receivers = { near: new Set<Receive>(), far: new Set<Receive>() };
  readonly near = this.#port('far', 'near');
  readonly far = this.#port('near', 'far');

  #port(to: 'near' | 'far', own: 'near' | 'far') {
    return {
      post: (message: unknown): void => {
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => this.#receivers[to].forEach(receive => receive(copy)));
      },
      listen: (receive: Receive) => {
        this.#receivers[own].add(receive);
        return () => void this.#receivers[own].delete(receive);
      },
    };
  }
}

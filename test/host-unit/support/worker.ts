/**
 * A training worker in the same thread, moved by the test: it answers as the real one does, but trains only
 * when told to, by adding 1 to every parameter and taking 0.1 off the loss.
 */
import type { WorkerPort } from '../../../src/host/platform';
import type { Divergence } from '../../../src/engine/trainer';
import type { Network } from '../../../src/network/network';
import { inferShapes } from '../../../src/network/shapes';
import type { LoadRequest, RunState, WorkerApi, WorkerEvents } from '../../../src/protocol';
import { connect } from '../../../src/rpc';
import type { Connection, Served } from '../../../src/rpc';

const DRAWN = 0.5;

const counters = {
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
  disposed = false;
  network: Network | undefined;
  state: RunState = { ...counters, phase: 'idle' };
  values: number[] = [];
  #start: number[] = [];
  #lost: ((reason: string) => void) | undefined;
  #connection: Connection<object, WorkerEvents> | undefined;

  /** The host's end; the worker's end is this object. */
  port(): WorkerPort {
    const channel = new MessageChannelPair();
    this.#connection = connect<object, WorkerEvents, WorkerApi>(channel.far, this.#served(), {});
    return {
      ...channel.near,
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
  }

  finish(): void {
    this.#tell({ ...this.state, phase: 'finished', reason: 'epochs' } as RunState);
  }

  diverge(where: Divergence): void {
    this.#tell({ ...this.state, phase: 'diverged', where } as RunState);
  }

  /** The thread ends by itself. */
  die(reason: string): void {
    this.#lost?.(reason);
  }

  #tell(state: RunState): void {
    this.state = state;
    this.#connection?.tell('runState', state);
  }

  #load(request: LoadRequest): Awaited<ReturnType<Served<WorkerApi>['load']>> {
    this.loads.push(request);
    const error = this.loadError;
    this.loadError = undefined;
    if (error) throw error;
    const { network, keepParameters } = request;
    this.network = network;
    if (!keepParameters) this.values = this.#start = parametersOf(network);
    const state = keepParameters ? this.state : { ...counters, phase: 'idle' as const };
    this.#tell({ ...state, phase: 'idle' } as RunState);
    const samples = { samples: 4, training: 4, validation: 0, inputNames: [] };
    return {
      shapes: inferShapes(network),
      data: network.data && { ...samples, classNames: undefined },
      issues: [],
      state: this.state,
    };
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
      load: log('load', request => this.#load(request)),
      train: log('train', () => {
        this.#tell({ ...this.state, phase: 'running' } as RunState);
        return this.state;
      }),
      pause: log('pause', () => {
        if (this.state.phase === 'running') this.#tell({ ...this.state, phase: 'paused' });
        return this.state;
      }),
      step: log('step', () => {
        this.advance(1);
        this.#tell({ ...this.state, phase: 'paused' } as RunState);
        return this.state;
      }),
      reset: log('reset', () => {
        this.values = this.#start;
        this.#tell({ ...counters, phase: 'idle' });
        return this.state;
      }),
      parameters: log('parameters', () => Float64Array.from(this.values)),
      inspect: unused,
      view: unused,
      matrix: unused,
      fan: unused,
      gradcheck: unused,
      cancelGradcheck: () => {},
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

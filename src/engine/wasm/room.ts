/** A network's memory, the module over it, and views of it. */
import type { Backend } from './backends';
import type { Layout } from './layout';
import * as place from './shared/places';
import { Team, type TeamOptions } from './team';
import { createMemory, instantiate, type Exports, type Memory, type Module } from './webAssembly';

export class Room {
  readonly memory: Memory;
  readonly engine: Exports;
  readonly words: Int32Array;
  readonly reals: Float64Array;
  readonly floats: Float32Array;
  readonly bytes: Uint8Array;
  readonly trace: Float32Array;
  readonly #layout: Layout;
  readonly #backend: Backend;
  readonly #module: Module;
  #team: Team | undefined;

  /** @param shared whether several threads can work in it */
  constructor(layout: Layout, backend: Backend, shared: boolean) {
    const memory = createMemory(layout.byteLength, shared);
    const { buffer } = memory;
    this.memory = memory;
    this.#layout = layout;
    this.#backend = backend;
    this.words = new Int32Array(buffer, layout.header, place.WORD_BYTES / 4);
    this.reals = new Float64Array(buffer, layout.header + place.WORD_BYTES, 32);
    this.floats = new Float32Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.trace = new Float32Array(buffer, layout.trace, 4);
    this.#module = shared ? backend.sharingModule : backend.module;
    this.engine = instantiate(this.#module, memory);
    this.engine.setup(layout.header);
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  /** Absent where a single thread works. */
  get team(): Team | undefined {
    return this.#team;
  }

  /** Lets others take part, once the header has been written. */
  invite(options: TeamOptions): void {
    const { header, team } = this.#layout;
    this.#team = new Team(options, team, { module: this.#module, memory: this.memory, header });
    this.engine.setThreads(options.threads);
  }

  /**
   * The same in a memory of its own for this thread alone: whoever is lost may still come back and write into this one.
   */
  alone(): Room {
    this.#team?.end();
    const room = new Room(this.#layout, this.#backend, false);
    room.bytes.set(this.bytes);
    return room;
  }
}

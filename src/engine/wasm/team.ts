/** The threads that work in one memory: this one, and helpers where the place has some. */
import * as room from './shared/teamRoom';
import type { Memory, Module } from './webAssembly';

/** What another thread needs to take part: its own instance of the module, `setup(header)`, `assist(own, threads)`. */
export interface HelperWork {
  readonly module: Module;
  readonly memory: Memory;
  readonly header: number;
  /** Which thread it is, from 1 on, of how many. */
  readonly own: number;
  readonly threads: number;
}

/** Starts another thread of this process on some work; what it returns ends it. */
export type StartHelper = (work: HelperWork) => () => void;

/** How many threads shall work, and where the others come from. */
export interface TeamOptions {
  readonly threads: number;
  readonly start: StartHelper;
  /** Vector operations from which on a part of the work is worth the way to another thread. */
  readonly least?: number;
  /** Millions of them that this thread does alone after others have held it up: they have other things to do. */
  readonly rest?: number;
  /** Milliseconds for what another thread has begun, before it is taken to be lost. */
  readonly patience?: number;
}

/** About a microsecond. */
const LEAST = 4096;
/** Some 30 milliseconds. */
const REST = 200;
/** The longest piece of work takes far less, on a machine that does much else too. */
const PATIENCE = 10_000;
/** Milliseconds for a thread to start. */
const START = 2_000;

export class Team {
  readonly #words: Int32Array;
  readonly #stops: readonly (() => void)[];

  /** The helpers start; nothing waits for them. @param at address of what threads tell each other */
  constructor(
    { threads, start, least = LEAST, rest = REST, patience = PATIENCE }: TeamOptions,
    at: number,
    work: Omit<HelperWork, 'own' | 'threads'>,
  ) {
    const words = (this.#words = new Int32Array(work.memory.buffer, at, room.LEFT / 4));
    words[room.PATIENCE / 4] = patience;
    words[room.LEAST / 4] = least;
    words[room.REST / 4] = rest;
    this.#stops = Array.from({ length: threads - 1 }, (_, i) =>
      start({ ...work, own: i + 1, threads }),
    );
  }

  /** Whether what was computed lacks the part of a thread that was lost. */
  get hasLost(): boolean {
    return this.#words[room.LOST / 4] !== 0;
  }

  /** Waits for the helpers to come; answers how many have, before one has kept waiting too long. */
  gather(): number {
    const at = room.PRESENT / 4;
    for (;;) {
      const present = Atomics.load(this.#words, at);
      if (present >= this.#stops.length) return present;
      if (Atomics.wait(this.#words, at, present, START) === 'timed-out') return present;
    }
  }

  /** The helpers leave; the memory can be used as before, by one thread. */
  end(): void {
    Atomics.store(this.#words, room.CLOSED / 4, 1);
    Atomics.add(this.#words, room.BELL / 4, 1);
    Atomics.notify(this.#words, room.BELL / 4);
    for (const stop of this.#stops) stop();
  }
}

/**
 * Work that several threads share: each has its own instance of this module over the one memory.
 *
 * The first thread does everything in its order. What can be split it lays out in chunks; whoever has time takes one,
 * first of its own, then of the others'. Nobody has to come: what no other thread takes, the first one does. A unit is
 * computed as a whole by one thread, in the same way as by a single one, so the bits do not depend on who does it.
 *
 * A chunk is taken before anything of the work is read: then that stays as it is until the chunk is done.
 */
import { pointer } from './header';
import { TEAM } from '../shared/places';
import {
  ASLEEP,
  BELL,
  CHUNKS,
  CLOSED,
  DONE,
  LEAST,
  LEFT,
  LINE,
  LOST,
  PART,
  PATIENCE,
  PRESENT,
  RECORD,
  REST,
  SIZE,
  UNITS,
  WAITS,
} from '../shared/teamRoom';

/** This instance's own. */
let thread: i32 = 0;
let threads: i32 = 1;

/** Computes the units from `first` to before `last` of what the record tells. */
export type Part = (record: usize, first: i32, last: i32) => void;

/** Chunks of a thread's own, so that one that is held up leaves something to the others. */
const OWN_CHUNKS: i32 = 4;
/** Looks at what there is to do before a thread sleeps: some 50 microseconds. */
const LOOKS: i32 = 20000;
/** What a wait answers where nobody has ended it. */
const TIMED_OUT: i32 = 2;
/** Nanoseconds of a sleep, and how many of them are a millisecond. */
const NAP: i64 = 250000;
const NAPS: i32 = 4;
/** Vector operations that a thread makes during a nap, and during a look, about. */
const NAP_WORK: f64 = 1600000;
const LOOK_WORK: f64 = 16;
/** Work after which it is judged how it went, and the share of it that may be lost by waiting. */
const JUDGED: f64 = 100000000;
const MOST_LOST: f64 = 0.125;
/** Times that a rest can be doubled. */
const MOST_DOUBLED: i32 = 6;

/**
 * Where the machine has other things to do, threads are taken from their work for milliseconds, and who waits for them
 * loses more than they do. Then the first one goes on alone for a while: longer each time, shorter where it went well.
 */
let resting: f64 = 0;
let worked: f64 = 0;
let lost: f64 = 0;
let doubled: i32 = 0;

/** After work of which the first thread has waited so long for others, beyond what a chunk takes. */
function judge(team: usize, work: f64, waited: f64): void {
  worked += work;
  lost += max<f64>(waited, 0);
  const isHeldUp = lost > MOST_LOST * max<f64>(worked, JUDGED);
  if (!isHeldUp && worked < JUDGED) return;
  if (isHeldUp) resting = 1e6 * <f64>(load<i32>(team + REST) << doubled);
  doubled = isHeldUp ? min(doubled + 1, MOST_DOUBLED) : max(doubled - 1, 0);
  worked = 0;
  lost = 0;
}

/** The number of threads that may take part from now on, this one included. */
export function setThreads(count: i32): void {
  threads = count;
}

@inline
export function ownThread(): i32 {
  return thread;
}

@inline
export function teamSize(): i32 {
  return threads;
}

/** @param cost vector operations of a unit, about */
export function split(part: Part, record: usize, units: i32, cost: i32): void {
  if (threads == 1) return part(record, 0, units);
  const least = load<i32>(pointer(TEAM) + LEAST) / max(cost, 1) + 1;
  const size = max((units + threads * OWN_CHUNKS - 1) / (threads * OWN_CHUNKS), least);
  splitBy(part, record, units, size, cost);
}

/** In one chunk for each thread: for parts that begin with work of their own. */
export function splitEvenly(part: Part, record: usize, units: i32, cost: i32): void {
  if (threads == 1) return part(record, 0, units);
  splitBy(part, record, units, (units + threads - 1) / threads, cost);
}

function splitBy(part: Part, record: usize, units: i32, size: i32, cost: i32): void {
  const chunks = (units + size - 1) / size;
  const work = <f64>units * <f64>cost;
  if (resting > 0) resting -= work;
  if (chunks < 2 || resting > 0) return part(record, 0, units);
  const team = pointer(TEAM);
  store<i32>(team + PART, part.index);
  store<u32>(team + RECORD, <u32>record);
  store<i32>(team + UNITS, units);
  store<i32>(team + SIZE, size);
  store<i32>(team + CHUNKS, chunks);
  atomic.store<i32>(team + DONE, 0);
  for (let t = 0; t < threads; t++) {
    atomic.store<i32>(leftOf(team, t), end(t, chunks) - end(t - 1, chunks));
  }
  if (atomic.load<i32>(team + ASLEEP) > 0) ring(team);
  takePart(team);
  judge(team, work, awaitOthers(team, chunks) - work / <f64>chunks);
}

@inline
function leftOf(team: usize, owner: i32): usize {
  return team + LEFT + <usize>(owner * LINE);
}

/** Behind a thread's last chunk. */
@inline
function end(owner: i32, chunks: i32): i32 {
  return ((owner + 1) * chunks) / threads;
}

function ring(team: usize): void {
  atomic.add<i32>(team + BELL, 1);
  atomic.notify(team + BELL, -1);
}

/** Takes chunks until there are none. */
function takePart(team: usize): void {
  for (let i = 0; i < threads; i++) {
    const owner = (thread + i) % threads;
    const left = leftOf(team, owner);
    while (atomic.load<i32>(left) > 0) {
      const number = atomic.sub<i32>(left, 1);
      if (number > 0) compute(team, owner, number);
    }
  }
}

/** The chunk that is so many before the end of its owner's. */
function compute(team: usize, owner: i32, number: i32): void {
  const chunks = load<i32>(team + CHUNKS);
  const size = load<i32>(team + SIZE);
  const first = (end(owner, chunks) - number) * size;
  const last = min(first + size, load<i32>(team + UNITS));
  const record = <usize>load<u32>(team + RECORD);
  call_indirect<void>(load<i32>(team + PART), record, first, last);
  atomic.add<i32>(team + DONE, 1);
  if (thread != 0 && atomic.load<i32>(team + WAITS)) atomic.notify(team + DONE, 1);
}

/**
 * Until all chunks are done. A thread that has taken one and never ends it is lost, and what it should have done too.
 *
 * @returns vector operations that could have been made meanwhile
 */
function awaitOthers(team: usize, chunks: i32): f64 {
  for (let looks = 0; looks < LOOKS; looks++) {
    if (atomic.load<i32>(team + DONE) == chunks) return LOOK_WORK * <f64>looks;
  }
  atomic.store<i32>(team + WAITS, 1);
  const most = NAPS * load<i32>(team + PATIENCE);
  let naps = 0;
  while (atomic.load<i32>(team + DONE) < chunks && naps < most) {
    if (atomic.wait<i32>(team + DONE, atomic.load<i32>(team + DONE), NAP) == TIMED_OUT) naps++;
  }
  atomic.store<i32>(team + WAITS, 0);
  if (atomic.load<i32>(team + DONE) < chunks) {
    store<i32>(team + LOST, 1);
    threads = 1;
  }
  return LOOK_WORK * <f64>LOOKS + NAP_WORK * <f64>naps;
}

@inline
function isAnythingLeft(team: usize): bool {
  for (let t = 0; t < threads; t++) {
    if (atomic.load<i32>(leftOf(team, t)) > 0) return true;
  }
  return false;
}

/** The life of another thread than the first, until it shall leave: it sleeps while there is nothing to do. */
export function assist(own: i32, count: i32): void {
  thread = own;
  threads = count;
  const team = pointer(TEAM);
  atomic.add<i32>(team + PRESENT, 1);
  atomic.notify(team + PRESENT, -1);
  for (let looks = 0; !atomic.load<i32>(team + CLOSED); looks++) {
    if (isAnythingLeft(team)) {
      takePart(team);
      looks = 0;
    } else if (looks >= LOOKS) {
      sleep(team);
      looks = 0;
    }
  }
}

function sleep(team: usize): void {
  const bell = atomic.load<i32>(team + BELL);
  atomic.add<i32>(team + ASLEEP, 1);
  // Who lays out work looks behind that for sleepers: one of both sees the other.
  if (!isAnythingLeft(team) && !atomic.load<i32>(team + CLOSED)) {
    atomic.wait<i32>(team + BELL, bell, -1);
  }
  atomic.sub<i32>(team + ASLEEP, 1);
}

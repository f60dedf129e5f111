/**
 * When the pointer means something: after resting 150 ms, at once between neighbours, and with patience
 * while it travels to the card, whose way crosses other edges.
 */
import type { Target } from '../../src/engine/facts';
import { browserTimer, type Timer } from '../refresher';
import type { Point } from './layout';
import { distanceTo, type Box } from './place';
import { sameTarget } from './related';

const REST = 150;
/** Whoever has rested this long is likely to stay. */
const SOON = 50;
const TRAVEL = 180;
const LEAVE = 250;

/** Who hears what the pointer means. */
export interface Pointing {
  point(target: Target | undefined): void;
  /** What is likely to be pointed at soon, where there is a delay before. */
  foresee(target: Target): void;
}

export class Hover {
  readonly #hears: () => Pointing;
  readonly #timer: Timer;
  #shown: Target | undefined;
  #wanted: Target | undefined;
  /** Hidden by Esc: stays hidden until the pointer means something else. */
  #refused: Target | undefined;
  #round = 0;
  #distance = Infinity;

  constructor(hears: () => Pointing, timer: Timer = browserTimer) {
    this.#hears = hears;
    this.#timer = timer;
  }

  /** The pointer is over `target`, or over nothing; `card` is where the card stands now. */
  over(target: Target | undefined, point: Point, card: Box | undefined): void {
    const distance = card ? distanceTo(card, point) : Infinity;
    const travels = distance < this.#distance;
    this.#distance = distance;
    if (!sameTarget(target, this.#refused)) this.#refused = undefined;
    if (this.#refused) return;
    if (sameTarget(target, this.#shown)) return this.#cancel();
    const waits = !sameTarget(target, this.#wanted) || (this.#shown !== undefined && travels);
    if (!waits) return;
    if (this.#shown === undefined) this.#want(target, REST);
    else if (travels) this.#want(target, TRAVEL);
    else this.#want(target, target ? 0 : LEAVE);
  }

  /** The pointer is on the card itself: nothing changes while it is there. */
  onCard(): void {
    this.#cancel();
  }

  leave(): void {
    if (this.#shown) this.#want(undefined, LEAVE);
    else this.#cancel();
  }

  /** What the page shows by now. Numbers may have changed: what the pointer means goes on, unless it is another target. */
  sees(target: Target | undefined): void {
    if (!sameTarget(target, this.#shown)) this.shown(target);
  }

  /** Something else (focus, a changed document) decided what is shown. */
  shown(target: Target | undefined): void {
    this.#cancel();
    this.#shown = target;
  }

  /** Esc. */
  refuse(): void {
    this.#refused = this.#shown;
    this.shown(undefined);
    this.#hears().point(undefined);
  }

  #want(target: Target | undefined, delay: number): void {
    this.#wanted = target;
    const round = ++this.#round;
    const act = (): void => {
      if (round !== this.#round) return;
      this.#shown = target;
      this.#distance = Infinity;
      this.#hears().point(target);
    };
    if (delay === 0) return act();
    this.#timer.after(delay, act);
    if (!target) return;
    this.#timer.after(SOON, () => {
      if (round === this.#round) this.#hears().foresee(target);
    });
  }

  #cancel(): void {
    this.#round++;
    this.#wanted = this.#shown;
  }
}

/** Where a person stands in a pass, and the ways from there. Pure: what a move does to the page is the page's affair. */
import type { Target } from '../../src/engine/facts';
import { whenKnown } from '../../src/explain/story/known';
import {
  back,
  forward,
  forwardEnd,
  usualUnit,
  type Direction,
  type StepUnit,
  type Story,
} from '../../src/explain/story/story';

export type Way = 'start' | 'back' | 'forward' | 'end';

export class Walk {
  readonly story: Story;
  unit: StepUnit;
  #at = -1;

  constructor(story: Story) {
    this.story = story;
    this.unit = usualUnit(story);
  }

  /** Index of the last step that was made; −1: none. */
  get at(): number {
    return this.#at;
  }

  get direction(): Direction {
    return this.#at > forwardEnd(this.story) ? 'backward' : 'forward';
  }

  get isAtEnd(): boolean {
    return this.#at >= this.story.length - 1;
  }

  go(way: Way): void {
    const { story, unit } = this;
    const to: { readonly [W in Way]: () => number } = {
      start: () => -1,
      back: () => back(story, this.#at, unit),
      forward: () => forward(story, this.#at, unit),
      end: () => story.length - 1,
    };
    this.#at = to[way]();
  }

  /** To the first step of a pass; answers whether the forward pass had to be run first. */
  turn(direction: Direction): boolean {
    const start = direction === 'forward' ? -1 : forwardEnd(this.story);
    return this.#goTo(forward(this.story, start, this.unit));
  }

  /** To where the δ of a neuron is known, of an input its value; answers as {@link turn}. */
  goToNeuron({ layer, row }: Extract<Target, { type: 'neuron' }>): boolean {
    const type = layer < 0 ? 'activation' : 'error';
    return this.#goTo(whenKnown(this.story, { type, layer, row }));
  }

  /** What δ needs is run first. */
  #goTo(at: number): boolean {
    const { length } = this.story;
    const end = forwardEnd(this.story);
    const before = this.#at;
    this.#at = Math.max(-1, Math.min(length - 1, at));
    return this.#at > end && before < end;
  }
}

/** Fetches the strongest connections of the neuron that a person looks at, one request at a time. */
import type { Scope, Target } from '../../src/engine/facts';
import type { Fan, FanRequest } from '../../src/protocol';
import { browserTimer, CARD_INTERVAL, Refresher, type Timer } from '../refresher';
import type { EdgeQuantity } from '../viewState';
import type { CanvasLayout } from './layout';

/** Whether some connection of a neuron is not drawn by itself. */
export function hasHiddenConnections(
  { columns, sources, bands }: CanvasLayout,
  layer: number,
): boolean {
  const isPartial = (each: number): boolean => {
    const column = columns[each + 1];
    return column !== undefined && column.neurons.length < column.units;
  };
  const neighbours = [...(sources[layer] ?? [])];
  sources.forEach((from, each) => {
    if (from.includes(layer)) neighbours.push(each);
  });
  return (
    neighbours.some(isPartial) || bands.some(band => band.layer === layer || band.source === layer)
  );
}

export class FanKeeper {
  readonly #ask: (request: FanRequest) => Promise<Fan>;
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #wanted: FanRequest | undefined;
  #stamp: unknown;
  #fan: Fan | undefined;

  constructor(
    ask: (request: FanRequest) => Promise<Fan>,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), CARD_INTERVAL, timer);
  }

  /**
   * Wants the fan of a neuron, or none; answers what is known of it. `stamp`: when it changes, the numbers are
   * fetched anew.
   */
  of(
    target: Target | undefined,
    scope: Scope,
    quantity: EdgeQuantity,
    stamp: unknown,
  ): Fan | undefined {
    if (target?.type !== 'neuron') {
      this.#wanted = this.#fan = undefined;
      return undefined;
    }
    const { layer, row } = target;
    const same = this.#wanted?.layer === layer && this.#wanted.row === row;
    if (!same) this.#fan = undefined;
    const fresh = same && this.#wanted?.quantity === quantity && this.#stamp === stamp;
    this.#wanted = { scope, layer, row, quantity };
    this.#stamp = stamp;
    if (!fresh) this.#refresher.ask(!same);
    return this.#fan;
  }

  async #fetch(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    try {
      const fan = await this.#ask(wanted);
      if (this.#wanted?.layer !== wanted.layer || this.#wanted.row !== wanted.row) return;
      this.#fan = fan;
      this.#changed();
    } catch {
      // The card of the same neuron says why there are no numbers; the picture just has no fan.
      this.#fan = undefined;
    }
  }
}

/** The keyboard inside the canvas: where it stands, what keys do there, and what is said aloud. */
import type { Target } from '../../src/engine/facts';
import { hasMatrix } from '../../src/network/layerTypes';
import type { Controller } from '../controller';
import type { Interaction } from '../design/contract';
import { speak } from '../speak';
import { text } from '../strings';
import type { Hover } from './hover';
import { interpret, isReachable, type Reach } from './keyboard';
import { spoken, targetOf, testId } from './names';
import { reachOf } from './picture';
import type { Scene } from './scene';

/** What the keyboard needs of the canvas. */
export interface KeysHost extends HTMLElement {
  readonly controller: Controller;
  readonly scene: Scene | undefined;
  readonly interaction: Interaction | undefined;
  readonly updateComplete: Promise<boolean>;
  place: Target | undefined;
  inspectorShows: () => boolean;
  /** Brings what has the focus into sight. */
  reveal(target: Target): void;
  escape(event: KeyboardEvent): void;
  toggleTable(): void;
  openMatrix(layer: number, cell?: { readonly row: number; readonly column: number }): void;
}

export class CanvasKeys {
  readonly #host: KeysHost;
  readonly #hover: Hover;
  /** True while the keyboard, not the pointer, says what is pointed at. */
  byFocus = false;
  /** Whether the number of what the keyboard stands on is spoken: after a key of looking, not after an action. */
  speaks = false;
  /** The last key was one of looking, not one that changes something, and not Tab. */
  looks = false;

  /** The focus is being put somewhere; it does not come by Tab. */
  #going = false;

  constructor(host: KeysHost, hover: Hover) {
    this.#host = host;
    this.#hover = hover;
  }

  readonly pressed = (event: KeyboardEvent): void => {
    const { scene, place, interaction } = this.#host;
    if (interaction?.takesKey(event)) return;
    if (interaction?.key(event)) {
      this.looks = false;
      return event.preventDefault();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !place || !scene) return;
    if (this.#opens(event, place, scene)) return event.preventDefault();
    const command = interpret(place, event, reachOf(scene));
    if (!command) return;
    if (command.type === 'escape') return this.#host.escape(event);
    event.preventDefault();
    if (command.type === 'move') {
      this.goTo(command.to, true, true);
      this.speaks = true;
    } else this.#select(place, scene);
  };

  /** `m` the matrix of what the keyboard stands on, `M` its layer in matrices, `t` the table of the network, `s` steps through a pass. */
  #opens({ key }: KeyboardEvent, place: Target, { named }: Scene): boolean {
    if (key === 't') this.#host.toggleTable();
    else if (key === 's') this.#host.controller.show({ stepping: true });
    else if (key === 'M') this.#showMatrices(place);
    else if (key === 'm') {
      const layer = matrixLayerOf(place, named.network.layers.map(hasMatrix), named.sources);
      if (layer !== undefined) this.#host.openMatrix(layer, cellOf(place, layer));
    } else return false;
    return true;
  }

  #showMatrices(place: Target): void {
    this.#hover.refuse();
    this.#host.controller.show({ selection: place, matrices: true });
  }

  #select(place: Target, { named }: Scene): void {
    this.#host.controller.select(place);
    // The inspector says the same: once is enough.
    if (this.#host.inspectorShows()) this.#hover.refuse();
    speak(this.#host, text('speak.selected', spoken(named, place)));
  }

  /** Puts the keyboard on a target. What is not drawn is selected instead, a weight in its matrix. */
  goTo(target: Target, byKeyboard: boolean, looks = false): void {
    const { scene } = this.#host;
    if (!scene) return;
    const reach = reachOf(scene);
    this.speaks = false;
    this.looks = looks;
    if (!isReachable(target, reach)) return this.#goToHidden(target, reach);
    this.#host.place = target;
    this.byFocus = byKeyboard;
    if (!this.#focus(target, byKeyboard))
      void this.#host.updateComplete.then(() => this.#focus(target, byKeyboard));
  }

  #focus(target: Target, reveals: boolean): boolean {
    const element = this.#host.querySelector<SVGElement>(
      `svg.network [data-testid="${testId(target)}"]`,
    );
    if (reveals) this.#host.reveal(target);
    this.#going = true;
    element?.focus({ preventScroll: true });
    this.#going = false;
    return element !== null;
  }

  #goToHidden(target: Target, reach: Reach): void {
    if (target.type === 'loss' || target.layer >= reach.sources.length) return;
    this.#host.controller.select(target);
    if (target.type === 'weight') return this.#host.openMatrix(target.layer, target);
    this.goTo({ type: 'layer', layer: target.layer }, true, this.looks);
  }

  readonly focused = (event: FocusEvent): void => {
    const element = event.target as Element;
    const target = targetOf(element.getAttribute('data-testid') ?? '');
    if (!target || !element.matches(':focus-visible')) return;
    this.#host.place = target;
    this.byFocus = true;
    if (!this.#going) {
      this.speaks = true;
      this.looks = false;
    }
    this.#host.reveal(target);
    this.#host.controller.point(target);
  };

  readonly blurred = (event: FocusEvent): void => {
    const next = event.relatedTarget as Element | null;
    if (!this.byFocus || next?.closest('nabla-canvas, nabla-hover-card')) return;
    this.byFocus = false;
    this.#host.controller.point(undefined);
  };
}

/** The layer whose weights are meant at a place: its own, or those of the first that weighs its values. */
function matrixLayerOf(
  place: Target,
  weighted: readonly boolean[],
  sources: readonly (readonly number[])[],
): number | undefined {
  if (place.type === 'loss') return weighted.length - 1;
  if (place.layer >= 0 && weighted[place.layer]) return place.layer;
  const next = sources.findIndex((from, layer) => weighted[layer] && from.includes(place.layer));
  return next < 0 ? undefined : next;
}

function cellOf(place: Target, layer: number): { row: number; column: number } | undefined {
  if (place.type === 'loss' || place.type === 'layer') return undefined;
  if (place.layer !== layer) return { row: 0, column: place.row };
  return { row: place.row, column: place.type === 'weight' ? place.column : 0 };
}

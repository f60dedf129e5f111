/** `<nabla-design>`: what designing draws above the canvas, and its small windows. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { whenHere } from '../focus';
import { NextFrame } from '../nextFrame';
import { activationList, insertForm } from './chooser';
import { goToForm } from './goTo';
import { help } from './help';
import { numberForm } from './numberEditor';
import { overlay } from './overlay';
import type { DesignSession, Popup } from './session';

export class NablaDesign extends LitElement {
  static override properties = {
    session: { attribute: false },
    state: { attribute: false },
    problem: { state: true },
  };
  declare session: DesignSession | undefined;
  /** Drawn anew whenever the page's state changes. */
  declare state: unknown;
  /** Why what was typed cannot be taken. */
  declare problem: string | undefined;
  #end: (() => void) | undefined;
  #shown: Popup | undefined;
  readonly #drawing = new NextFrame(() => this.requestUpdate());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
    this.#end = undefined;
    this.#drawing.cancel();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') || (this.session && !this.#end)) {
      this.#end?.();
      const ends = [
        this.session?.onChange(() => this.#changed()),
        this.session?.onCall(() => this.#takeKeyboard()),
      ];
      this.#end = () => ends.forEach(end => end?.());
    }
    if (this.session?.popup !== this.#shown) this.problem = undefined;
  }

  /** A drag is drawn once a frame, however often the pointer tells where it is. */
  #changed(): void {
    if (this.session?.gesture.type !== 'drag') return this.requestUpdate();
    this.#drawing.ask();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session || !isBusy(session)) return nothing;
    const { x, y, width, height } = session.surface.element.getBoundingClientRect();
    const frame = this.getBoundingClientRect();
    const place = `left: ${x - frame.x}px; top: ${y - frame.y}px; width: ${width}px; height: ${height}px`;
    return html`<div class="design-layer" style=${place}>
        ${overlay(session)} ${session.popup?.type === 'help' ? nothing : this.#popup(session)}
      </div>
      ${session.popup?.type === 'help' ? help(session) : nothing}`;
  }

  #popup(session: DesignSession): TemplateResult | typeof nothing {
    const { popup } = session;
    const complain = (problem: string | undefined): void => void (this.problem = problem);
    switch (popup?.type) {
      case 'insert':
        return insertForm(session, popup, this.problem, complain);
      case 'activation':
        return activationList(session, popup);
      case 'number':
        return numberForm(session, popup, this.problem, complain);
      case 'goTo':
        return goToForm(session, this.problem, complain);
      default:
        return nothing;
    }
  }

  /** A new window takes the keyboard. */
  protected override updated(): void {
    const popup = this.session?.popup;
    if (popup === this.#shown) return;
    this.#shown = popup;
    if (!popup) return;
    whenHere(() => this.#takeKeyboard());
  }

  #takeKeyboard(): void {
    const first = this.querySelector<HTMLElement>('[data-first]');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }
}

/** Without anything to draw nothing is measured: this element is asked at every change of the page. */
function isBusy({ gesture, connecting, popup }: DesignSession): boolean {
  return gesture.type === 'drag' || connecting !== undefined || popup !== undefined;
}

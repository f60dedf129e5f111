/** Choosing a new layer for a slot, and another activation for layers. */
import { html, type TemplateResult } from 'lit';
import { limits } from '../../src/network/catalog';
import { activationFormulas } from '../../src/explain/activationFormulas';
import type { NetworkEdit } from '../../src/network/edit';
import { count } from '../numbers';
import { clauses, listed } from '../punctuation';
import { text } from '../strings';
import { shapedLayers } from './arrivals';
import { activationOf, consequence } from './consequences';
import type { PaletteItem, ShapedType } from './contract';
import { drop, edit, make } from './perform';
import { besideSlot } from './places';
import { popup, POPUP_WIDTH, problemLine } from './popup';
import type { DesignSession, Popup } from './session';
import { placeWords } from './verdict';
import type { World } from './world';

export const ACTIVATIONS = Object.keys(activationFormulas);

/** Pixels that the window of a new layer takes: two lines of title, two of short buttons, two sentences of two lines. */
const INSERT_HEIGHT = 252;

type Complain = (problem: string | undefined) => void;

export function insertForm(
  session: DesignSession,
  { index, at }: Extract<Popup, { type: 'insert' }>,
  problem: string | undefined,
  complain: Complain,
): TemplateResult {
  const { world, surface } = session;
  if (!world) return html``;
  const isLast = index === world.network.layers.length;
  const geometry = surface.geometry();
  const slot = geometry?.slots.find(each => each.index === index);
  const size = { width: POPUP_WIDTH, height: INSERT_HEIGHT };
  return popup(
    session,
    'chooser',
    text(isLast ? 'chooser.titleLast' : 'chooser.title', placeWords(world, index)),
    geometry && slot ? besideSlot(geometry, slot, size) : at,
    INSERT_HEIGHT,
    html`<form
        class="chooser"
        @submit=${(event: Event) => insertTyped(session, index, event, complain)}
      >
        ${unitsField(problem)} ${activationField(isLast)}
        <button class="primary" type="submit" data-testid="chooser-insert">
          ${text('chooser.insert')}
        </button>
      </form>
      <div class="shaped">
        ${(Object.keys(shapedLayers) as ShapedType[]).map(type => shapedButton(session, type, index))}
      </div>
      <div class="merges">
        ${(['add', 'concat'] as const).map(merge => mergeButton(session, merge, index))}
      </div>
      ${problemLine(problem)}`,
  );
}

function insertTyped(
  session: DesignSession,
  index: number,
  event: Event,
  complain: Complain,
): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const typed = form.querySelector<HTMLInputElement>('[name=units]')?.value.trim() ?? '';
  const activation = form.querySelector<HTMLSelectElement>('[name=activation]')?.value ?? 'sigmoid';
  const units = /^\d+$/.test(typed) ? Number(typed) : NaN;
  if (units >= 1 && units <= limits.units)
    return take(session, { type: 'layer', units, activation }, index);
  complain(text('chooser.unitsRange', count(limits.units), typed));
}

function unitsField(problem: string | undefined): TemplateResult {
  return html`<label
    ><span>${text('chooser.units')}</span>
    <input
      data-first
      name="units"
      inputmode="numeric"
      autocomplete="off"
      value="4"
      aria-invalid=${problem !== undefined}
      data-testid="chooser-units"
  /></label>`;
}

function activationField(isLast: boolean): TemplateResult {
  const offered = ACTIVATIONS.filter(name => name !== 'softmax' || isLast);
  return html`<label
    ><span>${text('chooser.activation')}</span>
    <select name="activation" data-testid="chooser-activation">
      ${offered.map(name => html`<option ?selected=${name === 'sigmoid'}>${name}</option>`)}
    </select></label
  >`;
}

/** Short, for there are many: what it does, or why it cannot, is its tip. */
const shapedButton = (session: DesignSession, layer: ShapedType, index: number): TemplateResult =>
  layerButton(session, { type: 'shaped', layer }, index, layer, text(`palette.${layer}`));

/** What the button does stands in it, or why it cannot. */
const mergeButton = (
  session: DesignSession,
  merge: 'add' | 'concat',
  index: number,
): TemplateResult => layerButton(session, { type: 'merge', merge }, index, merge);

/** @param label absent: what the button does, or why it cannot */
function layerButton(
  session: DesignSession,
  item: PaletteItem,
  index: number,
  name: string,
  label?: string,
): TemplateResult {
  const { world } = session;
  const found = world && consequence(world, { type: 'item', item }, { type: 'slot', index });
  const words = found?.possible ? found.says : found && text('design.forbidden', found.why);
  return html`<button
    type="button"
    class="choice"
    ?disabled=${!found?.possible}
    data-testid="chooser-${name}"
    title=${words ?? ''}
    @click=${() => take(session, item, index)}
  >
    ${label ?? words}
  </button>`;
}

function take(session: DesignSession, item: PaletteItem, index: number): void {
  session.close();
  drop(session, { type: 'item', item }, { type: 'slot', index });
}

/** A list of activations: arrows, Enter, or a click. Those that cannot be say why. */
export function activationList(
  session: DesignSession,
  { layers }: Extract<Popup, { type: 'activation' }>,
): TemplateResult {
  const { world } = session;
  if (!world) return html``;
  const names = listed(layers.map(world.title));
  return popup(
    session,
    'activation-chooser',
    text('chooser.activationTitle', names),
    session.beside(layers[0]),
    284,
    html`<div
      class="choices"
      role="listbox"
      aria-label=${text('chooser.activation')}
      @keydown=${walk}
    >
      ${ACTIVATIONS.map(name => activationOption(session, world, layers, name))}
    </div>`,
  );
}

function activationOption(
  session: DesignSession,
  world: World,
  layers: readonly number[],
  name: string,
): TemplateResult {
  const isNow = name === world.network.layers[layers[0]]?.activation;
  const found = activationOf(world, name, layers[0]);
  const why = found.possible || isNow ? '' : found.why;
  return html`<button
    role="option"
    class="choice"
    aria-selected=${isNow}
    ?data-first=${isNow}
    aria-disabled=${why !== ''}
    title=${why}
    data-testid="choose-${name}"
    @click=${() => choose(session, layers, name)}
  >
    <i class="codicon codicon-${isNow ? 'check' : 'blank'}" aria-hidden="true"></i>${name}
    <span class="quiet">${why}</span>
  </button>`;
}

function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + by + buttons.length) % buttons.length].focus();
}

/** Several layers at once are one step; one that has it already or cannot have it is left as it is. */
function choose(session: DesignSession, layers: readonly number[], name: string): void {
  const { world } = session;
  session.close();
  if (!world) return;
  if (layers.length === 1) return make(session, activationOf(world, name, layers[0]));
  const found = layers.map(layer => activationOf(world, name, layer));
  const possible = found.filter(each => each.possible);
  if (possible.length === 0) return make(session, found[0]);
  const edits: readonly NetworkEdit[] = possible.map(each => each.edit);
  const label = text('undo.several', 'activation', edits.length, name);
  void edit(session, { type: 'several', label, edits }, clauses(possible.map(each => each.says)));
}

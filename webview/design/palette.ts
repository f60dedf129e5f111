/** The palette: what a network is made of. Each item is dragged, or used by a click or Enter. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { activations } from '../../src/network/vocabulary';
import type { ActivationName } from '../../src/network/network';
import { iconButton } from '../iconButton';
import { translatedChoice } from '../properties/settingWords';
import { keepStop, rove } from '../roving';
import type { State } from '../store';
import { told } from '../punctuation';
import { text } from '../strings';
import { ACTIVATIONS } from './chooser';
import { purposes } from './consequences';
import type { PaletteItem, ShapedType } from './contract';
import { curveOf } from './curveIcons';
import { openDrawer } from './drawer';
import type { DesignInteraction } from './interaction';
import { afterLayer, chosenLayer } from './perform';
import { placeWords } from './verdict';

/** `names`: icons and names; `icons`: icons alone, `pairs`: two in a row; `drawer`: over the canvas, when opened. */
export type PaletteForm = 'names' | 'icons' | 'pairs' | 'drawer';

const ITEMS = '.palette-item';
/** The one item that Tab comes to at first; from then on the one that had the focus. */
const FIRST = 'dense';

export function palette(
  state: State,
  interaction: DesignInteraction | undefined,
  form: PaletteForm,
): TemplateResult {
  const { drawer, show } = state;
  if (form === 'drawer' && !drawer) return html``;
  const names = form === 'names' || form === 'drawer';
  return html`<nav
    class="palette ${form}"
    aria-label=${text('palette.label')}
    data-testid="palette"
    @keydown=${(event: KeyboardEvent) => {
      if (form === 'drawer' && event.key === 'Escape') openDrawer(interaction, false);
    }}
  >
    ${form === 'drawer' ? closeButton(interaction) : toggle(show.palette, names, interaction)}
    <div
      class="palette-items ${names ? 'named' : ''}"
      role="toolbar"
      aria-orientation="vertical"
      aria-label=${text('palette.label')}
      @keydown=${(event: KeyboardEvent) => rove(event, ITEMS)}
      @focusin=${(event: FocusEvent) => keepStop(event, ITEMS)}
    >
      ${group('layers', names, layerItems, interaction)}
      ${group('activations', names, activationItems, interaction)}
      ${group('outputs', names, outputItems, interaction)}
    </div>
  </nav>`;
}

function closeButton(interaction: DesignInteraction | undefined): TemplateResult {
  return iconButton('palette-close', 'close', text('palette.close'), () =>
    openDrawer(interaction, false),
  );
}

/** Where there is no room for names, asking for them changes nothing yet: the button goes. */
function toggle(
  wanted: 'names' | 'icons',
  names: boolean,
  interaction: DesignInteraction | undefined,
): TemplateResult | typeof nothing {
  if (wanted === 'names' && !names) return nothing;
  const words = text(names ? 'palette.collapse' : 'palette.expand');
  return html`<button
    class="icon"
    aria-expanded=${names}
    aria-label=${words}
    title=${words}
    data-testid="palette-toggle"
    @click=${() => interaction?.session.controller.show({ palette: names ? 'icons' : 'names' })}
  >
    <i class="codicon codicon-layout-sidebar-left${names ? '' : '-off'}" aria-hidden="true"></i>
  </button>`;
}

interface Entry {
  readonly id: string;
  readonly item: PaletteItem;
  readonly name: string;
  readonly icon: TemplateResult;
  hint(words: Words): string;
}

/** Where a click would put a layer, and whom it would give an activation. */
interface Words {
  readonly slot: string;
  readonly layer: string;
}

const icon = (d: string): TemplateResult => svg`<path d=${d}></path>`;

const layerItems = (): readonly Entry[] => [
  {
    id: 'dense',
    item: { type: 'layer', units: 4, activation: 'sigmoid' },
    name: text('palette.dense'),
    icon: icon('M3 4.5L13 3M3 4.5L13 8M3 4.5L13 13M3 11.5L13 3M3 11.5L13 8M3 11.5L13 13'),
    hint: ({ slot }) => text('palette.denseHint', slot),
  },
  shaped('conv2d', 'M2 2H14V14H2ZM2 9H9V2'),
  shaped('maxPool2d', 'M2 2H14V14H2ZM8 2V14M2 8H14M3.5 6L5 3.7L6.5 6'),
  shaped('averagePool2d', 'M2 2H14V14H2ZM8 2V14M2 8H14M3.5 5H6.5'),
  shaped('flatten', 'M2 5H7V11H2ZM8.5 8H10.5M12 2H14V14H12ZM12 6H14M12 10H14'),
  shaped(
    'dropout',
    'M3 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M9 11.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M9 2.5L13 6.5M13 2.5L9 6.5M3 9.5L7 13.5M7 9.5L3 13.5',
  ),
  shaped('batchNorm', 'M2 13H14M2 11.5C6 11.5 6 3.5 8 3.5S10 11.5 14 11.5'),
  merge('add', 'M8 3V13M3 8H13', 'palette.addMeaning'),
  merge('concat', 'M4 3H12V7H4ZM4 9H12V13H4Z', 'palette.concatMeaning'),
];

const shaped = (layer: ShapedType, path: string): Entry => ({
  id: layer,
  item: { type: 'shaped', layer },
  name: text(`palette.${layer}`),
  icon: icon(path),
  hint: ({ slot }) => text('palette.mergeHint', text(`palette.${layer}Meaning`), slot),
});

function merge(
  name: 'add' | 'concat',
  path: string,
  meaning: 'palette.addMeaning' | 'palette.concatMeaning',
): Entry {
  return {
    id: name,
    item: { type: 'merge', merge: name },
    name: text(`palette.${name}`),
    icon: icon(path),
    hint: ({ slot }) => text('palette.mergeHint', text(meaning), slot),
  };
}

const describeActivation = (name: ActivationName): string =>
  translatedChoice('layers.activation', name) ?? activations[name].description;

const activationItems = (): readonly Entry[] =>
  ACTIVATIONS.map(activation => ({
    id: activation,
    item: { type: 'activation', activation },
    name: activation,
    icon: icon(curveOf(activation as ActivationName)),
    hint: ({ layer }) =>
      text(
        'palette.activationHint',
        activation,
        describeActivation(activation as ActivationName),
        layer,
      ),
  }));

const outputItems = (): readonly Entry[] =>
  (['regression', 'binary', 'classes'] as const).map(purpose => ({
    id: purpose,
    item: { type: 'output', purpose },
    name: text(`palette.${purpose}`),
    icon: icon(
      {
        regression: 'M3 13L13 3',
        binary: 'M3 12H8V4H13',
        classes: 'M3 13V9H5V13ZM7 13V3H9V13ZM11 13V7H13V13Z',
      }[purpose],
    ),
    hint: () => text('palette.outputHint', purposes[purpose].activation, purposes[purpose].loss),
  }));

function group(
  kind: 'layers' | 'activations' | 'outputs',
  names: boolean,
  entries: () => readonly Entry[],
  interaction: DesignInteraction | undefined,
): TemplateResult {
  const words = interaction && hintWords(interaction);
  const title = text(`palette.${kind}`);
  return html`<div class="palette-group palette-${kind}" role="group" aria-label=${title}>
    ${names ? html`<h2>${title}</h2>` : html`<hr />`}
    ${entries().map(entry => button(entry, names, words, interaction))}
  </div>`;
}

function hintWords({ session }: DesignInteraction): Words {
  const { world } = session;
  if (!world) return { slot: '', layer: '' };
  const chosen = chosenLayer(session);
  return {
    slot: placeWords(world, afterLayer(session, chosen)),
    layer: world.title(chosen ?? world.network.layers.length - 1),
  };
}

function button(
  { id, item, name, icon: picture, hint }: Entry,
  names: boolean,
  words: Words | undefined,
  interaction: DesignInteraction | undefined,
): TemplateResult {
  const hints = words ? hint(words) : name;
  const pressed = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    interaction?.palettePressed(event, item);
  };
  return html`<button
    class="palette-item"
    tabindex=${id === FIRST ? 0 : -1}
    data-testid="palette-${id}"
    aria-label=${told(name, hints)}
    title=${told(name, hints)}
    @pointerdown=${pressed}
    @pointermove=${(event: PointerEvent) => void interaction?.pointerMove(event)}
    @pointerup=${(event: PointerEvent) => void interaction?.pointerUp(event)}
    @pointercancel=${() => interaction?.pointerCancel()}
    @click=${(event: MouseEvent) => interaction?.paletteClicked(event, item)}
  >
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${picture}</svg>
    ${names ? html`<span>${name}</span>` : nothing}
  </button>`;
}

/** Opens and closes the palette where it has no room of its own. */
import { html, type TemplateResult } from 'lit';
import type { State } from '../store';
import { text } from '../strings';
import type { DesignInteraction } from './interaction';

export function drawerButton(
  { drawer }: State,
  interaction: DesignInteraction | undefined,
): TemplateResult {
  return html`<button
    class="icon drawer-button"
    aria-expanded=${drawer}
    aria-label=${text('palette.open')}
    title=${text('palette.open')}
    data-testid="palette-open"
    @click=${() => openDrawer(interaction, !drawer)}
  >
    <i class="codicon codicon-layers" aria-hidden="true"></i>
  </button>`;
}

/** The keyboard goes along: into the drawer, and back to the button that opened it. */
export function openDrawer(interaction: DesignInteraction | undefined, open: boolean): void {
  interaction?.session.controller.store.dispatch({ type: 'drawer', open });
  const next = `[data-testid="palette-${open ? 'close' : 'open'}"]`;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(next)?.focus());
}

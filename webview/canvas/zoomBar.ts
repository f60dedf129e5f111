/** A quiet corner: smaller, all in sight, larger; the network as a table; and what keys and gestures there are. */
import { html, type TemplateResult } from 'lit';
import { iconButton } from '../iconButton';
import { text } from '../strings';

export interface ZoomActions {
  zoom(factor: number): void;
  fit(): void;
  table(): void;
}

const STEP = 1.25;

export function zoomBar(tableOpen: boolean, actions: ZoomActions): TemplateResult {
  return html`<div class="zoom-bar" role="toolbar" aria-label=${text('zoom.label')}>
    ${iconButton('zoom-out', 'remove', text('zoom.out'), () => actions.zoom(1 / STEP))}
    ${iconButton('zoom-fit', 'screen-full', text('zoom.fit'), () => actions.fit())}
    ${iconButton('zoom-in', 'add', text('zoom.in'), () => actions.zoom(STEP))}
    <button
      class="icon"
      data-testid="network-table-toggle"
      aria-pressed=${tableOpen}
      aria-label=${text('table.toggle')}
      title=${text('table.toggle')}
      @click=${() => actions.table()}
    >
      <span class="codicon codicon-table" aria-hidden="true"></span>
    </button>
    <button
      class="icon"
      data-testid="help-open"
      aria-haspopup="dialog"
      aria-label=${text('help.open')}
      title=${text('help.open')}
      @click=${askForHelp}
    >
      <span class="codicon codicon-question" aria-hidden="true"></span>
    </button>
  </div>`;
}

/** The gestures know what there is to be said, and hear it above the canvas. */
function askForHelp({ currentTarget }: Event): void {
  currentTarget?.dispatchEvent(new CustomEvent('nabla-help', { bubbles: true }));
}

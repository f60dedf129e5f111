/** A quiet corner: smaller, all in sight, larger; and the network as a table. */
import { html, type TemplateResult } from 'lit';
import { text } from '../strings';

export interface ZoomActions {
  zoom(factor: number): void;
  fit(): void;
  table(): void;
}

const STEP = 1.25;

export function zoomBar(tableOpen: boolean, actions: ZoomActions): TemplateResult {
  return html`<div class="zoom-bar" role="toolbar" aria-label=${text('zoom.label')}>
    ${button('zoom-out', 'remove', text('zoom.out'), () => actions.zoom(1 / STEP))}
    ${button('zoom-fit', 'screen-full', text('zoom.fit'), () => actions.fit())}
    ${button('zoom-in', 'add', text('zoom.in'), () => actions.zoom(STEP))}
    <button
      class="icon"
      data-testid="network-table-toggle"
      aria-pressed=${tableOpen}
      aria-label=${text('table.toggle')}
      title=${text('table.toggle')}
      @click=${() => actions.table()}
    >
      <span class="codicon codicon-table"></span>
    </button>
  </div>`;
}

function button(testId: string, icon: string, label: string, act: () => void): TemplateResult {
  return html`<button
    class="icon"
    data-testid=${testId}
    aria-label=${label}
    title=${label}
    @click=${act}
  >
    <span class="codicon codicon-${icon}"></span>
  </button>`;
}

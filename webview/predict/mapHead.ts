/** The title of a map with its one button, and why there is no map. */
import { html, nothing, type TemplateResult } from 'lit';
import { iconButton } from '../iconButton';
import { text } from '../strings';

/** `toggle`: makes a small map large, and a large one small. */
export function mapHead(title: string, large: boolean, toggle: () => void): TemplateResult {
  return html`<header>
    <h3>${title}</h3>
    ${
      large
        ? iconButton('map-close', 'close', text('map.close'), toggle)
        : iconButton('map-enlarge', 'screen-full', text('map.enlarge'), toggle)
    }
  </header>`;
}

export function failureLine(failure: string | undefined): TemplateResult | typeof nothing {
  return failure === undefined
    ? nothing
    : html`<p class="caution" role="alert">${text('map.failed', failure)}</p>`;
}

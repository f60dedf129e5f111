/** A button that shows a sign of VS Code's own and has its words as a tip. */
import { html, nothing, type TemplateResult } from 'lit';

/** `icon`: a name of the codicons. */
export function iconButton(
  testId: string | undefined,
  icon: string,
  label: string,
  act: () => void,
): TemplateResult {
  return html`<button
    class="icon"
    type="button"
    data-testid=${testId ?? nothing}
    aria-label=${label}
    title=${label}
    @click=${act}
  >
    <i class="codicon codicon-${icon}"></i>
  </button>`;
}

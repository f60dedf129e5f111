/** A button that shows a sign of VS Code's own and has its words as a tip. */
import { html, nothing, type TemplateResult } from 'lit';

/** `icon`: a name of the codicons. What is not `enabled` keeps the keyboard: it may have been pressed just now. */
export function iconButton(
  testId: string | undefined,
  icon: string,
  label: string,
  act: () => void,
  enabled = true,
): TemplateResult {
  return html`<button
    class="icon"
    type="button"
    data-testid=${testId ?? nothing}
    aria-label=${label}
    title=${label}
    aria-disabled=${enabled ? nothing : 'true'}
    @click=${enabled ? act : nothing}
  >
    <i class="codicon codicon-${icon}" aria-hidden="true"></i>
  </button>`;
}

/** One of a few choices side by side. As radio buttons are: one tab stop, and the arrows choose. */
import { html, nothing, type TemplateResult } from 'lit';

export interface Segment {
  readonly testId: string;
  readonly word: string;
  /** What choosing it does, as a tip and aloud. */
  readonly label: string;
  readonly chosen: boolean;
  /** It cannot be chosen, and `label` says why. */
  readonly barred?: boolean;
  choose(): void;
}

/** @param label what is chosen here */
export function segments(label: string, choices: readonly Segment[]): TemplateResult {
  return html`<span class="segments" role="radiogroup" aria-label=${label} @keydown=${turn}>
    ${choices.map(
      ({ testId, word, label: tip, chosen, barred, choose }) =>
        html`<button
          class="segment"
          type="button"
          role="radio"
          data-testid=${testId}
          aria-checked=${chosen}
          aria-disabled=${barred ? 'true' : nothing}
          tabindex=${chosen ? 0 : -1}
          aria-label=${tip}
          title=${tip}
          @click=${barred ? nothing : choose}
        >
          ${word}
        </button>`,
    )}
  </span>`;
}

const WAYS: { readonly [key: string]: number } = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

function turn(event: KeyboardEvent): void {
  const way = WAYS[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = all.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const next = all[(at + way + all.length) % all.length];
  next.focus();
  next.click();
}

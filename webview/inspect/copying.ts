/** Buttons that copy an explanation: its value, or all of it as LaTeX or as Markdown. */
import { html, type TemplateResult } from 'lit';
import type { Explanation } from '../../src/explain/explanation';
import { explanationToLatex } from '../../src/explain/latex';
import { toMarkdown } from '../../src/explain/markdown';
import type { NumberStyle } from '../../src/explain/numbers';
import type { Controller } from '../controller';
import { text } from '../strings';

type Form = 'value' | 'latex' | 'markdown';

interface Copied {
  readonly tip: () => string;
  readonly content: (explanation: Explanation, style: NumberStyle) => string;
  /** What is shown and spoken once it is on the clipboard. */
  readonly done: (copied: string) => string;
  readonly sign: TemplateResult;
}

const forms: { readonly [F in Form]: Copied } = {
  value: {
    tip: () => text('copy.value'),
    // As programs read it: an ordinary minus sign, and every digit that is needed to read the number back.
    content: ({ headline }) => String(headline.value),
    done: copied => text('copy.doneValue', copied),
    sign: html`<i class="codicon codicon-copy" aria-hidden="true"></i>`,
  },
  latex: {
    tip: () => text('copy.latex'),
    content: explanationToLatex,
    done: () => text('copy.doneLatex'),
    sign: html`<span class="tex"><span></span></span>`,
  },
  markdown: {
    tip: () => text('copy.markdown'),
    content: toMarkdown,
    done: () => text('copy.doneMarkdown'),
    sign: html`<i class="codicon codicon-markdown" aria-hidden="true"></i>`,
  },
};

/** `where`: prefix of the test ids. */
export function copyButtons(
  explanation: Explanation,
  controller: Controller,
  style: NumberStyle,
  where: string,
): TemplateResult {
  const button = (form: Form): TemplateResult => {
    const { tip, content, done, sign } = forms[form];
    const copy = (): void => {
      const copied = content(explanation, style);
      void controller.copyText(copied, done(copied));
    };
    return html`<button
      class="icon"
      type="button"
      data-testid="${where}-copy-${form}"
      aria-label=${tip()}
      title=${tip()}
      @click=${copy}
    >
      ${sign}
    </button>`;
  };
  return html`<span class="copies" role="group" aria-label=${text('copy.label')}
    >${button('value')}${button('latex')}${button('markdown')}</span
  >`;
}

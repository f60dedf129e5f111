/** What the inspector can unfold under a number: its derivation, its paths, and its shares edge by edge. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, Line } from '../../src/explain/explanation';
import { sectionsOf } from '../../src/explain/sections';
import type { Controller } from '../controller';
import { explainWords } from '../words';

/**
 * What was opened is remembered with the view.
 *
 * @param paint draws a line of the explanation
 */
export function folds(
  explanation: Explanation,
  controller: Controller,
  paint: (line: Line) => TemplateResult,
): readonly TemplateResult[] {
  const { groups } = controller.store.state.show;
  return sectionsOf(explanation, explainWords()).map(
    ({ name, title, words, lines }) =>
      html`<details
        class="fold"
        data-testid=${name}
        .open=${groups?.[name] ?? false}
        @toggle=${({ target }: Event) =>
          remember(controller, name, (target as HTMLDetailsElement).open)}
      >
        <summary>${title}</summary>
        ${words === undefined ? nothing : html`<p class="quiet" data-testid="${name}-words">${words}</p>`}
        <dl>${lines.map(paint)}</dl>
      </details>`,
  );
}

function remember(controller: Controller, name: string, open: boolean): void {
  const { groups } = controller.store.state.show;
  if ((groups?.[name] ?? false) !== open) controller.show({ groups: { ...groups, [name]: open } });
}

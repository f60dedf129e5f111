/** The cards of the page: the one of what is pointed at, and those that are pinned. */
import { html, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import type { State } from '../store';

export function cards(state: State, controller: Controller): TemplateResult {
  const soFar = controller.soFar.value;
  return html`<nabla-pins .controller=${controller} .state=${state} .soFar=${soFar}></nabla-pins>
    <nabla-lab .controller=${controller} .state=${state}></nabla-lab>
    <nabla-gradcheck .controller=${controller} .state=${state}></nabla-gradcheck>
    <nabla-results .controller=${controller} .state=${state}></nabla-results>
    <nabla-compare .controller=${controller}></nabla-compare>
    <nabla-hover-card
      .controller=${controller}
      .state=${state}
      .soFar=${soFar}
    ></nabla-hover-card>`;
}

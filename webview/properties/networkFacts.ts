/** Facts about the network that are read, not set: its layers, and what is worth knowing. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Network } from '../../src/network/network';
import { sizesText, type NetworkShapes } from '../../src/network/shapes';
import type { Controller } from '../controller';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';

export function layerList(network: Network, controller: Controller): TemplateResult {
  return html`<ol class="layers">
    ${network.layers.map(
      (layer, i) =>
        html`<li>
          <button
            class="row"
            data-testid="select-layer-${i}"
            @click=${() => controller.select({ type: 'layer', layer: i })}
          >
            <span>${`${layer.type} ${count(layer.units)}`}</span>
            <span class="quiet">${layer.activation}</span>
          </button>
        </li>`,
    )}
  </ol>`;
}

/** As in the status bar: "784 – 512 – 10", or "5 layers · 64 → 10" where there are branches. */
export function sizesWords(shapes: NetworkShapes): string {
  return sizesText(shapes, (layers, from, to) => text('inspector.sizesSummary', layers, from, to));
}

export function fact(
  name: string,
  value: string,
  testId?: string,
): TemplateResult | typeof nothing {
  if (value === '') return nothing;
  return html`<div>
    <dt>${name}</dt>
    <dd data-testid=${testId ?? nothing}>${value}</dd>
  </div>`;
}

/** Warnings and information; errors have the banner. */
export function issueList(
  { document }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  const known = document?.issues.filter(({ severity }) => severity !== 'error') ?? [];
  if (known.length === 0) return nothing;
  return html`<h3>${text('inspector.issues')}</h3>
    <ul class="issues">
      ${known.map(
        issue =>
          html`<li>
            <button class="row" @click=${() => controller.reveal(issue.path)}>
              <i
                class="codicon codicon-${issue.severity === 'warning' ? 'warning' : 'info'}"
                aria-hidden="true"
              ></i>
              <span>${issue.message}</span>
            </button>
          </li>`,
      )}
    </ul>`;
}

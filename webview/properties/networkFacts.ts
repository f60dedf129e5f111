/** Facts about the network that are read, not set: its layers, and what is worth knowing. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Network } from '../../src/network/network';
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
            <span>${layer.type} ${count(layer.units)}</span>
            <span class="quiet">${layer.activation}</span>
          </button>
        </li>`,
    )}
  </ol>`;
}

/** Equal layers in a row that are written one by one. */
const MOST_EQUAL = 4;

/** "784 – 512 – 10", the input first; many equal layers in a row are counted: "16 – 40 × 16 – 10". */
export function sizesText([input, ...units]: readonly number[]): string {
  const words = [count(input)];
  let run = 0;
  units.forEach((size, i) => {
    run++;
    if (size === units[i + 1]) return;
    if (run > MOST_EQUAL) words.push(`${run} × ${count(size)}`);
    else words.push(...Array.from({ length: run }, () => count(size)));
    run = 0;
  });
  return words.join(' – ');
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
              <i class="codicon codicon-${issue.severity === 'warning' ? 'warning' : 'info'}"></i>
              <span>${issue.message}</span>
            </button>
          </li>`,
      )}
    </ul>`;
}

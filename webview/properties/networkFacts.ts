/** Nothing selected: the network as a whole. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Network } from '../../src/network/network';
import type { Controller } from '../controller';
import { count, format } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { dataText } from '../training/reasons';

export function networkFacts(state: State, controller: Controller): TemplateResult {
  const { document } = state;
  if (!document?.network || !document.shapes) return html``;
  const { network, shapes } = document;
  const { training, loss } = network;
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  return html`<h2>${network.name || document.fileName}</h2>
    <dl class="facts">
      ${fact(text('inspector.sizes'), sizes.map(count).join(' – '))}
      ${fact(text('inspector.parameters'), count(shapes.parameters), 'parameters')}
      ${fact(text('inspector.loss'), lossText(loss))}
      ${fact(text('inspector.penalty'), penalty(network))}
      ${fact(text('inspector.optimizer'), training.optimizer.type)}
      ${fact(text('inspector.learningRate'), format(training.optimizer.learningRate))}
      ${fact(text('inspector.batchSize'), training.batchSize === 'all' ? text('inspector.all') : count(training.batchSize))}
      ${fact(text('inspector.epochs'), count(training.epochs))}
      ${fact(text('inspector.data'), dataText(document, count))}
      ${fact(text('inspector.seed'), String(network.seed))}
      ${fact(text('inspector.precision'), training.precision)}
      ${fact(text('inspector.notation'), state.notation)}
    </dl>
    <h3>${text('inspector.layers')}</h3>
    <ol class="layers">
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
    </ol>
    ${issues(state, controller)}
    <p class="quiet hint">${text('inspector.hints')}</p>`;
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

/** The half belongs to the squared error alone. */
function lossText({ type, half, reduction }: Network['loss']): string {
  const halved = type === 'meanSquaredError' && half;
  return [type, ...(halved ? ['½'] : []), reduction].join(' · ');
}

function penalty({ regularization: { l1, l2, scale } }: Network): string {
  const parts = [l2 > 0 ? `L2 ${format(l2)}` : '', l1 > 0 ? `L1 ${format(l1)}` : ''].filter(
    Boolean,
  );
  return parts.length > 0 ? `${parts.join(' · ')} · ${scale}` : '';
}

/** Warnings and information; errors have the banner. */
function issues({ document }: State, controller: Controller): TemplateResult | typeof nothing {
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

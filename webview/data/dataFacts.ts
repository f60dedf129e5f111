/** What is known of the data: where they come from, how many there are, what is wrong, how the classes are spread. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DataSource, Network } from '../../src/network/network';
import type { DataSummary, DocumentState } from '../../src/protocol';
import { count } from '../numbers';
import { text } from '../strings';
import { dataError } from '../training/reasons';

export function summary(network: Network, { data }: DocumentState): TemplateResult {
  const source = network.data?.source;
  if (!source) return html`<p class="quiet" data-testid="data-none">${text('data.none')}</p>`;
  return html`<dl class="facts">
    <div>
      <dt>${text('data.source')}</dt>
      <dd data-testid="data-source">${sourceName(source)}</dd>
    </div>
    ${
      data
        ? html`<div>
            <dt>${text('data.samples')}</dt>
            <dd data-testid="data-samples">
              ${count(data.samples)}
              <div class="parts">
                ${text('data.samplesParts', count(data.training), count(data.validation))}
              </div>
            </dd>
          </div>`
        : nothing
    }
  </dl>`;
}

function sourceName(source: DataSource): string {
  switch (source.type) {
    case 'inline':
      return text('data.inline');
    case 'generator':
      return source.name;
    case 'csv':
      return source.path;
    case 'idx':
      return text('data.idx', source.images, source.labels);
  }
}

export function problem(document: DocumentState): TemplateResult | typeof nothing {
  const error = dataError(document);
  if (!error) return nothing;
  return html`<p class="data-problem" role="status" data-testid="data-problem">
    <i class="codicon codicon-error" aria-hidden="true"></i> ${text('data.problem', error.message)}
  </p>`;
}

/** One bar a class, training and validation part behind each other, with the counts as text. */
export function classBalance(data: DataSummary | undefined): TemplateResult | typeof nothing {
  const counts = data?.classCounts;
  if (!counts || counts.length > 100) return nothing;
  const largest = Math.max(1, ...counts.map(({ training, validation }) => training + validation));
  return html`<h3 id="class-balance">${text('data.classes')}</h3>
    <ul class="balance" aria-labelledby="class-balance" data-testid="class-balance">
      ${counts.map(({ name, training, validation }) => {
        const all = training + validation;
        const words = text(
          'data.classRow',
          name,
          count(all),
          count(data.samples),
          count(validation),
        );
        const width = (part: number): string => `width: ${(100 * part) / largest}%`;
        return html`<li title=${words} aria-label=${words}>
          <span class="class-name">${name}</span>
          <span class="bar" aria-hidden="true"
            ><i class="training" .style=${width(training)}></i
            ><i class="validation" .style=${width(validation)}></i
          ></span>
          <span class="number">${count(all)}</span>
        </li>`;
      })}
    </ul>`;
}

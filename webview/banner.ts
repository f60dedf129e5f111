/** What a person must know before anything else: an error in the text, a run that diverged, no data. */
import { html, nothing, type TemplateResult } from 'lit';
import { smallerRate } from '../src/explain/advice';
import type { Divergence } from '../src/protocol';
import type { Controller } from './controller';
import { iconButton } from './iconButton';
import { lockOf } from './lock';
import { count, format } from './numbers';
import type { State } from './store';
import { text } from './strings';

/** An empty file is no mistake: the page itself says what to do. */
export const EMPTY_FILE = 'json.empty';

export function banners(state: State, controller: Controller): TemplateResult {
  const isEmpty = state.document?.issues.some(({ code }) => code === EMPTY_FILE);
  return html`${isEmpty ? nothing : errorBanner(state, controller)}
  ${divergedBanner(state, controller)} ${dataBanner(state, controller)}
  ${noticeBanner(state, controller)}`;
}

function errorBanner({ document }: State, controller: Controller): TemplateResult | typeof nothing {
  const errors = document?.issues.filter(issue => issue.severity === 'error') ?? [];
  if (errors.length === 0) return nothing;
  const [first] = errors;
  return html`<div class="banner error" role="alert" data-testid="banner">
    <i class="codicon codicon-error" aria-hidden="true"></i>
    <div class="grow">
      <p>
        ${text('banner.error', first.line, first.column, first.message)}
        <button
          class="link"
          data-testid="banner-show"
          @click=${() => controller.reveal(first.path, first.range)}
        >
          ${text('banner.show')}
        </button>
        ${
          errors.length > 1
            ? html`<span class="quiet">${text('banner.more', errors.length - 1)}</span>`
            : nothing
        }
      </p>
      ${
        document?.stale && document.network && lockOf(document) !== 'newer'
          ? html`<p class="quiet">${text(document.sketch ? 'app.sketch' : 'app.stale')}</p>`
          : nothing
      }
    </div>
  </div>`;
}

function divergedBanner(
  { run, document }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  if (run?.phase !== 'diverged') return nothing;
  const rate = smallerRate(run.where.learningRate);
  return html`<div class="banner error" role="alert" data-testid="banner-diverged">
    <i class="codicon codicon-warning" aria-hidden="true"></i>
    <p class="grow">${divergedText(run.where, document?.network?.layers[run.where.layer])}</p>
    <nabla-button
      data-testid="smaller-rate"
      ?disabled=${document?.readOnly ?? true}
      @click=${() =>
        void controller.edit({
          type: 'set',
          path: ['training', 'optimizer', 'learningRate'],
          value: rate,
        })}
      >${text('banner.setRate', format(rate))}</nabla-button
    >
  </div>`;
}

function divergedText(
  where: Divergence,
  layer: { type: string; units: number; activation: string } | undefined,
): string {
  const value = format(where.value);
  const at = [
    count(where.epoch + 1),
    count(where.batch + 1),
    count(where.step),
    format(where.learningRate),
  ];
  if (!layer) return text('banner.divergedLoss', value, ...at);
  const place = `layers[${where.layer}] (${layer.type} ${layer.units} · ${layer.activation})`;
  return text('banner.diverged', text(`quantity.${where.quantity}`), value, place, ...at);
}

function dataBanner({ document }: State, controller: Controller): TemplateResult | typeof nothing {
  if (!document?.network || document.network.data || document.stale) return nothing;
  return html`<div class="banner information" data-testid="banner-data">
    <i class="codicon codicon-info" aria-hidden="true"></i>
    <p class="grow">${text('banner.noData')}</p>
    <button
      class="link"
      data-testid="choose-data"
      @click=${({ currentTarget }: Event) =>
        void goToData(controller, (currentTarget as Element).closest('nabla-designer'))}
    >
      ${text('banner.chooseData')}
    </button>
    <button class="link" data-testid="open-text" @click=${() => controller.openAsText()}>
      ${text('toolbar.openText')}
    </button>
  </div>`;
}

/** The network's form, open at its data; the keyboard goes there too. */
async function goToData(
  controller: Controller,
  page: (Element & { readonly updateComplete?: Promise<boolean> }) | null,
): Promise<void> {
  const { groups } = controller.store.state.show;
  controller.show({
    selection: undefined,
    inspector: true,
    fold: 'open',
    groups: { ...groups, data: true },
  });
  await page?.updateComplete;
  const group = page?.querySelector('[data-testid="group-data"]');
  group?.scrollIntoView({ block: 'start' });
  group?.querySelector<HTMLElement>('[data-testid="toggle-data"]')?.focus({ preventScroll: true });
}

function noticeBanner({ notice }: State, controller: Controller): TemplateResult | typeof nothing {
  if (notice === undefined) return nothing;
  return html`<div class="banner information" data-testid="notice">
    <i class="codicon codicon-info" aria-hidden="true"></i>
    <p class="grow">${notice}</p>
    ${iconButton(undefined, 'close', text('banner.dismiss'), () => controller.store.dispatch({ type: 'notice', message: undefined }))}
  </div>`;
}

/** The line that says how a gradcheck goes or went, and which parameters did not agree. */
import { html, nothing, type TemplateResult } from 'lit';
import type { GradcheckEntry, GradcheckReport } from '../../src/engine/gradcheck';
import { roughly } from '../../src/explain/gradcheck/report';
import { formatPath } from '../../src/network/network';
import { parameterPath } from '../../src/network/parameterPath';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { count, format } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { resultWords } from './gradcheckWords';

const LISTED = 8;

export function gradcheckStrip(
  state: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  const { gradcheck } = state;
  if (gradcheck.type === 'none' || state.gradcheckClosed) return nothing;
  if (gradcheck.type === 'running') return running(gradcheck, controller);
  if (gradcheck.type === 'failed')
    return strip('bad', 'error', html`${text('gradcheck.failed', gradcheck.message)}`, controller);
  return done(gradcheck.report, gradcheck.stale, controller);
}

function running(
  { checked, parameters }: { checked: number; parameters: number },
  controller: Controller,
): TemplateResult {
  return html`<div class="strip" data-testid="gradcheck-strip">
    <i class="codicon codicon-loading codicon-modifier-spin"></i>
    <span class="grow">${text('gradcheck.running', count(checked), count(parameters))}</span>
    <progress max=${Math.max(1, parameters)} .value=${checked}></progress>
    <button
      class="link"
      data-testid="gradcheck-cancel"
      @click=${() => controller.run({ type: 'cancelGradcheck' })}
    >
      ${text('gradcheck.cancel')}
    </button>
  </div>`;
}

function done(report: GradcheckReport, stale: boolean, controller: Controller): TemplateResult {
  const bad = isBad(report);
  const { directions, secondsForAll } = report;
  const notes = [
    directions
      ? text('gradcheck.directions', count(directions.agree), count(directions.entries.length))
      : '',
    report.kinks.length > 0 ? text('gradcheck.kinks', count(report.kinks.length)) : '',
    report.flat > 0 ? text('gradcheck.flat', count(report.flat)) : '',
    report.checked < report.parameters
      ? text('gradcheck.partial', count(report.checked), count(report.parameters))
      : '',
    stale ? text('gradcheck.stale') : '',
  ].filter(note => note !== '');
  const line = html`<span data-testid="gradcheck-result">${resultWords(report)}</span>
    ${report.worst ? pathButton(report.worst, controller) : nothing}
    ${notes.map(note => html`<span class="quiet">· ${note}</span> `)}
    ${secondsForAll === undefined ? nothing : checkAll(secondsForAll, controller)}`;
  return html`${strip(bad ? 'bad' : stale ? 'stale' : 'good', bad ? 'error' : 'pass', line, controller)}
  ${report.failed.length > 0 ? failures(report, controller) : nothing}`;
}

const isBad = ({ failed, directions }: GradcheckReport): boolean =>
  failed.length > 0 || (directions?.failed ?? 0) > 0;

/** After some of them, all parameters. */
const checkAll = (seconds: number, controller: Controller): TemplateResult =>
  html`<button
    class="link"
    data-testid="gradcheck-all"
    @click=${() => controller.run({ type: 'gradcheck' })}
  >
    ${text('gradcheck.all', roughly(seconds))}
  </button>`;

function strip(
  kind: 'good' | 'bad' | 'stale',
  icon: string,
  content: TemplateResult,
  controller: Controller,
): TemplateResult {
  return html`<div class="strip ${kind}" data-testid="gradcheck-strip">
    <i class="codicon codicon-${icon}"></i>
    <span class="grow">${content}</span>
    ${
      controller.store.state.gradcheck.type === 'done'
        ? html`<button
            class="link"
            data-testid="gradcheck-open"
            @click=${() => controller.show({ checked: true, lab: false, results: false })}
          >
            ${text('checked.open')}
          </button>`
        : nothing
    }
    <button
      class="link"
      data-testid="gradcheck-lab"
      @click=${() => controller.show({ lab: true, checked: false, results: false })}
    >
      ${text('lab.open')}
    </button>
    ${iconButton('gradcheck-close', 'close', text('gradcheck.close'), () => controller.store.dispatch({ type: 'closeGradcheck' }))}
  </div>`;
}

function failures({ failed }: GradcheckReport, controller: Controller): TemplateResult {
  return html`<ul class="failures" data-testid="gradcheck-failed">
    ${failed.slice(0, LISTED).map(
      entry =>
        html`<li>
          ${pathButton(entry, controller)}
          <span class="number">${text('gradcheck.analytic', format(entry.analytic))}</span>
          <span class="number">${text('gradcheck.numeric', format(entry.numeric))}</span>
          <span class="number">${text('gradcheck.error', format(entry.error))}</span>
        </li>`,
    )}
    ${
      failed.length > LISTED
        ? html`<li class="quiet">${text('banner.more', failed.length - LISTED)}</li>`
        : nothing
    }
  </ul>`;
}

function pathButton(entry: GradcheckEntry, controller: Controller): TemplateResult {
  const path = parameterPath(entry.target);
  return html`<button
    class="link number"
    @click=${() => {
      controller.select(entry.target);
      controller.reveal(path);
    }}
  >
    ${formatPath(path)}
  </button>`;
}

/** Train, pause, step, start again, check: and one line that says where the run is. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RunState, StepUnit } from '../../src/protocol';
import type { Controller } from '../controller';
import { openPredict } from '../predict/open';
import { told } from '../punctuation';
import { openResults } from '../results/open';
import type { State } from '../store';
import { momentWords } from '../inspect/scopeWords';
import { text } from '../strings';
import { whyWaits } from './reasons';
import { numbersOf, phaseOf, statusWords } from './runWords';

export function toolbar(state: State, controller: Controller): TemplateResult {
  const { document, run, show } = state;
  return html`<div class="toolbar" role="toolbar" aria-label=${text('toolbar.label')}>
    ${runButtons(state, controller)}
    <span class="divider"></span>
    ${startButtons(state, controller)}
    <span class="divider"></span>
    <span
      class="status"
      data-testid="status"
      data-phase=${run?.phase ?? 'none'}
      title=${statusWords(state) ?? nothing}
      >${status(state, controller)}</span
    >
    ${
      document?.readOnly
        ? html`<span class="quiet" data-testid="read-only"
            ><i class="codicon codicon-lock" aria-hidden="true"></i> ${text('app.readOnly')}</span
          >`
        : nothing
    }
    <span class="grow"></span>
    <span class="together"
      >${toolButton('open-as-text', 'go-to-file', text('toolbar.openText'), () => controller.openAsText(), true)}
      ${toolButton('toggle-inspector', 'layout-sidebar-right', text('inspector.toggle'), () => controller.show({ inspector: !show.inspector }), true)}</span
    >
  </div>`;
}

const isUsable = ({ document }: State): boolean =>
  document?.network !== undefined && !document.stale;

const isTrainable = (state: State): boolean =>
  isUsable(state) && state.document?.data !== undefined;

function runButtons(state: State, controller: Controller): TemplateResult {
  const { run } = state;
  const trainable = isTrainable(state);
  const running = run?.phase === 'running';
  const why = whyWaits(state.document);
  const step = (unit: StepUnit): TemplateResult =>
    stepButton(unit, why, () => controller.run({ type: 'step', unit }), trainable && !running);
  return html`${
      running
        ? toolButton(
            'pause',
            'debug-pause',
            text('toolbar.pause'),
            () => controller.run({ type: 'pause' }),
            true,
          )
        : toolButton(
            'train',
            'play',
            withReason(trainLabel(run), why),
            () => controller.run({ type: 'train' }),
            trainable,
          )
    }
    <span
      class="steps ${trainable && !running ? '' : 'disabled'}"
      role="group"
      aria-label=${text('toolbar.step')}
    >
      <i class="codicon codicon-debug-step-over" aria-hidden="true"></i>
      ${step('epoch')} ${step('batch')} ${step('sample')}
    </span>`;
}

function startButtons(state: State, controller: Controller): TemplateResult {
  const { document, gradcheck } = state;
  const trainable = isTrainable(state);
  const seedable = isUsable(state) && !document?.readOnly;
  const isChecking = gradcheck.type === 'running';
  const check = (): void => controller.run({ type: 'gradcheck' });
  return html`${toolButton('reset', 'debug-restart', text('toolbar.reset'), () => controller.run({ type: 'reset' }), trainable)}
  ${toolButton('new-seed', 'arrow-swap', text('toolbar.newSeed'), () => controller.run({ type: 'newSeed' }), seedable)}
  ${toolButton('gradcheck', 'verified', text('toolbar.gradcheck'), check, trainable, isChecking)}
  ${stepThroughButton(state, controller)} ${predictButton(state, controller)}
  ${resultsButton(state, controller)}`;
}

/** Disabled without data: one sample is followed through the network. */
function stepThroughButton(state: State, controller: Controller): TemplateResult {
  const trainable = isTrainable(state);
  const act = (): void => controller.show({ stepping: !state.show.stepping });
  const label = text(trainable ? 'stepping.begin' : 'stepping.noData');
  return toolButton('step-through', 'debug-line-by-line', label, act, trainable);
}

/** Without data it says what is missing. */
function resultsButton(state: State, controller: Controller): TemplateResult {
  const act = (): void => openResults(controller);
  return toolButton('results-open', 'checklist', text('results.open'), act, isUsable(state));
}

/** Works without data too. */
function predictButton(state: State, controller: Controller): TemplateResult {
  const act = (): void => openPredict(controller);
  return toolButton('predict-open', 'symbol-operator', text('predict.open'), act, isUsable(state));
}

/** `isBusy`: it was pressed just now, so it keeps the keyboard, and does nothing. */
export function toolButton(
  testId: string,
  icon: string,
  label: string,
  act: () => void,
  enabled: boolean,
  isBusy = false,
): TemplateResult {
  return html`<nabla-button
    appearance="icon"
    data-testid=${testId}
    aria-label=${label}
    title=${label}
    ?disabled=${!enabled}
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${enabled && !isBusy ? act : nothing}
    ><span class="codicon codicon-${icon}" aria-hidden="true"></span
  ></nabla-button>`;
}

const STEP_LABELS = {
  epoch: 'toolbar.stepEpoch',
  batch: 'toolbar.stepBatch',
  sample: 'toolbar.stepSample',
} as const;

function stepButton(
  unit: StepUnit,
  why: string | undefined,
  act: () => void,
  enabled: boolean,
): TemplateResult {
  const label = withReason(text(STEP_LABELS[unit]), why);
  return html`<nabla-button
    appearance="icon"
    class="word"
    data-testid="step-${unit}"
    aria-label=${label}
    title=${label}
    ?disabled=${!enabled}
    @click=${enabled ? act : nothing}
    >${text(`toolbar.${unit}`)}</nabla-button
  >`;
}

/** "Train: Reading the data…" */
const withReason = (label: string, why: string | undefined): string =>
  why === undefined ? label : told(label, why);

function trainLabel(run: RunState | undefined): string {
  return text(run?.phase === 'paused' ? 'toolbar.resume' : 'toolbar.train');
}

/** The numbers of the run and its phase. */
function status(state: State, controller: Controller): TemplateResult {
  const { run, document } = state;
  if (!document?.data || !run)
    return html`<span class="quiet"
      >${document?.network && !document.network.data ? text('status.noData') : ''}</span
    >`;
  const numbers = numbersOf(run, document.data);
  const moment = momentWords(controller);
  if (moment === undefined)
    return html`<span class="number">${numbers}</span> <span class="quiet">${phaseOf(run)}</span>`;
  // The numbers of the page are of another moment than those of the run.
  return html`<span class="moment" title=${text('past.reading')}
      ><i class="codicon codicon-history" aria-hidden="true"></i>${moment}</span
    >
    <span class="quiet">${text('status.now', numbers)}</span>`;
}

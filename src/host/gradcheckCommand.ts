/** The command "Gradcheck": the check, its progress, and its report in the log. */
import { l10n } from 'vscode';
import type { LogOutputChannel } from 'vscode';
import type { GradcheckEntry, GradcheckReport } from '../engine/gradcheck';
import type { Comparison } from '../engine/gradcheck/comparison';
import type { DirectionsReport } from '../engine/gradcheck/directions';
import { roughly } from '../explain/gradcheck/report';
import { formatPath } from '../network/network';
import type { GradcheckRequest, GradcheckState } from '../protocol';
import type { DesignerEditor } from './designerEditor';
import type { Documents } from './documents';
import { nameOf } from './documents';
import { chooseGradcheck, type AllTakes } from './gradcheckChoice';
import { showMessage, showProgress } from './plainMessages';
import type { Run } from './run';
import { Store } from './store';
import { pathOfTarget } from './subjects';

interface World {
  readonly documents: Documents;
  readonly designers: DesignerEditor;
  readonly log: LogOutputChannel;
}

/** Checks the gradients of a run; answers with the report. Progress is a notification where no designer shows it. */
export async function checkGradients(
  run: Run,
  { designers, log }: World,
  request?: GradcheckRequest,
): Promise<GradcheckReport | undefined> {
  const inDesigner = designers.isVisible(run.uri);
  const state = inDesigner
    ? await run.checkGradients(request)
    : await withNotification(run, request);
  if (state.type === 'failed') throw new Error(state.message);
  if (state.type !== 'done') return undefined;
  const summary = summaryOf(state.report);
  log.info(`${nameOf(run)}: ${summary}`);
  for (const line of reportLines(state.report)) log.info(line);
  if (!inDesigner) void showMessage('information', `${nameOf(run)}: ${summary}`);
  return state.report;
}

/** The same, after asking which, how many and how. */
export async function checkChosenGradients(
  run: Run,
  world: World,
): Promise<GradcheckReport | undefined> {
  const network = world.documents.usable(await world.documents.document(run.uri));
  await run.looks();
  const training = run.record.data?.training ?? 0;
  if (training === 0)
    throw new Error(l10n.t('A gradcheck needs data, and there is no training sample.'));
  const request = await chooseGradcheck(network, training, secondsForAll(run));
  return request && checkGradients(run, world, request);
}

/** As the last check told it, where that was one of as many parameters. */
function secondsForAll({ record }: Run): AllTakes | undefined {
  if (record.gradcheck.type !== 'done') return undefined;
  const { secondsForAll: seconds, samples, parameters } = record.gradcheck.report;
  return seconds === undefined ? undefined : { seconds, samples, parameters };
}

function withNotification(run: Run, request?: GradcheckRequest): Thenable<GradcheckState> {
  const title = l10n.t('Gradcheck of {0}', nameOf(run));
  return showProgress(title, async (progress, token) => {
    const store = new Store();
    let before = 0;
    store.add(token.onCancellationRequested(() => void run.cancelGradcheck()));
    store.add(
      run.record.onDidChange(event => {
        if (event.type !== 'gradcheck' || event.state.type !== 'running') return;
        const { checked, parameters } = event.state;
        const increment = (100 * (checked - before)) / parameters;
        before = checked;
        progress.report({ increment, message: `${checked}/${parameters}` });
      }),
    );
    try {
      return await run.checkGradients(request);
    } finally {
      store.dispose();
    }
  });
}

/** "26 of 26 parameters agree, worst relative error 1.5e-8 at layers[1].weights[0][2]" */
export function summaryOf(report: GradcheckReport): string {
  const { directions } = report;
  const parameters = parametersSummary(report);
  if (!directions) return parameters;
  const { agree, entries } = directions;
  return l10n.t('{0} of {1} random directions agree; {2}', agree, entries.length, parameters);
}

function parametersSummary({ checked, failed, worst }: GradcheckReport): string {
  const agree = checked - failed.length;
  if (!worst) return l10n.t('{0} of {1} parameters agree', agree, checked);
  return l10n.t(
    '{0} of {1} parameters agree, worst relative error {2} at {3}',
    agree,
    checked,
    worst.error.toExponential(1),
    formatPath(pathOfTarget(worst.target)),
  );
}

function reportLines(report: GradcheckReport): string[] {
  const entries = (title: string, list: readonly GradcheckEntry[]): string[] =>
    list.length === 0 ? [] : [`  ${title}:`, ...list.map(entryLine)];
  return [
    `  ${report.parameters} parameters, ${report.checked} checked, ${report.samples} samples, h = ${report.step}`,
    ...(report.worst ? ['  worst:', entryLine(report.worst)] : []),
    ...entries('failed', report.failed),
    ...entries('at a kink of the activation (not counted)', report.kinks),
    ...(report.flat > 0 ? [`  behind a step activation: ${report.flat}`] : []),
    ...(report.directions ? directionLines(report.directions) : []),
    ...(report.secondsForAll === undefined
      ? []
      : [`  all parameters would take about ${roughly(report.secondsForAll)} s`]),
  ];
}

function directionLines({ entries, leftOut }: DirectionsReport): string[] {
  return [
    `  random directions, without ${leftOut} parameters that stand at a kink:`,
    ...entries.map(entry => `    ${entry.number}  ${numbersText(entry)}`),
  ];
}

const entryLine = (entry: GradcheckEntry): string =>
  `    ${formatPath(pathOfTarget(entry.target))}  ${numbersText(entry)}`;

const numbersText = ({ analytic, numeric, error, verdict }: Comparison): string =>
  `analytic ${analytic}  numeric ${numeric}  error ${error.toExponential(2)}  ${verdict}`;

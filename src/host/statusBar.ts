/** One status bar item about the network that the person is looking at. */
import { MarkdownString, StatusBarAlignment, l10n, window } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { inferShapes, sizesText } from '../network/shapes';
import { grouped } from '../network/setting';
import type { NetworkShapes } from '../network/shapes';
import type { GradcheckState } from '../protocol';
import { activeNetwork } from './activeNetwork';
import type { ActiveNetwork, ActiveNetworkWatch } from './activeNetwork';
import type { Documents } from './documents';
import { commandIds } from './manifest';
import { shortNumber } from './parameters';
import type { RunEvent, RunRecord } from './runRecord';
import type { Runs } from './runs';
import { allOf, fitting, spoken } from './statusText';
import type { StatusPart } from './statusText';
import { Store } from './store';

/** Milliseconds between two numbers while training runs. */
const PROGRESS_INTERVAL = 250;

export class StatusBar implements Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #store = new Store();
  readonly #item = this.#store.add(
    window.createStatusBarItem('nabla.network', StatusBarAlignment.Right, 100),
  );

  #shown = 0;

  constructor(documents: Documents, runs: Runs, active: ActiveNetworkWatch) {
    this.#documents = documents;
    this.#runs = runs;
    this.#item.name = 'Nabla';
    this.#store.add(active.onDidChange(() => this.#update()));
    this.#store.add(documents.onDidChange(document => this.#updateFor(document.uri)));
    this.#store.add(
      runs.onDidChange(({ uri, event }) => {
        if (!isProgress(event) || this.#isTimeForProgress()) this.#updateFor(uri);
      }),
    );
  }

  /** Looks at the network that is open already. */
  start(): void {
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Progress comes many times a second; a person reads a number or two. The end of training is told apart. */
  #isTimeForProgress(): boolean {
    const now = Date.now();
    if (now - this.#shown < PROGRESS_INTERVAL) return false;
    this.#shown = now;
    return true;
  }

  #updateFor(uri: Uri): void {
    if (activeNetwork()?.uri.toString() === uri.toString()) this.#update();
  }

  #update(): void {
    const shown = activeNetwork();
    const parts = shown && this.#parts(shown);
    if (!shown || !parts) return this.#item.hide();
    const all = spoken(allOf(parts));
    this.#item.text = fitting(parts);
    this.#item.tooltip = this.#tooltip(shown.uri, all);
    this.#item.accessibilityInformation = { label: all };
    const command = shown.as === 'text' ? commandIds.openDesigner : commandIds.openText;
    this.#item.command = {
      command,
      title: shown.as === 'text' ? l10n.t('Open Designer') : l10n.t('Open as Text'),
      arguments: [shown.uri],
    };
    this.#item.show();
  }

  #parts({ uri }: ActiveNetwork): readonly StatusPart[] | undefined {
    const key = uri.toString();
    const document = this.#documents.open().find(open => open.uri.toString() === key);
    const network = document && this.#documents.read(document).lastValid?.network;
    if (!network) return undefined;
    const record = this.#runs.get(uri)?.record;
    return [
      ...sizeParts(inferShapes(network)),
      ...stateParts(record),
      ...gradcheckParts(record?.gradcheck),
    ];
  }

  #tooltip(uri: Uri, all: string): MarkdownString {
    const record = this.#runs.get(uri)?.record;
    const lines = [all, l10n.t('Layer sizes, parameters, loss and epochs of this network.')];
    if (record?.gradcheck.type === 'done' && record.gradcheck.stale)
      lines.push(l10n.t('Something has changed since the gradcheck.'));
    if (record?.ahead)
      lines.push(
        l10n.t(
          'The trained weights are not in the file: "Nabla: Write Weights to File" writes them.',
        ),
      );
    return new MarkdownString(lines.join('\n\n'));
  }
}

/** Training goes on, and has other numbers. */
function isProgress(event: RunEvent | undefined): boolean {
  if (event?.type === 'state') return event.state?.phase === 'running';
  return event?.type === 'metrics';
}

/** "3 – 4 – 2", or "5 layers · 64 → 10" where there are branches; "26 parameters" */
function sizeParts(shapes: NetworkShapes): StatusPart[] {
  const sizes = sizesText(shapes, (...counts) => l10n.t('{0} layers · {1} → {2}', ...counts));
  const parameters = l10n.t('{0} parameters', grouped(shapes.parameters));
  return [
    { text: sizes, rank: 3 },
    { text: parameters, rank: 4 },
  ];
}

/** "loss 0.342", "epoch 0" */
function stateParts(record: RunRecord | undefined): StatusPart[] {
  if (!record || Number.isNaN(record.latest.loss)) return [];
  const { loss, epoch } = record.latest;
  const texts = [l10n.t('loss {0}', shortNumber(loss)), l10n.t('epoch {0}', epoch)];
  return texts.map(text => ({ text, rank: 0 }));
}

/** "✓ gradcheck 26/26", also "20/20 directions"; grey words instead of a mark when it no longer holds. */
function gradcheckParts(state: GradcheckState | undefined): StatusPart[] {
  if (state?.type === 'running') {
    const words = l10n.t('gradcheck {0}/{1}', state.checked, state.parameters);
    return [{ text: `$(loading~spin) ${words}`, rank: 1 }];
  }
  if (state?.type !== 'done') return [];
  const { checked, failed, directions } = state.report;
  if (state.stale) return [{ text: l10n.t('gradcheck outdated'), rank: 1 }];
  const mark = failed.length === 0 && !directions?.failed ? '$(check)' : '$(warning)';
  const agree = l10n.t('gradcheck {0}/{1}', checked - failed.length, checked);
  const parameters = { text: `${mark} ${agree}`, rank: 1 };
  if (!directions) return [parameters];
  const along = l10n.t('{0}/{1} directions', directions.agree, directions.entries.length);
  // The mark above is of both.
  return [parameters, { text: along, rank: 2 }];
}

/** The light bulb on an issue: what its sentence proposes, done. */
import { CodeActionKind, l10n, languages } from 'vscode';
import type {
  CodeAction,
  CodeActionContext,
  CodeActionProvider,
  Disposable,
  Range,
  TextDocument,
} from 'vscode';
import { editTools } from '../engine/grow';
import { fixesOf } from '../network/fixes';
import type { FixName } from '../network/fixes';
import { formatPath } from '../network/network';
import { allIssues } from './documentState';
import type { Documents } from './documents';
import { healthActions } from './healthDiagnostics';
import { NETWORK_SELECTOR } from './manifest';
import { isOurs, quickFix } from './problem';
import type { Runs } from './runs';

type Words = {
  readonly [T in FixName['type']]: (name: Extract<FixName, { readonly type: T }>) => string;
};

const words: Words = {
  fillRows: ({ layer }) => l10n.t('Fill the rows of layers[{0}] with weights from the seed', layer),
  cutRows: ({ layer }) => l10n.t('Cut the surplus weights of layers[{0}]', layer),
  fitRows: ({ layer }) =>
    l10n.t('Fill short rows of layers[{0}] from the seed, cut long ones', layer),
  addRows: ({ layer, count }) =>
    l10n.t('Add {0} rows of weights from the seed to layers[{1}]', count, layer),
  removeRows: ({ layer, count }) =>
    l10n.t('Remove the last {0} rows of layers[{1}].weights', count, layer),
  redraw: ({ layer }) =>
    l10n.t('Remove the weights of layers[{0}]: all are drawn from the seed', layer),
  fillBias: ({ layer }) => l10n.t('Fill the biases of layers[{0}] with 0', layer),
  cutBias: ({ layer }) => l10n.t('Cut the surplus biases of layers[{0}]', layer),
  setUnits: ({ layer, units }) => l10n.t('Set units of layers[{0}] to {1}', layer, units),
  setInputs: ({ size }) => l10n.t('Set the input to {0}', size),
  setTo: ({ path, value }) => l10n.t('Set {0} to {1}', formatPath(path), value),
  replace: ({ name }) => l10n.t('Replace by "{0}"', name),
  freshWeights: () => l10n.t('Start with new weights from the seed'),
  remove: ({ path }) => l10n.t('Remove {0}', formatPath(path)),
};

export class QuickFixes implements CodeActionProvider, Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #registration: Disposable;

  constructor(documents: Documents, runs: Runs) {
    this.#documents = documents;
    this.#runs = runs;
    this.#registration = languages.registerCodeActionsProvider(NETWORK_SELECTOR, this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  provideCodeActions(document: TextDocument, _: Range, context: CodeActionContext): CodeAction[] {
    const own = context.diagnostics.filter(isOurs);
    if (own.length === 0) return [];
    const record = this.#runs.get(document.uri)?.record;
    const { parsed } = this.#documents.read(document);
    const alarms = healthActions(document, this.#documents, record?.health ?? [], own);
    const issues = allIssues(document, this.#documents, record).flatMap(issue => {
      const shown = own.find(
        ({ code, message }) => code === issue.code && message === issue.message,
      );
      if (!shown) return [];
      return fixesOf(parsed, issue, editTools).map(({ name, edits }, index) =>
        quickFix(document, titleOf(name), edits, shown, index === 0),
      );
    });
    return [...issues, ...alarms];
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function titleOf(name: FixName): string {
  return (words[name.type] as (name: FixName) => string)(name);
}

/** The light bulb on an issue: what its sentence proposes, done. */
import { CodeAction, CodeActionKind, WorkspaceEdit, l10n, languages } from 'vscode';
import type {
  CodeActionContext,
  CodeActionProvider,
  Diagnostic,
  Disposable,
  Range,
  TextDocument,
} from 'vscode';
import { editTools } from '../engine/grow';
import { fixesOf } from '../network/fixes';
import type { Fix, FixName } from '../network/fixes';
import { formatPath } from '../network/network';
import { allIssues } from './documentState';
import type { Documents } from './documents';
import { NETWORK_SELECTOR } from './manifest';
import { toRange } from './places';
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
    const own = context.diagnostics.filter(({ source }) => source === 'nabla');
    if (own.length === 0) return [];
    const record = this.#runs.get(document.uri)?.record;
    const { parsed } = this.#documents.read(document);
    return allIssues(document, this.#documents, record).flatMap(issue => {
      const shown = own.find(
        ({ code, message }) => code === issue.code && message === issue.message,
      );
      if (!shown) return [];
      const fixes = fixesOf(parsed, issue, editTools);
      return fixes.map((fix, index) => action(document, fix, shown, index === 0));
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function action(
  document: TextDocument,
  { name, edits }: Fix,
  shown: Diagnostic,
  preferred: boolean,
): CodeAction {
  const title = (words[name.type] as (name: FixName) => string)(name);
  const result = new CodeAction(title, CodeActionKind.QuickFix);
  result.diagnostics = [shown];
  result.isPreferred = preferred;
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of edits)
    edit.replace(document.uri, toRange(document, { start, end }), text);
  result.edit = edit;
  return result;
}

/** The light bulb on an issue: what its sentence proposes, done. */
import { CodeActionKind, l10n, languages } from 'vscode';
import type {
  CodeAction,
  CodeActionContext,
  CodeActionProvider,
  Diagnostic,
  Disposable,
  Range,
  TextDocument,
} from 'vscode';
import { editTools } from '../engine/grow';
import { fixesOf } from '../network/fixes';
import type { FixName } from '../network/fixes';
import type { JsonValue } from '../network/json';
import { formatPath } from '../network/network';
import type { CsvHeaders } from './csvHeaders';
import { descend } from '../network/tree';
import { allIssues } from './documentState';
import type { Documents } from './documents';
import { healthActions } from './healthDiagnostics';
import { told } from './issueWords';
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
  setTo: ({ path, value }) => l10n.t('Set {0} to {1}', formatPath(path), shown(value)),
  replace: ({ name }) => l10n.t('Replace by "{0}"', name),
  freshWeights: () => l10n.t('Start with new weights from the seed'),
  remove: ({ path }) => l10n.t('Remove {0}', formatPath(path)),
  move: ({ to }) => l10n.t('Move it to {0}', formatPath(to)),
  keep: ({ key }) => l10n.t('Keep "{0}", remove the others', key),
  cutList: ({ path, count }) =>
    l10n.t('Remove the last entries of {0}: {1}', formatPath(path), count),
  rename: ({ id }) => l10n.t('Call the layer "{0}"', id),
  useLinear: () => l10n.t('Use linear outputs with meanSquaredError'),
  useSigmoid: () => l10n.t('Use sigmoid outputs with binaryCrossEntropy'),
};

/** Names without quotes, as ever. */
function shown(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Issues whose fixes choose among the columns of a file. */
const OF_COLUMNS: readonly unknown[] = ['data.csv.column', 'data.target'];

export class QuickFixes implements CodeActionProvider, Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #headers: CsvHeaders;
  readonly #registration: Disposable;

  constructor(documents: Documents, runs: Runs, headers: CsvHeaders) {
    this.#documents = documents;
    this.#runs = runs;
    this.#headers = headers;
    this.#registration = languages.registerCodeActionsProvider(NETWORK_SELECTOR, this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  provideCodeActions(
    document: TextDocument,
    _: Range,
    context: CodeActionContext,
  ): CodeAction[] | Promise<CodeAction[]> {
    const own = context.diagnostics.filter(isOurs);
    if (own.length === 0) return [];
    if (!own.some(({ code }) => OF_COLUMNS.includes(code))) return this.#actions(document, own, []);
    const { root } = this.#documents.read(document).parsed;
    const path: unknown = descend(root, ['data', 'csv'])?.value;
    return this.#headers
      .names(document.uri, typeof path === 'string' ? path : '')
      .then(columns => this.#actions(document, own, columns));
  }

  #actions(
    document: TextDocument,
    own: readonly Diagnostic[],
    columns: readonly string[],
  ): CodeAction[] {
    const record = this.#runs.get(document.uri)?.record;
    const { parsed } = this.#documents.read(document);
    const alarms = healthActions(document, this.#documents, record?.health ?? [], own);
    const issues = allIssues(document, this.#documents, record).flatMap(issue => {
      const mended = own.find(
        ({ code, message }) => code === issue.code && message === told(issue.message),
      );
      if (!mended) return [];
      return fixesOf(parsed, issue, editTools, columns).map(({ name, edits }, index) =>
        quickFix(document, titleOf(name), edits, mended, index === 0),
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

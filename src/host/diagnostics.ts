/** The Problems panel: issues of the text, of the data behind it, gradients that failed their check, and alarms. */
import {
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Position,
  l10n,
  languages,
  workspace,
} from 'vscode';
import type { Diagnostic, Disposable, TextDocument } from 'vscode';
import type { GradcheckEntry } from '../engine/gradcheck';
import type { DirectionsReport } from '../engine/gradcheck/directions';
import type { Issue, Severity } from '../network/network';
import type { ParsedDocument } from '../network/parse';
import { relatedTo } from '../network/related';
import type { Related, RelatedKind } from '../network/related';
import type { GradcheckState } from '../protocol';
import { resolveDataPath } from './dataFiles';
import { allIssues } from './documentState';
import type { Documents } from './documents';
import { healthDiagnostics } from './healthDiagnostics';
import { told } from './issueWords';
import { SECTION } from './manifest';
import { rangeOf, toRange } from './places';
import { problem } from './problem';
import type { Runs } from './runs';
import { Store } from './store';
import { pathOfTarget } from './subjects';

/** More entries than a person reads; the log has them all. */
const MAX_GRADCHECK_ENTRIES = 100;

const severities: { readonly [S in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export class Diagnostics implements Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #store = new Store();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('nabla'));

  constructor(documents: Documents, runs: Runs) {
    this.#documents = documents;
    this.#runs = runs;
    this.#store.add(documents.onDidChange(document => this.#update(document)));
    this.#store.add(documents.onDidClose(({ uri }) => this.#collection.delete(uri)));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        // Alarms count layers as the notation does.
        if (event.affectsConfiguration(SECTION)) this.start();
      }),
    );
    this.#store.add(
      runs.onDidChange(({ uri, event }) => {
        if (event?.type === 'state' || event?.type === 'metrics') return;
        const key = uri.toString();
        const document = documents.open().find(open => open.uri.toString() === key);
        if (document) this.#update(document);
      }),
    );
  }

  /** Looks at the documents that are open already. */
  start(): void {
    for (const document of this.#documents.open()) this.#update(document);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(document: TextDocument): void {
    // An old version in a comparison is nobody's problem.
    if (workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return;
    const record = this.#runs.get(document.uri)?.record;
    const issues = allIssues(document, this.#documents, record);
    const { parsed } = this.#documents.read(document);
    this.#collection.set(document.uri, [
      ...issues.map(issue => issueDiagnostic(document, parsed, issue)),
      ...gradcheckDiagnostics(document, this.#documents, record?.gradcheck),
      ...healthDiagnostics(document, this.#documents, record?.health ?? [], issues),
    ]);
  }
}

function issueDiagnostic(document: TextDocument, parsed: ParsedDocument, issue: Issue): Diagnostic {
  const range = toRange(document, issue.range);
  const shown = problem(range, told(issue.message), severities[issue.severity], issue.code);
  const related = relatedTo(parsed, issue).flatMap(place => relatedPlace(document, place));
  if (related.length > 0) shown.relatedInformation = related;
  return shown;
}

const relatedWords: { readonly [K in RelatedKind]: () => string } = {
  givesSize: () => l10n.t('This gives the size of what comes in.'),
  hasSize: () => l10n.t('This says the other size.'),
  named: () => l10n.t('This has the name, too.'),
  inCycle: () => l10n.t('A part of the circle.'),
  excludes: () => l10n.t('This does not go together with it.'),
  file: () => l10n.t('The data file.'),
};

/** None for a file that may not be read. */
function relatedPlace(
  document: TextDocument,
  { kind, range, path, row }: Related,
): DiagnosticRelatedInformation[] {
  const words = row === undefined ? relatedWords[kind]() : l10n.t('Row {0} of the data file.', row);
  if (path === undefined)
    return [
      new DiagnosticRelatedInformation(new Location(document.uri, toRange(document, range)), words),
    ];
  try {
    const uri = resolveDataPath(document.uri, { path, place: ['data', 'csv'] });
    return [
      new DiagnosticRelatedInformation(new Location(uri, new Position((row ?? 1) - 1, 0)), words),
    ];
  } catch {
    return [];
  }
}

/** Only of a check that still holds: the places of an outdated one may be others by now. */
function gradcheckDiagnostics(
  document: TextDocument,
  documents: Documents,
  state: GradcheckState | undefined,
): Diagnostic[] {
  if (state?.type !== 'done' || state.stale) return [];
  const { failed, directions } = state.report;
  const found = failed.slice(0, MAX_GRADCHECK_ENTRIES).map(entry => {
    const severity =
      entry.verdict === 'fail' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    const range = rangeOf(documents, document, pathOfTarget(entry.target));
    return problem(range, gradcheckMessage(entry), severity, `gradcheck.${entry.verdict}`);
  });
  if (!directions?.failed) return found;
  const range = rangeOf(documents, document, ['layers']);
  const message = directionsMessage(directions);
  return [problem(range, message, DiagnosticSeverity.Error, 'gradcheck.directions'), ...found];
}

/** Which parameters are wrong a direction does not tell. */
function directionsMessage({ failed, entries, worst }: DirectionsReport): string {
  return l10n.t(
    'Gradcheck: in {0} of {1} random directions backpropagation and the finite difference do not agree; relative error {2}, expected less than 1e-6. A gradcheck of all parameters names the wrong ones.',
    failed,
    entries.length,
    worst.toExponential(1),
  );
}

function gradcheckMessage({ analytic, numeric, error }: GradcheckEntry): string {
  return l10n.t(
    'Gradcheck: backpropagation gives {0}, the finite difference {1}; relative error {2}, expected less than 1e-6.',
    String(analytic),
    String(numeric),
    error.toExponential(1),
  );
}

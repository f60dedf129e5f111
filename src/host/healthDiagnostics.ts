/** Alarms of the running network as entries of the Problems panel, and what can be done about each. */
import { DiagnosticSeverity } from 'vscode';
import type { CodeAction, Diagnostic, TextDocument } from 'vscode';
import { editTools } from '../engine/grow';
import { alarmPath, alarmSentences, fixEdit, fixLabel } from '../explain/health';
import type { HealthFix, HealthLanguage, HealthNote } from '../explain/health';
import { english } from '../explain/healthWords.en';
import { chinese } from '../explain/healthWords.zh';
import { EditError, textEdits } from '../network/edit';
import type { TextEdit } from '../network/edit';
import type { Issue } from '../network/network';
import type { Documents } from './documents';
import { inLanguage } from './language';
import { rangeOf } from './places';
import { problem, quickFix } from './problem';
import { notationFor } from './settings';

/** An issue of the text that says the same already: no alarm beside it. */
const SAID_BY: { readonly [K in HealthNote['alarm']['kind']]?: string } = {
  symmetric: 'init.equal',
};

/** `health.dead` */
const codeOf = ({ alarm }: HealthNote): string => `health.${alarm.kind}`;

/** The file's hint counts while its text has a mistake, too: an alarm does not count otherwise meanwhile. */
function languageOf(document: TextDocument, documents: Documents): HealthLanguage {
  const hint = documents.read(document).lastValid?.network.notation;
  return { words: inLanguage(english, chinese), notation: notationFor(document.uri, hint) };
}

/** None where an issue of the text says the same of the layer. */
export function healthDiagnostics(
  document: TextDocument,
  documents: Documents,
  notes: readonly HealthNote[],
  issues: readonly Issue[],
): Diagnostic[] {
  const language = languageOf(document, documents);
  return notes
    .filter(note => !isSaid(note, issues))
    .map(note => {
      const { alarm } = note;
      const severity =
        alarm.severity === 'warning' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
      const range = rangeOf(documents, document, alarmPath(alarm));
      return problem(range, alarmSentences(note, language), severity, codeOf(note));
    });
}

function isSaid({ alarm }: HealthNote, issues: readonly Issue[]): boolean {
  const code = SAID_BY[alarm.kind];
  return issues.some(({ code: said, path: [top, layer] }) => {
    return said === code && top === 'layers' && layer === alarm.layer;
  });
}

/** One undo step each; none that would change nothing. The likeliest is preferred. */
export function healthActions(
  document: TextDocument,
  documents: Documents,
  notes: readonly HealthNote[],
  shown: readonly Diagnostic[],
): CodeAction[] {
  const language = languageOf(document, documents);
  return notes.flatMap(note => {
    const message = alarmSentences(note, language);
    const own = shown.find(each => each.code === codeOf(note) && each.message === message);
    if (!own) return [];
    return note.fixes
      .flatMap(fix => fixed(document, documents, fix, language) ?? [])
      .map(({ title, edits }, index) => quickFix(document, title, edits, own, index === 0));
  });
}

/** What a fix is called and does to the text; undefined where it cannot be made, or would change nothing. */
function fixed(
  document: TextDocument,
  documents: Documents,
  fix: HealthFix,
  language: HealthLanguage,
): { title: string; edits: readonly TextEdit[] } | undefined {
  const title = fixLabel(fix, language);
  const { parsed } = documents.read(document);
  try {
    const edits = textEdits(parsed, fixEdit(fix, title), editTools);
    return edits.length === 0 ? undefined : { title, edits };
  } catch (error) {
    if (error instanceof EditError) return undefined;
    throw error;
  }
}

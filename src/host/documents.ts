/**
 * The network documents: parsed once per version, changed only by semantic edits on their newest text.
 *
 * The text is the only truth. Reading never writes; each change is one `WorkspaceEdit`, hence one undo step.
 */
import { EventEmitter, FilePermission, Range, WorkspaceEdit, l10n, workspace } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import { editTools } from '../engine/grow';
import { EditError, applyTextEdits, planEdits } from '../network/edit';
import type { NetworkEdit, TextEdit } from '../network/edit';
import { keptParameters } from '../network/keptParameters';
import type { Issue, Network } from '../network/network';
import { parseNetwork } from '../network/parse';
import type { ParsedDocument } from '../network/parse';
import { applyEdit } from './applyEdit';
import { told } from './issueWords';
import { isNetworkUri } from './manifest';
import { Store } from './store';
import { Versions } from './versions';

/** What one version of a text says. */
export interface NetworkDocument {
  readonly version: number;
  /** The text with its syntax tree, which also exists while the text is not a usable network. */
  readonly parsed: ParsedDocument;
  /** Absent while the text is not a usable network. */
  readonly network: Network | undefined;
  readonly issues: readonly Issue[];
  /** The latest usable network of this document, which may be that of an earlier version. */
  readonly lastValid: LastValid | undefined;
  /** The text is not what an edit of ours was to make of it: somebody types, or undoes. */
  readonly typed: boolean;
}

export interface LastValid {
  readonly network: Network;
  readonly text: string;
  readonly version: number;
  readonly time: Date;
}

export interface ApplyOptions {
  /** Hears, before the text changes, what it will say and what it says. Throws to refuse the edit. */
  readonly planned?: (next: Network, current: Network) => void;
  /** The version that the edits were made on: refused when they would mean something else by now. */
  readonly base?: number;
}

/** Edits as changes of the text, and the network before and after them. */
export interface Plan {
  readonly changes: readonly TextEdit[];
  /** The text with the changes. */
  readonly after: ParsedDocument;
  readonly current: Network;
  readonly next: Network;
  /** What becomes of the parameters in the file, where the layers are others afterwards. */
  readonly kept: Kept | undefined;
}

export interface Kept {
  kept: number;
  fresh: number;
}

/** An edit that was not made, with the sentence that says why. The text is as it was. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
}

const ATTEMPTS = 3;

export class Documents implements Disposable {
  readonly #parsed = new Map<string, NetworkDocument>();
  readonly #versions = new Map<string, Versions>();
  #planned: { parsed: ParsedDocument; edits: readonly NetworkEdit[]; plan: Plan } | undefined;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<TextDocument>());
  readonly #closed = this.#store.add(new EventEmitter<TextDocument>());
  /** A network document was opened, or its text has changed. */
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;

  constructor() {
    this.#store.add(workspace.onDidOpenTextDocument(document => this.#tellChange(document)));
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Without a change of the text it is the dirty mark that has changed.
        if (contentChanges.length > 0) this.#tellChange(document);
      }),
    );
    this.#store.add(
      workspace.onDidCloseTextDocument(document => {
        if (!isNetworkUri(document.uri)) return;
        this.#parsed.delete(document.uri.toString());
        this.#versions.delete(document.uri.toString());
        this.#closed.fire(document);
      }),
    );
  }

  /** The network documents that are open now. */
  open(): readonly TextDocument[] {
    return workspace.textDocuments.filter(document => isNetworkUri(document.uri));
  }

  /** The document of a URI; opens it where nothing shows it. */
  async document(uri: Uri): Promise<TextDocument> {
    const key = uri.toString();
    const open = workspace.textDocuments.find(document => document.uri.toString() === key);
    return open ?? workspace.openTextDocument(uri);
  }

  /** The text as it is now. Parsed once per version. */
  read(document: TextDocument): NetworkDocument {
    const key = document.uri.toString();
    const known = this.#parsed.get(key);
    if (known?.version === document.version) return known;
    const { version } = document;
    const parsed = this.#parse(document.getText(), known?.parsed);
    const { network, issues } = parsed;
    // An emptied file is no broken version of what it was: it starts anew.
    const earlier = isEmpty(issues) ? undefined : known?.lastValid;
    const { text } = parsed;
    const lastValid = network ? { network, text, version, time: new Date() } : earlier;
    const typed = parsed !== this.#planned?.plan.after;
    const read = { version, parsed, network, issues, lastValid, typed };
    this.#parsed.set(key, read);
    this.#versionsOf(key).remember(version, lastValid?.network);
    return read;
  }

  /**
   * Makes edits, one after the other on the newest text, as one undo step. Rejects with {@link EditRefused}.
   */
  async apply(
    document: TextDocument,
    edits: readonly NetworkEdit[],
    label: string,
    options: ApplyOptions = {},
  ): Promise<Kept | undefined> {
    let kept: Kept | undefined;
    const changes = (): readonly TextEdit[] => {
      const plan = this.plan(document, edits, options.base);
      options.planned?.(plan.next, plan.current);
      kept = plan.kept;
      return plan.changes;
    };
    await this.#write(document, changes, label);
    return kept;
  }

  /** What edits would do to the text as it is now. Throws {@link EditRefused}. */
  plan(document: TextDocument, edits: readonly NetworkEdit[], base?: number): Plan {
    const current = this.usable(document);
    if (base !== undefined) this.checkBase(document, edits, base);
    const { parsed } = this.read(document);
    // A gesture is planned to see what it changes and once more to make it.
    if (this.#planned?.parsed === parsed && this.#planned.edits === edits)
      return this.#planned.plan;
    const plan = refusing(() => planned(parsed, current, edits));
    this.#planned = { parsed, edits, plan };
    return plan;
  }

  /** Throws {@link EditRefused} when edits made on version `base` would mean something else by now. */
  checkBase(document: TextDocument, edits: readonly NetworkEdit[], base: number): void {
    const { version } = this.read(document);
    const fault = this.#versionsOf(document.uri.toString()).fault(edits, base, version);
    if (fault !== undefined) throw new EditRefused(fault);
  }

  /** Writes a text where there is none yet, as one undo step. Rejects with {@link EditRefused}. */
  async fill(document: TextDocument, text: string, label: string): Promise<void> {
    const plan = (): readonly TextEdit[] => {
      const before = document.getText();
      if (before.trim() === '') return [{ start: 0, end: before.length, text }];
      throw new EditRefused(
        l10n.t('{0} is not empty: nothing was written over its text.', nameOf(document)),
      );
    };
    await this.#write(document, plan, label);
  }

  /** The network of the text as it is now. Throws {@link EditRefused} with the first mistake of a text that is none. */
  usable(document: TextDocument): Network {
    const { network, issues } = this.read(document);
    if (network) return network;
    const first = firstError(issues);
    const line = first ? document.positionAt(first.range.start).line + 1 : 1;
    throw new EditRefused(
      l10n.t(
        'The text of {0} is not a usable network (line {1}: {2}). Correct the text first.',
        nameOf(document),
        line,
        told(first?.message ?? ''),
      ),
    );
  }

  async isReadOnly(document: TextDocument): Promise<boolean> {
    const { uri } = document;
    if (uri.scheme === 'untitled') return false;
    if (workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
    const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
    return ((stat?.permissions ?? 0) & FilePermission.Readonly) !== 0;
  }

  dispose(): void {
    this.#store.dispose();
    this.#parsed.clear();
    this.#versions.clear();
    this.#planned = undefined;
  }

  async #write(
    document: TextDocument,
    plan: () => readonly TextEdit[],
    label: string,
  ): Promise<void> {
    const readOnly = await this.isReadOnly(document);
    // VS Code refuses a change of a version that is not its newest: somebody types at this moment.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const changes = plan();
      if (changes.length === 0) return;
      if (readOnly) throw readOnlyRefusal(document);
      const outcome = await applyEdit(document, workspaceEdit(document, changes, label));
      if (outcome === 'readOnly') throw readOnlyRefusal(document);
      if (outcome === 'made') return;
    }
    throw new EditRefused(
      l10n.t('The text changed at the same moment; nothing was written. Try again.'),
    );
  }

  /** The text that an edit was to make has been read to plan it. */
  #parse(text: string, previous: ParsedDocument | undefined): ParsedDocument {
    const after = this.#planned?.plan.after;
    return after?.text === text ? after : parseNetwork(text, previous);
  }

  #versionsOf(key: string): Versions {
    let versions = this.#versions.get(key);
    if (!versions) this.#versions.set(key, (versions = new Versions()));
    return versions;
  }

  #tellChange(document: TextDocument): void {
    if (isNetworkUri(document.uri)) this.#changed.fire(document);
  }
}

/** What the network's own rules refuse is refused with the same sentence. */
export function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof EditError ? new EditRefused(told(error.message)) : error;
  }
}

function planned(parsed: ParsedDocument, current: Network, edits: readonly NetworkEdit[]): Plan {
  const { edits: changes, drawn } = planEdits(parsed, edits, editTools);
  const after = parseNetwork(applyTextEdits(parsed.text, changes), parsed);
  const { network, issues } = after;
  if (!network) throw new EditRefused(told(firstError(issues)?.message ?? ''));
  const kept = keptParameters(parsed, after, drawn);
  return { changes, after, current, next: network, kept };
}

function readOnlyRefusal(document: TextDocument): EditRefused {
  return new EditRefused(
    l10n.t('{0} is read-only. Save it under another name to change it.', nameOf(document)),
  );
}

function isEmpty(issues: readonly Issue[]): boolean {
  return issues.some(({ code }) => code === 'json.empty');
}

function firstError(issues: readonly Issue[]): Issue | undefined {
  return issues.find(issue => issue.severity === 'error');
}

/** Last part of the document's path. */
export function nameOf(document: { readonly uri: Uri }): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}

function workspaceEdit(
  document: TextDocument,
  changes: readonly TextEdit[],
  label: string,
): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of changes) {
    const range = new Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, text, { label, needsConfirmation: false });
  }
  return edit;
}

/**
 * The editor in memory behind the `vscode` module: its documents and files, what tests set up in it, and what they look
 * at. Versions count, each change is one undo step, and events come after the change.
 */
import {
  EventEmitter,
  Position,
  Uri,
  type Diagnostic,
  type Range,
  type RelativePattern,
  type Selection,
  type WorkspaceEdit,
} from './vscodeValues';

export class TextDocument {
  version = 1;
  isDirty = false;
  /** In the editor alone, as a person may set it: the text changes, and cannot be saved. */
  isLocked = false;
  #text: string;
  #undo: string[] = [];
  constructor(
    readonly uri: Uri,
    text: string,
  ) {
    this.#text = text;
  }
  getText(): string {
    return this.#text;
  }
  /** How many times a person could press undo. */
  get undoSteps(): number {
    return this.#undo.length;
  }
  positionAt(offset: number): Position {
    const before = this.#text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before[before.length - 1]!.length);
  }
  offsetAt({ line, character }: Position): number {
    const lines = this.#text.split('\n');
    return lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + character;
  }
  /** What a person types, or an edit does: one undo step. */
  change(text: string): void {
    this.#undo.push(this.#text);
    this.#set(text);
  }
  undo(): void {
    const text = this.#undo.pop();
    if (text !== undefined) this.#set(text);
  }
  #set(text: string): void {
    this.#text = text;
    this.version += 1;
    this.isDirty = !this.isLocked;
    events.change.fire({ document: this, contentChanges: [{ text }] });
  }
}

/** What the editor tells of. */
export const events = {
  open: new EventEmitter<TextDocument>(),
  change: new EventEmitter<{ document: TextDocument; contentChanges: { text: string }[] }>(),
  close: new EventEmitter<TextDocument>(),
  visibleEditors: new EventEmitter<readonly ShownText[]>(),
  visibleRanges: new EventEmitter<{ textEditor: ShownText }>(),
  willRename: new EventEmitter<{
    files: readonly { oldUri: Uri; newUri: Uri }[];
    waitUntil(done: Promise<unknown>): void;
  }>(),
  rename: new EventEmitter<{ files: readonly { oldUri: Uri; newUri: Uri }[] }>(),
  remove: new EventEmitter<{ files: readonly Uri[] }>(),
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
};

export class FileSystemWatcher {
  readonly change = new EventEmitter<Uri>();
  readonly create = new EventEmitter<Uri>();
  readonly remove = new EventEmitter<Uri>();
  readonly onDidChange = this.change.event;
  readonly onDidCreate = this.create.event;
  readonly onDidDelete = this.remove.event;
  constructor(readonly pattern: RelativePattern) {}
  dispose(): void {
    editor.watchers.delete(this);
  }
}

/** A text editor, with what was brought into sight in it. */
export interface ShownText {
  readonly document: TextDocument;
  readonly viewColumn: number;
  selection: Selection | undefined;
  revealRange(range: Range): void;
  readonly visibleRanges?: readonly Range[];
  setDecorations?(type: { readonly borderWidth: string }, ranges: readonly Range[]): void;
}

/** What tests set up and look at. */
export const editor = {
  documents: [] as TextDocument[],
  files: new Map<string, Uint8Array>(),
  /** When a file took its place, as a number that grows. */
  writes: new Map<string, number>(),
  /** Boxes of a tree that a person has checked. */
  checked: new EventEmitter<{ items: [unknown, number][] }>(),
  /** Who fills a tree, by the name of its view. */
  trees: new Map<string, unknown>(),
  readOnly: new Set<string>(),
  /** The bytes of a file after which the disk is full, by its path. */
  fullAfter: undefined as ((path: string) => number | undefined) | undefined,
  /** Why a file cannot be written, by its path; undefined when it can. */
  refusesToWrite: undefined as ((path: string) => string | undefined) | undefined,
  settings: new Map<string, unknown>(),
  applied: [] as WorkspaceEdit[],
  /** Called before an edit is applied: somebody types at that moment. */
  beforeApply: undefined as (() => void) | undefined,
  messages: [] as { kind: 'info' | 'warning' | 'error'; message: string }[],
  /** Answers to messages, by what is asked. Without one the message stays open. */
  answer: undefined as ((message: string, items: string[]) => string | undefined) | undefined,
  /** The items of each question, by its title. */
  offered: new Map<string, readonly { label: string; description?: string }[]>(),
  executed: [] as { command: string; args: unknown[] }[],
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  watchers: new Set<FileSystemWatcher>(),
  diagnostics: new Map<string, Diagnostic[]>(),
  statusItems: [] as { text: string; visible: boolean }[],
  activeInput: undefined as unknown,
  /** In tabs behind the active one. */
  otherInputs: [] as unknown[],
  log: [] as string[],
  clipboard: '',
  /** Text editors that can be seen. */
  textEditors: [] as ShownText[],
  activeTextEditor: undefined as ShownText | undefined,
  /** Said in the status bar. */
  words: [] as string[],

  open(path: string, text: string): TextDocument {
    const document = new TextDocument(Uri.file(path), text);
    editor.documents.push(document);
    events.open.fire(document);
    return document;
  },
  close(document: TextDocument): void {
    editor.documents = editor.documents.filter(other => other !== document);
    events.close.fire(document);
  },
  write(path: string, text: string): void {
    editor.files.set(path, new TextEncoder().encode(text));
  },
  configure(key: string, value: unknown): void {
    editor.settings.set(key, value);
    events.configuration.fire({ affectsConfiguration: section => key.startsWith(section) });
  },
  reset(): void {
    editor.documents = [];
    editor.files.clear();
    editor.writes.clear();
    editor.trees.clear();
    editor.readOnly.clear();
    editor.refusesToWrite = undefined;
    editor.fullAfter = undefined;
    editor.settings.clear();
    editor.applied = [];
    editor.beforeApply = undefined;
    editor.messages = [];
    editor.answer = undefined;
    editor.offered.clear();
    editor.executed = [];
    editor.commands.clear();
    editor.watchers.clear();
    editor.diagnostics.clear();
    editor.statusItems = [];
    editor.activeInput = undefined;
    editor.otherInputs = [];
    editor.log = [];
    editor.clipboard = '';
    editor.textEditors = [];
    editor.activeTextEditor = undefined;
    editor.words = [];
    for (const event of Object.values(events)) event.dispose();
  },
};

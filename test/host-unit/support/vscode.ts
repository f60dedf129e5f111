/**
 * An editor in memory: as much of the `vscode` module as the host uses, with the behaviour that matters here
 * (versions, one undo step a `WorkspaceEdit`, refused stale edits, events after the change).
 *
 * Tests say `vi.mock('vscode', () => import('./support/vscode'))`.
 */

// ---------------------------------------------------------------------------- values

export class Uri {
  constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
  ) {}
  static parse(text: string): Uri {
    const [, scheme, authority = '', path] =
      /^([a-z-]+):(?:\/\/([^/]*))?(.*)$/.exec(text) ?? ([] as string[]);
    return new Uri(scheme ?? 'file', authority, path ?? text);
  }
  static file(path: string): Uri {
    return new Uri('file', '', path);
  }
  static from({ scheme, path }: { scheme: string; path: string }): Uri {
    return new Uri(scheme, '', path);
  }
  static joinPath(base: Uri, ...parts: string[]): Uri {
    const segments: string[] = [];
    for (const part of [base.path, ...parts].join('/').split('/')) {
      if (part === '..') segments.pop();
      else if (part !== '' && part !== '.') segments.push(part);
    }
    return new Uri(base.scheme, base.authority, `/${segments.join('/')}`);
  }
  get fsPath(): string {
    return this.path;
  }
  with({ path }: { path: string }): Uri {
    return new Uri(this.scheme, this.authority, path);
  }
  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

export class Selection extends Range {
  get active(): Position {
    return this.end;
  }
}

export class EventEmitter<T> {
  #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
  get size(): number {
    return this.#listeners.size;
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class MarkdownString {
  constructor(readonly value: string) {}
}

export class Hover {
  constructor(
    readonly contents: MarkdownString[],
    readonly range?: Range,
  ) {}
}

export class Diagnostic {
  source?: string;
  code?: string;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class CodeAction {
  edit?: WorkspaceEdit;
  diagnostics?: Diagnostic[];
  isPreferred?: boolean;
  constructor(
    readonly title: string,
    readonly kind: string,
  ) {}
}

export const CodeActionKind = { QuickFix: 'quickfix' };

export class RelativePattern {
  constructor(
    readonly baseUri: Uri,
    readonly pattern: string,
  ) {}
}

export class TabInputText {
  constructor(readonly uri: Uri) {}
}

export class TabInputCustom {
  constructor(
    readonly uri: Uri,
    readonly viewType: string,
  ) {}
}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const FilePermission = { Readonly: 1 };
export const ProgressLocation = { Notification: 15 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };
export const ViewColumn = { Active: -1, Beside: -2, One: 1 };
export const TextEditorSelectionChangeKind = { Keyboard: 1, Mouse: 2, Command: 3 };

// ---------------------------------------------------------------------------- documents

export class TextDocument {
  version = 1;
  isDirty = false;
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
    this.isDirty = true;
    events.change.fire({ document: this, contentChanges: [{ text }] });
  }
}

export interface WorkspaceTextEdit {
  readonly uri: Uri;
  readonly range: Range;
  readonly text: string;
  readonly label: string | undefined;
}

export class WorkspaceEdit {
  readonly edits: WorkspaceTextEdit[] = [];
  replace(uri: Uri, range: Range, text: string, metadata?: { label: string }): void {
    this.edits.push({ uri, range, text, label: metadata?.label });
  }
  insert(uri: Uri, position: Position, text: string): void {
    this.replace(uri, new Range(position, position), text);
  }
}

const events = {
  open: new EventEmitter<TextDocument>(),
  change: new EventEmitter<{ document: TextDocument; contentChanges: { text: string }[] }>(),
  close: new EventEmitter<TextDocument>(),
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
}

/** What tests set up and look at. */
export const editor = {
  documents: [] as TextDocument[],
  files: new Map<string, Uint8Array>(),
  readOnly: new Set<string>(),
  settings: new Map<string, unknown>(),
  applied: [] as WorkspaceEdit[],
  /** Called before an edit is applied: somebody types at that moment. */
  beforeApply: undefined as (() => void) | undefined,
  messages: [] as { kind: 'info' | 'warning' | 'error'; message: string }[],
  /** Answers to messages, by what is asked. Without one the message stays open. */
  answer: undefined as ((message: string, items: string[]) => string | undefined) | undefined,
  executed: [] as { command: string; args: unknown[] }[],
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  watchers: new Set<FileSystemWatcher>(),
  diagnostics: new Map<string, Diagnostic[]>(),
  statusItems: [] as { text: string; visible: boolean }[],
  activeInput: undefined as unknown,
  log: [] as string[],
  clipboard: '',
  /** Text editors that can be seen. */
  textEditors: [] as ShownText[],

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
    editor.readOnly.clear();
    editor.settings.clear();
    editor.applied = [];
    editor.beforeApply = undefined;
    editor.messages = [];
    editor.answer = undefined;
    editor.executed = [];
    editor.commands.clear();
    editor.watchers.clear();
    editor.diagnostics.clear();
    editor.statusItems = [];
    editor.activeInput = undefined;
    editor.log = [];
    editor.clipboard = '';
    editor.textEditors = [];
    for (const event of Object.values(events)) event.dispose();
  },
};

// ---------------------------------------------------------------------------- workspace

async function applyEdit(edit: WorkspaceEdit): Promise<boolean> {
  const versions = edit.edits.map(({ uri }) => find(uri)?.version);
  editor.beforeApply?.();
  await Promise.resolve();
  if (edit.edits.some(({ uri }, i) => find(uri)?.version !== versions[i])) return false;
  editor.applied.push(edit);
  for (const document of editor.documents) {
    const own = edit.edits
      .filter(({ uri }) => uri.toString() === document.uri.toString())
      .map(({ range, text }) => ({
        start: document.offsetAt(range.start),
        end: document.offsetAt(range.end),
        text,
      }))
      .sort((a, b) => b.start - a.start);
    const text = own.reduce(
      (result, { start, end, text: next }) => result.slice(0, start) + next + result.slice(end),
      document.getText(),
    );
    if (own.length > 0) document.change(text);
  }
  return true;
}

function find(uri: Uri): TextDocument | undefined {
  return editor.documents.find(document => document.uri.toString() === uri.toString());
}

export const workspace = {
  get textDocuments(): TextDocument[] {
    return editor.documents;
  },
  workspaceFolders: [{ uri: Uri.file('/work') }],
  getWorkspaceFolder(uri: Uri) {
    return uri.path.startsWith('/work/') ? this.workspaceFolders[0] : undefined;
  },
  onDidOpenTextDocument: events.open.event,
  onDidChangeTextDocument: events.change.event,
  onDidCloseTextDocument: events.close.event,
  onDidChangeConfiguration: events.configuration.event,
  applyEdit,
  openTextDocument(uri: Uri): Promise<TextDocument> {
    const bytes = editor.files.get(uri.path);
    return Promise.resolve(find(uri) ?? editor.open(uri.path, new TextDecoder().decode(bytes)));
  },
  asRelativePath: (uri: Uri) => uri.path.replace(/^\/work\//, ''),
  /** Understands `**\/*.a` and `**\/*.{a,b}`, below the base of a relative pattern. */
  findFiles(pattern: string | RelativePattern, _exclude?: string, most = Infinity) {
    const [below, glob] =
      typeof pattern === 'string' ? ['/', pattern] : [`${pattern.baseUri.path}/`, pattern.pattern];
    const [, group, single] = /^\*\*\/\*\.(?:\{(.*)\}|(.*))$/.exec(glob) ?? [];
    const endings = group?.split(',') ?? [single ?? ''];
    const found = [...editor.files.keys()].filter(
      path => path.startsWith(below) && endings.some(ending => path.endsWith(`.${ending}`)),
    );
    return Promise.resolve(found.slice(0, most).map(Uri.file));
  },
  createFileSystemWatcher(pattern: RelativePattern): FileSystemWatcher {
    const watcher = new FileSystemWatcher(pattern);
    editor.watchers.add(watcher);
    return watcher;
  },
  getConfiguration: (section: string) => ({
    get: (key: string) => editor.settings.get(`${section}.${key}`),
    inspect: (key: string) => ({ globalValue: editor.settings.get(`${section}.${key}`) }),
  }),
  fs: {
    isWritableFileSystem: (scheme: string) => scheme !== 'git',
    stat(uri: Uri) {
      const bytes = editor.files.get(uri.path);
      if (!bytes && !find(uri)) return Promise.reject(new Error('FileNotFound'));
      const permissions = editor.readOnly.has(uri.path) ? FilePermission.Readonly : undefined;
      return Promise.resolve({ type: FileType.File, size: bytes?.byteLength ?? 0, permissions });
    },
    readFile(uri: Uri): Promise<Uint8Array> {
      const bytes = editor.files.get(uri.path);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('FileNotFound'));
    },
    writeFile(uri: Uri, bytes: Uint8Array): Promise<void> {
      editor.files.set(uri.path, bytes);
      return Promise.resolve();
    },
  },
};

// ---------------------------------------------------------------------------- window and the rest

const message =
  (kind: 'info' | 'warning' | 'error') =>
  (text: string, ...items: string[]): Promise<string | undefined> => {
    editor.messages.push({ kind, message: text });
    // An unanswered message stays open for ever: whoever awaits it hangs, as in the real editor.
    return editor.answer ? Promise.resolve(editor.answer(text, items)) : new Promise(() => {});
  };

const never = (): { dispose(): void } => ({ dispose: () => {} });

export const window = {
  activeTextEditor: undefined,
  get visibleTextEditors() {
    return editor.textEditors;
  },
  tabGroups: {
    get activeTabGroup() {
      return { activeTab: editor.activeInput ? { input: editor.activeInput } : undefined };
    },
    get all() {
      return [this.activeTabGroup];
    },
    onDidChangeTabs: never,
    onDidChangeTabGroups: never,
  },
  setStatusBarMessage: never,
  onDidChangeActiveTextEditor: never,
  onDidChangeTextEditorSelection: never,
  registerCustomEditorProvider: never,
  showInformationMessage: message('info'),
  showWarningMessage: message('warning'),
  showErrorMessage: message('error'),
  showTextDocument: () => Promise.resolve(),
  createOutputChannel: () => createLog(),
  createStatusBarItem() {
    const item = {
      text: '',
      visible: false,
      name: '',
      tooltip: undefined,
      command: undefined,
      show: () => void (item.visible = true),
      hide: () => void (item.visible = false),
      dispose: () => {},
    };
    editor.statusItems.push(item);
    return item;
  },
  withProgress: (
    _: unknown,
    task: (progress: { report(): void }, token: unknown) => Promise<unknown>,
  ) => task({ report: () => {} }, { onCancellationRequested: never }),
};

/** A log channel that keeps its lines. */
export function createLog() {
  const write = (line: unknown): void => void editor.log.push(String(line));
  return { info: write, warn: write, error: write, show: () => {}, dispose: () => {} };
}

export const languages = {
  registerHoverProvider: never,
  registerCodeActionsProvider: never,
  createDiagnosticCollection: () => ({
    set: (uri: Uri, list: Diagnostic[]) => void editor.diagnostics.set(uri.path, list),
    delete: (uri: Uri) => void editor.diagnostics.delete(uri.path),
    dispose: () => editor.diagnostics.clear(),
  }),
};

export const commands = {
  registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
    editor.commands.set(id, handler);
    return { dispose: () => editor.commands.delete(id) };
  },
  executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
    editor.executed.push({ command, args });
    return Promise.resolve(editor.commands.get(command)?.(...args));
  },
};

export const env = {
  language: 'en',
  clipboard: {
    readText: () => Promise.resolve(editor.clipboard),
    writeText: (text: string) => Promise.resolve(void (editor.clipboard = text)),
  },
};

export const l10n = {
  t: (text: string, ...values: unknown[]) =>
    text.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole)),
};

/**
 * As much of the `vscode` module as the host uses, over an editor in memory, with the behaviour that matters here
 * (one undo step a `WorkspaceEdit`, refused stale edits, messages that stay open).
 *
 * Tests say `vi.mock('vscode', () => import('./support/vscode'))`.
 */
import { editor, events, FileSystemWatcher, type TextDocument } from './editor';
import {
  FilePermission,
  FileType,
  RelativePattern,
  Uri,
  type Diagnostic,
  type WorkspaceEdit,
} from './vscodeValues';

export { editor, TextDocument } from './editor';
export * from './testing';
export * from './vscodeValues';

const never = (): { dispose(): void } => ({ dispose: () => {} });

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
  workspaceFolders: [{ uri: Uri.file('/work'), name: 'work' }],
  getWorkspaceFolder(uri: Uri) {
    return uri.path.startsWith('/work/') ? this.workspaceFolders[0] : undefined;
  },
  onDidOpenTextDocument: events.open.event,
  onDidChangeTextDocument: events.change.event,
  onDidCloseTextDocument: events.close.event,
  onDidChangeConfiguration: events.configuration.event,
  onDidChangeWorkspaceFolders: never,
  isTrusted: true,
  onWillRenameFiles: events.willRename.event,
  onDidRenameFiles: events.rename.event,
  onDidDeleteFiles: events.remove.event,
  registerFileSystemProvider: never,
  registerTextDocumentContentProvider: () => ({ dispose: () => {} }),
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
  createFileSystemWatcher(pattern: RelativePattern | string): FileSystemWatcher {
    const base = Uri.file('/');
    const relative = typeof pattern === 'string' ? new RelativePattern(base, pattern) : pattern;
    const watcher = new FileSystemWatcher(relative);
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
      const below = [...editor.files.keys()].some(path => path.startsWith(`${uri.path}/`));
      if (below) return Promise.resolve({ type: FileType.Directory, size: 0, mtime: 0 });
      if (!bytes && !find(uri)) return Promise.reject(new Error('FileNotFound'));
      const mtime = editor.writes.get(uri.path) ?? 0;
      const permissions = editor.readOnly.has(uri.path) ? FilePermission.Readonly : undefined;
      const size = bytes?.byteLength ?? 0;
      return Promise.resolve({ type: FileType.File, size, mtime, permissions });
    },
    readFile(uri: Uri): Promise<Uint8Array> {
      const bytes = editor.files.get(uri.path);
      return bytes ? Promise.resolve(bytes.slice()) : Promise.reject(new Error('FileNotFound'));
    },
    writeFile(uri: Uri, bytes: Uint8Array): Promise<void> {
      const refusal = editor.refusesToWrite?.(uri.path);
      if (refusal !== undefined) return Promise.reject(new Error(refusal));
      const room = editor.fullAfter?.(uri.path) ?? Infinity;
      editor.files.set(uri.path, bytes.slice(0, room));
      if (room < bytes.length) return Promise.reject(new Error('no space left on device'));
      return Promise.resolve();
    },
    /** A folder is there as long as a file is in it. */
    readDirectory(uri: Uri): Promise<[string, number][]> {
      const inside = [...editor.files.keys()].filter(path => path.startsWith(`${uri.path}/`));
      if (inside.length === 0) return Promise.reject(new Error('FileNotFound'));
      const parts = inside.map(path => path.slice(uri.path.length + 1).split('/'));
      return Promise.resolve(
        parts.map(([name, ...more]) => [
          name,
          more.length > 0 ? FileType.Directory : FileType.File,
        ]),
      );
    },
    createDirectory: (_uri: Uri): Promise<void> => Promise.resolve(),
    rename(from: Uri, to: Uri, { overwrite = false } = {}): Promise<void> {
      const bytes = editor.files.get(from.path);
      if (!bytes) return Promise.reject(new Error('FileNotFound'));
      if (editor.files.has(to.path) && !overwrite) return Promise.reject(new Error('FileExists'));
      // As VS Code's file service: what is overwritten goes first.
      editor.files.delete(to.path);
      const refusal = editor.refusesToWrite?.(to.path);
      if (refusal !== undefined) return Promise.reject(new Error(refusal));
      editor.files.delete(from.path);
      editor.files.set(to.path, bytes);
      editor.writes.set(to.path, editor.writes.size + 1);
      return Promise.resolve();
    },
    delete(uri: Uri): Promise<void> {
      return editor.files.delete(uri.path)
        ? Promise.resolve()
        : Promise.reject(new Error('FileNotFound'));
    },
  },
};

// ---------------------------------------------------------------------------- window and the rest

const message =
  (kind: 'info' | 'warning' | 'error') =>
  (text: string, ...all: (string | object)[]): Promise<string | undefined> => {
    const items = all.filter(item => typeof item === 'string');
    editor.messages.push({ kind, message: text });
    // An unanswered message stays open for ever: whoever awaits it hangs, as in the real editor.
    return editor.answer ? Promise.resolve(editor.answer(text, items)) : new Promise(() => {});
  };

interface InputBox {
  readonly title: string;
  readonly value: string;
  validateInput(typed: string): string | undefined;
}

export const window = {
  get activeTextEditor() {
    return editor.activeTextEditor;
  },
  get visibleTextEditors() {
    return editor.textEditors;
  },
  tabGroups: {
    get activeTabGroup() {
      const open = editor.activeInput ? [editor.activeInput] : [];
      const tabs = [...open, ...editor.otherInputs].map(input => ({ input }));
      return { activeTab: editor.activeInput ? tabs[0] : undefined, tabs };
    },
    get all() {
      return [this.activeTabGroup];
    },
    onDidChangeTabs: never,
    onDidChangeTabGroups: never,
  },
  setStatusBarMessage(text: string) {
    editor.words.push(text);
    return never();
  },
  onDidChangeActiveTextEditor: never,
  onDidChangeVisibleTextEditors: events.visibleEditors.event,
  onDidChangeTextEditorVisibleRanges: events.visibleRanges.event,
  createTextEditorDecorationType: (options: { borderWidth: string }) => ({
    ...options,
    dispose: () => {},
  }),
  onDidChangeTextEditorSelection: never,
  registerCustomEditorProvider: never,
  createTreeView(id: string, { treeDataProvider }: { treeDataProvider: unknown }) {
    editor.trees.set(id, treeDataProvider);
    return {
      visible: true,
      onDidChangeVisibility: never,
      onDidChangeCheckboxState: editor.checked.event,
      dispose: () => editor.trees.delete(id),
    };
  },
  /** What is picked: the first item that the test's answer names. */
  showQuickPick<T extends { label: string; description?: string }>(
    items: T[],
    { title = '' } = {},
  ): Promise<T | undefined> {
    editor.offered.set(title, items);
    const label = editor.answer?.(
      title,
      items.map(item => item.label),
    );
    return Promise.resolve(items.find(item => item.label === label));
  },
  /** What is typed: the test's answer, or what stands there already. */
  showInputBox({ title, value, validateInput }: InputBox): Promise<string | undefined> {
    const typed = editor.answer?.(title, []) ?? value;
    const fault = validateInput(typed);
    return fault === undefined ? Promise.resolve(typed) : Promise.reject(new Error(fault));
  },
  showInformationMessage: message('info'),
  showWarningMessage: message('warning'),
  showErrorMessage: message('error'),
  showTextDocument: () => Promise.resolve(),
  showSaveDialog: (_options: unknown): Promise<Uri | undefined> => Promise.resolve(undefined),
  showOpenDialog: (_options: unknown): Promise<Uri[] | undefined> => Promise.resolve(undefined),
  createOutputChannel: () => createLog(),
  activeColorTheme: { kind: 2 },
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
  return {
    debug: write,
    info: write,
    warn: write,
    error: write,
    show: () => {},
    dispose: () => {},
  };
}

/** Tools for language models, by name. */
export const modelTools = new Map<string, unknown>();

export const lm = {
  registerTool(name: string, tool: unknown) {
    modelTools.set(name, tool);
    return { dispose: () => void modelTools.delete(name) };
  },
};
export const extensions = { getExtension: () => undefined };

export const languages = {
  registerHoverProvider: never,
  registerInlayHintsProvider: never,
  registerCodeLensProvider: never,
  registerDefinitionProvider: never,
  registerCodeActionsProvider: never,
  registerCompletionItemProvider: never,
  registerRenameProvider: never,
  registerReferenceProvider: never,
  registerDocumentHighlightProvider: never,
  registerDocumentLinkProvider: never,
  registerDocumentSymbolProvider: never,
  registerDocumentFormattingEditProvider: never,
  registerDocumentRangeFormattingEditProvider: never,
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
  getCommands: (): Promise<string[]> => Promise.resolve([...editor.commands.keys()]),
  executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
    editor.executed.push({ command, args });
    return Promise.resolve(editor.commands.get(command)?.(...args));
  },
};

export const version = '1.100.0';

export const env = {
  language: 'en',
  appHost: 'desktop',
  remoteName: '127.0.0.1:8080',
  clipboard: {
    readText: () => Promise.resolve(editor.clipboard),
    writeText: (text: string) => Promise.resolve(void (editor.clipboard = text)),
  },
};

export const l10n = {
  t: (text: string, ...values: unknown[]) =>
    text.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole)),
};

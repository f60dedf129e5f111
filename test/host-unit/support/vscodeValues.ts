/** The values of the `vscode` module: places, ranges, edits, and what is shown at them. */

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
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position, end: Position);
  constructor(line: number, character: number, endLine: number, endCharacter: number);
  constructor(...places: readonly (Position | number)[]) {
    const [first, second, third, fourth] = places;
    const given = typeof first === 'object' && typeof second === 'object';
    this.start = given ? first : new Position(Number(first), Number(second));
    this.end = given ? second : new Position(Number(third), Number(fourth));
  }
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

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: readonly LanguageModelTextPart[]) {}
}

export class MarkdownString {
  isTrusted?: { readonly enabledCommands: readonly string[] };
  supportThemeIcons?: boolean;
  constructor(public value = '') {}
  appendText(text: string): this {
    this.value += text;
    return this;
  }
  appendMarkdown(text: string): this {
    return this.appendText(text);
  }
  appendCodeblock(text: string): this {
    return this.appendText(text);
  }
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  constructor(readonly id: string) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState = 0,
  ) {}
}

export const TreeItemCheckboxState = { Unchecked: 0, Checked: 1 };

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class InlayHint {
  paddingLeft?: boolean;
  tooltip?: MarkdownString;
  constructor(
    readonly position: Position,
    readonly label: string,
  ) {}
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command?: { title: string; command: string; arguments?: unknown[] },
  ) {}
}

export class Location {
  constructor(
    readonly uri: Uri,
    readonly range: Range,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class Hover {
  constructor(
    readonly contents: MarkdownString[],
    readonly range?: Range,
  ) {}
}

export class DiagnosticRelatedInformation {
  constructor(
    readonly location: Location,
    readonly message: string,
  ) {}
}

export class Diagnostic {
  relatedInformation?: DiagnosticRelatedInformation[];
  source?: string;
  code?: string;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
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

export const FileSystemError = {
  FileNotFound: (uri: Uri) => new Error(`FileNotFound ${uri.path}`),
  NoPermissions: (uri: Uri) => new Error(`NoPermissions ${uri.path}`),
};

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

export const CompletionItemKind = { Field: 4, Value: 11, File: 16, Reference: 17, Snippet: 14 };

export class CompletionItem {
  insertText?: string | SnippetString;
  range?: Range;
  filterText?: string;
  detail?: string;
  sortText?: string;
  constructor(
    readonly label: string,
    readonly kind: number,
  ) {}
}

export class SnippetString {
  constructor(readonly value: string) {}
}

export const DocumentHighlightKind = { Text: 0, Read: 1, Write: 2 };

export class DocumentHighlight {
  constructor(
    readonly range: Range,
    readonly kind: number,
  ) {}
}

export const SymbolKind = { Class: 4, Property: 6, Field: 7, Interface: 10, Struct: 22, Event: 23 };

export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };

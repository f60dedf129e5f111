/** Behind each weight and bias in the text its gradient: ∂0.007358. Off unless the settings ask for it. */
import { EventEmitter, InlayHint, MarkdownString, l10n, languages, workspace } from 'vscode';
import type { Disposable, InlayHintsProvider, Range, TextDocument } from 'vscode';
import type { Scope } from '../engine/facts';
import type { ParameterPlace } from '../engine/inspect/gradients';
import { formatNumber } from '../explain/numbers';
import { writtenNumbers } from '../network/parameterNumbers';
import type { WrittenNumber } from '../network/parameterNumbers';
import type { Documents } from './documents';
import type { Hovers } from './hovers';
import { NETWORK_SELECTOR, SECTION } from './manifest';
import { BATCH, FIRST } from './hoverTexts';
import { inlayGradientsFor } from './settings';
import { Store } from './store';
import type { TextNumbers } from './textNumbers';

/** Hints at once: a screen has some fifty lines. */
const MOST = 300;

/** Gradients that were found for one version of a text. */
interface Known {
  readonly version: number;
  readonly scope: Scope;
  readonly values: Map<string, number>;
}

/** What a hint is about, and whose gradient it shows. */
interface Meaning {
  readonly document: TextDocument;
  readonly version: number;
  readonly number: WrittenNumber;
  readonly scope: Scope;
}

export class InlayHints implements InlayHintsProvider, Disposable {
  readonly #documents: Documents;
  readonly #numbers: TextNumbers;
  readonly #hovers: Hovers;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #known = new Map<string, Known>();
  readonly #meaning = new WeakMap<InlayHint, Meaning>();

  constructor(documents: Documents, numbers: TextNumbers, hovers: Hovers) {
    this.#documents = documents;
    this.#numbers = numbers;
    this.#hovers = hovers;
    this.#store.add(
      numbers.onDidChange(uri => {
        // While the run is elsewhere than the text, what stands there stays right.
        if (inlayGradientsFor(uri) === 'off' || !numbers.isOfText(uri)) return;
        this.#known.delete(uri.toString());
        this.#changed.fire();
      }),
    );
    this.#store.add(documents.onDidClose(({ uri }) => this.#known.delete(uri.toString())));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION)) this.#changed.fire();
      }),
    );
    this.#store.add(languages.registerInlayHintsProvider(NETWORK_SELECTOR, this));
  }

  async provideInlayHints(document: TextDocument, range: Range): Promise<InlayHint[]> {
    const setting = inlayGradientsFor(document.uri);
    const { network, parsed } = this.#documents.read(document);
    if (setting === 'off' || !network) return [];
    const part = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const written = writtenNumbers(parsed, part, MOST);
    const { version } = document;
    const scope = setting === 'batch' ? BATCH : FIRST;
    const known = await this.#gradients(document, written, scope);
    // The places are those of a text that is past: VS Code asks again.
    if (document.version !== version) return [];
    return written.flatMap(number => {
      const value = known?.get(keyOf(number));
      if (value === undefined || Number.isNaN(value)) return [];
      const hint = new InlayHint(document.positionAt(number.range.end), `∂${formatNumber(value)}`);
      hint.paddingLeft = true;
      this.#meaning.set(hint, { document, version, number, scope });
      return [hint];
    });
  }

  /** Whose gradient the hint shows, and the hover of the number. */
  async resolveInlayHint(hint: InlayHint): Promise<InlayHint> {
    const meaning = this.#meaning.get(hint);
    const network = meaning && this.#documents.read(meaning.document).network;
    if (!meaning || !network) return hint;
    const { layer, row, column } = meaning.number;
    const target =
      column === undefined
        ? ({ type: 'bias', layer, row } as const)
        : ({ type: 'weight', layer, row, column } as const);
    const subject = { type: 'parameter', target } as const;
    const parts = await this.#hovers.explained(meaning.document, subject, network, FIRST);
    // In another text its place may be that of another number.
    if (meaning.document.version !== meaning.version) return hint;
    const texts = [scopeText(meaning.scope), ...parts.map(({ value }) => value)];
    hint.tooltip = new MarkdownString(texts.join('\n\n---\n\n'));
    return hint;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Of the text as it is: while the run trains, or is ahead of the text, only what was known before. */
  async #gradients(
    document: TextDocument,
    written: readonly WrittenNumber[],
    scope: Scope,
  ): Promise<ReadonlyMap<string, number> | undefined> {
    if (written.length === 0) return undefined;
    const { uri } = document;
    const known = this.#knownOf(document, scope);
    const missing = written.filter(number => !known.values.has(keyOf(number)));
    if (missing.length === 0 || !this.#numbers.isOfText(uri)) return known.values;
    const parameters = missing.map(({ layer, row, column }): ParameterPlace => {
      return { layer, row, ...(column !== undefined && { column }) };
    });
    const found = await this.#numbers.gradients(document, { scope, parameters, rows: [] });
    // What was forgotten meanwhile is not known again: VS Code asks anew.
    const isLate = this.#known.get(uri.toString()) !== known || !this.#numbers.isOfText(uri);
    if (found && !isLate)
      missing.forEach((number, index) => known.values.set(keyOf(number), found.values[index]));
    return known.values;
  }

  #knownOf(document: TextDocument, scope: Scope): Known {
    const key = document.uri.toString();
    const { version } = document;
    const before = this.#known.get(key);
    if (before?.version === version && before.scope === scope) return before;
    const known = { version, scope, values: new Map<string, number>() };
    this.#known.set(key, known);
    return known;
  }
}

/** The lens above a layer is of the training part, so a hint says whose gradient it is. */
function scopeText(scope: Scope): string {
  return scope.type === 'batch'
    ? l10n.t('∂ in the text: the gradient of the training part')
    : l10n.t('∂ in the text: the gradient of the first sample alone');
}

function keyOf({ layer, row, column }: WrittenNumber): string {
  return `${layer} ${row} ${column ?? ''}`;
}

/** Lines above the layers in the text: what a layer is, how large its gradient is, and what can be done with it. */
import { CodeLens, EventEmitter, Range, l10n, languages, workspace } from 'vscode';
import type { CodeLensProvider, Disposable, TextDocument, Uri } from 'vscode';
import { imageText } from '../network/images';
import type { Layer } from '../network/network';
import { layerNodes } from '../network/parameterNumbers';
import { grouped } from '../network/setting';
import { inferShapes } from '../network/shapes';
import type { LayerShape } from '../network/shapes';
import { property } from '../network/tree';
import type { Documents } from './documents';
import { BATCH } from './hoverTexts';
import { NETWORK_SELECTOR, SECTION, commandIds } from './manifest';
import { shortNumber } from './parameters';
import { textEditorOf } from './places';
import type { Runs } from './runs';
import { codeLensFor } from './settings';
import { Store } from './store';
import type { TextNumbers } from './textNumbers';

/** Sizes of gradients as they are printed, by layer; `version` of the text that they were found for. */
interface Sizes {
  readonly version: number;
  readonly texts: readonly (string | undefined)[];
}

export class CodeLenses implements CodeLensProvider, Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #numbers: TextNumbers;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #sizes = new Map<string, Sizes>();
  /** Documents above which it says Pause. */
  readonly #running = new Set<string>();

  constructor(documents: Documents, runs: Runs, numbers: TextNumbers) {
    this.#documents = documents;
    this.#runs = runs;
    this.#numbers = numbers;
    this.#store.add(numbers.onDidChange(uri => void this.#follow(uri)));
    this.#store.add(runs.onDidChange(({ uri }) => this.#followPhase(uri)));
    this.#store.add(documents.onDidClose(({ uri }) => this.#sizes.delete(uri.toString())));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION)) this.#changed.fire();
      }),
    );
    this.#store.add(languages.registerCodeLensProvider(NETWORK_SELECTOR, this));
  }

  /** Also of a text that has a mistake: what stands above a layer must not jump while a person types. */
  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { parsed, lastValid } = this.#documents.read(document);
    if (!lastValid || !codeLensFor(document.uri)) return [];
    const key = property(parsed.root, 'layers');
    if (!key) return [];
    const at = (offset: number): Range => {
      const position = document.positionAt(offset);
      return new Range(position, position);
    };
    const sizes = this.#sizesOf(document);
    const { network } = lastValid;
    const { layers } = inferShapes(network);
    return [
      ...this.#networkLenses(at(key.offset), document.uri),
      ...layerNodes(parsed).flatMap((node, layer) => {
        // A layer that is new since the last valid version has no facts yet.
        if (!network.layers[layer]) return [];
        const facts = factsOf(network.layers[layer], layers[layer], sizes?.[layer]);
        return layerLenses(at(node.offset), facts, document.uri, layer);
      }),
    ];
  }

  dispose(): void {
    this.#store.dispose();
  }

  #networkLenses(range: Range, uri: Uri): CodeLens[] {
    const running = this.#runs.get(uri)?.record.running;
    const train = running
      ? { title: `$(debug-pause) ${l10n.t('Pause')}`, command: commandIds.pause }
      : { title: `$(play) ${l10n.t('Train')}`, command: commandIds.train };
    return [new CodeLens(range, { ...train, arguments: [uri] }), gradcheckLens(range, uri)];
  }

  /** Those of an earlier version as long as a run is about to give newer ones. */
  #sizesOf({ uri, version }: TextDocument): Sizes['texts'] | undefined {
    const sizes = this.#sizes.get(uri.toString());
    if (sizes?.version === version) return sizes.texts;
    if (!this.#numbers.has(uri)) return undefined;
    void this.#follow(uri);
    return sizes?.texts;
  }

  /** Takes the numbers of a run that is there; none is started for them. */
  async #follow(uri: Uri): Promise<void> {
    const key = uri.toString();
    const shown = textEditorOf(uri);
    if (!shown || !codeLensFor(uri) || !this.#numbers.has(uri)) return;
    const { document } = shown;
    const { version } = document;
    const request = { scope: BATCH, parameters: [], rows: [] };
    const found = await this.#numbers.gradients(document, request);
    if (!found) {
      // A usable text without numbers has lost its data: those of before are not its own.
      const { network } = this.#documents.read(document);
      if (network && document.version === version && this.#sizes.delete(key)) this.#changed.fire();
      return;
    }
    const texts = Array.from(found.layers, norm =>
      Number.isNaN(norm) ? undefined : shortNumber(norm),
    );
    const before = this.#sizes.get(key)?.texts;
    this.#sizes.set(key, { version, texts });
    if (before?.join() !== texts.join()) this.#changed.fire();
  }

  /** Train becomes Pause at once. */
  #followPhase(uri: Uri): void {
    const key = uri.toString();
    const running = this.#runs.get(uri)?.record.running ?? false;
    if (running === this.#running.has(key)) return;
    if (running) this.#running.add(key);
    else this.#running.delete(key);
    this.#changed.fire();
  }
}

/** "4 sigmoid · 16 parameters · |g| 0.0248 (training part)" */
function factsOf(
  layer: Layer,
  { units, image, parameters }: LayerShape,
  size: string | undefined,
): string {
  const kind = layer.type === 'dense' ? layer.activation : layer.type;
  const counted = parameters === 0 ? [] : [l10n.t('{0} parameters', grouped(parameters))];
  const sized = size === undefined ? [] : [l10n.t('|g| {0} (training part)', size)];
  // An image says more than the number of its values.
  const values = image ? `${imageText(image)} ${layer.type}` : `${units} ${kind}`;
  return [values, ...counted, ...sized].join(' · ');
}

function layerLenses(range: Range, facts: string, uri: Uri, layer: number): CodeLens[] {
  const target = { type: 'layer', layer };
  return [
    // Without a command it is a text.
    new CodeLens(range, { title: facts, command: '' }),
    new CodeLens(range, {
      title: l10n.t('Open in Designer'),
      command: commandIds.showInDesigner,
      arguments: [uri, target],
    }),
    gradcheckLens(range, uri),
  ];
}

function gradcheckLens(range: Range, uri: Uri): CodeLens {
  const command = commandIds.gradcheck;
  return new CodeLens(range, { title: l10n.t('Gradcheck'), command, arguments: [uri] });
}

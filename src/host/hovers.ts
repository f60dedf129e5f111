/**
 * Hovers in the text of a network: the same explanation as on the canvas, and the numbers at full precision.
 * Hovering computes a pass where there was none; it never trains.
 */
import { Hover, MarkdownString, env, l10n, languages } from 'vscode';
import type { Disposable, HoverProvider, Position, TextDocument, Uri } from 'vscode';
import type { Scope } from '../engine/facts';
import { escapeMarkdown } from '../explain/markdown';
import type { Network } from '../network/network';
import type { Documents, LastValid } from './documents';
import { hoverLinks } from './hoverLinks';
import { BATCH, FIRST, kindText, numberTexts, readerOf, settingText } from './hoverTexts';
import { NETWORK_SELECTOR } from './manifest';
import { messageOf } from './messageOf';
import { placeAt, toRange } from './places';
import type { Run } from './run';
import type { Runs } from './runs';
import { subjectOf, targetOf } from './subjects';
import type { Subject } from './subjects';

/** The sample that is shown elsewhere: a hover speaks of the same. */
export interface ShownSample {
  sampleOf(uri: Uri): Scope | undefined;
}

export class Hovers implements HoverProvider, Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #shown: ShownSample;
  readonly #registration: Disposable;

  constructor(documents: Documents, runs: Runs, shown: ShownSample) {
    this.#documents = documents;
    this.#runs = runs;
    this.#shown = shown;
    this.#registration = languages.registerHoverProvider(NETWORK_SELECTOR, this);
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const { network, lastValid } = this.#documents.read(document);
    const place = placeAt(this.#documents, document, position);
    const subject = place && subjectOf(place);
    if (!subject || !lastValid) return undefined;
    const { uri, version } = document;
    const range = toRange(document, place.range);
    const sample = await this.#sample(uri);
    const parts = await this.explained(document, subject, lastValid.network, sample);
    // Another text may have something else at this place: VS Code asks again.
    if (document.version !== version) return undefined;
    const target = targetOf(place);
    // The loss is explained for all samples, everything else for one.
    const scope = target?.type === 'loss' ? BATCH : sample;
    return new Hover(
      [
        ...(network ? [] : [new MarkdownString(staleText(lastValid))]),
        ...parts,
        ...(target ? [hoverLinks(uri, target, scope)] : []),
      ],
      range,
    );
  }

  /** What is said of a place, without what it leads to; `sample`: whose own numbers. */
  async explained(
    document: TextDocument,
    subject: Subject,
    network: Network,
    sample: Scope,
  ): Promise<readonly MarkdownString[]> {
    const texts = await this.#runs.use(document.uri, run =>
      this.#texts(run, subject, network, document, sample),
    );
    return texts.map(text => new MarkdownString(text));
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** That of the designer, while the data have it. */
  async #sample(uri: Uri): Promise<Scope> {
    const shown = this.#shown.sampleOf(uri);
    if (shown?.type !== 'sample') return FIRST;
    return this.#runs.use(uri, async run => {
      // What is wrong with the network, the numbers say.
      await run.looks().catch(() => undefined);
      return shown.index < (run.record.data?.samples ?? 0) ? shown : FIRST;
    });
  }

  async #texts(
    run: Run,
    subject: Subject,
    network: Network,
    document: TextDocument,
    sample: Scope,
  ): Promise<readonly string[]> {
    const reader = readerOf(document.uri, network);
    const setting = settingText(subject, network, reader);
    const kind = kindText(subject, reader);
    let numbers: string[];
    try {
      numbers = await numberTexts(run, subject, network, reader, sample);
    } catch (error) {
      // The network may lack data, or the place may be new since the last valid version.
      numbers = [escapeMarkdown(messageOf(error))];
    }
    return [setting, ...numbers, kind].filter(text => text !== undefined);
  }
}

function staleText({ time }: LastValid): string {
  return `*${l10n.t(
    'The text is not usable at the moment: this is for the last valid version, of {0}.',
    time.toLocaleTimeString(env.language),
  )}*`;
}

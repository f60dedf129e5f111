/**
 * Hovers in the text of a network: the same explanation as on the canvas, and the numbers at full precision.
 * Hovering computes a pass where there was none; it never trains.
 */
import { Hover, MarkdownString, env, l10n, languages } from 'vscode';
import type { Disposable, HoverProvider, Position, TextDocument } from 'vscode';
import type { Facts, LayerFacts, Scope } from '../engine/facts';
import { explain } from '../explain/explain';
import { explainSetting } from '../explain/explainSetting';
import { escapeMarkdown, toMarkdown } from '../explain/markdown';
import { profileOf } from '../explain/notation';
import type { NotationProfile } from '../explain/notation';
import { toUnicode } from '../explain/unicode';
import type { Words } from '../explain/words';
import { english } from '../explain/words.en';
import { chinese } from '../explain/words.zh';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { Documents, LastValid } from './documents';
import { NETWORK_SELECTOR } from './manifest';
import { shortNumber } from './parameters';
import { placeAt, toRange } from './places';
import type { Run } from './run';
import type { Runs } from './runs';
import { notationFor } from './settings';
import { subjectOf } from './subjects';
import type { Subject } from './subjects';

/** The sample whose own gradient is shown first. */
const FIRST: Scope = { type: 'sample', index: 0 };
const BATCH: Scope = { type: 'batch' };

interface Reader {
  readonly profile: NotationProfile;
  readonly words: Words;
}

export class Hovers implements HoverProvider, Disposable {
  readonly #documents: Documents;
  readonly #runs: Runs;
  readonly #registration: Disposable;

  constructor(documents: Documents, runs: Runs) {
    this.#documents = documents;
    this.#runs = runs;
    this.#registration = languages.registerHoverProvider(NETWORK_SELECTOR, this);
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const { network, lastValid } = this.#documents.read(document);
    const place = placeAt(this.#documents, document, position);
    const subject = place && subjectOf(place);
    if (!subject || !lastValid) return undefined;
    const parts = await this.#runs.use(document.uri, run =>
      this.#parts(run, subject, lastValid.network, document),
    );
    if (!network) parts.unshift(staleText(lastValid));
    return new Hover(
      parts.map(part => new MarkdownString(part)),
      toRange(document, place.range),
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #parts(
    run: Run,
    subject: Subject,
    network: Network,
    document: TextDocument,
  ): Promise<string[]> {
    const reader = {
      profile: profileOf(notationFor(document.uri, network.notation)),
      words: env.language.startsWith('zh') ? chinese : english,
    };
    const setting = settingText(subject, network, reader);
    let numbers: string[];
    try {
      numbers = await numberTexts(run, subject, network, reader);
    } catch (error) {
      // The network may lack data, or the place may be new since the last valid version.
      numbers = [escapeMarkdown(error instanceof Error ? error.message : String(error))];
    }
    return [...(setting === undefined ? [] : [setting]), ...numbers];
  }
}

/** What the setting under the pointer means in general. */
function settingText(
  subject: Subject,
  network: Network,
  { profile, words }: Reader,
): string | undefined {
  switch (subject.type) {
    case 'activation': {
      const layer = network.layers[subject.target.layer];
      const { activation } = layer ?? {};
      if (!activation) return undefined;
      return toMarkdown(explainSetting({ type: 'activation', activation }, profile, words));
    }
    case 'units': {
      const layer = network.layers[subject.target.layer];
      const shape = inferShapes(network).layers[subject.target.layer];
      if (layer?.type !== 'dense' || !shape) return undefined;
      const { units, useBias } = layer;
      const setting = { type: 'units', units, inputs: shape.inputs, useBias } as const;
      return toMarkdown(explainSetting(setting, profile, words));
    }
    case 'loss':
      return toMarkdown(explainSetting({ type: 'loss', loss: network.loss }, profile, words));
    case 'learningRate': {
      const setting = { type: 'learningRate', optimizer: network.training.optimizer } as const;
      return toMarkdown(explainSetting(setting, profile, words));
    }
    default:
      return undefined;
  }
}

/** The numbers of this network. */
async function numberTexts(
  run: Run,
  subject: Subject,
  network: Network,
  reader: Reader,
): Promise<string[]> {
  switch (subject.type) {
    case 'parameter': {
      const facts = await run.inspect(subject.target, FIRST);
      const batch = await run.inspect(subject.target, BATCH);
      return [explanation(facts, reader), exactLines([facts, batch], reader)];
    }
    case 'neuron': {
      const facts = await run.inspect(subject.target, FIRST);
      return [explanation(facts, reader), exactLines([facts], reader)];
    }
    case 'loss': {
      const facts = await run.inspect({ type: 'loss' }, BATCH);
      return [explanation(facts, reader), exactLines([facts], reader)];
    }
    case 'learningRate':
      return [await ratesTable(run, network)];
    case 'activation':
    case 'units':
    case 'layer':
      return [explanation(await run.inspect(subject.target, FIRST), reader)];
  }
}

function explanation(facts: Facts, { profile, words }: Reader): string {
  return toMarkdown(explain(facts, profile, words));
}

/** One line a scope with the number that the command line prints too, digit for digit. */
function exactLines(facts: readonly Facts[], { profile, words }: Reader): string {
  const lines = facts.flatMap(fact => {
    const { left, value } = explain(fact, profile, words).headline;
    const line = `${escapeMarkdown(toUnicode(left))} = \`${value}\` — ${scopeText(fact)}`;
    // Some notations print −∂C/∂z under the name δ.
    const signed = fact.type === 'neuron' && fact.delta !== value;
    return signed ? [line, `∂C/∂z = \`${fact.delta}\` — ${scopeText(fact)}`] : [line];
  });
  return lines.join('  \n');
}

function scopeText({ scope, samples, epoch }: Facts): string {
  return scope.type === 'sample'
    ? l10n.t('sample {0}, epoch {1}', scope.index + 1, epoch)
    : l10n.t('training part (samples: {0}), epoch {1}', samples, epoch);
}

/** Rate and gradient of every layer: how far the next update would go. */
async function ratesTable(run: Run, network: Network): Promise<string> {
  const targets = network.layers.map((_, layer) => ({ type: 'layer', layer }) as const);
  const facts = await Promise.all(targets.map(target => run.inspect(target, BATCH)));
  const rows = facts
    .filter((fact): fact is LayerFacts => fact.type === 'layer')
    .map(fact => {
      const norm = fact.weightGradients?.norm ?? NaN;
      return `| layers\\[${fact.target.layer}\\] | ${fact.learningRate} | ${shortNumber(norm)} |`;
    });
  const head = `| | ${l10n.t('learning rate')} | ${l10n.t('norm of the weight gradients')} |`;
  return [head, '| --- | ---: | ---: |', ...rows].join('\n');
}

function staleText({ time }: LastValid): string {
  return `*${l10n.t(
    'The text is not usable at the moment: this is for the last valid version, of {0}.',
    time.toLocaleTimeString(env.language),
  )}*`;
}

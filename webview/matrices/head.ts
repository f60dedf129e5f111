/** The head of the matrices: which layer, its neighbours, where biases stand, and what can be copied. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LayerMatrices } from '../../src/engine/matrixFacts';
import type { MatrixCard } from '../../src/explain/matrixCard';
import { matricesToLatex } from '../../src/explain/matrixLatex';
import { matricesToMarkdown } from '../../src/explain/matrixText';
import { profileOf } from '../../src/explain/notation';
import type { NumberStyle } from '../../src/explain/numbers';
import { layerTitle, namesOf } from '../canvas/names';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { segments } from '../segments';
import type { State } from '../store';
import { text } from '../strings';

export interface Head {
  /** −1: input */
  readonly layer: number;
  readonly facts: LayerMatrices | undefined;
  readonly card: MatrixCard | undefined;
  readonly biasColumn: boolean;
  chooseBias(column: boolean): void;
  close(): void;
}

export function matricesHead(state: State, controller: Controller, head: Head): TemplateResult {
  const { layer, card } = head;
  const named = namesOf(state.document, state.notation);
  const last = (state.document?.network?.layers.length ?? 0) - 1;
  const go = (to: number) => (): void => controller.select({ type: 'layer', layer: to });
  return html`<header>
    <span class="layer-steps">
      ${iconButton('matrices-previous', 'chevron-left', text('matrices.previous'), go(layer - 1), layer > -1)}
      ${iconButton('matrices-next', 'chevron-right', text('matrices.next'), go(layer + 1), layer < last)}
    </span>
    <h2>${named ? text('matrices.title', layerTitle(named, layer)) : nothing}</h2>
    <span class="grow"></span>
    ${biasChoice(state, head)} ${card ? copies(card, state, controller) : nothing}
    ${iconButton('matrices-close', 'close', text('matrices.close'), () => head.close())}
    <span class="quiet words" data-testid="matrices-words"
      >${card ? [card.words, card.size].filter(part => part !== '').join(' · ') : nothing}</span
    >
  </header>`;
}

/** Only where the notation has biases as weights. */
function biasChoice(
  { notation }: State,
  { facts, biasColumn, chooseBias }: Head,
): TemplateResult | typeof nothing {
  if (profileOf(notation).bias.style !== 'column' || !facts?.bias) return nothing;
  return segments(text('matrices.bias'), [
    {
      testId: 'bias-column',
      word: text('matrices.biasColumn'),
      label: text('matrices.biasColumnHint'),
      chosen: biasColumn,
      choose: () => chooseBias(true),
    },
    {
      testId: 'bias-apart',
      word: text('matrices.biasApart'),
      label: text('matrices.biasApartHint'),
      chosen: !biasColumn,
      choose: () => chooseBias(false),
    },
  ]);
}

function copies(card: MatrixCard, state: State, controller: Controller): TemplateResult {
  const style: NumberStyle = { digits: state.exact ? 17 : undefined };
  const copy = (content: string, done: string): void => void controller.copyText(content, done);
  return html`<span class="copies" role="group" aria-label=${text('copy.label')}>
    <button
      class="icon"
      type="button"
      data-testid="matrices-copy-latex"
      aria-label=${text('copy.latex')}
      title=${text('copy.latex')}
      @click=${() => copy(matricesToLatex(card, style), text('copy.doneLatex'))}
    >
      <span class="tex"><span></span></span>
    </button>
    ${iconButton('matrices-copy-markdown', 'markdown', text('copy.markdown'), () => copy(matricesToMarkdown(card, style), text('copy.doneMarkdown')))}
  </span>`;
}

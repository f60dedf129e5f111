/** What the formula lab found: the verdict, each layer's ratio, and both formulas with what is missing marked. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LabLayer, LabReport } from '../../src/engine/lab/lab';
import { labVerdict, type LabVerdict } from '../../src/explain/lab/findings';
import { labFormulas } from '../../src/explain/lab/formulas';
import { shownPieces, type LabFormula, type Piece } from '../../src/explain/lab/pieces';
import { profileOf, type Notation } from '../../src/explain/notation';
import { symbol } from '../inspect/formula';
import { exact } from '../numbers';
import { text } from '../strings';
import { labWords } from './words';

export function labResult(
  report: LabReport,
  isStandard: boolean,
  notation: Notation,
): TemplateResult {
  const words = labWords();
  const verdict = labVerdict(report, isStandard, profileOf(notation), words);
  const formulas = labFormulas(report, profileOf(notation), words);
  const bad = report.failed > 0;
  return html`<div class="lab-verdict ${bad ? 'bad' : 'good'}" aria-live="polite">
      <p data-testid="lab-verdict">
        <i class="codicon codicon-${bad ? 'error' : 'pass'}" aria-hidden="true"></i>
        <b>${verdict.sentence}</b>
      </p>
      <p data-testid="lab-meaning">${verdict.meaning}</p>
    </div>
    <p class="quiet lab-notes">${verdict.notes.join(' · ')}</p>
    ${layerTable(report, verdict)}
    <h3>${text('lab.formulas')}</h3>
    <div class="lab-formulas" data-testid="lab-formulas">
      <span></span><span class="quiet">${words.standardFormula}</span
      ><span class="quiet">${words.ruleFormula}</span>
      ${formulas.map(formulaRow)}
    </div>`;
}

function layerTable({ layers }: LabReport, verdict: LabVerdict): TemplateResult {
  const reach = reachOf(layers);
  return html`<table class="lab-layers" data-testid="lab-layers">
    <thead>
      <tr>
        <th scope="col">${text('lab.layer')}</th>
        <th scope="col" colspan="2">${text('lab.ratio')}</th>
        <th scope="col">${text('lab.failing')}</th>
        <th scope="col">${text('lab.finding')}</th>
      </tr>
    </thead>
    <tbody>
      ${layers.map((layer, i) => {
        const { title, ratio, finding } = verdict.layers[i];
        const range = layer.ratio;
        return html`<tr
          class=${layer.wrong > 0 ? 'wrong' : ''}
          data-testid="lab-layer-${layer.layer}"
          data-min=${range ? String(range.min) : nothing}
          data-max=${range ? String(range.max) : nothing}
        >
          <th scope="row">${title}</th>
          <td class="bar">${bar(layer, reach)}</td>
          <td class="number" title=${range ? `${exact(range.min)} … ${exact(range.max)}` : ''}>
            ${ratio}
          </td>
          <td class="number">${text('lab.failed', layer.failed, layer.checked)}</td>
          <td>${finding}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** Powers of ten to each side of 1 that the bars show: at least one. */
function reachOf(layers: readonly LabLayer[]): number {
  const sizes = layers.flatMap(({ ratio }) =>
    ratio && ratio.min > 0 ? [ratio.min, ratio.max] : [],
  );
  const finite = sizes.map(size => Math.abs(Math.log10(size))).filter(Number.isFinite);
  return Math.max(1, ...finite);
}

/** From the smallest to the largest ratio, on a logarithmic scale with 1 in its middle. */
function bar({ ratio }: LabLayer, reach: number): TemplateResult {
  if (!ratio || ratio.min <= 0 || !Number.isFinite(ratio.max))
    return html`<span class="lab-bar none"></span>`;
  const place = (size: number): number => 50 + (50 * Math.log10(size)) / reach;
  const [from, to] = [place(ratio.min), place(ratio.max)];
  return html`<span class="lab-bar" aria-hidden="true"
    ><i style="left: ${from.toFixed(1)}%; width: ${(to - from).toFixed(1)}%"></i
  ></span>`;
}

function formulaRow(formula: LabFormula): TemplateResult {
  const { label, note, pieces, flipped } = formula;
  const changed = flipped || pieces.some(({ mark }) => mark !== 'kept');
  return html`<span class="quiet">${labWords().formulas[label]}</span>
    <div class="lab-formula" data-testid="lab-standard-${label}">${side(formula, 'standard')}</div>
    <div class="lab-formula ${changed ? '' : 'same'}" data-testid="lab-rule-${label}">
      ${side(formula, 'rule')}
      ${changed && note ? html`<span class="note">${note}</span>` : nothing}
    </div>`;
}

function side(formula: LabFormula, of: 'standard' | 'rule'): TemplateResult {
  const flipped = of === 'rule' && formula.flipped;
  const shown = shownPieces(formula, of);
  const content = shown.map((piece, i) => pieceOf(piece, i === 0, shown.length > 1));
  return html`${symbol(formula.left)}
    <span class="join">=</span>
    ${flipped ? html`<ins>${hint('lab.added')}−(</ins>` : nothing}${content}${
      flipped ? html`<ins>)</ins>` : nothing
    }`;
}

/** `isPart`: a factor or term, in which a sum needs brackets. */
function pieceOf(
  { expression, mark, join }: Piece,
  isFirst: boolean,
  isPart: boolean,
): TemplateResult {
  const sign = isFirst && join !== '−' ? nothing : html`<span class="join">${join}</span>`;
  const whole = symbol(expression);
  const math = isPart && expression.type === 'sum' ? html`(${whole})` : whole;
  if (mark === 'kept') return html`<span class="piece">${sign}${math}</span>`;
  return mark === 'missing'
    ? html`<span class="piece">${sign}<del>${hint('lab.missing')}${math}</del></span>`
    : html`<span class="piece">${sign}<ins>${hint('lab.added')}${math}</ins></span>`;
}

/** For ears: what eyes see as a line through or below. */
function hint(key: 'lab.missing' | 'lab.added'): TemplateResult {
  return html`<span class="unseen">${text(key)}</span>`;
}

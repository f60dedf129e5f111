/** `nabla explain FILE --target PATH --matrix`: a layer in matrices. */
import type { Scope, Target } from '../engine/facts';
import type { Inspector } from '../engine/inspect';
import type { LayerMatrices } from '../engine/matrixFacts';
import type { MatrixCard, MatrixStep } from '../explain/matrixCard';
import { piecesOf, type Matrix, type Side } from '../explain/matrixEquation';
import { matricesToLatex } from '../explain/matrixLatex';
import { matricesToMarkdown, matricesToText } from '../explain/matrixText';
import type { NumberStyle } from '../explain/numbers';
import { toUnicode } from '../explain/unicode';
import type { Network } from '../network/network';
import { UsageError } from './io';

/** By format of `--format`. */
export const MATRIX_FORMATS = {
  text: matricesToText,
  markdown: matricesToMarkdown,
  latex: matricesToLatex,
} as const;

/** Throws {@link UsageError} where the target is in no layer. */
export function matricesOf(
  inspector: Inspector,
  network: Network,
  parameters: Float64Array,
  target: Target,
  scope: Scope,
): LayerMatrices {
  if (target.type === 'loss')
    throw new UsageError(
      '--matrix shows a layer: --target takes a layer or what is in one, not loss',
    );
  const row = rowOf(target, network);
  const column = 'column' in target ? { column: target.column } : {};
  return inspector.layerMatrices(parameters, { scope, layer: target.layer, ...row, ...column });
}

/** The neuron that is shown in any case; of a weight or a bias of a convolution its filter. */
function rowOf(target: Target, { layers }: Network): { row?: number; filter?: number } {
  if (!('row' in target)) return {};
  const isShared = target.type !== 'neuron' && layers[target.layer].type === 'conv2d';
  return isShared ? { filter: target.row } : { row: target.row };
}

/** Rules as texts, matrices with every digit. */
export function matrixCardJson(card: MatrixCard, options: NumberStyle): object {
  const { symbol, words, size, sections, notes } = card;
  return {
    symbol: toUnicode(symbol, options),
    words,
    size,
    sections: sections.map(({ title, steps }) => ({
      title,
      steps: steps.map(step => stepJson(step, options)),
    })),
    notes,
  };
}

function stepJson({ role, label, rule, equation, name, notes }: MatrixStep, options: NumberStyle) {
  return {
    role,
    label,
    rule: toUnicode(rule, options),
    equation: piecesOf(equation).map(piece => {
      if (piece.type === 'matrix') return matrixJson(piece.matrix, options);
      return piece.type === 'sign' ? piece.text : toUnicode(piece.expression, options);
    }),
    name,
    notes,
  };
}

function matrixJson({ name, words, rows, columns, cells }: Matrix, options: NumberStyle): object {
  const side = ({ labels, length }: Side): object => ({ labels, length });
  return {
    name: words ?? toUnicode(name, options),
    rows: side(rows),
    columns: side(columns),
    cells,
  };
}

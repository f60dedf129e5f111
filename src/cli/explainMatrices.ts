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
  parameters: Float64Array,
  target: Target,
  scope: Scope,
): LayerMatrices {
  if (target.type === 'loss')
    throw new UsageError(
      '--matrix shows a layer: --target takes a layer or what is in one, not loss',
    );
  const row = 'row' in target ? { row: target.row } : {};
  const column = 'column' in target ? { column: target.column } : {};
  return inspector.layerMatrices(parameters, { scope, layer: target.layer, ...row, ...column });
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

/** `nabla gradients FILE [--sample N | --batch] [--json]` */
import type { Scope } from '../engine/facts';
import { initialParameters } from '../engine/initializers';
import { createInspector } from '../engine/inspect';
import type { GradientReport, LayerGradients } from '../engine/inspect';
import type { Network } from '../network/network';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { readyDocument, requireDataset } from './document';
import { UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { finiteOrText, jsonLine, printable } from './printable';
import { numbered } from './sampleNumber';
import { alignColumns, formatNumber } from './table';

export async function gradientsCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const document = await readyDocument(call.file, io);
  const dataset = requireDataset(call.file, document, 'A gradient');
  const scope = scopeOf(call, dataset.samples);
  const { network } = document;
  const report = createInspector(network, dataset).gradients(initialParameters(network), scope);
  if (call.flags.has('json')) io.stdout(jsonLine(report, finiteOrText));
  else io.stdout(reportText(network, report, scope, dataset.training.length));
  return 0;
}

/** `--sample` or `--batch`; without both the first sample. Throws {@link UsageError}. */
export function scopeOf(call: Arguments, samples: number): Scope {
  if (call.flags.has('batch')) return { type: 'batch' };
  const index = wholeNumber(call, 'sample') ?? 0;
  if (index < samples) return { type: 'sample', index };
  throw new UsageError(`--sample takes a number from 0 to ${samples - 1}, found ${index}`);
}

function reportText(
  network: Network,
  { loss, layers }: GradientReport,
  scope: Scope,
  training: number,
): string {
  const of = scope.type === 'sample' ? numbered(scope.index) : `all ${training} training samples`;
  const head = `C = ${formatNumber(loss)}, the loss of ${of}\n`;
  const blocks = layers.map((layer, i) => {
    const { type } = network.layers[i];
    const own =
      type === 'conv2d'
        ? filterTables(layer)
        : type === 'batchNorm'
          ? [neuronTable({ ...layer, bias: [] }), featureTable(layer)]
          : [neuronTable(layer), weightTable(layer)];
    const tables = own.filter(table => table !== '');
    return tables.length === 0 ? '' : `\n${layerHead(network, i)}\n${tables.join('\n')}`;
  });
  return head + blocks.join('');
}

/** `layers[2] (add, tanh) from stem, block`; without `from` a layer takes from the one above. */
function layerHead({ layers }: Network, index: number): string {
  const { type, activation, from } = layers[index];
  const sources = from ? ` from ${from.map(printable).join(', ')}` : '';
  return `layers[${index}] (${type}, ${activation})${sources}`;
}

/** One neuron a line: what passed through it and the gradient of its bias. */
function neuronTable({ z, activation, delta, bias }: LayerGradients): string {
  const columns: (readonly [string, readonly number[]])[] = [];
  if (z) columns.push(['z', z]);
  if (activation) columns.push(['a', activation]);
  if (delta) columns.push(['δ = ∂C/∂z', delta]);
  if (bias.length > 0) columns.push(['∂C/∂b', bias]);
  if (columns.length === 0) return '';
  const head = ['neuron', ...columns.map(([name]) => name)];
  const rows = columns[0][1].map((_, j) => [
    String(j),
    ...columns.map(([, values]) => formatNumber(values[j])),
  ]);
  return alignColumns([head, ...rows]);
}

/** A convolution has more neurons than filters: a table of each, and the weights of a filter through its kernel. */
function filterTables(layer: LayerGradients): readonly string[] {
  const { bias, weights } = layer;
  const ofBias = [['filter', '∂C/∂b'], ...bias.map((b, j) => [String(j), formatNumber(b)])];
  const ofWeights = [
    ['∂C/∂w', ...(weights[0] ?? []).map((_, k) => `at ${k}`)],
    ...weights.map((row, j) => [`filter ${j}`, ...row.map(formatNumber)]),
  ];
  return [
    neuronTable({ ...layer, bias: [] }),
    ...(bias.length > 0 ? [alignColumns(ofBias)] : []),
    alignColumns(ofWeights),
  ];
}

/** γ and β of each feature, which an image has fewer of than neurons. */
function featureTable({ bias, weights }: LayerGradients): string {
  const head = ['feature', '∂C/∂γ', ...(bias.length > 0 ? ['∂C/∂β'] : [])];
  const rows = weights.map((row, j) => {
    const numbers = [...row, ...(bias.length > 0 ? [bias[j]] : [])];
    return [String(j), ...numbers.map(formatNumber)];
  });
  return alignColumns([head, ...rows]);
}

/** Rows are target neurons, columns those of the source, as in the file; empty without weights. */
function weightTable({ weights }: LayerGradients): string {
  if (weights.length === 0) return '';
  const head = ['∂C/∂w', ...weights[0].map((_, k) => `from ${k}`)];
  const rows = weights.map((row, j) => [`to ${j}`, ...row.map(formatNumber)]);
  return alignColumns([head, ...rows]);
}

/**
 * The card on the canvas, the hover in the text, the command line and the engine say the same number of the same
 * target, to the last digit; and the first three print the same lines.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { loadDataset } from '../../src/data/load';
import type { Facts, Scope, Target } from '../../src/engine/facts';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import type { GradientReport } from '../../src/engine/inspect';
import type { Explanation } from '../../src/explain/explanation';
import { escapeMarkdown } from '../../src/explain/markdown';
import { availableNotations } from '../../src/explain/notation';
import { toUnicode, toUnicodeSteps } from '../../src/explain/unicode';
import { Hovers } from '../../src/host/hovers';
import { FIRST } from '../../src/host/hoverTexts';
import { subjectOf } from '../../src/host/subjects';
import type { Subject } from '../../src/host/subjects';
import { formatPath } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import type { Network, NotationName } from '../../src/network/network';
import type { Place } from '../../src/network/locate';
import { EXAMPLES, nablaJson } from '../cli/support';
import { createHostWith } from './support/host';
import type { Host } from './support/host';
import { sessionPort } from './support/session';
import { editor } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const SAMPLE: Scope = { type: 'sample', index: 0 };
const BATCH: Scope = { type: 'batch' };

interface Printed {
  readonly explanation: {
    readonly headline: { readonly value: number };
    readonly lines: readonly { label: string; text: string; value?: number; note?: string }[];
  };
}

/** Of the page: its module knows the DOM, which is no type of this test's world. */
type ExplanationOf = (facts: Facts, notation: NotationName) => Explanation;
let explanationOf: ExplanationOf;

beforeAll(async () => {
  const card = await vi.importActual<{ explanationOf: ExplanationOf }>(
    '../../webview/inspect/explained',
  );
  explanationOf = card.explanationOf;
});

let host: Omit<Host, 'workers'> | undefined;
afterEach(() => host?.runs.dispose());

/** A file of examples in the editor in memory, with the data beside it. */
function open(file: string): Network {
  host = createHostWith(sessionPort, readFileSync(file, 'utf8'));
  for (const name of readdirSync('media/examples').filter(found => found.endsWith('.csv')))
    editor.write(`/work/${name}`, readFileSync(`media/examples/${name}`, 'utf8'));
  const { network } = host.documents.read(host.document as never);
  if (!network) throw new Error(`${file} is no usable network.`);
  return network;
}

function engine(network: Network) {
  const files = Object.fromEntries(
    readdirSync('media/examples')
      .filter(name => name.endsWith('.csv'))
      .map(name => [name, readFileSync(`media/examples/${name}`, 'utf8')]),
  );
  const { dataset } = loadDataset(network, inferShapes(network), files);
  if (!dataset) throw new Error('The example has no data.');
  const inspector = createInspector(network, dataset);
  const parameters = initialParameters(network);
  return (scope: Scope): GradientReport => inspector.gradients(parameters, scope);
}

/** A weight, a bias and a neuron of the first and of the last layer with weights. */
function targetsOf({ layers }: Network): readonly Target[] {
  const dense = layers.flatMap((layer, index) =>
    layer.type === 'dense' ? [{ index, row: layer.units - 1, useBias: layer.useBias }] : [],
  );
  return [dense[0], dense[dense.length - 1]].flatMap(({ index: layer, row, useBias }): Target[] => [
    { type: 'weight', layer, row, column: 1 },
    ...(useBias ? ([{ type: 'bias', layer, row }] as const) : []),
    { type: 'neuron', layer, row },
  ]);
}

const pathOf = (target: Target): string => {
  switch (target.type) {
    case 'weight':
      return formatPath(['layers', target.layer, 'weights', target.row, target.column]);
    case 'bias':
      return formatPath(['layers', target.layer, 'bias', target.row]);
    case 'neuron':
      return formatPath(['layers', target.layer, 'neurons', target.row]);
    default:
      return target.type;
  }
};

function subjectFor(target: Target): Subject {
  const kinds = { weight: 'weight', bias: 'bias', neuron: 'weightRow', loss: 'loss' };
  const kind = kinds[target.type as keyof typeof kinds];
  const subject = subjectOf({ ...target, kind, path: [], range: { start: 0, end: 0 } } as Place);
  if (!subject) throw new Error(`Nothing stands for a ${target.type} in the text.`);
  return subject;
}

async function hoverOf(target: Target, network: Network): Promise<string> {
  const { documents, runs, document } = host!;
  const hovers = new Hovers(documents, runs, { sampleOf: () => undefined });
  const text = document as unknown as vscode.TextDocument;
  const parts = await hovers.explained(text, subjectFor(target), network, FIRST);
  hovers.dispose();
  // Word joiners and blanks that do not break keep labels and left sides in one line.
  return parts
    .map(({ value }) => value.replaceAll('\u2060', '').replaceAll('\u00a0', ' '))
    .join('\n');
}

/** ∂C/∂parameter, or ∂C/∂z of a neuron. */
function engineNumber(target: Target, report: GradientReport): number {
  if (target.type === 'loss' || target.type === 'layer') return report.loss;
  const { weights, bias, delta = [] } = report.layers[target.layer];
  if (target.type === 'weight') return weights[target.row][target.column];
  return target.type === 'bias' ? bias[target.row] : delta[target.row];
}

function factsNumber(facts: Facts): number {
  if (facts.type === 'weight' || facts.type === 'bias') return facts.gradient;
  return facts.type === 'neuron' ? facts.delta : facts.lossValue;
}

/** Each number at full precision with the words of its scope. */
const exactNumber = (value: number, scope: Scope): RegExp =>
  new RegExp(`= \`${value}\` — ${scope.type === 'sample' ? 'sample 1' : 'training part'}`);

function expectSameLines(card: Explanation, hover: string, printed: Printed): void {
  expect(printed.explanation.lines.map(({ label, text }) => [label, text])).toEqual(
    card.lines.map(({ label, equation }) => [label, toUnicode(equation)]),
  );
  for (const { label, equation, note } of card.lines) {
    expect(hover).toContain(`| ${escapeMarkdown(label)} | `);
    for (const step of toUnicodeSteps(equation)) expect(hover).toContain(escapeMarkdown(step));
    if (note) expect(hover).toContain(escapeMarkdown(note));
  }
}

async function compare(
  file: string,
  network: Network,
  target: Target,
  scope: Scope,
  notation: NotationName,
  report: GradientReport,
): Promise<void> {
  const facts = await host!.runs.use(host!.uri, run => run.inspect(target, scope));
  const card = explanationOf(facts, notation);
  const options = scope.type === 'batch' ? ['--batch'] : [];
  const words = ['explain', file, '--target', pathOf(target), '--notation', notation, ...options];
  const printed = await nablaJson<Printed>(words);
  const hover = await hoverOf(target, network);

  const number = engineNumber(target, report);
  expect(factsNumber(facts)).toBe(number);
  // Some notations print −∂C/∂z under the name δ.
  expect(Math.abs(card.headline.value)).toBe(Math.abs(number));
  expect(String(printed.explanation.headline.value)).toBe(String(card.headline.value));
  // JSON knows no −0; every other digit is compared.
  expect(printed.explanation.lines.map(({ value }) => String(value))).toEqual(
    card.lines.map(({ equation }) => String(equation.value)),
  );
  expect(hover).toMatch(exactNumber(card.headline.value, scope));
  expect(hover).toMatch(exactNumber(number, scope));
  if (scope.type === 'sample' || target.type === 'loss') expectSameLines(card, hover, printed);
}

describe('card, hover, command line and engine agree', () => {
  it.each(EXAMPLES)('%s', { timeout: 120_000 }, async file => {
    const network = open(file);
    const report = engine(network);
    const [sample, batch] = [report(SAMPLE), report(BATCH)];
    const targets = targetsOf(network);
    expect(targets.length).toBeGreaterThan(3);
    for (const notation of availableNotations()) {
      editor.configure('nabla.notation', notation);
      for (const target of targets) await compare(file, network, target, SAMPLE, notation, sample);
      for (const target of [...targets.filter(({ type }) => type !== 'neuron'), { type: 'loss' }])
        await compare(file, network, target as Target, BATCH, notation, batch);
    }
  });
});

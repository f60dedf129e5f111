/**
 * All formulas of one network on a page, in one notation: Markdown with LaTeX between dollar signs, as previews and
 * repositories show it. No numbers of a pass: it needs no data.
 */
import { kindsOf } from '../network/kinds';
import { hasParameters } from '../network/layerTypes';
import type { Layer, Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import { sizesText } from '../network/shapes';
import { Context } from './context';
import type { Card, Expression, Line } from './explanation';
import { explainSetting } from './explainSetting';
import { explanationToLatex, toLatex } from './latex';
import { backwardRules, forwardRules, type Outline } from './layerRules';
import { layerWords } from './layerWords';
import { escapeMarkdown } from './markdown';
import type { NotationProfile } from './notationProfile';
import { biasWords, weightWords } from './parameterWords';
import type { SheetWords } from './sheetWords';
import type { Words } from './words';

export interface Sheet {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  /** Its own name, or that of its file. */
  readonly name: string;
  /** The notation's name. */
  readonly notation: string;
  readonly profile: NotationProfile;
  readonly words: Words;
  readonly sheetWords: SheetWords;
}

/** Ends with a line break. */
export function formulaSheet(sheet: Sheet): string {
  const { network, shapes, name, notation, sheetWords: says } = sheet;
  const context = contextOf(sheet);
  const layers = network.layers.map((_, layer) => outlineOf(network, shapes, layer));
  const parts = [
    `# ${escapeMarkdown(says.title(name))}`,
    says.about(sizesText(shapes, says.layers), shapes.parameters, notation),
    ...section(says.idea, [says.ideaText]),
    ...section(says.forward, [
      ...layers.map(layer => rulesOf(layer, forwardRules(layer, context), context)),
      ...activationsOf(sheet),
    ]),
    ...section(says.loss, [lossOf(sheet)]),
    ...section(
      says.backward,
      [...layers].reverse().map(layer => rulesOf(layer, backwardRules(layer, context), context)),
    ),
    ...section(says.update, [setting(sheet, { type: 'learningRate', training: network.training })]),
    ...section(says.symbols, [symbolTable(sheet, context)]),
    ...section(says.conventions, [bullets(says.conventionList)]),
    ...section(says.mistakes, [bullets(says.mistakeList)]),
    ...section(says.proof, [says.proofText]),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function contextOf({ network, shapes, profile, words }: Sheet): Context {
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  const sources = shapes.layers.map(layer => layer.sources);
  const kinds = kindsOf(network, shapes);
  return new Context({ sizes, sources, ...kinds, scope: { type: 'batch' } }, profile, words);
}

function outlineOf({ layers, loss }: Network, shapes: NetworkShapes, layer: number): Outline {
  const { units, inputs } = shapes.layers[layer];
  const of = layers[layer];
  const hasWeights = hasParameters(of);
  const hasBiases = hasWeights && of.useBias;
  return { layer, activation: of.activation, units, inputs, loss, hasWeights, hasBiases };
}

const section = (title: string, parts: readonly string[]): readonly string[] => [
  `## ${title}`,
  ...parts,
];

const bullets = (sentences: readonly string[]): string =>
  sentences.map(sentence => `- ${sentence}`).join('\n');

/** A display formula of its own, or nothing. */
function block(card: Card): string {
  const latex = explanationToLatex(card);
  return latex === '' ? '' : `$$\n${latex}\n$$`;
}

/** The layer in words, and its rules. */
function rulesOf(outline: Outline, lines: readonly Line[], context: Context): string {
  const words = layerWords(outline, context);
  return `**${escapeMarkdown(words)}**\n\n${block({ words, lines, cautions: [] })}`.trim();
}

/** Each activation function that the network has, with its derivative. */
function activationsOf(sheet: Sheet): readonly string[] {
  const names = new Set(sheet.network.layers.map(({ activation }) => activation));
  return [...names].map(activation => setting(sheet, { type: 'activation', activation }));
}

function setting({ profile, words }: Sheet, of: Parameters<typeof explainSetting>[0]): string {
  return cardOf(explainSetting(of, profile, words));
}

const cardOf = (card: Card): string => `**${escapeMarkdown(card.words)}**\n\n${block(card)}`;

/** The loss, and where there is a penalty that one added to it. */
function lossOf({ network, profile, words }: Sheet): string {
  const { loss, regularization } = network;
  return cardOf(explainSetting({ type: 'loss', loss, regularization }, profile, words));
}

/** One symbol of each kind a layer has, with both of its ends in words. */
function symbolTable(sheet: Sheet, context: Context): string {
  const { sheetWords: says } = sheet;
  const { names } = context;
  const rows = [
    ...sheet.network.layers.flatMap((layer, index) => symbolsOf(layer, index, sheet, context)),
    [
      names.target(0),
      says.targetOf(context.words.neuron(context.place(names.lastLayer, 0))),
    ] as const,
    [names.loss(), says.lossSymbol] as const,
    [names.learningRate(), says.learningRate] as const,
  ];
  const lines = rows.map(
    ([symbol, meaning]) => `| $${toLatex(symbol)}$ | ${escapeMarkdown(meaning)} |`,
  );
  return [`| ${says.symbol} | ${says.meaning} |`, '| --- | --- |', ...lines].join('\n');
}

function symbolsOf(
  layer: Layer,
  index: number,
  { sheetWords: says }: Sheet,
  context: Context,
): readonly (readonly [Expression, string])[] {
  const { names, words } = context;
  const place = context.place(index, 0);
  const neuron = words.neuron(place);
  const parameters = hasParameters(layer)
    ? [
        [names.weight(index, 0, 0), weightWords(index, 0, 0, context)] as const,
        ...(layer.useBias ? [[names.bias(index, 0), biasWords(index, 0, context)] as const] : []),
      ]
    : [];
  return [
    ...parameters,
    [names.weightedInput(index, 0), says.weightedInputOf(neuron)],
    [names.activation(index, 0), says.activationOf(neuron)],
    [names.error(index, 0), says.errorOf(neuron)],
  ];
}

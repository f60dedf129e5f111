/** `nabla explain FILE --target PATH [--sample N | --batch] [--notation …] [--bias-as-weight] [--format …] [--language …] [--digits N] [--all] [--matrix] [--json]` */
import { initialParameters } from '../engine/initializers';
import { createInspector } from '../engine/inspect';
import { explain } from '../explain/explain';
import { explainMatrices } from '../explain/explainMatrices';
import type { Card, Equation, Explanation, Line, Rule } from '../explain/explanation';
import { explanationToLatex } from '../explain/latex';
import { toMarkdown } from '../explain/markdown';
import { profileOf } from '../explain/notation';
import type { NumberStyle } from '../explain/numbers';
import { toPlainText } from '../explain/plain';
import { sectionsOf } from '../explain/sections';
import { toUnicode } from '../explain/unicode';
import type { Words } from '../explain/words';
import { english } from '../explain/words.en';
import { chinese } from '../explain/words.zh';
import { choice, languageOption, notationOption, wholeNumber } from './arguments';
import type { Arguments, Language } from './arguments';
import { readyDocument, requireDataset } from './document';
import { MATRIX_FORMATS, matricesOf, matrixCardJson } from './explainMatrices';
import { scopeOf } from './gradients';
import { UsageError } from './io';
import type { CliIo, ExitCode } from './io';
import { finiteOrText, jsonLine, printable } from './printable';
import { withIndices } from './sampleNumber';
import { parseTarget } from './target';

type Format = 'text' | 'markdown' | 'latex';

const FORMATS: {
  readonly [K in Format]: (card: Card | Explanation, options: NumberStyle) => string;
} = { text: toPlainText, markdown: toMarkdown, latex: explanationToLatex };

const LANGUAGES: { readonly [K in Language]: Words } = {
  en: withIndices(english),
  'zh-cn': withIndices(chinese),
};

/** Before the first step, as the file has it. */
const START = { epoch: 0, step: 0 };

export async function explainCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const { format, language, digits, json } = printStyle(call);
  const notationFor = notationOption(call);
  const document = await readyDocument(call.file, io);
  const { network } = document;
  const target = parseTarget(call.values.get('target') ?? '', network);
  const dataset = requireDataset(call.file, document, 'An explanation');
  const scope = scopeOf(call, dataset.samples);
  const parameters = initialParameters(network);
  const inspector = createInspector(network, dataset);
  const [profile, words] = [profileOf(notationFor(network.notation)), LANGUAGES[language]];
  const said = { notation: profile.name, biasAsWeight: call.flags.has('bias-as-weight'), language };
  if (call.flags.has('matrix')) {
    const facts = matricesOf(inspector, network, parameters, target, scope);
    const card = explainMatrices(facts, profile, words);
    if (json) {
      const printed = matrixCardJson(card, { digits });
      io.stdout(jsonLine({ ...said, facts, matrices: printed }, finiteOrText));
    } else io.stdout(lines(MATRIX_FORMATS[format](card, { digits })));
    return 0;
  }
  const facts = inspector.inspect(parameters, target, scope, START);
  const explanation = explain(facts, profile, words);
  if (json) {
    const printed = explanationJson(explanation, { digits });
    io.stdout(jsonLine({ ...said, facts, explanation: printed }, finiteOrText));
  } else {
    const cards = call.flags.has('all')
      ? [explanation, ...unfolded(explanation, words)]
      : [explanation];
    io.stdout(lines(cards.map(card => FORMATS[format](card, { digits })).join('\n\n')));
  }
  return 0;
}

/** What the inspector has folded under it, each as a card of its own. */
function unfolded(explanation: Explanation, words: Words): readonly Card[] {
  return sectionsOf(explanation, words).map(section => ({
    words: section.words ? `${section.title}. ${section.words}` : section.title,
    lines: section.lines,
    cautions: [],
  }));
}

/** Throws {@link UsageError}. */
function printStyle(call: Arguments) {
  const json = call.flags.has('json');
  const format = choice<Format>(call, 'format', ['text', 'markdown', 'latex']);
  if (json && format) throw new UsageError('explain takes only one of --format and --json');
  const digits = wholeNumber(call, 'digits', 1);
  if (digits !== undefined && digits > 17)
    throw new UsageError(`--digits takes a whole number from 1 to 17, found ${digits}`);
  return { json, digits, language: languageOption(call), format: format ?? 'text' } as const;
}

/** Each line without characters that a terminal obeys. */
function lines(text: string): string {
  return `${text.split('\n').map(printable).join('\n')}\n`;
}

/** The tree of formulas as texts; every value at full precision. */
function explanationJson(explanation: Explanation, options: NumberStyle): object {
  const { symbol, words, path, headline, derivation, perceptron, paths, edges, cautions } =
    explanation;
  const printed = (equation: Equation | Rule) => ({
    text: toUnicode(equation, options),
    value: equation.value,
  });
  const line = ({ role, label, equation, note }: Line) => {
    return { role, label, ...printed(equation), note };
  };
  return {
    symbol: toUnicode(symbol, options),
    words,
    path,
    headline: printed(headline),
    lines: explanation.lines.map(line),
    derivation: derivation?.map(line),
    perceptron: perceptron && { ...perceptron, lines: perceptron.lines.map(line) },
    edges: edges && {
      incoming: edges.incoming.map(line),
      outgoing: edges.outgoing.map(line),
    },
    paths: paths && { ...paths, lines: paths.lines.map(line), total: printed(paths.total) },
    cautions,
  };
}

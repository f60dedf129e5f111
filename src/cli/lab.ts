/** `nabla lab FILE [--rule …] [--hidden …] [--output …] [--sample N | --batch] [--notation …] [--bias-as-weight] [--language …] [--json]` */
import { initialParameters } from '../engine/initializers';
import { createLab, type LabReport } from '../engine/lab/lab';
import { labPresets, presetOf, type TriedActivations } from '../engine/lab/presets';
import { labVerdict } from '../explain/lab/findings';
import { labFormulas } from '../explain/lab/formulas';
import { wholeFormula } from '../explain/lab/pieces';
import type { LabWords } from '../explain/lab/words';
import { labEnglish } from '../explain/lab/words.en';
import { labChinese } from '../explain/lab/words.zh';
import { profileOf, type Notation } from '../explain/notation';
import { toUnicode } from '../explain/unicode';
import type { ActivationName } from '../network/network';
import { activations } from '../network/vocabulary';
import { choice, languageOption, notationOption } from './arguments';
import type { Arguments, Language } from './arguments';
import { readyDocument, requireDataset } from './document';
import { scopeOf } from './gradients';
import { CheckError, messageOf } from './io';
import type { CliIo, ExitCode } from './io';
import { ruleOf } from './labRules';
import { finiteOrText, jsonLine } from './printable';
import { alignColumns } from './table';

const LANGUAGES: { readonly [K in Language]: LabWords } = { en: labEnglish, 'zh-cn': labChinese };

/** Without `--rule`: the standard one and those of the notes, one after the other. */
const ALL = Object.values(labPresets);

/** Exit code 1 when a rule does not agree with finite differences. */
export async function labCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const named = call.values.get('rule');
  const rules = named === undefined ? ALL : [ruleOf(named)];
  const tried = triedOf(call);
  const notationFor = notationOption(call);
  const words = LANGUAGES[languageOption(call)];
  const document = await readyDocument(call.file, io);
  const { network } = document;
  const dataset = requireDataset(call.file, document, 'The formula lab');
  const scope = scopeOf(call, dataset.samples);
  const parameters = initialParameters(network);
  const reports = rules.map(rule => {
    try {
      const job = createLab(network, dataset, parameters, { rule, scope, tried });
      job.run();
      return job.result();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new CheckError(`${call.file}: ${messageOf(error)}`);
    }
  });
  const told = { notation: notationFor(network.notation), words };
  if (call.flags.has('json'))
    io.stdout(jsonLine({ rules: reports.map(r => reportJson(r, told)) }, finiteOrText));
  else io.stdout(reports.map(report => reportText(report, told)).join('\n'));
  return reports.some(({ failed }) => failed > 0) ? 1 : 0;
}

function triedOf(call: Arguments): TriedActivations {
  const names = Object.keys(activations) as ActivationName[];
  const hidden = choice<ActivationName>(
    call,
    'hidden',
    names.filter(name => name !== 'softmax'),
  );
  const output = choice<ActivationName>(call, 'output', names);
  return { ...(hidden && { hidden }), ...(output && { output }) };
}

interface Told {
  readonly notation: Notation;
  readonly words: LabWords;
}

function verdictOf(report: LabReport, { notation, words }: Told) {
  const name = presetOf(report.request.rule) ?? ('own' as const);
  const verdict = labVerdict(report, name === 'standard', profileOf(notation), words);
  const formulas = labFormulas(report, profileOf(notation), words).map(formula => ({
    ...formula,
    standard: toUnicode(wholeFormula(formula, 'standard')),
    rule: toUnicode(wholeFormula(formula, 'rule')),
  }));
  return { name, verdict, formulas };
}

function reportText(report: LabReport, told: Told): string {
  const { words } = told;
  const { name, verdict, formulas } = verdictOf(report, told);
  const rows = formulas.flatMap(({ label, standard, rule, note }) => [
    [`  ${words.formulas[label]}`, words.standardFormula, standard, ''],
    ...(rule === standard ? [] : [['', words.ruleFormula, rule, note ? `(${note})` : '']]),
  ]);
  const [layer, ...columns] = words.columns;
  const found = verdict.layers.map(({ title, ratio, finding }, i) => {
    const { failed, checked } = report.layers[i];
    return [`  ${title}`, ratio, `${failed}/${checked}`, finding];
  });
  return [
    `${words.presets[name]}\n`,
    `${words.joined([verdict.sentence, ...verdict.notes])}\n`,
    `${verdict.meaning}\n`,
    alignColumns([[`  ${layer}`, ...columns], ...found], [0, 3]),
    alignColumns(rows, [0, 1, 2, 3]),
  ].join('');
}

function reportJson(report: LabReport, told: Told): object {
  const { name, verdict, formulas } = verdictOf(report, told);
  const { request, samples, parameters, checked, failed, worst, layers } = report;
  return {
    rule: { name, ...request.rule },
    samples,
    parameters,
    checked,
    failed,
    worst: worst ?? null,
    layers: layers.map((layer, i) => ({
      ...layer,
      ratio: layer.ratio ?? null,
      words: verdict.layers[i].finding,
    })),
    meaning: verdict.meaning,
    formulas: formulas.map(({ label, standard, rule, note }) => ({ label, standard, rule, note })),
  };
}

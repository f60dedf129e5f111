/** `nabla test FILE… [--engine NAME] [--threads N] [--fast-maths] [--language en|zh-cn] [--json]` */
import { useHelpers } from '../engine/wasm/threads';
import { failed } from '../expect/judge';
import type { Verdict } from '../expect/judge';
import { Tally, testLine } from '../expect/report';
import type { Spot } from '../expect/report';
import { runTest } from '../expect/run';
import { testsOf } from '../expect/tests';
import type { VerdictWords } from '../expect/words';
import { verdictEnglish } from '../expect/words.en';
import { verdictChinese } from '../expect/words.zh';
import { lineColumn, nearestRange } from '../network/locate';
import { formatPath } from '../network/network';
import { parseSyntax } from '../network/parse';
import { languageOption } from './arguments';
import type { Arguments } from './arguments';
import { openDocument } from './document';
import type { OpenDocument } from './document';
import { NOTHING, placeEngine, threadsOption, trainingOf } from './engine';
import type { Work } from './engine';
import type { CliIo, ExitCode } from './io';
import { jsonLine, printable } from './printable';
import { EngineBench } from './testBench';
import type { Computing } from './testBench';

interface Result extends Spot {
  /** What the file calls it, or says in short. */
  readonly label: string;
  /** Of the expectation, or of what is wrong in the file. */
  readonly path: string;
  readonly verdict: Verdict;
}

/** Exit code 1 when a test fails; a file with errors is one. */
export async function testCommand(call: Arguments, io: CliIo): Promise<ExitCode> {
  const threads = threadsOption(call);
  const documents: OpenDocument[] = [];
  for (const file of call.files) documents.push(await openDocument(file, io));
  const placed = await placeEngine(call, io, longest(documents));
  if (typeof placed === 'number') return placed;
  useHelpers(io.helpers);
  const words = languageOption(call) === 'en' ? verdictEnglish : verdictChinese;
  const computing = { engine: placed.engine, threads, words };
  const printer = call.flags.has('json') ? new JsonPrinter(io) : new LinePrinter(io, words);
  const tally = new Tally(words);
  for (const [i, file] of call.files.entries()) {
    for await (const result of resultsOf(file, documents[i], io, computing)) {
      tally.add(result.verdict);
      printer.tell(result);
      await io.pause();
      if (io.output.type !== 'open') return tally.counts.failed > 0 ? 1 : 0;
    }
  }
  printer.end(tally);
  return tally.counts.failed > 0 ? 1 : 0;
}

/** The work of the network that takes longest to train; none where no test trains. */
function longest(documents: readonly OpenDocument[]): Work {
  const trains = ({ network }: OpenDocument): boolean =>
    network?.expect?.some(each => each.type === 'loss' && each.afterEpochs > 0) ?? false;
  return documents
    .filter(trains)
    .map(trainingOf)
    .reduce((most, work) => (work.milliseconds > most.milliseconds ? work : most), NOTHING);
}

async function* resultsOf(
  file: string,
  document: OpenDocument,
  io: CliIo,
  { words, ...computing }: Computing & { readonly words: VerdictWords },
): AsyncGenerator<Result> {
  const { text, network, shapes, dataset, issues } = document;
  const errors = issues.filter(({ severity }) => severity === 'error');
  for (const { line, column, code, path, message } of errors)
    yield { file, line, column, label: code, path, verdict: failed(message) };
  if (errors.length > 0 || !network || !shapes) return;
  const parsed = parseSyntax(text);
  const bench = new EngineBench({ network, shapes, dataset }, io, computing);
  for (const test of testsOf(network, words)) {
    const place = lineColumn(text, nearestRange(parsed, test.path).start);
    const verdict = await runTest(test, bench, words);
    yield { file, ...place, label: test.label, path: formatPath(test.path), verdict };
  }
}

interface Printer {
  tell(result: Result): void;
  end(tally: Tally): void;
}

/** A line for each test, as soon as it is known. */
class LinePrinter implements Printer {
  readonly #io: CliIo;
  readonly #words: VerdictWords;

  constructor(io: CliIo, words: VerdictWords) {
    this.#io = io;
    this.#words = words;
  }

  tell({ label, verdict, ...spot }: Result): void {
    this.#io.stdout(`${printable(testLine(spot, label, verdict, this.#words))}\n`);
  }

  end({ summary }: Tally): void {
    this.#io.stdout(`${summary}\n`);
  }
}

/** One object, at the end. */
class JsonPrinter implements Printer {
  readonly #io: CliIo;
  readonly #tests: object[] = [];

  constructor(io: CliIo) {
    this.#io = io;
  }

  tell({ file, line, column, label, path, verdict }: Result): void {
    this.#tests.push({ file, line, column, path, test: label, ...verdict });
  }

  end({ counts }: Tally): void {
    this.#io.stdout(jsonLine({ ...counts, tests: this.#tests }));
  }
}

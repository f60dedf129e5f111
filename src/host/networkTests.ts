/** The tests of the networks in a workspace: where they stand, and what they find. For the Test Explorer and for tasks. */
import { workspace } from 'vscode';
import type { CancellationToken, Uri } from 'vscode';
import { WeightsError } from '../export/weightsFile';
import { failed } from '../expect/judge';
import type { Verdict } from '../expect/judge';
import { runTest } from '../expect/run';
import { testsOf } from '../expect/tests';
import type { NetworkTest } from '../expect/tests';
import type { VerdictWords } from '../expect/words';
import { verdictEnglish } from '../expect/words.en';
import { verdictChinese } from '../expect/words.zh';
import { nearestRange } from '../network/locate';
import type { JsonPath, TextRange } from '../network/network';
import { parseNetwork } from '../network/parse';
import type { ParsedDocument } from '../network/parse';
import { IssuesError } from '../rpc';
import { DataFileError } from './dataFiles';
import type { Documents } from './documents';
import { told } from './issueWords';
import { inLanguage } from './language';
import { messageOf } from './messageOf';
import type { RunWorld } from './run';
import { WorkerBench } from './testBench';

/** The language of the window. */
export const verdictWords = (): VerdictWords => inLanguage(verdictEnglish, verdictChinese);

/** One reading of a file: a text, and its tests. */
export interface TestFile {
  readonly uri: Uri;
  readonly parsed: ParsedDocument;
  readonly tests: readonly NetworkTest[];
}

/** Hears of each test; `where`: the place of the failure. */
export interface TestListener {
  started(test: NetworkTest): void;
  ended(test: NetworkTest, verdict: Verdict, where: TextRange): void;
}

/** The networks of the workspace. */
export function findNetworks(most?: number): Thenable<Uri[]> {
  return workspace.findFiles('**/*.nn.json', '**/node_modules/**', most);
}

/** The text as it is shown, also when it is not saved; no editor is opened for it. Rejects when there is no such file. */
export async function readTests(uri: Uri, documents: Documents): Promise<TestFile> {
  const key = uri.toString();
  const open = documents.open().find(document => document.uri.toString() === key);
  const parsed = open
    ? documents.read(open).parsed
    : parseNetwork(new TextDecoder().decode(await workspace.fs.readFile(uri)));
  // Of a text that is no network at least the gradients are to be tested: that fails with what is wrong.
  return { uri, parsed, tests: testsOf(parsed.network ?? parsed.sketch ?? {}, verdictWords()) };
}

/** Runs some tests of a file, one after the other, until it is cancelled. */
export async function runTests(
  file: TestFile,
  wanted: readonly NetworkTest[],
  world: RunWorld,
  listener: TestListener,
  token: CancellationToken,
): Promise<void> {
  const { network } = file.parsed;
  const bench = network && new WorkerBench(file.uri, network, world);
  const cancelling = token.onCancellationRequested(() => bench?.dispose());
  try {
    const fault = bench ? await bench.load().then(() => undefined, faultOf) : textFault(file);
    for (const test of wanted) {
      if (token.isCancellationRequested) return;
      listener.started(test);
      const verdict = await verdictOf(test, fault ?? bench);
      if (token.isCancellationRequested) return;
      listener.ended(test, verdict, nearestRange(file.parsed, fault?.path ?? test.path));
    }
  } finally {
    cancelling.dispose();
    bench?.dispose();
  }
}

/** Why nothing can be computed, and where that is written. */
interface Fault {
  readonly message: string;
  readonly path?: JsonPath;
}

function verdictOf(test: NetworkTest, by: Fault | WorkerBench | undefined): Promise<Verdict> {
  if (by instanceof WorkerBench)
    return runTest(test, by, verdictWords()).catch((error: unknown) => failed(messageOf(error)));
  return Promise.resolve(failed(told(by?.message ?? '')));
}

function textFault({ parsed }: TestFile): Fault | undefined {
  return parsed.issues.find(({ severity }) => severity === 'error');
}

function faultOf(error: unknown): Fault {
  if (error instanceof DataFileError) return error.issue;
  if (error instanceof IssuesError) return error.issues[0];
  return { message: messageOf(error), ...(error instanceof WeightsError && { path: error.path }) };
}

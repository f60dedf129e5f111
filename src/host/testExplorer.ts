/** The Test Explorer: each network file with its tests, which are marked in the text where they are written. */
import {
  Location,
  Position,
  Range,
  TestMessage,
  TestRunProfileKind,
  l10n,
  tests,
  workspace,
} from 'vscode';
import type { CancellationToken, Disposable, TestItem, TestRun, TestRunRequest, Uri } from 'vscode';
import { testLine } from '../expect/report';
import type { Verdict } from '../expect/judge';
import type { NetworkTest } from '../expect/tests';
import { lineColumn, nearestRange } from '../network/locate';
import type { TextRange } from '../network/network';
import type { Documents } from './documents';
import { findNetworks, readTests, runTests, verdictWords } from './networkTests';
import type { TestFile, TestListener } from './networkTests';
import type { RunWorld } from './run';
import { Store } from './store';

/** Milliseconds without a key after which the tests of a text are looked for. */
const REST = 300;

export class TestExplorer implements Disposable {
  readonly #documents: Documents;
  readonly #world: RunWorld;
  readonly #store = new Store();
  readonly #controller = this.#store.add(tests.createTestController('nabla', 'Nabla'));
  /** Whose text is another than the one that was read. */
  readonly #changed = new Map<string, Uri>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #watches = false;

  constructor(documents: Documents, world: RunWorld) {
    this.#documents = documents;
    this.#world = world;
    const controller = this.#controller;
    controller.resolveHandler = async item => {
      await (item ? this.#read(item) : this.#find());
    };
    controller.refreshHandler = () => this.#find();
    const run = (request: TestRunRequest, token: CancellationToken): Promise<void> =>
      this.#run(request, token);
    this.#store.add(
      controller.createRunProfile(l10n.t('Run Tests'), TestRunProfileKind.Run, run, true),
    );
    this.#store.add(documents.onDidChange(({ uri }) => this.#readSoon(uri)));
    this.#store.add({ dispose: () => clearTimeout(this.#rest) });
  }

  /** Looks at the documents that are open already. */
  start(): void {
    for (const { uri } of this.#documents.open()) this.#readSoon(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** All networks of the workspace; from then on new ones as well. Their texts are read when somebody unfolds them. */
  async #find(): Promise<void> {
    this.#watch();
    const found = await findNetworks();
    const items = found.map(uri => this.#item(uri));
    this.#controller.items.replace(items);
    for (const item of items) if (item.children.size > 0) await this.#read(item);
  }

  #watch(): void {
    if (this.#watches) return;
    this.#watches = true;
    const watcher = this.#store.add(workspace.createFileSystemWatcher('**/*.nn.json'));
    this.#store.add(watcher.onDidCreate(uri => this.#readSoon(uri)));
    this.#store.add(watcher.onDidChange(uri => this.#readSoon(uri)));
    this.#store.add(watcher.onDidDelete(uri => this.#controller.items.delete(uri.toString())));
  }

  /** The item of a file, made if need be. */
  #item(uri: Uri): TestItem {
    const id = uri.toString();
    const known = this.#controller.items.get(id);
    if (known) return known;
    const item = this.#controller.createTestItem(id, workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    return item;
  }

  #readSoon(uri: Uri): void {
    // Versions of other commits, and files from elsewhere, are looked at, not tested.
    if (!workspace.getWorkspaceFolder(uri)) return;
    this.#changed.set(uri.toString(), uri);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      const uris = [...this.#changed.values()];
      this.#changed.clear();
      for (const changed of uris) {
        const item = this.#item(changed);
        this.#controller.items.add(item);
        void this.#read(item);
      }
    }, REST);
  }

  /** Brings the tests of a file to its text; undefined when it is gone. */
  async #read(item: TestItem): Promise<TestFile | undefined> {
    const { uri } = item;
    if (!uri) return undefined;
    try {
      const file = await readTests(uri, this.#documents);
      const children = file.tests.map(test => {
        const known = item.children.get(test.id);
        const child = known ?? this.#controller.createTestItem(test.id, test.label, uri);
        child.label = test.label;
        child.range = rangeIn(file, nearestRange(file.parsed, test.path));
        return child;
      });
      item.children.replace(children);
      return file;
    } catch {
      this.#controller.items.delete(item.id);
      return undefined;
    }
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (!request.include && !this.#watches) await this.#find();
    const all = [...this.#controller.items].map(([, item]) => item);
    const choice = new Choice(request, all);
    const run = this.#controller.createTestRun(request);
    try {
      for (const item of choice.files) {
        if (token.isCancellationRequested) break;
        const file = await this.#read(item);
        const wanted = file?.tests.filter(({ id }) => choice.has(item, id));
        if (file && wanted) await this.#runFile(run, file, item, wanted, token);
      }
    } finally {
      run.end();
    }
  }

  async #runFile(
    run: TestRun,
    file: TestFile,
    item: TestItem,
    wanted: readonly NetworkTest[],
    token: CancellationToken,
  ): Promise<void> {
    // The items are others where the text has changed meanwhile.
    const itemOf = ({ id }: NetworkTest): TestItem => item.children.get(id) ?? item;
    for (const test of wanted) run.enqueued(itemOf(test));
    let began = 0;
    const listener: TestListener = {
      started(test) {
        began = performance.now();
        run.started(itemOf(test));
      },
      ended(test, verdict, where) {
        tell(run, itemOf(test), file, verdict, where, performance.now() - began);
        const spot = { file: item.label, ...lineColumn(file.parsed.text, where.start) };
        run.appendOutput(
          `${testLine(spot, test.label, verdict, verdictWords())}\r\n`,
          undefined,
          itemOf(test),
        );
      },
    };
    await runTests(file, wanted, this.#world, listener, token);
  }
}

/** A test, or without `test` a whole file. */
interface Chosen {
  readonly file: TestItem;
  readonly test?: string;
}

/** What a request asks for, written down before texts are read again: then a test may have lost its file. */
class Choice {
  readonly files: ReadonlySet<TestItem>;
  readonly #included: readonly Chosen[];
  readonly #excluded: readonly Chosen[];

  constructor({ include, exclude = [] }: TestRunRequest, all: readonly TestItem[]) {
    const chosen = (item: TestItem): Chosen =>
      item.parent ? { file: item.parent, test: item.id } : { file: item };
    this.#included = (include ?? all).map(chosen);
    this.#excluded = exclude.map(chosen);
    this.files = new Set(this.#included.map(({ file }) => file));
  }

  has(file: TestItem, id: string): boolean {
    const isIn = (list: readonly Chosen[]): boolean =>
      list.some(one => one.file === file && (one.test === undefined || one.test === id));
    return isIn(this.#included) && !isIn(this.#excluded);
  }
}

function tell(
  run: TestRun,
  item: TestItem,
  file: TestFile,
  { result, message, expected, actual }: Verdict,
  where: TextRange,
  milliseconds: number,
): void {
  if (result === 'skipped') return run.skipped(item);
  if (result === 'passed') return run.passed(item, milliseconds);
  const shown = new TestMessage(message);
  shown.expectedOutput = expected;
  shown.actualOutput = actual;
  shown.location = new Location(file.uri, rangeIn(file, where));
  run.failed(item, shown, milliseconds);
}

function rangeIn({ parsed }: TestFile, { start, end }: TextRange): Range {
  const [from, to] = [start, end].map(offset => {
    const { line, column } = lineColumn(parsed.text, offset);
    return new Position(line - 1, column - 1);
  });
  return new Range(from, to);
}

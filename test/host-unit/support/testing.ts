/** The Test Explorer and tasks in memory: as much of both as the host uses. */
import { EventEmitter, type Location, type Range, type Uri } from './vscodeValues';

/** Items of one parent, by their ids. Whoever is taken out loses its parent, as in the real editor. */
export class TestItems {
  readonly #items = new Map<string, TestItem>();
  constructor(readonly parent?: TestItem) {}

  get size(): number {
    return this.#items.size;
  }

  get = (id: string): TestItem | undefined => this.#items.get(id);

  add(item: TestItem): void {
    item.parent = this.parent;
    this.#items.set(item.id, item);
  }

  delete(id: string): void {
    const item = this.#items.get(id);
    if (item) item.parent = undefined;
    this.#items.delete(id);
  }

  replace(items: readonly TestItem[]): void {
    for (const id of [...this.#items.keys()]) this.delete(id);
    for (const item of items) this.add(item);
  }

  [Symbol.iterator](): IterableIterator<[string, TestItem]> {
    return this.#items.entries();
  }
}

export class TestItem {
  readonly children = new TestItems(this);
  parent: TestItem | undefined;
  range: Range | undefined;
  canResolveChildren = false;
  constructor(
    readonly id: string,
    public label: string,
    readonly uri: Uri,
  ) {}
}

export class TestMessage {
  expectedOutput: string | undefined;
  actualOutput: string | undefined;
  location: Location | undefined;
  constructor(readonly message: string) {}
}

interface Request {
  readonly include?: readonly TestItem[];
  readonly exclude?: readonly TestItem[];
}

type RunHandler = (request: Request, token: unknown) => Promise<void>;

/** What was told of a run: `passed xor.nn.json gradcheck`. */
export class TestRun {
  readonly told: string[] = [];
  readonly messages: TestMessage[] = [];
  readonly output: string[] = [];
  enqueued = (item: TestItem): void => this.#tell('enqueued', item);
  started = (item: TestItem): void => this.#tell('started', item);
  passed = (item: TestItem): void => this.#tell('passed', item);
  skipped = (item: TestItem): void => this.#tell('skipped', item);
  end = (): void => void this.told.push('end');

  failed(item: TestItem, message: TestMessage): void {
    this.#tell('failed', item);
    this.messages.push(message);
  }

  appendOutput(text: string): void {
    this.output.push(text);
  }

  #tell(what: string, { id, parent }: TestItem): void {
    this.told.push(`${what} ${parent?.label} ${id}`);
  }
}

export class TestController {
  readonly items = new TestItems();
  readonly runs: TestRun[] = [];
  resolveHandler: ((item?: TestItem) => Promise<void>) | undefined;
  refreshHandler: (() => Promise<void>) | undefined;
  run: RunHandler | undefined;
  createTestItem = (id: string, label: string, uri: Uri): TestItem => new TestItem(id, label, uri);

  createRunProfile(_label: string, _kind: number, run: RunHandler): { dispose(): void } {
    this.run = run;
    return { dispose() {} };
  }

  createTestRun(): TestRun {
    this.runs.push(new TestRun());
    return this.runs[this.runs.length - 1];
  }

  dispose(): void {}
}

/** The one that was made last. */
export let testController = new TestController();

export const tests = { createTestController: () => (testController = new TestController()) };

export const TestRunProfileKind = { Run: 1 };

// ---------------------------------------------------------------------------- tasks

interface TaskProvider {
  provideTasks(): Promise<Task[]>;
  resolveTask(task: Task): Task | undefined;
}

/** The one that was registered last. */
export let taskProvider: TaskProvider | undefined;

export const tasks = {
  registerTaskProvider(_type: string, provider: TaskProvider) {
    taskProvider = provider;
    return { dispose() {} };
  },
};

interface Pseudoterminal {
  readonly onDidWrite: (listener: (text: string) => void) => void;
  readonly onDidClose: (listener: (code: number) => void) => void;
  open(): void;
  close(): void;
}

export class CustomExecution {
  constructor(readonly start: (definition: object) => Promise<Pseudoterminal>) {}
}

export class Task {
  group: unknown;
  constructor(
    readonly definition: object,
    readonly scope: unknown,
    readonly name: string,
    readonly source: string,
    readonly execution?: CustomExecution,
    readonly problemMatchers?: readonly string[],
  ) {}
}

export const TaskGroup = { Test: 'test' };
export const TaskScope = { Global: 1, Workspace: 2 };

export class CancellationTokenSource {
  readonly #emitter = new EventEmitter<void>();
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: this.#emitter.event,
  };

  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#emitter.fire();
  }
}

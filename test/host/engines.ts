/** The engines of this extension host, as something may happen to them: processes in Node, workers in a browser. */

/** As much of Node as ends a process, and measures one; a suite that runs in a browser, too, imports none. */
interface NodeProcess {
  readonly pid: number;
  readonly platform: string;
  kill(pid: number, signal: string): void;
  memoryUsage(): { readonly heapUsed: number; readonly rss: number; readonly arrayBuffers: number };
  getActiveResourcesInfo(): string[];
  getBuiltinModule?(name: 'node:fs'): Files;
  getBuiltinModule?(name: 'node:v8'): { setFlagsFromString(flag: string): void };
  getBuiltinModule?(name: 'node:vm'): { runInNewContext(code: string): () => void };
}

interface Files {
  readdirSync(path: string): string[];
  readFileSync(path: string, encoding: 'utf8'): string;
}

type Listener = (event: Event) => void;

interface BrowserWorker extends EventTarget {
  terminate(): void;
}

/** As much of a browser as makes a worker fail. */
interface Browser {
  Worker?: new (url: string) => BrowserWorker;
  ErrorEvent?: new (type: string, init: { message: string }) => Event;
}

const host = (globalThis as { process?: NodeProcess }).process;
const browser = globalThis as Browser;

/** The workers that the extension has started in a browser and not ended, and how `Worker` was before. */
const workers = new Set<BrowserWorker>();
const original = browser.Worker;

/** Of these nothing is heard. */
const silent = new WeakSet<BrowserWorker>();

/** Before the first engine is started, in a browser. */
export function watchWorkers(): void {
  if (!original) return;
  browser.Worker = class extends original {
    constructor(url: string) {
      super(url);
      workers.add(this);
      // VS Code gives each worker methods of its own.
      const terminate = this.terminate.bind(this);
      this.terminate = () => {
        terminate();
        workers.delete(this);
      };
      const listen = this.addEventListener.bind(this);
      this.addEventListener = (type: string, listener: Listener, options?: object) =>
        listen(type, event => void (silent.has(this) || listener(event)), options);
    }
  };
}

export function leaveWorkers(): void {
  browser.Worker = original;
}

/** The engine's processes of this extension host; undefined where they cannot be seen. */
export function processes(): string[] | undefined {
  const fs = files();
  if (!host || !fs) return undefined;
  const tasks = `/proc/${host.pid}/task`;
  return fs
    .readdirSync(tasks)
    .flatMap(task => fs.readFileSync(`${tasks}/${task}/children`, 'utf8').trim().split(' '))
    .filter(pid => pid && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.js'));
}

/** All of them that are there. */
export const engines = (): readonly unknown[] => [...(processes() ?? []), ...workers];

/** Whether there was one that could be killed. */
export function killEngine(): boolean {
  // That of a network that was closed just before may still be ending.
  const pids = processes() ?? [];
  for (const pid of pids) host?.kill(Number(pid), 'SIGKILL');
  const worker = [...workers].at(-1);
  if (worker && browser.ErrorEvent)
    worker.dispatchEvent(new browser.ErrorEvent('error', { message: 'killed' }));
  return pids.length > 0 || worker !== undefined;
}

/** This extension host itself, at once; in a browser it has ended with its page. */
export const endHost = (): void => host?.kill(host.pid, 'SIGKILL');

/** Lets them hang: they answer nothing any more. Whether there was one. */
export function hangEngine(): boolean {
  const pids = processes() ?? [];
  for (const pid of pids) host?.kill(Number(pid), 'SIGSTOP');
  for (const worker of workers) silent.add(worker);
  return pids.length + workers.size > 0;
}

/** What this extension host holds; undefined where it cannot be seen. */
export interface Held {
  /** Bytes that are in use after everything else was collected. */
  readonly heap: number;
  /** Bytes of arrays that lie beside it, and of the whole process. */
  readonly arrays: number;
  readonly resident: number;
  readonly threads: number;
  /** Sockets, pipes, ports, processes: whatever keeps a Node process alive, but timers. */
  readonly handles: readonly string[];
  readonly timers: number;
}

export function held(): Held | undefined {
  const fs = files();
  if (!host?.getBuiltinModule || !fs) return undefined;
  host.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  const collect = host.getBuiltinModule('node:vm').runInNewContext('gc');
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, arrayBuffers, rss } = host.memoryUsage();
  const resources = host.getActiveResourcesInfo();
  return {
    heap: heapUsed,
    arrays: arrayBuffers,
    resident: rss,
    threads: fs.readdirSync(`/proc/${host.pid}/task`).length,
    handles: resources.filter(name => name !== 'Timeout' && name !== 'Immediate').sort(),
    timers: resources.filter(name => name === 'Timeout').length,
  };
}

/** Bytes that the engine's processes take of the machine's memory. */
export function residentEngines(): number {
  const fs = files();
  const kilobytes = (processes() ?? []).map(pid => {
    const status = fs?.readFileSync(`/proc/${pid}/status`, 'utf8') ?? '';
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, each) => sum + each * 1024, 0);
}

const files = (): Files | undefined =>
  host?.platform === 'linux' ? host.getBuiltinModule?.('node:fs') : undefined;

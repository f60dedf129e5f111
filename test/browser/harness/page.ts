/**
 * The other end of the designer, in the page itself: a small extension host with the real engine.
 *
 * It speaks the real protocol over the real `rpc`, runs the real session, and keeps a document as a plain
 * object. What a test needs to see or to break stands on `window.harness`.
 */
import { connect, IssuesError, type Envelope } from '../../../src/rpc';
import type { Target } from '../../../src/engine/facts';
import type { GradcheckReport } from '../../../src/engine/gradcheck';
import { History, type MetricsChunk } from '../../../src/engine/history';
import type { Issue, Network } from '../../../src/network/network';
import { inferNetwork } from '../../../src/data/infer';
import type { CsvPreview } from '../../../src/data/preview';
import { previewCsv } from '../../../src/data/previewCsv';
import { parseNetwork } from '../../../src/network/parse';
import { formatJson } from '../../../src/network/write';
import { newNetworkText } from '../../../src/network/templates';
import { inferShapes } from '../../../src/network/shapes';
import { writtenSettings } from '../../../src/network/written';
import type {
  DataSummary,
  DesignerState,
  DocumentState,
  GradcheckState,
  HostApi,
  LoadResult,
  RunCommand,
  RunState,
  WebviewEvents,
} from '../../../src/protocol';
import { createSession } from '../../../src/worker/session';
import { TextDocument } from './text';

/** What a page starts with; set by the test before the page loads. */
export interface Scenario {
  readonly text: string;
  readonly files: Record<string, string>;
  readonly readOnly?: boolean;
  readonly kept?: unknown;
}

export interface Harness {
  /** Requests as they came, newest last. */
  readonly requests: { readonly name: string; readonly args: readonly unknown[] }[];
  /** Content-security-policy violations of the page. */
  readonly violations: string[];
  kept: unknown;
  tell<K extends keyof WebviewEvents>(name: K, ...args: Parameters<WebviewEvents[K]>): void;
  setText(text: string): Promise<void>;
  document(): DocumentState;
  command(command: RunCommand): Promise<void>;
  select(target: Target): void;
  report(report: GradcheckReport): void;
  /** The text, undo and redo, and what is on the clipboard. */
  readonly file: TextDocument;
}

declare global {
  interface Window {
    scenario: Scenario;
    harness: Harness;
    acquireVsCodeApi: () => {
      postMessage(message: unknown): void;
      getState(): unknown;
      setState(state: unknown): void;
    };
  }
}

const { scenario } = window;
const requests: Harness['requests'] = [];
const violations: string[] = [];
const history = new History();
const file = new TextDocument(scenario.text, scenario.readOnly ?? false, changed);
let version = 1;
let network: Network | undefined;
let data: DataSummary | undefined;
let issues: readonly Issue[] = [];
let stale = false;
let run: RunState | undefined;
let gradcheck: GradcheckState = { type: 'none' };
let receive: (message: unknown) => void = () => {};

window.addEventListener('securitypolicyviolation', event =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
);

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => hosted('slice', () => waiting.shift()?.());
const session = createSession(
  {
    now: () => performance.now(),
    later: callback => {
      waiting.push(callback);
      port2.postMessage(undefined);
    },
  },
  (name, ...args) => {
    const [value] = args as readonly unknown[];
    if (name === 'metrics') history.append(value as MetricsChunk);
    if (name === 'runState') run = value as RunState;
    if (name === 'gradcheckProgress')
      tellGradcheck({ type: 'running', ...(value as { checked: number; parameters: number }) });
    else connection.tell(name as 'runState', value as RunState);
  },
);

window.acquireVsCodeApi = () => ({
  postMessage: message =>
    void Promise.resolve(structuredClone(message)).then(copy => receive(copy)),
  getState: () => window.harness.kept,
  setState: state => (window.harness.kept = structuredClone(state)),
});

function documentState(): DocumentState {
  return hosted('state', () => ({
    version,
    fileName: 'network.nn.json',
    network,
    shapes: network && inferShapes(network),
    issues: issues.map(issue => ({ ...issue, ...positionAt(issue.range.start) })),
    stale,
    readOnly: scenario.readOnly ?? false,
    data,
    written: writtenSettings(parseNetwork(file.text).root),
  }));
}

/** As somebody else does it: no undo step. */
async function setText(text: string): Promise<void> {
  file.text = text;
  await changed();
}

async function changed(): Promise<void> {
  version++;
  await read();
  connection.tell('document', documentState());
}

function positionAt(offset: number): { line: number; column: number } {
  const lines = file.text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

async function read(): Promise<void> {
  const parsed = hosted('parse', () => parseNetwork(file.text));
  ({ issues } = parsed);
  stale = parsed.network === undefined;
  if (issues.some(({ code }) => code === 'json.empty')) network = undefined;
  if (!parsed.network) return;
  network = parsed.network;
  const loaded = await load(network);
  data = loaded.data;
  run = loaded.state;
}

/** As the host does: a network whose data cannot be used is loaded without them. */
async function load(whole: Network): Promise<LoadResult> {
  try {
    return await hosted('load', () =>
      session.load({ network: whole, files: scenario.files, keepParameters: true }),
    );
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    issues = [...issues, ...error.issues.map(each => ({ ...each, range: { start: 0, end: 0 } }))];
    const alone = { ...whole, data: undefined };
    return session.load({ network: alone, files: {}, keepParameters: true });
  }
}

function tellGradcheck(state: GradcheckState): void {
  gradcheck = state;
  connection.tell('gradcheck', state);
}

async function check(): Promise<void> {
  tellGradcheck({
    type: 'running',
    checked: 0,
    parameters: network ? inferShapes(network).parameters : 0,
  });
  try {
    tellGradcheck({ type: 'done', report: await session.gradcheck({}), stale: false });
  } catch (error) {
    const cancelled = error instanceof Error && error.name === 'Cancelled';
    tellGradcheck(cancelled ? { type: 'none' } : { type: 'failed', message: String(error) });
  }
}

async function command(asked: RunCommand): Promise<void> {
  if (asked.type === 'train') await session.train({});
  else if (asked.type === 'pause') await session.pause();
  else if (asked.type === 'step') await session.step(asked.unit);
  else if (asked.type === 'reset') await session.reset();
  else if (asked.type === 'gradcheck') await check();
  else if (asked.type === 'cancelGradcheck') await session.cancelGradcheck();
  else await file.edit({ type: 'setSeed', seed: (network?.seed ?? 0) + 1 });
}

/** As the host refuses a file that is not there. */
function preview(path: string): CsvPreview {
  const found = scenario.files[path];
  if (found === undefined) throw new Error(`The data file "${path}" was not found.`);
  return previewCsv(path, found, found.length);
}

/** What only the host computes, as a measure of the page (`host ready`): in VS Code it is another process. */
function hosted<T>(name: string, act: () => T): T {
  const start = performance.now();
  try {
    return act();
  } finally {
    performance.measure(`host ${name}`, { start });
  }
}

/** Each request with its arguments. */
function noted<A extends unknown[], R>(name: string, act: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    requests.push({ name, args });
    return hosted(name, () => act(...args));
  };
}

const connection = connect<object, WebviewEvents, HostApi>(
  {
    post: message => post(message),
    listen: listener => {
      receive = listener;
      return () => {};
    },
  },
  {
    ready: noted('ready', async (): Promise<DesignerState> => {
      if (!network) await read();
      const recorded = history.count > 0 ? history.toChunk() : undefined;
      return {
        document: documentState(),
        run,
        history: recorded,
        gradcheck,
        notation: network?.notation ?? 'nielsen',
        strings: {},
      };
    }),
    edit: noted('edit', change => file.edit(change)),
    copyLayers: noted('copyLayers', layers => file.copy(layers)),
    cutLayers: noted('cutLayers', layers => {
      file.copy(layers);
      return file.edit({ type: 'removeLayers', layers });
    }),
    pasteLayers: noted('pasteLayers', index => file.paste(index)),
    run: noted('run', asked => void command(asked)),
    inspect: noted('inspect', (target, scope) => session.inspect(target, scope)),
    view: noted('view', request => session.view(request)),
    matrix: noted('matrix', request => session.matrix(request)),
    fan: noted('fan', request => session.fan(request)),
    samples: noted('samples', (start, count) => session.samples(start, count)),
    create: noted('create', async start => {
      const made =
        typeof start === 'string'
          ? newNetworkText(start)
          : formatJson(inferNetwork(preview(start.csv)));
      await file.write(made);
      return { applied: true };
    }),
    csvFiles: noted('csvFiles', () =>
      Object.entries(scenario.files).map(([path, { length }]) => ({ path, bytes: length })),
    ),
    previewCsv: noted('previewCsv', preview),
    reveal: noted('reveal', () => undefined),
    openAsText: noted('openAsText', () => undefined),
    selected: noted('selected', () => undefined),
    entered: noted('entered', () => undefined),
  },
  {},
);

function post(message: Envelope): void {
  const copy = structuredClone(message);
  queueMicrotask(() => window.dispatchEvent(new MessageEvent('message', { data: copy })));
}

window.harness = {
  requests,
  violations,
  kept: scenario.kept,
  tell: (name, ...args) => connection.tell(name, ...(args as never)),
  setText,
  document: documentState,
  command,
  select: target => connection.tell('select', target),
  file,
  report: report => tellGradcheck({ type: 'done', report, stale: false }),
};

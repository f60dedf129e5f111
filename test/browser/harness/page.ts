/**
 * The other end of the designer, in the page itself: a small extension host with the real engine.
 *
 * It speaks the real protocol over the real `rpc`, runs the real session, and keeps a document as a plain
 * object. What a test needs to see or to break stands on `window.harness`.
 */
import { connect, IssuesError, throughJson, type Envelope } from '../../../src/rpc';
import type { Target } from '../../../src/engine/facts';
import type { GradcheckReport } from '../../../src/engine/gradcheck';
import { History, METRIC_COLUMNS, type MetricsChunk } from '../../../src/engine/history';
import type { Issue, Network } from '../../../src/network/network';
import { inferNetwork } from '../../../src/data/infer';
import type { CsvPreview } from '../../../src/data/preview';
import { previewCsv } from '../../../src/data/previewCsv';
import { parseNetwork } from '../../../src/network/parse';
import { formatJson } from '../../../src/network/write';
import { newNetworkText } from '../../../src/network/templates';
import { parameterRows } from '../../../src/network/parameterRows';
import { inferShapes } from '../../../src/network/shapes';
import { writtenSettings } from '../../../src/network/written';
import type {
  DataSummary,
  DesignerState,
  DocumentState,
  GradcheckRequest,
  GradcheckState,
  HostApi,
  LoadResult,
  RunCommand,
  RunState,
  WebviewEvents,
} from '../../../src/protocol';
import { codecs } from '../../../src/worker/codecs';
import { createSession } from '../../../src/worker/session';
import { copyAsVsCode } from '../../support/messagePort';
import { FakeRuns } from './compared';
import { FakeHealth } from './health';
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
  /** Columns of every chunk of metrics. */
  readonly metricColumns: number;
  tell<K extends keyof WebviewEvents>(name: K, ...args: Parameters<WebviewEvents[K]>): void;
  setText(text: string): Promise<void>;
  document(): DocumentState;
  command(command: RunCommand): Promise<void>;
  select(target: Target): void;
  report(report: GradcheckReport): void;
  /** As "Gradcheck…" does it. */
  gradcheck(request: GradcheckRequest): Promise<void>;
  /** How far the results are that the worker has under way; null: it has none. */
  resultsPart(): Promise<number | null>;
  readonly runs: FakeRuns;
  /** Shows the table of all that is kept. */
  compare(): void;
  /** The text, undo and redo, and what is on the clipboard. */
  readonly file: TextDocument;
}

declare global {
  interface Window {
    scenario: Scenario;
    /** Files of the examples, where a scenario has none of its own. */
    examples: Scenario['files'];
    harness: Harness;
    acquireVsCodeApi: () => {
      postMessage(message: unknown): void;
      getState(): unknown;
      setState(state: unknown): void;
    };
  }
}

const scenario = Object.assign({ files: window.examples }, window.scenario);
window.scenario = scenario;
const requests: Harness['requests'] = [];
const violations: string[] = [];
const history = new History();
const file = new TextDocument(scenario.text, scenario.readOnly ?? false, changed);
let version = 1;
let network: Network | undefined;
let data: DataSummary | undefined;
let issues: readonly Issue[] = [];
let stale = false;
/** The text gets parameters that the run is about to get. */
let restoring = false;
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
    codecs,
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
    if (name === 'runState') health.follow();
  },
);

window.acquireVsCodeApi = () => ({
  postMessage: message => void Promise.resolve(copyAsVsCode(message)).then(copy => receive(copy)),
  getState: () => window.harness.kept,
  setState: state => (window.harness.kept = structuredClone(state)),
});

const health = new FakeHealth({
  session,
  network: () => network,
  run: () => run,
  history,
  tell: notes => connection.tell('health', notes),
});

const runs = new FakeRuns(
  () => history.toChunk(),
  shown => connection.tell('compared', shown),
);

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
  // Trained parameters stay, unless the text has got others than it had.
  const keep =
    restoring ||
    network === undefined ||
    writtenParameters(network) === writtenParameters(parsed.network);
  network = parsed.network;
  const loaded = await load(network, keep);
  data = loaded.data;
  run = loaded.state;
}

/**
 * In VS Code the engine is in a worker. Here it is in the page, whose policy forbids WebAssembly as it forbids any other
 * code that is made while it runs.
 */
const ENGINE = 'reference';

/** As the host does: a network whose data cannot be used is loaded without them. */
async function load(whole: Network, keepParameters: boolean): Promise<LoadResult> {
  try {
    return await hosted('load', () =>
      session.load({
        network: whole,
        files: scenario.files,
        keepParameters,
        recognizes: !keepParameters,
        engine: ENGINE,
      }),
    );
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    issues = [...issues, ...error.issues.map(each => ({ ...each, range: { start: 0, end: 0 } }))];
    const alone = { ...whole, data: undefined };
    return session.load({ network: alone, files: {}, keepParameters, engine: ENGINE });
  }
}

function writtenParameters({ layers }: Network): string {
  return JSON.stringify(
    layers.map(layer => (layer.type === 'dense' ? [layer.weights, layer.bias] : [])),
  );
}

function tellGradcheck(state: GradcheckState): void {
  gradcheck = state;
  connection.tell('gradcheck', state);
}

async function check(request: GradcheckRequest = {}): Promise<void> {
  tellGradcheck({
    type: 'running',
    checked: 0,
    parameters: network ? inferShapes(network).parameters : 0,
  });
  try {
    tellGradcheck({ type: 'done', report: await session.gradcheck(request), stale: false });
  } catch (error) {
    const cancelled = error instanceof Error && error.name === 'Cancelled';
    tellGradcheck(cancelled ? { type: 'none' } : { type: 'failed', message: String(error) });
  }
}

/** As the host does: the text gets the parameters, and the run that has them already goes on from there. */
async function restore(snapshot: number): Promise<void> {
  if (!network) return;
  const layers = parameterRows(inferShapes(network), await session.parameters(snapshot));
  restoring = true;
  const result = await file
    .edit({ type: 'setParameters', label: 'Restore', layers })
    .finally(() => (restoring = false));
  if (!result.applied) throw new Error(result.message);
  await session.restore(snapshot);
}

async function command(asked: RunCommand): Promise<void> {
  if (asked.type === 'train') await session.train({});
  else if (asked.type === 'pause') await session.pause();
  else if (asked.type === 'step') await session.step(asked.unit);
  else if (asked.type === 'restore') await restore(asked.snapshot);
  else if (asked.type === 'reset') await session.reset();
  else if (asked.type === 'gradcheck') await check();
  else if (asked.type === 'cancelGradcheck') await session.cancelGradcheck();
  else if (asked.type === 'cancelLoad') await session.cancelLoad();
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
  throughJson({
    post: message => post(message),
    listen: listener => {
      receive = listener;
      return () => {};
    },
  }),
  {
    ready: noted('ready', async (): Promise<DesignerState> => {
      if (!network) await read();
      const recorded = history.count > 0 ? history.toChunk() : undefined;
      return {
        document: documentState(),
        run,
        history: recorded,
        gradcheck,
        health: health.notes,
        compared: runs.shown,
        notation: network?.notation ?? 'nielsen',
      };
    }),
    edit: noted('edit', change => file.edit(change)),
    copyLayers: noted('copyLayers', layers => file.copy(layers)),
    cutLayers: noted('cutLayers', layers => {
      file.copy(layers);
      return file.edit({ type: 'removeLayers', layers });
    }),
    pasteLayers: noted('pasteLayers', index => file.paste(index)),
    run: noted('run', asked => (asked.type === 'restore' ? command(asked) : void command(asked))),
    inspect: noted('inspect', (target, scope) => session.inspect(target, scope)),
    view: noted('view', request => session.view(request)),
    matrix: noted('matrix', request => session.matrix(request)),
    layerMatrices: noted('layerMatrices', request => session.layerMatrices(request)),
    overview: noted('overview', request => session.overview(request)),
    fan: noted('fan', request => session.fan(request)),
    whatIf: noted('whatIf', request => session.whatIf(request, 0)),
    lab: noted('lab', request => session.lab(request, 0)),
    checkedRows: noted('checkedRows', request => session.checkedRows(request)),
    checkedPictures: noted('checkedPictures', (layer, most) =>
      session.checkedPictures(layer, most),
    ),
    errorCurve: noted('errorCurve', target => session.errorCurve(target)),
    predict: noted('predict', (inputs, snapshot) => session.predict(inputs, snapshot)),
    dataRange: noted('dataRange', () => session.dataRange()),
    dataPoints: noted('dataPoints', request => session.dataPoints(request)),
    map: noted('map', request => session.map(request, 0)),
    results: noted('results', request => session.results(request, 0)),
    resultsPart: noted('resultsPart', () => session.resultsPart(0)),
    cancelResults: noted('cancelResults', () => session.cancelResults(0)),
    snapshots: noted('snapshots', () => session.snapshots()),
    history: noted('history', request => session.history(request)),
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
    saveChart: noted('saveChart', () => true),
    copyText: noted('copyText', copied => void (file.clipboard = copied)),
    selected: noted('selected', () => undefined),
    entered: noted('entered', () => undefined),
    comparedCurves: noted('comparedCurves', id => runs.curves(id)),
    putRun: noted('putRun', (id, on) => runs.put(id, on)),
    restoreRun: noted('restoreRun', () => undefined),
  },
  {},
);

function post(message: Envelope): void {
  const copy = copyAsVsCode(message);
  queueMicrotask(() => window.dispatchEvent(new MessageEvent('message', { data: copy })));
}

window.harness = {
  requests,
  violations,
  kept: scenario.kept,
  metricColumns: METRIC_COLUMNS.length,
  tell: (name, ...args) => connection.tell(name, ...(args as never)),
  setText,
  document: documentState,
  command,
  select: target => connection.tell('select', target),
  file,
  runs,
  compare: () => connection.tell('compare', runs.comparison),
  gradcheck: check,
  resultsPart: async () => (await session.resultsPart(0)) ?? null,
  report: report => tellGradcheck({ type: 'done', report, stale: false }),
};

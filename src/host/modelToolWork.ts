/** What each tool does, and what it answers to the model. Rejects with what the model has to know. */
import type { CancellationToken, TextDocument, Uri } from 'vscode';
import type { GradcheckEntry } from '../engine/gradcheck';
import { targetAt } from '../engine/targetPath';
import type { Facts, Scope } from '../engine/facts';
import { explain } from '../explain/explain';
import { toMarkdown } from '../explain/markdown';
import { profileOf } from '../explain/notation';
import { english } from '../explain/words.en';
import { lineColumn } from '../network/locate';
import { withoutNumbers } from '../network/layerNumbers';
import { formatPath } from '../network/network';
import type { Issue, Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { DesignerEdits } from './designerEdits';
import { allIssues } from './documentState';
import type { Documents } from './documents';
import { editsOf } from './modelEdits';
import type { Run } from './run';
import type { Runs } from './runs';
import { notationFor } from './settings';
import { pathOfTarget } from './subjects';

export interface ModelToolWorld {
  readonly documents: Documents;
  readonly runs: Runs;
}

/** As the manifest declares it; a model may send anything. */
export interface ModelToolInput {
  readonly file?: unknown;
  readonly epochs?: unknown;
  readonly target?: unknown;
  readonly sample?: unknown;
  readonly changes?: unknown;
}

type Answer = string | object;
type Work = (
  uri: Uri,
  input: ModelToolInput,
  world: ModelToolWorld,
  token: CancellationToken,
) => Promise<Answer>;

/** Gradients that failed, of many. */
const MOST_FAILED = 20;

export const modelToolWork = {
  describe: async (uri, _, { documents, runs }) => {
    const network = documents.usable(await documents.document(uri));
    return runs.use(uri, run => description(network, run));
  },
  validate: (uri, _, world) => validation(uri, world),
  train: (uri, { epochs }, { runs }, token) => {
    const wanted = epochs === undefined ? {} : { epochs: whole('epochs', epochs, 1) };
    return runs.use(uri, run => training(run, wanted, token));
  },
  gradcheck: (uri, _, { runs }, token) => runs.use(uri, run => gradcheck(run, token)),
  explain: async (uri, { target, sample }, { documents, runs }) => {
    const network = documents.usable(await documents.document(uri));
    const place = targetAt(String(target ?? ''), network, '"target"');
    const scope: Scope =
      sample === undefined
        ? { type: 'batch' }
        : { type: 'sample', index: whole('sample', sample, 0) };
    return explained(uri, network, await runs.use(uri, run => run.inspect(place, scope)));
  },
  edit: async (uri, { changes }, world) => {
    const edits = editsOf(changes);
    const { documents, runs } = world;
    const document = await documents.document(uri);
    const result = await runs.use(uri, run =>
      new DesignerEdits(document, documents, run).edit(
        edits.length === 1 ? edits[0] : { type: 'several', label: '', edits },
        document.version,
      ),
    );
    if (!result.applied) throw new Error(result.message);
    const { kept } = result;
    return {
      changed: edits.length,
      ...(kept && { weights: kept }),
      ...(await validation(uri, world)),
    };
  },
} satisfies Record<string, Work>;

export type ModelToolName = keyof typeof modelToolWork;

function whole(name: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new Error(
    `"${name}" is a whole number of at least ${least}, found ${JSON.stringify(value)}.`,
  );
}

/** Settings, shapes, data and how far the training is; of weights only how many. */
async function description(network: Network, run: Run): Promise<object> {
  await run.looks();
  const { state, data, issues, gradcheck } = run.record;
  const shapes = inferShapes(network);
  const { layers, data: source, ...settings } = network;
  return {
    ...settings,
    layers: layers.map((layer, i) => ({
      path: `layers[${i}]`,
      ...withoutNumbers(layer),
      inputs: shapes.layers[i].inputs,
      outputs: shapes.layers[i].units,
      parameters: shapes.layers[i].parameters,
    })),
    parameters: shapes.parameters,
    data: source && 'inline' in source ? 'inline' : source,
    samples: data && { training: data.training, validation: data.validation },
    problems: issues.map(({ message }) => message),
    state: state && { phase: state.phase, epoch: state.epoch, step: state.step, loss: state.loss },
    gradcheck: gradcheck.type === 'done' && !gradcheck.stale ? told(gradcheck.report) : undefined,
  };
}

async function validation(
  uri: Uri,
  { documents, runs }: ModelToolWorld,
): Promise<{ valid: boolean; issues: readonly object[] }> {
  const document = await documents.document(uri);
  return runs.use(uri, async run => {
    // Whether the data fit is known once they are read; a text that is no network says so itself.
    if (documents.read(document).network) await run.looks().catch(() => undefined);
    const issues = allIssues(document, documents, run.record);
    return {
      valid: issues.every(({ severity }) => severity !== 'error'),
      issues: issues.map(issue => placed(document, issue)),
    };
  });
}

function placed(document: TextDocument, { severity, code, message, path, range }: Issue): object {
  const { line, column } = lineColumn(document.getText(), range.start);
  return { severity, code, message, path: formatPath(path), line, column };
}

async function training(
  run: Run,
  wanted: { epochs?: number },
  token: CancellationToken,
): Promise<object> {
  await run.looks();
  const before = run.record.state;
  const cancelling = token.onCancellationRequested(() => void run.pause());
  try {
    await run.train(wanted);
    const after = await run.whenStopped();
    return {
      phase: after?.phase,
      epoch: after?.epoch,
      loss: { before: before?.loss, after: after?.loss },
      weights: run.record.ahead ? 'not written into the text' : 'written into the text',
    };
  } finally {
    cancelling.dispose();
  }
}

async function gradcheck(run: Run, token: CancellationToken): Promise<object> {
  const cancelling = token.onCancellationRequested(() => void run.cancelGradcheck());
  try {
    const state = await run.checkGradients();
    if (state.type === 'failed') throw new Error(state.message);
    if (state.type !== 'done') throw new Error('The gradcheck was cancelled.');
    return told(state.report);
  } finally {
    cancelling.dispose();
  }
}

type Report = Extract<Run['record']['gradcheck'], { type: 'done' }>['report'];

function told({ checked, failed, worst, kinks, flat, samples, parameters }: Report): object {
  return {
    parameters,
    checked,
    agree: checked - failed.length,
    failed: failed.slice(0, MOST_FAILED).map(entry),
    worst: worst && entry(worst),
    atKinks: kinks.length,
    behindSteps: flat,
    samples,
  };
}

function entry({ target, analytic, numeric, error, verdict }: GradcheckEntry): object {
  return { path: formatPath(pathOfTarget(target)), analytic, numeric, error, verdict };
}

function explained(uri: Uri, network: Network, facts: Facts): string {
  return toMarkdown(explain(facts, profileOf(notationFor(uri, network.notation)), english));
}

/**
 * The commands. Each takes a URI, or what the person is looking at, or asks; so the palette, title buttons,
 * keys and tests share them.
 */
import { Uri, ViewColumn, commands, l10n, window, workspace } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import type { DesignerCommand, StepUnit, Tool } from '../protocol';
import { activeNetwork, distinct, networkOf, openNetworks } from './activeNetwork';
import type { ShownAs } from './activeNetwork';
import { resumeCheckpoint, saveCheckpoint } from './checkpoints';
import type { DesignerEditor } from './designerEditor';
import type { Documents } from './documents';
import { nameOf } from './documents';
import { registerFailableCommand } from './failable';
import type { FormulaSheets } from './formulaSheet';
import { checkChosenGradients, checkGradients } from './gradcheckCommand';
import { openLessons } from './lessons';
import type { LessonsFolder } from './lessonsFolder';
import { DESIGNER, commandIds, designerCommandIds } from './manifest';
import type { CommandName } from './manifest';
import { asDesignerContext } from './messageChecks';
import { findNetworks } from './networkTests';
import { newNetwork } from './newNetwork';
import { showProgress } from './plainMessages';
import { reportIssue } from './reportIssue';
import type { ReportWorld } from './reportIssue';
import type { Run } from './run';
import { runHandlers } from './runCommands';
import type { RunCommandWorld } from './runCommands';
import type { Runs } from './runs';
import { randomSeed } from './seeds';
import { copyLatex, showInDesigner } from './showInDesigner';
import { Store } from './store';
import { asAxes } from './sweepAxes';
import type { Sweeps } from './sweeps';

export interface CommandWorld extends RunCommandWorld {
  readonly documents: Documents;
  readonly designers: DesignerEditor;
  readonly sheets: FormulaSheets;
  readonly sweeps: Sweeps;
  readonly lessons: LessonsFolder;
  readonly log: LogOutputChannel;
  readonly report: Omit<ReportWorld, 'documents' | 'runs'>;
}

type Handler = (...args: unknown[]) => unknown;

/** Registers every command. */
export function registerCommands(world: CommandWorld): Disposable {
  const store = new Store();
  const table = handlers(world);
  for (const name of Object.keys(table) as CommandName[])
    store.add(registerFailableCommand(commandIds[name], world.log, table[name]));
  for (const [name, id] of Object.entries(designerCommandIds)) {
    const forward = (context: unknown): void =>
      world.designers.command(name as DesignerCommand, asDesignerContext(context));
    store.add(registerFailableCommand(id, world.log, forward));
  }
  return store;
}

type Handlers = { readonly [N in CommandName]: Handler };

function handlers(world: CommandWorld): Handlers {
  const withRun =
    (task: (run: Run, ...args: unknown[]) => Promise<unknown>): Handler =>
    async (uri, ...args) => {
      const network = await chooseNetwork(uri);
      return network && world.runs.use(network, run => task(run, ...args));
    };
  const step = (unit: StepUnit): Handler => withRun(run => run.step(unit));
  return {
    newNetwork,
    openDesigner: uri => open(uri, 'designer'),
    openText: uri => open(uri, 'text'),
    openBoth,
    train: withRun((run, options) => train(run, world, epochsOf(options))),
    pause: uri => pause(uri, world.runs),
    stepEpoch: step('epoch'),
    stepBatch: step('batch'),
    stepSample: step('sample'),
    reset: withRun(run => run.reset()),
    newSeed: withRun((run, seed) => run.newSeed(isSeed(seed) ? seed : randomSeed())),
    gradcheck: withRun(run => checkGradients(run, world)),
    gradcheckWith: withRun(run => checkChosenGradients(run, world)),
    formulas: async uri => {
      const network = await chooseNetwork(uri);
      return network && world.sheets.show(network);
    },
    ...toolHandlers(world),
    writeWeights: withRun(run => run.writeWeights()),
    saveCheckpoint: withRun(saveCheckpoint),
    resumeCheckpoint: withRun(resumeCheckpoint),
    ...answerHandlers(withRun),
    showInDesigner: (uri, target, unfolds) => showInDesigner(world, uri, target, unfolds),
    sweep: (uri, axes) => sweep(uri, axes, world.sweeps),
    ...runHandlers(world),
    openLessons: () => openLessons(world.lessons),
    copyLatex: (uri, target, scope) => copyLatex(world, uri, target, scope),
    showLog: () => world.log.show(),
    reportIssue: () => reportIssue({ ...world, ...world.report }),
  };
}

/** What becomes of a training that was cut off, or paused by a change. */
function answerHandlers(
  withRun: (task: (run: Run) => Promise<unknown>) => Handler,
): Pick<
  Handlers,
  'continueTraining' | 'discardTraining' | 'continueInterrupted' | 'restartInterrupted'
> {
  return {
    continueTraining: withRun(run => run.unfinished.continue()),
    discardTraining: withRun(run => run.unfinished.discard()),
    continueInterrupted: withRun(run => run.interrupted.continue()),
    restartInterrupted: withRun(run => run.interrupted.restart()),
  };
}

/** What opens a panel of the designer. */
function toolHandlers({
  designers,
}: CommandWorld): Pick<Handlers, 'lab' | 'results' | 'stepThrough' | 'predict'> {
  return {
    lab: uri => openTool(uri, designers, 'openLab'),
    results: uri => openTool(uri, designers, 'openResults'),
    stepThrough: uri => openTool(uri, designers, 'stepThrough'),
    predict: uri => openTool(uri, designers, 'predict'),
  };
}

/** The URI given, else the network that is looked at, else the only one that is open, else the person's choice. */
export async function chooseNetwork(given?: unknown): Promise<Uri | undefined> {
  if (given instanceof Uri) return given;
  const active = activeNetwork();
  if (active) return active.uri;
  const open = openNetworks();
  if (open.length === 1) return open[0];
  const found = distinct([...open, ...(await findNetworks(200))]);
  if (found.length === 0)
    throw new Error(
      l10n.t('There is no network file (*.nn.json) here. "Nabla: New Network" makes one.'),
    );
  const items = found
    .map(uri => ({ label: nameOf({ uri }), description: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.description.localeCompare(b.description));
  const picked = await window.showQuickPick(items, { title: l10n.t('Which network?') });
  return picked?.uri;
}

async function open(given: unknown, as: ShownAs, column = ViewColumn.Active): Promise<void> {
  const uri = await chooseNetwork(given);
  if (!uri) return;
  const editor = as === 'designer' ? DESIGNER : 'default';
  await commands.executeCommand('vscode.openWith', uri, editor, column);
}

/** Answers with the files of its trainings. */
async function sweep(given: unknown, axes: unknown, sweeps: Sweeps): Promise<unknown> {
  const uri = await chooseNetwork(given);
  return uri && sweeps.sweep(uri, asAxes(axes));
}

/** Goes to the designer, which need not be where the person is, and opens one of its tools. */
async function openTool(given: unknown, designers: DesignerEditor, tool: Tool): Promise<void> {
  const uri = await chooseNetwork(given);
  if (!uri) return;
  if (!designers.goTo(uri)) await open(uri, 'designer');
  designers.openTool(uri, tool);
}

/** Designer and text side by side; what is shown already stays where it is. */
async function openBoth(given: unknown): Promise<void> {
  const uri = await chooseNetwork(given);
  if (!uri) return;
  const shown = shownAs(uri);
  if (!shown.has('designer') && !shown.has('text')) {
    await open(uri, 'designer');
    await open(uri, 'text', ViewColumn.Beside);
  } else if (!shown.has('text')) await open(uri, 'text', ViewColumn.Beside);
  else if (!shown.has('designer')) await open(uri, 'designer', ViewColumn.Beside);
}

/** The ways in which the active tabs show a document. */
function shownAs(uri: Uri): ReadonlySet<ShownAs> {
  const tabs = window.tabGroups.all.flatMap(group => group.activeTab ?? []);
  const networks = tabs.flatMap(tab => networkOf(tab) ?? []);
  const same = networks.filter(network => network.uri.toString() === uri.toString());
  return new Set(same.map(network => network.as));
}

/** Trains to the end; answers with the state then. Shows progress where no designer does. */
async function train(run: Run, { designers }: CommandWorld, epochs?: number): Promise<unknown> {
  await run.train({ epochs });
  if (designers.isVisible(run.uri)) return run.whenStopped();
  const title = l10n.t('Training {0}', nameOf(run));
  return showProgress(title, async (progress, token) => {
    const store = new Store();
    store.add(token.onCancellationRequested(() => void run.pause()));
    store.add(
      run.record.onDidChange(event => {
        if (event.type !== 'metrics' || event.chunk.count === 0) return;
        const epoch = event.chunk.values[event.chunk.count - 1];
        progress.report({ message: l10n.t('epoch {0}', epoch) });
      }),
    );
    try {
      return await run.whenStopped();
    } finally {
      store.dispose();
    }
  });
}

/** Pauses the network given or looked at if it is being trained, else every one that is. */
async function pause(given: unknown, runs: Runs): Promise<void> {
  const uri = given instanceof Uri ? given : activeNetwork()?.uri;
  const own = uri && runs.get(uri);
  if (own?.record.busy) await own.pause();
  else if (!(given instanceof Uri)) await Promise.all(runs.all().map(run => run.pause()));
}

/** Title buttons hand over an object of their own as second argument. */
function epochsOf(options: unknown): number | undefined {
  const { epochs } = (options ?? {}) as { epochs?: unknown };
  return typeof epochs === 'number' && Number.isSafeInteger(epochs) && epochs > 0
    ? epochs
    : undefined;
}

function isSeed(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

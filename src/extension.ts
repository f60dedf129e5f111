/** The object graph of the extension, built in one place. Activation only registers. */
import { Uri, l10n, window } from 'vscode';
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import { ActiveNetworkWatch } from './host/activeNetwork';
import { ChartedRuns } from './host/chartedRuns';
import { CodeLenses } from './host/codeLenses';
import { registerCommands } from './host/commands';
import { ContextKeys } from './host/contextKeys';
import { CsvHeaders } from './host/csvHeaders';
import { Definitions } from './host/definitions';
import { DesignerEditor } from './host/designerEditor';
import { Diagnostics } from './host/diagnostics';
import { Documents } from './host/documents';
import { GradientStrips } from './host/gradientStrip';
import { FirstSteps } from './host/firstSteps';
import { FormulaSheets } from './host/formulaSheet';
import { Hovers } from './host/hovers';
import { InlayHints } from './host/inlayHints';
import { LanguageService } from './host/languageService';
import { remembering } from './host/lastError';
import { KeptRuns } from './host/keptRuns';
import { registerModelTools } from './host/modelTools';
import { LessonsFolder } from './host/lessonsFolder';
import { followLinks } from './host/links';
import { NetworkPresence } from './host/networkPresence';
import { Notices } from './host/notices';
import type { Platform, WorkerPort } from './host/platform';
import { QuickFixes } from './host/quickFixes';
import type { About } from './host/reportIssue';
import type { RunWorld } from './host/run';
import { RunKeeper } from './host/runKeeper';
import { Runs } from './host/runs';
import { UnfinishedFiles } from './host/unfinishedFiles';
import { RunsView } from './host/runsView';
import { syncSelection } from './host/selectionSync';
import { StatusBar } from './host/statusBar';
import { Sweeps } from './host/sweeps';
import { registerTasks } from './host/tasks';
import { TestExplorer } from './host/testExplorer';
import { TextNumbers } from './host/textNumbers';
import { writeToDisk } from './host/wholeFiles';

/** Starts the extension. Workers begin, and texts are parsed, when somebody needs them. */
export function start(context: ExtensionContext, platform: Platform): void {
  const began = performance.now();
  const own = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  for (const use of [followLinks, writeToDisk]) use(platform);
  const { log, lastError } = remembering(own(window.createOutputChannel('Nabla', { log: true })));
  const documents = own(new Documents());
  const workers = workersOf(platform, Uri.joinPath(context.extensionUri, 'dist'), log);
  const unfinished = own(unfinishedIn(context.storageUri, log));
  const isShown = (uri: Uri): boolean => designers.isVisible(uri);
  const world = { documents, notices: new Notices(log), ...workers, unfinished, isShown };
  const runs = own(new Runs(world));
  const { kept, charted } = keptRuns(own);
  const paged = { ...world, runs, kept, charted, firstSteps: own(new FirstSteps(runs)) };
  const designers = own(new DesignerEditor(context.extensionUri, paged));
  const diagnostics = own(new Diagnostics(documents, runs));
  const status = own(new StatusBar(documents, runs, own(new ActiveNetworkWatch())));
  const language = serveText(own, documents, runs, designers, new CsvHeaders(platform));
  for (const item of [new ContextKeys(runs), syncSelection(documents, designers)]) own(item);
  const sheets = own(new FormulaSheets(documents));
  const explorer = own(new TestExplorer(documents, world));
  own(registerTasks({ runs, world }));
  own(registerModelTools({ documents, runs }));
  const keeper = own(new RunKeeper({ ...world, runs, kept }));
  const presence = own(new NetworkPresence());
  const shown = { designers, sheets, runsView: own(new RunsView(kept, charted)) };
  const sweeps = new Sweeps({ documents, kept, charted, designers, world });
  const lessons = own(new LessonsFolder(context.extensionUri));
  const report = { about: () => aboutOf(context), host: hostOf(platform), lastError };
  own(registerCommands({ documents, runs, kept, charted, ...shown, sweeps, lessons, log, report }));
  // Documents that were open before, and what is on the disk, are looked at after activation has ended.
  const soon = setTimeout(() => {
    for (const item of [status, diagnostics, explorer, language]) item.start();
    for (const look of [presence.look(), keeper.keepLeft()])
      look.catch((error: unknown) => log.warn(String(error)));
  }, 0);
  own({ dispose: () => clearTimeout(soon) });
  log.info(l10n.t('Activated in {0} ms', Math.round(performance.now() - began)));
}

function aboutOf({ extension: { id, packageJSON } }: ExtensionContext): About {
  const { version, bugs, repository } = packageJSON as Manifest;
  return { id, version, hasAddress: bugs !== undefined || repository !== undefined };
}

interface Manifest {
  readonly version: string;
  readonly bugs?: unknown;
  readonly repository?: unknown;
}

/** Only where there is Node there are processes. */
function hostOf({ processes }: Platform): 'node' | 'web' {
  return processes ? 'node' : 'web';
}

/** Where trainings are kept while they are under way. */
function unfinishedIn(storage: Uri | undefined, log: LogOutputChannel): UnfinishedFiles {
  return new UnfinishedFiles(storage, why =>
    log.warn(l10n.t('A training under way is not kept: {0}', why)),
  );
}

/** What stands in and beside the text. */
function serveText(
  own: Own,
  documents: Documents,
  runs: Runs,
  designers: DesignerEditor,
  headers: CsvHeaders,
): LanguageService {
  const hovers = own(new Hovers(documents, runs, designers));
  const numbers = own(new TextNumbers(documents, runs));
  own(new InlayHints(documents, numbers, hovers));
  own(new CodeLenses(documents, runs, numbers));
  own(new GradientStrips(documents, designers, numbers));
  own(new Definitions(documents));
  own(new QuickFixes(documents, runs, headers));
  return own(new LanguageService(documents, headers));
}

type Own = <T extends { dispose(): unknown }>(item: T) => T;

/** Trainings that are kept, and those of them that are on charts. */
function keptRuns(own: Own): {
  kept: KeptRuns;
  charted: ChartedRuns;
} {
  const kept = own(new KeptRuns());
  return { kept, charted: own(new ChartedRuns(kept)) };
}

/** How the runs get their workers; how soon one is there, and what a process prints, goes to the log. */
function workersOf(
  { spawnWorker, processes }: Platform,
  dist: Uri,
  log: LogOutputChannel,
): Pick<RunWorld, 'spawnWorker' | 'isWide'> {
  const timed = async (spawn: () => Promise<WorkerPort>): Promise<WorkerPort> => {
    const began = performance.now();
    const port = await spawn();
    log.debug(
      l10n.t('The training engine started in {0} ms', Math.round(performance.now() - began)),
    );
    return port;
  };
  const thread = (): Promise<WorkerPort> =>
    timed(() => spawnWorker(dist, message => log.warn(message)));
  if (!processes) return { spawnWorker: thread };
  const printed = (line: string): void => log.warn(l10n.t('The training process: {0}', line));
  return {
    spawnWorker: place =>
      place === 'process' ? timed(() => processes.spawn(dist, printed)) : thread(),
    isWide: () => processes.isWide(),
  };
}

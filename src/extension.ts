/** The object graph of the extension, built in one place. Activation only registers. */
import { Uri, l10n, window } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { ActiveNetworkWatch } from './host/activeNetwork';
import { registerCommands } from './host/commands';
import { ContextKeys } from './host/contextKeys';
import { DesignerEditor } from './host/designerEditor';
import { Diagnostics } from './host/diagnostics';
import { Documents } from './host/documents';
import { Hovers } from './host/hovers';
import { Notices } from './host/notices';
import type { Platform } from './host/platform';
import { QuickFixes } from './host/quickFixes';
import { Runs } from './host/runs';
import { syncSelection } from './host/selectionSync';
import { StatusBar } from './host/statusBar';

/** Starts the extension. Workers begin, and texts are parsed, when somebody needs them. */
export function start(context: ExtensionContext, platform: Platform): void {
  const began = performance.now();
  const own = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(window.createOutputChannel('Nabla', { log: true }));
  const dist = Uri.joinPath(context.extensionUri, 'dist');
  const documents = own(new Documents());
  const runs = own(
    new Runs({
      documents,
      notices: new Notices(log),
      spawnWorker: () => platform.spawnWorker(dist),
    }),
  );
  const designers = own(new DesignerEditor(context.extensionUri, { documents, runs }));
  const active = own(new ActiveNetworkWatch());
  const diagnostics = own(new Diagnostics(documents, runs));
  own(new StatusBar(documents, runs, active));
  own(new ContextKeys(runs));
  own(new Hovers(documents, runs));
  own(new QuickFixes(documents, runs));
  own(syncSelection(documents, designers));
  own(registerCommands({ documents, runs, designers, log }));
  // Documents that were open before are looked at after activation has ended.
  const soon = setTimeout(() => diagnostics.start(), 0);
  own({ dispose: () => clearTimeout(soon) });
  log.info(l10n.t('Activated in {0} ms', Math.round(performance.now() - began)));
}

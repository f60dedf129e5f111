/** Commands whose errors are shown, never swallowed. */
import { commands, l10n } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import { messageOf } from './messageOf';
import { showMessage } from './plainMessages';

/**
 * Registers a command. An error is logged and shown with a way to the log; nobody waits for the message to
 * be closed. The command then answers undefined.
 */
export function registerFailableCommand(
  id: string,
  log: LogOutputChannel,
  handler: (...args: unknown[]) => unknown,
): Disposable {
  return commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await handler(...args);
    } catch (error) {
      showFailure(log, error);
      return undefined;
    }
  });
}

function showFailure(log: LogOutputChannel, error: unknown): void {
  const message = messageOf(error);
  log.error(error instanceof Error ? error : message);
  const showLog = l10n.t('Show Log');
  void showMessage('error', message, showLog).then(choice => {
    if (choice === showLog) log.show();
  });
}

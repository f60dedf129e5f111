/**
 * What VS Code tells the person in messages. It reads `[words](command:…)` in them as a link that runs a command, and
 * obeys characters that turn the direction of writing. Names of files, columns and layers are somebody else's words: here,
 * and nowhere else, messages are shown, as plain text.
 */
import { ProgressLocation, window } from 'vscode';
import type { CancellationToken, MessageOptions, Progress } from 'vscode';
import { oneLine } from '../explain/alignedLines';

type Report = Progress<{ message?: string; increment?: number }>;

/** Of other characters it is read as it is; what looked like a link is none, for a joiner that nobody sees. */
export function plain(message: string): string {
  return oneLine(message).replaceAll('](', ']\u2060(');
}

const shows = {
  error: (message: string, ...buttons: readonly string[]) =>
    window.showErrorMessage(message, ...buttons),
  warning: (message: string, ...buttons: readonly string[]) =>
    window.showWarningMessage(message, ...buttons),
  information: (message: string, ...buttons: readonly string[]) =>
    window.showInformationMessage(message, ...buttons),
} as const;

/** Resolves with the button, or undefined when the message is closed. */
export function showMessage(
  kind: keyof typeof shows,
  message: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return shows[kind](plain(message), ...buttons);
}

/** The same of a question that everything else waits for. */
export function askFirst(
  question: string,
  detail: string | undefined,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const options: MessageOptions = {
    modal: true,
    ...(detail !== undefined && { detail: plain(detail) }),
  };
  return window.showWarningMessage(plain(question), options, ...buttons);
}

/** Shows how far a task is, in a message that can cancel it. */
export function showProgress<R>(
  title: string,
  task: (progress: Report, token: CancellationToken) => Thenable<R>,
): Thenable<R> {
  const options = {
    location: ProgressLocation.Notification,
    title: plain(title),
    cancellable: true,
  };
  return window.withProgress(options, (progress, token) => {
    const report: Report = {
      report: ({ message, ...more }) =>
        progress.report({ ...more, ...(message !== undefined && { message: plain(message) }) }),
    };
    return task(report, token);
  });
}

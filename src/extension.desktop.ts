/** Entry for extension hosts with Node. */
import type { ExtensionContext } from 'vscode';
import { start } from './extension';
import { spawnWorker } from './host/spawnWorker.desktop';

export const activate = (context: ExtensionContext): void => start(context, { spawnWorker });

/** Entry for extension hosts in a browser. */
import type { ExtensionContext } from 'vscode';
import { start } from './extension';
import { spawnWorker } from './host/spawnWorker.web';

// The entry for Node takes it from this bundle.
export { start };

export const activate = (context: ExtensionContext): void => start(context, { spawnWorker });

/** Entry for extension hosts with Node: all but the worker's thread or process is in the bundle for browsers, which lies beside it. */
import type { ExtensionContext } from 'vscode';
import { start } from './extension';
import { leadsOut } from './host/leadsOut.desktop';
import { readStart } from './host/readStart.desktop';
import { processes, spawnWorker } from './host/spawnWorker.desktop';
import { writeWhole } from './host/wholeFile.desktop';

export const activate = (context: ExtensionContext): void =>
  start(context, { spawnWorker, processes, readStart, leadsOut, writeWhole });

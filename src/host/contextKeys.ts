/** Keeps the context keys that menus and keybindings ask for. */
import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import { same } from './compare';
import { contextKeys } from './manifest';
import type { Run } from './run';
import type { Runs } from './runs';

type Value = readonly string[] | false;

export class ContextKeys implements Disposable {
  readonly #runs: Runs;
  readonly #subscription: Disposable;
  readonly #set = new Map<string, Value>();

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#subscription = runs.onDidChange(({ event }) => {
      const types: readonly (string | undefined)[] = [
        'state',
        'interrupted',
        'unfinished',
        undefined,
      ];
      if (types.includes(event?.type)) this.#update();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #update(): void {
    this.#tell(contextKeys.running, run => run.record.running);
    this.#tell(contextKeys.ahead, run => run.record.ahead);
    this.#tell(contextKeys.interrupted, run => run.record.interrupted !== undefined);
    this.#tell(contextKeys.unfinished, run => run.record.unfinished !== undefined);
  }

  /**
   * Paths of documents for which `is` holds; false for none, because an empty list counts as true. Paths and
   * not URIs: the window and a remote extension host name the same file by different schemes.
   */
  #tell(key: string, is: (run: Run) => boolean): void {
    const found = this.#runs.all().filter(is);
    // `resourcePath` is the path of the file system for local files, the URI's own elsewhere.
    const paths = [...new Set(found.flatMap(({ uri }) => [uri.fsPath, uri.path]))];
    const value: Value = paths.length > 0 && paths;
    if (same(this.#set.get(key) ?? false, value)) return;
    this.#set.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}

/** Which network document the person is looking at: in a designer or as text. */
import { EventEmitter, TabInputCustom, TabInputText, window } from 'vscode';
import type { Disposable, Tab, Uri } from 'vscode';
import { DESIGNER, isNetworkUri } from './manifest';
import { Store } from './store';

export type ShownAs = 'designer' | 'text';

export interface ActiveNetwork {
  readonly uri: Uri;
  readonly as: ShownAs;
}

/** The active tab's network document. */
export function activeNetwork(): ActiveNetwork | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  const shown = tab && networkOf(tab);
  if (shown) return shown;
  // A text editor inside something else (a peek, a notebook) has no tab of its own.
  const uri = window.activeTextEditor?.document.uri;
  return uri && isNetworkUri(uri) ? { uri, as: 'text' } : undefined;
}

/** What a tab shows, if it is a network document. */
export function networkOf(tab: Tab): ActiveNetwork | undefined {
  const { input } = tab;
  if (input instanceof TabInputCustom && input.viewType === DESIGNER)
    return { uri: input.uri, as: 'designer' };
  if (input instanceof TabInputText && isNetworkUri(input.uri))
    return { uri: input.uri, as: 'text' };
  return undefined;
}

/** Networks that are open in some tab, each once. */
export function openNetworks(): Uri[] {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  return distinct(tabs.flatMap(tab => networkOf(tab)?.uri ?? []));
}

/** Each once, in their order. */
export function distinct(uris: readonly Uri[]): Uri[] {
  return [...new Map(uris.map(uri => [uri.toString(), uri])).values()];
}

/** Tells when the answer of {@link activeNetwork} may be another. */
export class ActiveNetworkWatch implements Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    const fire = (): void => this.#changed.fire();
    this.#store.add(window.tabGroups.onDidChangeTabs(fire));
    this.#store.add(window.tabGroups.onDidChangeTabGroups(fire));
    this.#store.add(window.onDidChangeActiveTextEditor(fire));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

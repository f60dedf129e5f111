/** A designer that is open on a document, over the real engine, with a page in a panel as VS Code would show it. */
import type * as vscode from 'vscode';
import { ChartedRuns } from '../../../src/host/chartedRuns';
import { DesignerEditor } from '../../../src/host/designerEditor';
import { FirstSteps } from '../../../src/host/firstSteps';
import { KeptRuns } from '../../../src/host/keptRuns';
import type { HostApi, WebviewEvents } from '../../../src/protocol';
import { connect, throughJson } from '../../../src/rpc';
import type { Connection, Listeners } from '../../../src/rpc';
import { copyAsVsCode } from '../../support/messagePort';
import { createHostWith } from './host';
import type { Host } from './host';
import { sessionPort } from './session';
import { EventEmitter, Uri } from './vscode';
import { MessageChannelPair } from './worker';

export class Page {
  readonly told: { name: string; args: unknown[] }[] = [];
  readonly connection: Connection<HostApi, object>;
  readonly panel: vscode.WebviewPanel;
  readonly #view = new EventEmitter<unknown>();
  readonly #end = new EventEmitter<void>();
  #visible = true;
  /** Whether VS Code believes that the person is in it. */
  active = true;
  /** Columns to which it was brought to the front. */
  readonly revealed: unknown[] = [];

  constructor() {
    const channel = new MessageChannelPair();
    const isVisible = (): boolean => this.#visible;
    const isActive = (): boolean => this.active;
    this.panel = {
      viewColumn: 1,
      reveal: (column?: unknown) => this.revealed.push(column),
      get active() {
        return isActive();
      },
      get visible() {
        return isVisible();
      },
      onDidChangeViewState: this.#view.event,
      onDidDispose: this.#end.event,
      webview: {
        cspSource: 'https://page.test',
        asWebviewUri: (uri: Uri) => uri.path,
        html: '',
        options: {},
        postMessage: (message: unknown) =>
          Promise.resolve(channel.near.post(copyAsVsCode(message))),
        onDidReceiveMessage: (receive: (message: unknown) => void) => ({
          dispose: channel.near.listen(receive),
        }),
      },
    } as unknown as vscode.WebviewPanel;
    const hear =
      (name: string) =>
      (...args: unknown[]) =>
        void this.told.push({ name, args });
    const names = [
      'document',
      'runState',
      'metrics',
      'gradcheck',
      'loadProgress',
      'notation',
      'select',
      'command',
      'openLab',
      'openResults',
      'stepThrough',
      'predict',
      'compared',
      'compare',
    ];
    const listeners = Object.fromEntries(names.map(name => [name, hear(name)]));
    this.connection = connect<HostApi, object, object, WebviewEvents>(
      throughJson({
        post: message => channel.far.post(copyAsVsCode(message)),
        listen: receive => channel.far.listen(receive),
      }),
      {},
      listeners as unknown as Listeners<WebviewEvents>,
    );
  }

  get remote(): Connection<HostApi, object>['remote'] {
    return this.connection.remote;
  }

  names(): string[] {
    return this.told.map(({ name }) => name);
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#view.fire(undefined);
  }

  close(): void {
    this.#end.fire();
  }
}

export interface OpenPage {
  readonly host: Omit<Host, 'workers'>;
  readonly designers: DesignerEditor;
  readonly page: Page;
  readonly kept: KeptRuns;
  readonly charted: ChartedRuns;
}

export function openPage(text: string): OpenPage {
  const host = createHostWith(sessionPort, text);
  const kept = new KeptRuns();
  const charted = new ChartedRuns(kept);
  const world = { ...host, kept, charted, firstSteps: new FirstSteps(host.runs) };
  const designers = new DesignerEditor(Uri.file('/ext') as unknown as vscode.Uri, world);
  const page = new Page();
  designers.resolveCustomTextEditor(host.document as unknown as vscode.TextDocument, page.panel);
  return { host, designers, page, kept, charted };
}

/** The tree of kept runs, by network, the newest first. */
import {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  commands,
  env,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { Disposable, TreeDataProvider, TreeView } from 'vscode';
import type { JsonValue } from '../network/json';
import { formatInline } from '../network/write';
import type { RunReason } from '../runs/run';
import type { RunSummary } from '../runs/readRun';
import { nameOf } from './documents';
import type { KeptRun, KeptRuns } from './keptRuns';
import { commandIds, RUNS_VIEW } from './manifest';
import { shortNumber } from './parameters';
import { Store } from './store';

/** Which runs are on charts. */
export interface Charted {
  has(run: KeptRun): boolean;
  onDidChange(listener: () => void): Disposable;
}

/** The runs of one network, by the name that they have for it. */
export interface RunGroup {
  readonly name: string;
  readonly runs: readonly KeptRun[];
}

export type RunNode = RunGroup | KeptRun;

export const isGroup = (node: RunNode): node is RunGroup => 'runs' in node;

export class RunsView implements TreeDataProvider<RunNode>, Disposable {
  readonly #kept: KeptRuns;
  readonly #charted: Charted;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<RunNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<RunNode>;
  /** The runs of the tree as it was last drawn, and what their boxes were told to be. */
  #shown: readonly KeptRun[] = [];
  readonly #checked = new Map<string, boolean>();
  /** The same as a text, or that of a tree which will be drawn. */
  #seen = '';

  constructor(kept: KeptRuns, charted: Charted) {
    this.#kept = kept;
    this.#charted = charted;
    const view = this.#store.add(
      window.createTreeView<RunNode>(RUNS_VIEW, {
        treeDataProvider: this,
        canSelectMany: true,
        manageCheckboxStateManually: true,
      }),
    );
    this.#view = view;
    this.#store.add(view.onDidChangeCheckboxState(({ items }) => this.#check(items)));
    this.#store.add(charted.onDidChange(() => this.#followCharts()));
    // Watchers of file systems miss what happens in a folder that has just been made.
    this.#store.add(view.onDidChangeVisibility(({ visible }) => visible && this.refresh()));
    this.#store.add(kept.onDidChange(() => void this.#followFiles()));
  }

  /** Asks for everything anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return isGroup(node) ? [...node.runs] : [];
    const groups = new Map<string, KeptRun[]>();
    const strange: KeptRun[] = [];
    this.#shown = await this.#kept.list();
    this.#seen = asSeen(this.#shown);
    this.#checked.clear();
    for (const run of this.#shown) {
      const name = groupOf(run);
      if (name === undefined) strange.push(run);
      else if (groups.has(name)) groups.get(name)?.push(run);
      else groups.set(name, [run]);
    }
    return [...Array.from(groups, ([name, runs]) => ({ name, runs })), ...strange];
  }

  getTreeItem(node: RunNode): TreeItem {
    if (isGroup(node)) return groupItem(node);
    const item = runItem(node);
    if (node.summary) {
      const isShown = this.#charted.has(node);
      this.#checked.set(node.uri.toString(), isShown);
      const { Checked, Unchecked } = TreeItemCheckboxState;
      item.checkboxState = {
        state: isShown ? Checked : Unchecked,
        tooltip: isShown ? l10n.t('On the charts') : l10n.t('Show on the charts'),
      };
    }
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #check(items: readonly [RunNode, TreeItemCheckboxState][]): void {
    for (const on of [true, false]) {
      const nodes = items
        .filter(([, state]) => (state === TreeItemCheckboxState.Checked) === on)
        .map(([node]) => node);
      if (nodes.length === 0) continue;
      const id = on ? commandIds.showRuns : commandIds.hideRuns;
      // The box shows what is so, also where the command has refused it.
      void commands
        .executeCommand(id, nodes[0], nodes)
        .then(undefined, () => this.#changed.fire(nodes));
    }
  }

  /** A press on a row that is drawn anew in that moment is lost: only those are whose box is another. */
  #followCharts(): void {
    const nodes = this.#shown.filter(run => {
      const told = this.#checked.get(run.uri.toString());
      return told !== undefined && told !== this.#charted.has(run);
    });
    if (nodes.length > 0) this.#changed.fire(nodes);
  }

  /** Of one file that is written several changes are told. */
  async #followFiles(): Promise<void> {
    if (!this.#view.visible) return;
    const seen = asSeen(await this.#kept.list());
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.refresh();
  }
}

/** Another text where the tree of these runs is another one. */
const asSeen = (runs: readonly KeptRun[]): string =>
  runs.map(({ uri, stamp, fault }) => `${uri.toString()} ${stamp ?? fault}`).join('\n');

/** With the name of the folder where there are several. */
function groupOf({ network, summary }: KeptRun): string | undefined {
  return network ? workspace.asRelativePath(network) : summary?.head.file;
}

function groupItem({ name, runs }: RunGroup): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `network ${name}`;
  item.resourceUri = runs[0].network;
  item.iconPath = ThemeIcon.File;
  item.description = runs.length > 1 ? l10n.t('{0} runs', runs.length) : undefined;
  item.contextValue = 'network';
  return item;
}

function runItem(run: KeptRun): TreeItem {
  const { uri, summary, fault } = run;
  const item = new TreeItem(summary ? timeOf(summary) : nameOf(run));
  item.id = uri.toString();
  item.contextValue = 'run';
  item.iconPath = new ThemeIcon(iconOf(summary?.result?.reason));
  item.tooltip = fault;
  if (!summary) return item;
  const { result } = summary;
  if (result?.parameters ?? result?.weights) item.contextValue = 'runWithWeights';
  item.description = describe(summary);
  item.tooltip = tooltipOf(summary);
  const reason = reasonText(result?.reason);
  item.accessibilityInformation = {
    label: l10n.t('{0}, {1}: {2}', item.label as string, item.description, reason),
  };
  return item;
}

/** When it began, in the person's words and time zone: short, since the loss stands behind it. */
export function timeOf({ head }: RunSummary): string {
  const two = '2-digit';
  const day = { month: 'short', day: 'numeric' } as const;
  const time = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const;
  return new Date(head.begun).toLocaleString(env.language, { ...day, ...time });
}

/** "loss 0.0112 · 240 epochs · seed 3 · adam 0.01": what most often tells one from another. */
export function describe({ head, result }: RunSummary): string {
  const { seed, training } = head.network as {
    readonly seed?: number;
    readonly training?: { readonly optimizer?: { readonly [key: string]: JsonValue } };
  };
  const { type, learningRate } = training?.optimizer ?? {};
  const parts = [
    result?.best && l10n.t('loss {0}', shortNumber(result.best.loss)),
    result && l10n.t('{0} epochs', result.epochs),
    seed !== undefined && l10n.t('seed {0}', seed),
    typeof type === 'string' && typeof learningRate === 'number' && `${type} ${learningRate}`,
  ];
  return parts.filter(part => part).join(' · ');
}

function tooltipOf(summary: RunSummary): MarkdownString {
  const { head, result } = summary;
  const text = new MarkdownString();
  const paragraph = (words: string): void => void text.appendText(words).appendMarkdown('\n\n');
  paragraph(l10n.t('{0}, {1}: {2}', head.file, head.begun, reasonText(result?.reason)));
  if (result) {
    const { steps, seconds, lossBefore, loss, best } = result;
    paragraph(l10n.t('{0} steps in {1} s', steps, shortNumber(seconds)));
    paragraph(l10n.t('loss {0} → {1}', shortNumber(lossBefore), shortNumber(loss)));
    if (best) paragraph(l10n.t('best loss {0} at epoch {1}', shortNumber(best.loss), best.epoch));
  }
  if (head.sweep !== undefined) paragraph(l10n.t('of the sweep {0}', head.sweep));
  const { loss, training } = head.network as { readonly [key: string]: JsonValue };
  const settings = Object.entries({ loss, ...(training as object) });
  const lines = settings.map(([key, value]) => `"${key}": ${formatInline(value as JsonValue)}`);
  text.appendCodeblock(lines.join('\n'), 'jsonc');
  return text;
}

function iconOf(reason: RunReason | undefined): string {
  const icons: { readonly [R in RunReason]: string } = {
    epochs: 'check',
    targetLoss: 'target',
    patience: 'check-all',
    maxSeconds: 'watch',
    paused: 'debug-pause',
    interrupted: 'debug-stop',
    diverged: 'error',
  };
  return (reason && icons[reason]) ?? 'warning';
}

function reasonText(reason: RunReason | undefined): string {
  const texts: { readonly [R in RunReason]: string } = {
    epochs: l10n.t('all epochs trained'),
    targetLoss: l10n.t('target loss reached'),
    patience: l10n.t('no better loss within the patience'),
    maxSeconds: l10n.t('time was up'),
    paused: l10n.t('paused'),
    interrupted: l10n.t('interrupted'),
    diverged: l10n.t('diverged'),
  };
  return (reason && texts[reason]) ?? l10n.t('the file is not whole');
}

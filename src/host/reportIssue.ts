/** "Report Issue…": VS Code's issue reporter with what helps to understand an issue, or a text to copy where it cannot send any. */
import { ColorThemeKind, commands, env, l10n, version, window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { DataSource, Network } from '../network/network';
import { activeNetwork } from './activeNetwork';
import type { Documents } from './documents';
import { nameOf } from './documents';
import { issueData } from './issueReport';
import type { IssueFacts } from './issueReport';
import { SECTION, settingIds } from './manifest';
import type { Runs } from './runs';

const REPORTER = 'workbench.action.openIssueReporter';

/** The extension, as its package.json has it. `hasAddress`: whether issues can be sent anywhere. */
export interface About {
  readonly id: string;
  readonly version: string;
  readonly hasAddress: boolean;
}

export interface ReportWorld {
  readonly documents: Documents;
  readonly runs: Runs;
  about(): About;
  readonly host: IssueFacts['host'];
  lastError(): string | undefined;
}

const themes: { readonly [K in ColorThemeKind]: IssueFacts['theme'] } = {
  [ColorThemeKind.Light]: 'light',
  [ColorThemeKind.Dark]: 'dark',
  [ColorThemeKind.HighContrast]: 'high contrast',
  [ColorThemeKind.HighContrastLight]: 'high contrast light',
};

/** Nothing is sent: the person reads it, and decides. */
export async function reportIssue(world: ReportWorld): Promise<void> {
  const body = bodyOf(world);
  const { id, hasAddress } = world.about();
  // Without an address the reporter takes a report, and then has no way to send it.
  if (hasAddress && (await commands.getCommands(true)).includes(REPORTER))
    return commands.executeCommand(REPORTER, { extensionId: id, issueBody: body });
  const document = await workspace.openTextDocument({ language: 'markdown', content: body });
  await window.showTextDocument(document);
}

/** What the person is asked to tell, and what is known. */
function bodyOf(world: ReportWorld): string {
  const { facts, names } = factsOf(world);
  const asks = [
    l10n.t('What did you do?'),
    l10n.t('What did you expect?'),
    l10n.t('What happened instead?'),
  ];
  const note = l10n.t(
    'Nabla has put this together; of your network it tells the structure alone. Please read it before you send it.',
  );
  const data = ['```text', issueData(facts, names), '```'].join('\n');
  return [...asks.map(ask => `## ${ask}\n\n`), note, data, ''].join('\n\n');
}

function factsOf({ documents, runs, about, host, lastError }: ReportWorld): {
  facts: IssueFacts;
  names: readonly string[];
} {
  const uri = activeNetwork()?.uri;
  const key = uri?.toString();
  const document = documents.open().find(open => open.uri.toString() === key);
  const network = document && documents.read(document).lastValid?.network;
  const run = uri && runs.get(uri);
  const facts: IssueFacts = {
    version: about().version,
    vscode: version,
    app: env.appHost,
    // Some put an address there.
    remote: env.remoteName?.replace(/^.*[^a-z-].*$/, 'other'),
    host,
    language: env.language,
    theme: themes[window.activeColorTheme.kind],
    engine: run?.computes.backend ? run.computes : undefined,
    network,
    settings: changedSettings(uri),
    error: lastError(),
  };
  return { facts, names: [...fileNames(), ...namesIn(network)] };
}

function changedSettings(uri: Uri | undefined): [string, unknown][] {
  const configuration = workspace.getConfiguration(SECTION, uri);
  return Object.values(settingIds).flatMap(id => {
    const value = configuration.get<unknown>(id);
    const isOther = value !== configuration.inspect(id)?.defaultValue;
    return isOther ? [[`${SECTION}.${id}`, value] as [string, unknown]] : [];
  });
}

/** Of everything that is open. */
function fileNames(): readonly string[] {
  const folders = (workspace.workspaceFolders ?? []).map(({ name }) => name);
  return [...workspace.textDocuments.map(nameOf), ...folders];
}

/** Names that a person has given in a network: to it, its inputs and layers, columns and files. */
function namesIn(network: Network | undefined): readonly string[] {
  if (!network) return [];
  const { name, input, layers, data } = network;
  const ids = layers.flatMap(({ id }) => id ?? []);
  return [name, ...(input.names ?? []), ...ids, ...sourceNames(data?.source)];
}

function sourceNames(source: DataSource | undefined): readonly string[] {
  if (source?.type !== 'csv') return [];
  return [source.path, source.target, source.inputs ?? []].flat();
}

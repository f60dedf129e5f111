/**
 * What language models may do with networks: describe, validate, train, gradcheck, explain and edit. What changes a file
 * asks the person first. Answers are JSON or Markdown for a model to read, in English; questions are for the person.
 */
import {
  LanguageModelTextPart,
  LanguageModelToolResult,
  MarkdownString,
  Uri,
  l10n,
  lm,
  workspace,
} from 'vscode';
import type {
  CancellationToken,
  Disposable,
  LanguageModelTool,
  PreparedToolInvocation,
} from 'vscode';
import { activeNetwork } from './activeNetwork';
import { isNetworkUri } from './manifest';
import { changesText } from './modelEdits';
import { modelToolWork } from './modelToolWork';
import type { ModelToolInput, ModelToolName, ModelToolWorld } from './modelToolWork';
import { findNetworks } from './networkTests';
import { Store } from './store';

/** Files that a message names. */
const MOST_NAMED = 20;

export function registerModelTools(world: ModelToolWorld): Disposable {
  const store = new Store();
  for (const name of Object.keys(modelToolWork) as ModelToolName[])
    store.add(lm.registerTool(`nabla_${name}`, tool(name, world)));
  return store;
}

function tool(name: ModelToolName, world: ModelToolWorld): LanguageModelTool<ModelToolInput> {
  return {
    prepareInvocation: async ({ input }) => prepared(name, input, await networkFile(input.file)),
    invoke: async ({ input }, token: CancellationToken) => {
      const uri = await networkFile(input.file);
      const answer = await modelToolWork[name](uri, input, world, token);
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer, finite, 1);
      return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
    },
  };
}

/** JSON has no number that is not finite; a model shall read it all the same. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function prepared(name: ModelToolName, input: ModelToolInput, uri: Uri): PreparedToolInvocation {
  const file = workspace.asRelativePath(uri);
  const asks = { title: l10n.t('Train {0}?', file), message: trainText(input) };
  switch (name) {
    case 'describe':
      return { invocationMessage: l10n.t('Reading {0}', file) };
    case 'validate':
      return { invocationMessage: l10n.t('Validating {0}', file) };
    case 'train':
      return { invocationMessage: l10n.t('Training {0}', file), confirmationMessages: asks };
    case 'gradcheck':
      return { invocationMessage: l10n.t('Checking the gradients of {0}', file) };
    case 'explain':
      return { invocationMessage: l10n.t('Explaining a gradient of {0}', file) };
    case 'edit': {
      const message = new MarkdownString();
      message.appendCodeblock(changesText(input.changes), 'text');
      const title = l10n.t('Change {0}?', file);
      return {
        invocationMessage: l10n.t('Changing {0}', file),
        confirmationMessages: { title, message },
      };
    }
  }
}

function trainText({ epochs }: ModelToolInput): string {
  const undone = l10n.t('The trained weights are written into the text as one undo step.');
  return typeof epochs !== 'number' ? undone : `${l10n.t('Epochs: {0}.', epochs)} ${undone}`;
}

/**
 * The file that a model means: relative to a folder of the workspace, or none for the network that the person looks at.
 * Rejects with what there is.
 */
async function networkFile(file: unknown): Promise<Uri> {
  if (file === undefined || file === '') return activeNetwork()?.uri ?? onlyNetwork();
  const found = typeof file === 'string' ? await within(file) : undefined;
  if (found) return found;
  throw new Error(
    `"file" is the path of a *.nn.json file in the workspace, relative to its folder, found ${JSON.stringify(file)}. ${await whatThereIs()}`,
  );
}

/** The file of the workspace at a path; paths never lead out of it. */
async function within(file: string): Promise<Uri | undefined> {
  const parts = file.split(/[\\/]/);
  if (parts.includes('..') || !isNetworkUri({ path: file })) return undefined;
  const open = workspace.textDocuments.find(
    ({ uri }) => isNetworkUri(uri) && [workspace.asRelativePath(uri), uri.path].includes(file),
  );
  if (open) return open.uri;
  for (const folder of workspace.workspaceFolders ?? []) {
    const own = parts[0] === folder.name ? [parts, parts.slice(1)] : [parts];
    for (const path of own) {
      const uri = Uri.joinPath(folder.uri, ...path);
      const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
      if (stat) return uri;
    }
  }
  return undefined;
}

async function onlyNetwork(): Promise<Uri> {
  const found = await findNetworks(2);
  if (found.length === 1) return found[0];
  throw new Error(`No network is open: "file" has to name one. ${await whatThereIs()}`);
}

async function whatThereIs(): Promise<string> {
  const names = (await findNetworks(MOST_NAMED)).map(uri => workspace.asRelativePath(uri)).sort();
  return names.length === 0
    ? 'The workspace has none.'
    : `The workspace has ${names.join(', ')}${names.length === MOST_NAMED ? ' and perhaps more' : ''}.`;
}

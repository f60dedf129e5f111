/** The command "New Network": a choice, a place, and the designer opens on it. */
import { Position, Uri, WorkspaceEdit, commands, l10n, window, workspace } from 'vscode';
import { newNetworkText, templateNames } from '../network/templates';
import type { TemplateName } from '../network/templates';
import { DESIGNER } from './manifest';

/**
 * Makes a network file and opens it. Asks for what is not given: which network, and (where a folder is
 * open) where to save it; without a folder the network is an untitled document.
 */
export async function newNetwork(name?: unknown, target?: unknown): Promise<Uri | undefined> {
  const template = templateNames.find(known => known === name) ?? (await pickTemplate());
  if (!template) return undefined;
  const folder = workspace.workspaceFolders?.[0];
  if (!(target instanceof Uri) && !folder) return openUntitled(template);
  const uri = target instanceof Uri ? target : await askWhere(template, folder?.uri);
  if (!uri) return undefined;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(newNetworkText(template)));
  await commands.executeCommand('vscode.openWith', uri, DESIGNER);
  return uri;
}

async function pickTemplate(): Promise<TemplateName | undefined> {
  const offers: { readonly [K in TemplateName]: { label: string; detail: string } } = {
    blank: {
      label: l10n.t('Blank'),
      detail: l10n.t('2-3-1 without data: a start of your own'),
    },
    xor: {
      label: l10n.t('XOR'),
      detail: l10n.t('Four samples: the smallest problem that needs a hidden layer'),
    },
    spiral: {
      label: l10n.t('Two spirals'),
      detail: l10n.t('400 generated samples with a validation part: classification'),
    },
    sine: {
      label: l10n.t('Sine curve'),
      detail: l10n.t('200 generated samples with a validation part: regression'),
    },
  };
  const items = templateNames.map(name => ({ ...offers[name], name }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('New Network'),
    placeHolder: l10n.t('What should it start from?'),
    matchOnDetail: true,
  });
  return picked?.name;
}

const fileNameOf = (template: TemplateName): string =>
  `${template === 'blank' ? 'network' : template}.nn.json`;

/** A URI that ends in `.nn.json` once, whatever was typed and whatever the dialog added. */
async function askWhere(template: TemplateName, folder?: Uri): Promise<Uri | undefined> {
  const chosen = await window.showSaveDialog({
    title: l10n.t('Save the New Network As'),
    defaultUri: folder && Uri.joinPath(folder, fileNameOf(template)),
    filters: { [l10n.t('Neural network')]: ['nn.json'] },
  });
  return chosen?.with({ path: chosen.path.replace(/(\.nn\.json)*(\.nn)?(\.json)?$/, '.nn.json') });
}

async function openUntitled(template: TemplateName): Promise<Uri> {
  const uri = Uri.from({ scheme: 'untitled', path: fileNameOf(template) });
  const document = await workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), newNetworkText(template));
    await workspace.applyEdit(edit);
  }
  await commands.executeCommand('vscode.openWith', uri, DESIGNER);
  return uri;
}

/** The command "New Network": a choice, a place, and the designer opens on it. */
import { Position, Uri, WorkspaceEdit, commands, l10n, window, workspace } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { newNetworkText, templateNames } from '../network/templates';
import type { TemplateName } from '../network/templates';
import { findCsvFiles, pathFrom, startFromCsv } from './csv';
import { nameOf } from './documents';
import { DESIGNER } from './manifest';
import { askFirst } from './plainMessages';
import { tellSpoilt } from './spoiltNotice';
import { saveWhole } from './wholeFiles';

/** A template, or the CSV file that the network shall learn. */
type Start = TemplateName | Uri;

/**
 * Makes a network file and opens it. Asks for what is not given: which network, and (where a folder is
 * open) where to save it; without a folder the network is an untitled document.
 */
export async function newNetwork(name?: unknown, target?: unknown): Promise<Uri | undefined> {
  const start = templateNames.find(known => known === name) ?? (await pickStart());
  if (!start) return undefined;
  const folder = workspace.workspaceFolders?.[0];
  if (!(target instanceof Uri) && !folder && typeof start === 'string') return openUntitled(start);
  const uri = target instanceof Uri ? target : await askWhere(start, folder?.uri);
  if (!uri) return undefined;
  const { text, spoilt } =
    typeof start === 'string'
      ? { text: newNetworkText(start), spoilt: [] }
      : await startFromCsv(uri, pathFrom(uri, start));
  await saveWhole(uri, new TextEncoder().encode(text));
  await commands.executeCommand('vscode.openWith', uri, DESIGNER);
  if (typeof start !== 'string') void tellSpoilt(start, spoilt);
  return uri;
}

interface Offer extends QuickPickItem {
  readonly start: TemplateName | 'csv';
}

async function pickStart(): Promise<Start | undefined> {
  const names = offers();
  const [blank, ...examples] = templateNames.map(name => ({ ...names[name], start: name }));
  const csv: Offer = {
    label: l10n.t('From a CSV file…'),
    detail: l10n.t('Inputs, outputs and loss are taken from its columns'),
    start: 'csv',
  };
  // Examples are many: below them nobody would see what is one's own.
  const items: Offer[] = [blank, csv, ...examples];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('New Network'),
    placeHolder: l10n.t('What should it start from?'),
    matchOnDetail: true,
  });
  return picked?.start === 'csv' ? pickCsv() : picked?.start;
}

function offers(): { readonly [K in TemplateName]: { label: string; detail: string } } {
  return {
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
    reference: {
      label: l10n.t('Reference 3-4-2'),
      detail: l10n.t('Weights of a worked example: every gradient can be checked by hand'),
    },
    chain: {
      label: l10n.t('Chain rule 2-3-2-2'),
      detail: l10n.t('Three sigmoid layers, everything counted from 0'),
    },
    linear: {
      label: l10n.t('Linear 3-3-2'),
      detail: l10n.t('Linear neurons with a penalty on the weights'),
    },
    rates: {
      label: l10n.t('Rates 3-3-2-1'),
      detail: l10n.t('A learning rate of its own for each layer, no biases'),
    },
    nielsen: {
      label: l10n.t('Quadratic cost 2-4-2'),
      detail: l10n.t('A disc in a ring, learnt in mini-batches'),
    },
  };
}

async function pickCsv(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const found = (await Promise.all(folders.map(({ uri }) => findCsvFiles(uri)))).flat();
  if (found.length === 0)
    throw new Error(
      folders.length === 0
        ? l10n.t('Open a folder with a CSV file first.')
        : l10n.t('There is no CSV file in the open folder. Put one there.'),
    );
  const items = found
    .map(uri => ({ label: nameOf({ uri }), path: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ path, ...item }) => ({ ...item, ...(path !== item.label && { description: path }) }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('New Network'),
    placeHolder: l10n.t('Which CSV file shall it learn?'),
    matchOnDescription: true,
  });
  return picked?.uri;
}

function fileNameOf(start: Start): string {
  if (typeof start !== 'string') return `${nameOf({ uri: start }).replace(/\.[^.]*$/, '')}.nn.json`;
  return `${start === 'blank' ? 'network' : start}.nn.json`;
}

/** Where it shall lie, under a name that is free unless a person says otherwise; undefined where nobody says where. */
async function askWhere(start: Start, root?: Uri): Promise<Uri | undefined> {
  // A network beside its data needs no path.
  const folder = typeof start === 'string' ? root : Uri.joinPath(start, '..');
  const chosen = await window.showSaveDialog({
    title: l10n.t('Save the New Network As'),
    defaultUri: folder && (await freeName(folder, fileNameOf(start))),
    filters: { [l10n.t('Neural network')]: ['nn.json'] },
  });
  if (!chosen) return undefined;
  // It ends in `.nn.json` once, whatever was typed and whatever the dialog added.
  const path = chosen.path.replace(/(\.nn\.json)*(\.nn)?(\.json)?$/, '.nn.json');
  const uri = chosen.with({ path });
  // A dialog asks about the name that it has: `a.nn.json.nn.json` for one that was there, and it found none.
  const unasked = path !== chosen.path && (await isThere(uri));
  return unasked && !(await mayReplace(uri)) ? undefined : uri;
}

/** `spiral-2.nn.json` where there is a `spiral.nn.json`. */
async function freeName(folder: Uri, name: string): Promise<Uri> {
  const at = (number: number): Uri =>
    Uri.joinPath(folder, number === 1 ? name : name.replace('.nn.json', `-${number}.nn.json`));
  let number = 1;
  while (await isThere(at(number))) number++;
  return at(number);
}

async function isThere(uri: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

async function mayReplace(uri: Uri): Promise<boolean> {
  const question = l10n.t('{0} is there already. Replace it by the new network?', nameOf({ uri }));
  const detail = l10n.t('Its layers and weights go. This cannot be undone.');
  const yes = l10n.t('Replace');
  return (await askFirst(question, detail, yes)) === yes;
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

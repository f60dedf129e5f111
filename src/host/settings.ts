/** The extension's settings, read when they are needed: they may differ from folder to folder. */
import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { NotationName } from '../network/network';
import { SECTION, settingIds } from './manifest';

export type WriteBack = 'onStop' | 'ask' | 'never';

const notations: { readonly [K in NotationName]: true } = {
  nielsen: true,
  ng: true,
  chain0: true,
  zybuluo: true,
  triple: true,
  plain: true,
};

const writeBacks: { readonly [K in WriteBack]: true } = { onStop: true, ask: true, never: true };

/** The notation chosen for a file: the setting, or the file's own hint where nobody set one. */
export function notationFor(uri: Uri, hint?: NotationName): NotationName {
  const configuration = workspace.getConfiguration(SECTION, uri);
  const inspected = configuration.inspect<string>(settingIds.notation);
  const chosen =
    inspected?.workspaceFolderValue ?? inspected?.workspaceValue ?? inspected?.globalValue;
  return isNotation(chosen) ? chosen : (hint ?? 'nielsen');
}

/** When trained weights are written back into a file. */
export function writeBackFor(uri: Uri): WriteBack {
  const value = workspace.getConfiguration(SECTION, uri).get<string>(settingIds.writeBack);
  return isWriteBack(value) ? value : 'onStop';
}

function isNotation(value: string | undefined): value is NotationName {
  return value !== undefined && Object.hasOwn(notations, value);
}

function isWriteBack(value: string | undefined): value is WriteBack {
  return value !== undefined && Object.hasOwn(writeBacks, value);
}

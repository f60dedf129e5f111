/**
 * Links that lead out of the folder in which the files of a network must lie. VS Code's file system does not say where a
 * link leads: in a browser and on virtual file systems it is its own rules that keep a window in its folder.
 */
import type { Uri } from 'vscode';
import type { Platform } from './platform';

let leads: Platform['leadsOut'];

/** Once, at the start. */
export function followLinks({ leadsOut }: Pick<Platform, 'leadsOut'>): void {
  leads = leadsOut;
}

/** Whether a link on the way to a file leads out of a folder. */
export async function leadsOutOf(folder: Uri, file: Uri): Promise<boolean> {
  return (await leads?.(folder, file)) ?? false;
}

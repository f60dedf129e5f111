/** What the extension has written into its log as an error. */
import { FileType, Uri, workspace } from 'vscode';
import { inWorkspace } from '../ui';

/** Nothing where the log cannot be reached: then the window has another file system. */
export async function loggedErrors(): Promise<string[]> {
  const lines = await linesBelow(inWorkspace('../user-data/logs'));
  return lines.filter(line => / \[error\] /.test(line));
}

async function linesBelow(folder: Uri): Promise<string[]> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  const all = entries.map(async ([name, type]) => {
    const at = Uri.joinPath(folder, name);
    if (type === FileType.Directory) return linesBelow(at);
    if (name !== 'Nabla.log') return [];
    return new TextDecoder().decode(await workspace.fs.readFile(at)).split('\n');
  });
  return (await Promise.all(all)).flat();
}

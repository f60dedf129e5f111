/**
 * The command "Open Lessons": copies them into the workspace folder, where their networks can be trained and changed;
 * without a folder that can be written they are shown as they are.
 */
import { Uri, commands, l10n, window, workspace } from 'vscode';
import type { LessonFiles } from './lessonPages';
import type { LessonsFolder } from './lessonsFolder';
import { saveWhole } from './wholeFiles';

/** Opens the first page. Asks before it writes, and never writes over a file. */
export async function openLessons(lessons: LessonsFolder): Promise<Uri | undefined> {
  const files = await lessons.files();
  const [first = ''] = files.keys();
  const folder = workspace.workspaceFolders?.find(
    ({ uri }) => workspace.fs.isWritableFileSystem(uri.scheme) !== false,
  );
  if (!folder) return show(lessons.place(first));
  const target = Uri.joinPath(folder.uri, 'nabla-lessons');
  const missing = await missingIn(target, files);
  if (missing.size === 0) return show(Uri.joinPath(target, first));
  const copy = {
    label: l10n.t('Copy the lessons into “nabla-lessons”'),
    detail: l10n.t('With their networks. Nothing is written over.'),
  };
  const read = { label: l10n.t('Only read them') };
  const answer = await window.showQuickPick([copy, read], { title: l10n.t('Lessons') });
  if (answer === read) return show(lessons.place(first));
  if (answer !== copy) return undefined;
  for (const [name, bytes] of missing) await saveWhole(Uri.joinPath(target, name), bytes);
  return show(Uri.joinPath(target, first));
}

async function missingIn(folder: Uri, files: LessonFiles): Promise<LessonFiles> {
  const there = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  const names = new Set(there.map(([name]) => name));
  return new Map([...files].filter(([name]) => !names.has(name)));
}

async function show(page: Uri): Promise<Uri> {
  await commands.executeCommand('markdown.showPreview', page);
  return page;
}

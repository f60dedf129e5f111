/** The lessons as files: a page of Markdown for each, and the networks that they lead to. */
import { Uri, workspace } from 'vscode';
import { inLanguage } from './language';

/** By name, in the order of the lessons; pages first. */
export type LessonFiles = ReadonlyMap<string, Uint8Array>;

/** Reads the lessons of the extension in the person's language. */
export async function readLessons(extension: Uri): Promise<LessonFiles> {
  const folder = Uri.joinPath(extension, 'media/examples');
  const read = (name: string) => workspace.fs.readFile(Uri.joinPath(folder, name));
  const text = new TextDecoder().decode(await read(inLanguage('lessons.md', 'lessons.zh-cn.md')));
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>();
  for (const [name, page] of pagesOf(text)) files.set(name, encoder.encode(page));
  const networks = new Set([...text.matchAll(/\]\(([\w-]+\.nn\.json)\)/g)].map(([, name]) => name));
  for (const name of networks) files.set(name, await read(name));
  return files;
}

/**
 * Splits the text of all lessons at their headings into pages that lead to each other. `## 2 Loss` becomes
 * `2-loss.md`; what stands above the first heading stands above the first page.
 */
export function pagesOf(text: string): ReadonlyMap<string, string> {
  const [preface = '', ...lessons] = text.split(/^(?=## )/m);
  const titles = lessons.map(lesson => lesson.slice('## '.length, lesson.indexOf('\n')).trim());
  const name = (title: string): string => `${title.toLowerCase().replaceAll(' ', '-')}.md`;
  const link = (title: string, arrow: string): string =>
    `[${arrow} ${title}](${encodeURI(name(title))})`;
  return new Map(
    lessons.map((lesson, i) => {
      const [before, after] = [titles[i - 1], titles[i + 1]];
      const ways = [before && link(before, '←'), after && link(after, '→')].filter(Boolean);
      const above = i === 0 ? preface : '';
      return [name(titles[i]), `${above}${lesson.trimEnd()}\n\n---\n\n${ways.join(' · ')}\n`];
    }),
  );
}

/** The lessons: pages, a folder that is only read, and the command that copies them. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { pagesOf } from '../../src/host/lessonPages';
import { openLessons } from '../../src/host/lessons';
import { LessonsFolder } from '../../src/host/lessonsFolder';
import { editor, env, Uri, window, workspace } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const read = (name: string): string => readFileSync(`media/examples/${name}`, 'utf8');
const PAGES = ['en', 'zh-cn'].map(language =>
  pagesOf(read(language === 'en' ? 'lessons.md' : `lessons.${language}.md`)),
);
const NAMES = [...PAGES[0].keys()];

let lessons: LessonsFolder;

beforeEach(() => {
  editor.reset();
  const texts = ['lessons.md', 'lessons.zh-cn.md'].map(name => [name, read(name)]);
  const networks = new Set(texts.join().match(/[\w-]+\.nn\.json(?=\))/g));
  for (const [name, text] of [...texts, ...[...networks].map(name => [name, read(name)])])
    editor.files.set(`/ext/media/examples/${name}`, new TextEncoder().encode(text));
  lessons = new LessonsFolder(Uri.file('/ext') as unknown as vscode.Uri);
});

afterEach(() => {
  lessons.dispose();
  env.language = 'en';
  workspace.workspaceFolders = [{ uri: Uri.file('/work'), name: 'work' }];
});

/** What lies in the workspace. */
const copied = (): string[] =>
  [...editor.files.keys()].filter(path => path.startsWith('/work/')).map(path => path.slice(6));

const previewed = (): string[] =>
  editor.executed
    .filter(({ command }) => command === 'markdown.showPreview')
    .map(({ args }) => decodeURI(String(args[0])));

describe('the pages', () => {
  it('are one for each lesson, named for it, with the preface on the first', () => {
    expect(NAMES).toEqual([
      '1-forward.md',
      '2-loss.md',
      '3-four-rules.md',
      '4-descent.md',
      '5-symmetry.md',
      '6-vanishing.md',
      '7-formula-lab.md',
    ]);
    expect(PAGES[0].get('1-forward.md')).toMatch(/^# .*\n[^]*\n## 1 Forward\n/);
    expect(PAGES[0].get('2-loss.md')).toMatch(/^## 2 Loss\n/);
  });

  it('lead to each other', () => {
    for (const pages of PAGES) {
      const names = [...pages.keys()];
      [...pages.values()].forEach((page, i) => {
        const ways = [...page.matchAll(/\]\(([^)]*\.md)\)/g)].map(([, to]) => decodeURI(to));
        expect(ways).toEqual([names[i - 1], names[i + 1]].filter(name => name !== undefined));
      });
    }
  });
});

describe('the folder that is only read', () => {
  it('has the pages and every network that they lead to', async () => {
    const entries = await lessons.readDirectory();
    const there = entries.map(([name]) => name);
    expect(there.slice(0, NAMES.length)).toEqual(NAMES);
    for (const name of NAMES) {
      const page = new TextDecoder().decode(await lessons.readFile(lessons.place(name)));
      for (const [, to] of page.matchAll(/\]\(([^)]*)\)/g)) expect(there).toContain(to);
    }
    const [, network] = [...there].reverse().entries().next().value ?? [];
    const size = read(String(network)).length;
    expect(await lessons.stat(lessons.place(String(network)))).toMatchObject({ type: 1, size });
  });

  it('says of what is not there that it is not, and refuses every change', async () => {
    const none = lessons.place('8-none.md');
    await expect(lessons.stat(none)).rejects.toThrow('FileNotFound');
    for (const change of ['createDirectory', 'writeFile', 'delete', 'rename'] as const)
      expect(() => lessons[change](none)).toThrow('NoPermissions');
  });

  it('speaks the language of the person', async () => {
    env.language = 'zh-cn';
    const names = (await lessons.readDirectory()).map(([name]) => name);
    expect(names.slice(0, 2)).toEqual(['1-前向传播.md', '2-损失.md']);
  });
});

describe('the command', () => {
  const open = () => openLessons(lessons);
  const asked: string[] = [];
  /** The row that the person picks. */
  let row: number | undefined;

  beforeEach(() => {
    asked.length = 0;
    row = 0;
    vi.spyOn(window, 'showQuickPick').mockImplementation((items, { title = '' } = {}) => {
      asked.push(title);
      return Promise.resolve(row === undefined ? undefined : items[row]);
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('asks, copies all of them, and opens the first', async () => {
    await open();
    expect(asked).toEqual(['Lessons']);
    expect(copied()).toHaveLength((await lessons.files()).size);
    expect(copied()).toContain('nabla-lessons/reference-3-4-2.nn.json');
    expect(previewed()).toEqual(['file:///work/nabla-lessons/1-forward.md']);
  });

  it('writes nothing when the person only wants to read, or goes away', async () => {
    row = 1;
    await open();
    expect(previewed()).toEqual(['nabla-lessons:///1-forward.md']);
    row = undefined;
    expect(await open()).toBeUndefined();
    expect(copied()).toEqual([]);
  });

  it('never writes over a file, and asks no more when all are there', async () => {
    editor.write('/work/nabla-lessons/reference-3-4-2.nn.json', 'mine');
    await open();
    const mine = editor.files.get('/work/nabla-lessons/reference-3-4-2.nn.json');
    expect(new TextDecoder().decode(mine)).toBe('mine');
    await open();
    expect(asked).toEqual(['Lessons']);
    expect(previewed()).toHaveLength(2);
  });

  it('shows them read-only where no folder is open', async () => {
    workspace.workspaceFolders = [];
    await open();
    expect(asked).toEqual([]);
    expect(previewed()).toEqual(['nabla-lessons:///1-forward.md']);
  });
});

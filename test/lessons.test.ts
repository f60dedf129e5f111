/**
 * Holds the lessons to be true: every number that they state is computed anew. `lessons.md` says of each lesson where
 * its numbers come from.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { example, nabla } from './cli/support';

const NUMBER = /[−-]?\d+(?:\.\d+)?(?:e-?\d+|×10⁻?[⁰¹²³⁴-⁹]+)?/g;

const read = (name: string): string => readFileSync(`media/examples/${name}`, 'utf8');

interface Lesson {
  readonly title: string;
  /** What a person reads, without names, keys and links. */
  readonly prose: string;
  readonly links: readonly string[];
}

function lessonsOf(text: string): Lesson[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map(lesson => {
      const body = lesson.slice(lesson.indexOf('\n'));
      return {
        title: lesson.slice(0, lesson.indexOf('\n')),
        prose: body
          .replace(/\[[^\]]*\]\([^)]*\)/g, '')
          .replace(/`[^`]*`/g, '')
          .replace(/BP\d|(?:Note|笔记) \d{3}/g, ''),
        links: [...body.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link),
      };
    });
}

const numbersIn = (text: string): Set<string> => new Set(text.match(NUMBER));

/** What the command line answers to the first column of a source. */
async function answer(asked: string): Promise<string> {
  const [command, network, what, batch] = asked.split(' ');
  const path = example(network);
  if (command === 'file') return readFileSync(path, 'utf8');
  const options: { readonly [name: string]: readonly string[] } = {
    explain: ['--target', what, ...(batch === 'batch' ? ['--batch'] : [])],
    train: what === undefined ? [] : ['--epochs', what],
    lab: ['--rule', what],
  };
  const { stdout } = await nabla([command, path, ...(options[command] ?? [])]);
  return stdout;
}

/** The first line that begins with the label, and those below it that are indented deeper. */
function rowOf(text: string, label: string): string {
  const lines = text.split('\n');
  const indent = (line: string): number => line.length - line.trimStart().length;
  const at = lines.findIndex(
    line => line.trimStart().startsWith(label) && !/^\w/.test(line.trimStart().slice(label.length)),
  );
  if (at < 0) return '';
  const end = lines.findIndex((line, i) => i > at && indent(line) <= indent(lines[at]));
  return lines.slice(at, end < 0 ? undefined : end).join('\n');
}

/** Tables of a training have more digits than a lesson says. */
function isIn(row: string, stated: string, rounded: boolean): boolean {
  const found = numbersIn(row.replaceAll(',', ' '));
  if (found.has(stated) || found.has(stated.replace('−', '-'))) return true;
  const digits = stated.split('.')[1]?.length ?? 0;
  return rounded && [...found].some(number => Number(number).toFixed(digits) === stated);
}

async function faultsOf(source: string): Promise<string[]> {
  const [asked = '', label = '', numbers = ''] = source.split('|').map(part => part.trim());
  const row = rowOf(await answer(asked), label);
  if (row === '') return [`${source}: there is no such row`];
  const stated = numbers.split(' ');
  return stated
    .filter(number => !isIn(row, number, asked.startsWith('train')))
    .map(number => `${source}: ${number} is not in ${row}`);
}

const statedIn = (sources: readonly string[]): Set<string> =>
  new Set(sources.flatMap(source => source.split('|')[2]?.trim().split(' ') ?? []));

/** The lines below the same heading. */
function sourcesOf({ title }: Lesson): string[] {
  const text = readFileSync('test/lessons.md', 'utf8');
  const [, lines = ''] = text.split(`\n## ${title}\n\n\`\`\`\n`);
  return lines.slice(0, lines.indexOf('\n```')).split('\n');
}

const english = lessonsOf(read('lessons.md'));
const chinese = lessonsOf(read('lessons.zh-cn.md'));

describe.each(
  english.map((lesson, i) => [lesson.title, lesson, chinese[i], sourcesOf(lesson)] as const),
)('lesson %s', (_, lesson, translated, sources) => {
  it('states only what is computed', async () => {
    expect(sources.length).toBeGreaterThan(1);
    expect((await Promise.all(sources.map(faultsOf))).flat()).toEqual([]);
  });

  it('says where each of its numbers comes from, in both languages', () => {
    const sorted = (numbers: Set<string>): string[] => [...numbers].sort();
    expect(sorted(numbersIn(lesson.prose))).toEqual(sorted(statedIn(sources)));
    expect(sorted(numbersIn(translated.prose))).toEqual(sorted(statedIn(sources)));
  });

  it('has the same parts in both languages, and leads to networks that are there', () => {
    expect(translated.title.split(' ')[0]).toBe(lesson.title.split(' ')[0]);
    expect(translated.links).toEqual(lesson.links);
    expect(lesson.links.length).toBeGreaterThan(0);
    for (const link of lesson.links) expect(existsSync(`media/examples/${link}`), link).toBe(true);
    for (const { prose } of [lesson, translated]) {
      expect(prose.match(/<details>/g)).toHaveLength(1);
      expect(prose.match(/\*\*.+?[.。]\*\*/g)).toHaveLength(2);
    }
  });
});

describe('the check of lessons', () => {
  it.each([
    ['another number', 'explain reference-3-4-2 loss | loss | 0.3422', '0.3422 is not in'],
    ['a sign', 'explain reference-3-4-2 layers[1].bias[0] | gradient | 0.1379', '0.1379 is not in'],
    ['a row that is not there', 'explain reference-3-4-2 loss | los | 1', 'no such row'],
    ['the wrong epoch', 'train reference-3-4-2 1 | 1 | 0.3421', '0.3421 is not in'],
  ])('finds %s', async (_, source, fault) => {
    expect((await faultsOf(source)).join('\n')).toContain(fault);
  });
});

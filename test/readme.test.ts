/** The two READMEs say the same: what is not a sentence stands in both. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Titles = Readonly<Record<string, string>>;

interface Readme {
  readonly text: string;
  /** Titles of commands, by the key of the string table. */
  readonly titles: Titles;
}

const read = (readme: string, table: string): Readme => ({
  text: readFileSync(readme, 'utf8'),
  titles: JSON.parse(readFileSync(table, 'utf8')) as Titles,
});

const english = read('README.md', 'package.nls.json');
const chinese = read('README.zh-CN.md', 'package.nls.zh-cn.json');

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([whole, part = whole]) => part);

const headings = (text: string): string[] => found(text, /^(#+) /gm);
const pictures = (text: string): string[] => found(text, /!\[[^\]]+\]\(([^)]+)\)/g);
/** Of the same things; those of another language lie in a folder of their own. */
const pictured = (text: string): string[] =>
  pictures(text).map(path => path.replace('/zh-cn/', '/'));
/** Comments are sentences. */
const blocks = (text: string): string[] =>
  found(text, /(```[^]*?```|(?:^ {4}\S.*\n)+)/gm).map(block =>
    block.replace(/ (?:\/\/|# ).*/g, ''),
  );
const spans = (text: string): string[] =>
  found(text.replace(/```[^]*?```/g, ''), /`([^`\n]+(?:\n[^`\n]+)?)`/g)
    .map(span => span.replace(/\s+/g, ' '))
    .filter(span => !span.startsWith('Nabla: '));

/** Keys of the commands that are named, as _Nabla: Train_, `Nabla: Train` or “Nabla: 训练”; else the name. */
function commandsIn({ text, titles }: Readme): string[] {
  const names = found(text.replace(/\s+/g, ' '), /[_`“]Nabla: ([^_`”]+)[_`”]/g);
  const keys = Object.keys(titles).filter(key => key.startsWith('command.'));
  return names.map(name => keys.find(key => named(titles[key], name)) ?? name).sort();
}

/** The three dots, and what stands in parentheses, may be left out. */
const named = (title: string, name: string): boolean =>
  title === name || title === `${name}…` || title.replace(/ ?[(（].*/, '') === name;

describe('README.zh-CN.md', () => {
  it.each([
    ['headings', headings],
    ['pictures', pictured],
    ['blocks of code', blocks],
  ] as const)('has the same %s in the same order', (_, of) => {
    expect(of(english.text).length).toBeGreaterThan(4);
    expect(of(chinese.text)).toEqual(of(english.text));
  });

  it('names the same commands, by their titles', () => {
    const commands = commandsIn(english);
    expect(commands.length).toBeGreaterThan(10);
    for (const key of commands) expect(key).toMatch(/^command\./);
    expect(commandsIn(chinese)).toEqual(commands);
  });

  it('has the same settings, keys and other names', () => {
    expect(spans(english.text).length).toBeGreaterThan(100);
    expect([...spans(chinese.text)].sort()).toEqual([...spans(english.text)].sort());
  });

  it('shows pictures that are there, each with words of its own language', () => {
    for (const path of pictures(english.text)) expect(existsSync(path), path).toBe(true);
    for (const path of pictures(chinese.text)) {
      expect(path).toContain('/zh-cn/');
      expect(existsSync(path), path).toBe(true);
    }
    for (const words of found(chinese.text, /!\[([^\]]+)\]/g)) expect(words).toMatch(/[一-鿿]/);
  });

  it('leads to the other, and back', () => {
    expect(english.text).toContain('](README.zh-CN.md)');
    expect(chinese.text).toContain('](README.md)');
  });

  it('is as long: nothing is left out', () => {
    const parts = ({ text }: Readme): number[] =>
      text.split(/^## /m).map(part => part.replace(/\s+/g, ' ').length);
    const [whole, translated] = [parts(english), parts(chinese)];
    whole.forEach((length, i) => {
      // A Chinese sentence has about half the characters.
      expect(translated[i] / length, String(i)).toBeGreaterThan(0.3);
      expect(translated[i] / length, String(i)).toBeLessThan(1);
    });
  });
});

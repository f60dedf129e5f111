import { describe, expect, it, vi } from 'vitest';
import bundle from '../../l10n/bundle.l10n.zh-cn.json';
import { inferNetwork, InferError } from '../../src/data/infer';
import { previewCsv } from '../../src/data/previewCsv';
import { inferText } from '../../src/host/inferWords';
import { l10n } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

/** What a person reads who wants a network for this file. */
function told(text: string): string {
  try {
    inferNetwork(previewCsv('a.csv', text, text.length));
  } catch (error) {
    if (error instanceof InferError) return inferText('data/a.csv', error.fault);
    throw error;
  }
  throw new Error('A network is made of it.');
}

const begins = 'data/a.csv cannot be read as a table';
const onlyOne = 'in which every cell is a number: nothing is left for the inputs.';

describe('a file of which no network can be made', () => {
  it.each([
    [
      '',
      "data/a.csv is empty: write the columns' names in its first row and one sample in each further row.",
      'data/a.csv 是空的：请在第一行写列名，其后每行写一个样本。',
    ],
    [
      'a,b\n',
      'data/a.csv has no row below its header: each further row is a sample.',
      'data/a.csv 的表头之下没有行：其后每行应是一个样本。',
    ],
    [
      'a,b\n1,2\n3',
      `${begins} (line 3: another number of cells than columns: 1 / 2). Correct the file first.`,
      'data/a.csv 无法作为表格读取（第 3 行：单元格数与列数不同：1 / 2）。请先更正文件。',
    ],
    [
      'a,a,b\n1,2,3',
      `${begins} (line 1: the name of another column: a). Correct the file first.`,
      'data/a.csv 无法作为表格读取（第 1 行：与另一列同名：a）。请先更正文件。',
    ],
    [
      'a,b\n1,"2',
      `${begins} (line 2: a quote that does not close). Correct the file first.`,
      'data/a.csv 无法作为表格读取（第 2 行：引号没有闭合）。请先更正文件。',
    ],
    [
      `a,b\n${'?,1\n'.repeat(20)}${'1,2\n'.repeat(30)}3`,
      `${begins}. Correct the file first.`,
      'data/a.csv 无法作为表格读取。请先更正文件。',
    ],
    [
      'a,b\n1,1\n2,1',
      `data/a.csv has no column besides a ${onlyOne} Add or correct one.`,
      'data/a.csv 除 a 外没有每个单元格都是数的列：没有可作输入的列。请添加或更正一列。',
    ],
    [
      'a,b,t\n1,,x\n?,2,y\n3,4,x',
      `data/a.csv has no column besides t ${onlyOne} Correct these cells or remove their rows: a (line 3: “?”); b (line 2: empty).`,
      'data/a.csv 除 t 外没有每个单元格都是数的列：没有可作输入的列。请更正这些单元格或删除它们所在的行：a（第 3 行：“?”）；b（第 2 行：空）。',
    ],
    [
      'a,b\n1,1\n1,1',
      'data/a.csv has no column to predict: one with at least two different classes or numbers, and no empty or wrong cell. Add or correct one.',
      'data/a.csv 没有可预测的列：这样的列至少有两个不同的类别或数，并且没有空的或有误的单元格。请添加或更正一列。',
    ],
  ])('%j is refused with the reason and what to do', (text, english, chinese) => {
    expect(told(text)).toBe(english);
    const words: Readonly<Record<string, string>> = bundle;
    const translate = vi
      .spyOn(l10n, 't')
      .mockImplementation((message: string, ...values: unknown[]) =>
        words[message].replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)])),
      );
    expect(told(text)).toBe(chinese);
    translate.mockRestore();
  });
});

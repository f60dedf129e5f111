/** Every way in which a CSV file's columns are not enough has a sentence that says what to do. */
import { afterEach, describe, expect, it } from 'vitest';
import { chooseColumns } from '../../src/data/infer';
import { previewCsv } from '../../src/data/previewCsv';
import { missingIn } from '../../webview/data/csvMissing';
import { useAllWords } from '../support/words';

afterEach(() => useAllWords('en'));

function missing(text: string, mayChoose: boolean): string | undefined {
  const preview = previewCsv('a.csv', text, text.length);
  const { inputs, target } = chooseColumns(preview);
  return missingIn(
    preview.columns,
    ({ name }) => (name === target ? 'target' : inputs.includes(name) ? 'input' : 'unused'),
    mayChoose,
  );
}

const WORDS = 'name,city,kind\nann,oslo,a\nbob,rome,b\ncid,bern,a\n';
const ALL_BAD = 'a,b,y\n1,?,0\n?,2,1\n2,3,0\n3,4,1\n';
const IDS = 'id,y\n1,a\n2,b\n3,a\n';
const SAME = 'a,y\n1,3\n1,3\n';

describe('what is missing', () => {
  it.each([
    [WORDS, true, 'no column besides kind has any. Add a column of numbers'],
    [WORDS, false, 'no column besides kind has any. Add a column of numbers'],
    [ALL_BAD, true, 'cells that are no numbers: a, b. Correct those cells'],
    [ALL_BAD, false, 'cells that are no numbers: a, b. Correct those cells'],
    [IDS, true, 'set the use of id to “input”'],
    [IDS, false, 'only number the rows or never change: id. Add a column'],
    [SAME, true, 'set its use to “target”'],
    [SAME, false, 'add a column with different numbers'],
  ])('of %j, columns chosen: %j', (text, mayChoose, words) => {
    expect(missing(text, mayChoose)).toContain(words);
  });

  it('is nothing where there is enough', () => {
    expect(missing('a,y\n1,x\n2,z\n', true)).toBeUndefined();
    expect(missing('a,y\n1,x\n2,z\n', false)).toBeUndefined();
  });

  it('lists three columns at most, and is Chinese where the page is', async () => {
    const many = 'a,b,c,d,y\n?,?,?,1,0\n1,1,1,?,1\n2,3,4,5,0\n3,4,5,6,1\n';
    expect(missing(many, false)).toContain('no numbers: a, b, c, …. Correct');
    await useAllWords('zh-cn');
    expect(missing(IDS, true)).toBe('请至少选择一个输入：把 id 的用途设为“输入”。');
  });
});

/** The findings' words in the language of the page. */
import type { LabWords } from '../../src/explain/lab/words';
import { labEnglish } from '../../src/explain/lab/words.en';
import { labChinese } from '../../src/explain/lab/words.zh';
import { language } from '../strings';

export function labWords(): LabWords {
  return language() === 'zh' ? labChinese : labEnglish;
}

/** The report's words in the language of the page. */
import type { GradcheckWords } from '../../src/explain/gradcheck/words';
import { gradcheckEnglish } from '../../src/explain/gradcheck/words.en';
import { gradcheckChinese } from '../../src/explain/gradcheck/words.zh';
import { language } from '../strings';

export function checkedWords(): GradcheckWords {
  return language() === 'zh' ? gradcheckChinese : gradcheckEnglish;
}

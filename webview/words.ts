/** The explanations' words in the language of the page. */
import type { Words } from '../src/explain/words';
import { english } from '../src/explain/words.en';
import { chinese } from '../src/explain/words.zh';
import { language } from './strings';

export function explainWords(): Words {
  return language() === 'zh' ? chinese : english;
}

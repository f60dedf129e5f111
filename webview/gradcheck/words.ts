/** The report's words in the language of the page. */
import type { GradcheckWords } from '../../src/explain/gradcheck/words';
import { words } from '../words';

export const checkedWords = (): GradcheckWords => words('gradcheck');

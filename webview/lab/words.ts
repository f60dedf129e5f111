/** The findings' words in the language of the page. */
import type { LabWords } from '../../src/explain/lab/words';
import { words } from '../words';

export const labWords = (): LabWords => words('lab');

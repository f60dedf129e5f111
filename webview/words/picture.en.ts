/** What the picture says, in English: a script of its own (`../words.ts`). */
export { english as explain } from '../../src/explain/words.en';
export { english as strings } from '../strings.en';

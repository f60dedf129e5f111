/** What the picture says, in Chinese: a script of its own (`../words.ts`). */
export { chinese as explain } from '../../src/explain/words.zh';
export { chinese as strings } from '../strings.zh';

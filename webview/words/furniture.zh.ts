/** What is said around the picture, in Chinese: a script of its own (`../words.ts`). */
import { chineseDescriptions, chineseNames, chineseUnits } from '../properties/catalog.zh';
import { chineseChoices } from '../properties/choices.zh';

export { gradcheckChinese as gradcheck } from '../../src/explain/gradcheck/words.zh';
export { chinese as health } from '../../src/explain/healthWords.zh';
export { labChinese as lab } from '../../src/explain/lab/words.zh';
export { furnitureChinese as strings } from '../furnitureStrings.zh';

export const settings = {
  names: chineseNames,
  units: chineseUnits,
  descriptions: chineseDescriptions,
  choices: chineseChoices,
};

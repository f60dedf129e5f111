/** What is said around the picture, in English: a script of its own (`../words.ts`). */
import { settingNames, settingUnits } from '../properties/settingNames';

export { gradcheckEnglish as gradcheck } from '../../src/explain/gradcheck/words.en';
export { english as health } from '../../src/explain/healthWords.en';
export { labEnglish as lab } from '../../src/explain/lab/words.en';
export { furnitureEnglish as strings } from '../furnitureStrings.en';

/** The catalogue's own words are English. */
export const settings = { names: settingNames, units: settingUnits, descriptions: {}, choices: {} };

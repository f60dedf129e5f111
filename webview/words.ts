/**
 * What the page says, in the language of VS Code. Words come in scripts of their own, two of each language (`words/`),
 * and a page asks for those of one: with the picture for what the picture says, with the furniture for what is said
 * around it. What has words in both languages is listed here; where one lacks any, this file does not compile.
 */
import type { GradcheckWords } from '../src/explain/gradcheck/words';
import type { HealthWords } from '../src/explain/healthWords';
import type { LabWords } from '../src/explain/lab/words';
import type { Words } from '../src/explain/words';
import type { FurnitureStrings } from './furnitureStrings.en';
import type { SettingWords } from './properties/settingNames';
import type { PictureStrings } from './strings.en';

export type Language = 'en' | 'zh';

interface PictureWords {
  readonly strings: PictureStrings;
  readonly explain: Words;
}

interface FurnitureWords {
  readonly strings: FurnitureStrings;
  readonly gradcheck: GradcheckWords;
  readonly health: HealthWords;
  readonly lab: LabWords;
  readonly settings: SettingWords;
}

type PageWords = PictureWords & FurnitureWords;

interface Scripts {
  picture(): Promise<PictureWords>;
  furniture(): Promise<FurnitureWords>;
}

/** The build gives each of these modules a file in `dist`; the host's page names that of the picture before it is asked for. */
const scripts: { readonly [L in Language]: Scripts } = {
  en: {
    picture: () => import('./words/picture.en'),
    furniture: () => import('./words/furniture.en'),
  },
  zh: {
    picture: () => import('./words/picture.zh'),
    furniture: () => import('./words/furniture.zh'),
  },
};

let chosen: Language = 'en';
/** As much as has come. */
let come: Partial<PageWords> = {};

export function language(): Language {
  return chosen;
}

/** Chooses the language of the page (`zh…` or English), and resolves when the picture can speak it. */
export async function useLanguage(tag: string): Promise<void> {
  chosen = tag.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  come = { ...(await scripts[chosen].picture()) } as Partial<PageWords>;
}

/** Resolves when what stands around the picture can speak the language, too. */
export async function useFurnitureWords(): Promise<void> {
  const furniture = await scripts[chosen].furniture();
  come = { ...come, ...furniture, strings: { ...words('strings'), ...furniture.strings } };
}

/**
 * What is said of one thing; of `strings` only those of the picture before the furniture's have come.
 * @throws where the words have not come yet
 */
export function words<K extends keyof PageWords>(name: K): PageWords[K] {
  const found = come[name];
  if (found === undefined) throw new Error(`The page has no words of “${name}” yet.`);
  return found;
}

export const explainWords = (): Words => words('explain');

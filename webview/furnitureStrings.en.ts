/** What stands around the picture, in English: the table every other language is checked against. */
import { compareEnglish } from './compare/strings.en';
import { dataEnglish } from './data/strings.en';
import { checkedEnglish } from './gradcheck/strings.en';
import { inspectEnglish } from './inspect/strings.en';
import { whatIfEnglish } from './inspect/whatIfStrings.en';
import { labEnglish } from './lab/strings.en';
import { matricesEnglish } from './matrices/strings.en';
import { pastEnglish } from './past/strings.en';
import { predictEnglish } from './predict/strings.en';
import { propertiesEnglish } from './properties/strings.en';
import { resultsEnglish } from './results/strings.en';
import { steppingEnglish } from './stepping/strings.en';
import { chartEnglish } from './training/strings.en';

export const furnitureEnglish = {
  ...chartEnglish,
  ...dataEnglish,
  ...inspectEnglish,
  ...checkedEnglish,
  ...compareEnglish,
  ...whatIfEnglish,
  ...labEnglish,
  ...predictEnglish,
  ...matricesEnglish,
  ...pastEnglish,
  ...propertiesEnglish,
  ...resultsEnglish,
  ...steppingEnglish,
} as const;

export type FurnitureStrings = { readonly [K in keyof typeof furnitureEnglish]: string };

/** Strings of designing by gesture and key, in Chinese. */
import type { designEnglish } from './strings.en';

export const designChinese: { readonly [K in keyof typeof designEnglish]: string } = {};

/** Strings of data and new networks, in Chinese. */
import type { dataEnglish } from './strings.en';

export const dataChinese: { readonly [K in keyof typeof dataEnglish]: string } = {};

/** Strings of the forms, in Chinese. */
import type { propertiesEnglish } from './strings.en';

export const propertiesChinese: { readonly [K in keyof typeof propertiesEnglish]: string } = {};

/** Strings of designing by gesture and key, in English. */
export const designEnglish = {};

/** Strings of the forms, in English. */
export const propertiesEnglish = {};

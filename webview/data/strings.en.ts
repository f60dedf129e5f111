/** Strings of data and new networks, in English. */
export const dataEnglish = {};

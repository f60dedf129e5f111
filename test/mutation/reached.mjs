/** The array of the process in which a reached mutant sets its number's element to 1. */
export const REACHED = '__reachedMutants';

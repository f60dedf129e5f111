/** Sentences that quote what a file says, which may be anything. */
import { beginning, ending, shortened } from './shortened';

/** Characters of a sentence; what is longer nobody reads, and no list of problems shows. */
const LONGEST = 2000;
/** Of its end so much stays: the remedy. */
const END = 400;

/** The sentence, where it is too long without its middle. */
export function readable(sentence: string): string {
  if (sentence.length <= LONGEST) return sentence;
  return `${beginning(sentence, LONGEST - END - 1)}…${ending(sentence, END)}`;
}

/** Characters of a value in a sentence, and entries of a list. */
const MOST_SHOWN = 60;
const MOST_ENTRIES = 8;

/** A value that should have been another one: as in JSON where that is short, else what it is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && !isShort(value))
    return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
  return shortened(JSON.stringify(value) ?? typeof value, MOST_SHOWN);
}

function isShort(value: object): boolean {
  const inner: unknown[] = Object.values(value);
  return inner.length <= MOST_ENTRIES && inner.every(each => typeof each !== 'object');
}

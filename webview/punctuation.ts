/** How words are put together in the language of the page: Chinese has marks of its own. */
import { text } from './strings';

/** "layer 1, layer 2": things of one kind. */
export const listed = (items: readonly string[]): string => items.join(text('mark.item'));

/** "epoch 3, training 0.1": parts of a sentence. */
export const clauses = (parts: readonly string[]): string => parts.join(text('mark.comma'));

/** "finished: all epochs done" */
export const told = (what: string, words: string): string => what + text('mark.colon') + words;

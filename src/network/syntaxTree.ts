/** The syntax tree of any text, with its mistakes. */
import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { readTree } from './readTree';

/**
 * Comments and trailing commas are tolerated; a value nested so deeply that it exhausts the stack has no tree.
 *
 * @param errors gets the mistakes
 * @param previous root of the tree of a similar text, whose lists of numbers are used again
 */
export function syntaxTree(text: string, errors: ParseError[], previous?: Node): Node | undefined {
  try {
    return readTree(text, previous) ?? parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The syntax tree of any text, with its mistakes. */
import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { limits } from './limits';
import { readTree } from './readTree';
import type { Excess } from './readTree';

export interface SyntaxTree {
  /** As far as there is one. */
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  /** Why nothing was read. */
  readonly exceeds?: Excess;
}

/**
 * Comments and trailing commas are tolerated. Of a very long text with mistakes only the first one is found, and it has
 * no tree.
 *
 * @param previous root of the tree of a similar text, whose lists of numbers are used again
 */
export function syntaxTree(text: string, previous?: Node): SyntaxTree {
  const read = readTree(text, previous);
  if (read.type === 'tree') return { root: read.root, errors: [] };
  const unread = { root: undefined, errors: [] };
  if (read.type === 'nodes' || read.type === 'numbers') return { ...unread, exceeds: read.type };
  if (text.length > limits.spoiltText)
    return read.type === 'mistake'
      ? { ...unread, errors: [mistakeAt(read.at, 1)] }
      : { ...unread, exceeds: read.type };
  const errors: ParseError[] = [];
  try {
    return { root: parseTree(text, errors, { allowTrailingComma: true }), errors };
  } catch (error) {
    if (error instanceof RangeError) return { ...unread, exceeds: 'levels' };
    throw error;
  }
}

/** A mistake of which only the place is known: it has no code. */
function mistakeAt(offset: number, length: number): ParseError {
  return { error: 0 as ParseError['error'], offset, length };
}

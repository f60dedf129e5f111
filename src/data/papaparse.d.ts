/**
 * The part of papaparse that is used here. Its published types reference Node's, which would make the
 * globals of Node visible in every pure folder.
 */
declare module 'papaparse' {
  export interface ParseError {
    readonly type: 'Quotes' | 'Delimiter' | 'FieldMismatch';
    readonly message: string;
    /** From 0. */
    readonly row?: number;
  }

  export interface ParseOptions {
    readonly delimiter?: string;
    /** Rows to read; 0: all. */
    readonly preview?: number;
  }

  export interface ParseResult {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly ParseError[];
    /** `cursor`: behind the last row that was read. */
    readonly meta: { readonly cursor: number };
  }

  /** What reads the pieces of a text. */
  export interface Parser {
    /** @param incomplete the last row is left to the next piece */
    parse(piece: string, base: number, incomplete: boolean): ParseResult;
  }

  const Papa: {
    parse(text: string, options: ParseOptions): ParseResult;
    Parser: new (options: { readonly delimiter: string; readonly newline: string }) => Parser;
  };
  export { Papa as default };
}

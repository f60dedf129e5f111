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
  }

  const Papa: { parse(text: string, options: ParseOptions): ParseResult };
  export { Papa as default };
}

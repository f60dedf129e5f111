/** Writes JSON in the styles that people write it in. */
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import type { JsonValue } from '../../../src/network/json';
import { isList, isObject } from '../../../src/network/json';
import type { JsonObject } from './networks';

export interface Style {
  /** One level of indentation; undefined: the whole document on one line. */
  readonly indent: string | undefined;
  readonly lineEnd: string;
  readonly bom: boolean;
  readonly trailingComma: boolean;
  /** What stands at the n-th place where a comment may stand; '' for none. */
  readonly comments: readonly string[];
  readonly finalLineEnd: boolean;
}

/** Spaces, comments to the end of the line, comments inside the line, in turn over the document. */
const commentArbitrary = fc.constantFrom('', '', '', '', '//', '/*', 'own line', ' ');

export const styleArbitrary: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t', ' ', undefined),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  bom: fc.boolean(),
  trailingComma: fc.boolean(),
  comments: fc.oneof(
    fc.constant(['']),
    fc.array(commentArbitrary, { minLength: 1, maxLength: 23 }),
  ),
  finalLineEnd: fc.boolean(),
});

/** Short lists and objects may stay on one line, as in a file written by hand. */
export function render(value: JsonValue, style: Style): string {
  const writer = new Writer(style);
  const text = writer.value(value, '');
  return `${style.bom ? '\ufeff' : ''}${text}${style.finalLineEnd ? style.lineEnd : ''}`;
}

class Writer {
  readonly #style: Style;
  #places = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  value(value: JsonValue, indent: string): string {
    if (isList(value)) {
      const items = value.map(item => (inner: string) => this.value(item, inner));
      return this.#container('[', ']', items, indent, isShort(value));
    }
    if (!isObject(value)) return Object.is(value, -0) ? '-0' : JSON.stringify(value);
    const members = Object.entries(value).map(
      ([key, item]) =>
        (inner: string) =>
          `${JSON.stringify(key)}: ${this.value(item, inner)}`,
    );
    return this.#container('{', '}', members, indent, isShort(value));
  }

  #container(
    open: string,
    close: string,
    items: readonly ((indent: string) => string)[],
    indent: string,
    short: boolean,
  ): string {
    const { indent: unit, lineEnd, trailingComma } = this.#style;
    if (items.length === 0) return open + close;
    const flat = unit === undefined || short;
    const inner = flat ? indent : indent + unit;
    let text = open;
    items.forEach((item, index) => {
      const comma = index < items.length - 1 || (trailingComma && !flat) ? ',' : '';
      const before = flat ? '' : lineEnd + inner;
      text += this.#ownLine(flat, inner) + before + item(inner);
      text += this.#inline() + comma + this.#endOfLine(flat);
      if (flat && index < items.length - 1) text += ' ';
    });
    return text + (flat ? '' : lineEnd + indent) + close;
  }

  #next(): string {
    const { comments } = this.#style;
    return comments[this.#places++ % comments.length];
  }

  #ownLine(flat: boolean, indent: string): string {
    const { lineEnd } = this.#style;
    return this.#next() === 'own line' && !flat ? `${lineEnd}${indent}// about what follows` : '';
  }

  #inline(): string {
    const kind = this.#next();
    return kind === '/*' ? ' /* before, the comma */' : kind === ' ' ? ' ' : '';
  }

  #endOfLine(flat: boolean): string {
    const kind = this.#next();
    if (kind === '//' && !flat) return ' // end, of the "line"';
    return kind === '/*' ? ' /* behind */' : kind === ' ' && !flat ? '  ' : '';
  }
}

function isShort(value: JsonValue): boolean {
  return JSON.stringify(value).length < 60;
}

/** What a text says, however it is written: of a file with comments, trailing commas, a byte order mark. */
export function valueOf(text: string): JsonObject {
  return parse(text.replace(/^\ufeff/, ''), [], { allowTrailingComma: true }) as JsonObject;
}

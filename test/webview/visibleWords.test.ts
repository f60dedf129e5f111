/** No word of the page stands in the code: all of them come from the string tables, and all there are used. */
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bundleOptions, defines } from '../../esbuild.mjs';
import { furnitureEnglish } from '../../webview/furnitureStrings.en';
import { eachNode, hasWords, piecesOf, placeOf, readTrees, treeOf } from '../support/sources';
import { english } from '../support/words';

const trees = [...readTrees('webview').values()];
const code = trees.filter(({ fileName }) => !/strings\.\w+\.ts$/i.test(fileName));

/** Stands for what is put into a template. */
const HOLE = '\u0001';

/** Attributes and properties whose text is seen or spoken. */
const SPOKEN =
  /^(aria-?(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|textContent|innerText)$/i;

/** What is the same in every language: names of formats and of the field. */
const NAMES =
  /\b(CSV|SVG|PNG|IDX|LaTeX|TeX|Markdown|TensorBoard|JSON|Tab|Esc|Enter|Home|End|Shift|Ctrl|Alt)\b/g;

/** Words between the tags of a template and in its spoken attributes. */
function wordsOfTemplate(template: string): string[] {
  const attributes = [...template.matchAll(/\s([\w.-]+)="([^"]*)"/g)]
    .filter(([, name]) => SPOKEN.test(name.replace(/^\./, '')))
    .map(([, , value]) => value);
  const between = template
    .replace(/<!--.*?-->/gs, '')
    .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/gs, HOLE)
    .replace(/&\w+;/g, ' ');
  return [...attributes, ...between.split(HOLE)].filter(text => hasWords(text.replace(NAMES, '')));
}

/** Words that are written where a person sees or hears them. */
function hardCoded(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const tell = (node: ts.Node, words: readonly string[]): void =>
    void found.push(...words.map(text => `${placeOf(node)} ${text.trim()}`));
  eachNode(tree, node => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText()))
      tell(node, wordsOfTemplate(piecesOf(node.template)?.join(HOLE) ?? ''));
    else if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left))
      tell(node, SPOKEN.test(node.left.name.text) ? wordsIn(node.right) : []);
    else if (ts.isCallExpression(node)) tell(node, wordsOfCall(node));
  });
  return found;
}

function wordsIn(node: ts.Node | undefined): string[] {
  const pieces = (node && piecesOf(node)) ?? [];
  return pieces.filter(text => hasWords(text.replace(NAMES, '')));
}

/** `setAttribute('aria-label', …)`, and what is spoken. */
function wordsOfCall({ expression, arguments: given }: ts.CallExpression): string[] {
  const name = expression.getText().split('.').at(-1);
  if (name === 'setAttribute')
    return SPOKEN.test(piecesOf(given[0])?.[0] ?? '') ? wordsIn(given[1]) : [];
  return name === 'speak' ? wordsIn(given[1]) : [];
}

/** Keys of the table that a text of the code names, as a whole or in part. */
function used(keys: readonly string[], sources: readonly ts.SourceFile[]): string[] {
  const whole = new Set<string>();
  const parts: RegExp[] = [];
  for (const tree of sources)
    eachNode(tree, node => {
      const pieces = piecesOf(node);
      if (pieces?.length === 1) whole.add(pieces[0]);
      else if (pieces && /^[a-z][\w.]*\.\w*$/i.test(pieces[0]))
        parts.push(
          new RegExp(`^${pieces.map(piece => piece.replaceAll('.', '\\.')).join('\\w+')}$`),
        );
    });
  return keys.filter(key => whole.has(key) || parts.some(part => part.test(key)));
}

function unused(keys: readonly string[], sources: readonly ts.SourceFile[]): string[] {
  const found = new Set(used(keys, sources));
  return keys.filter(key => !found.has(key));
}

/** What is in the scripts that are there before the furniture is. */
async function sourcesOfPicture(): Promise<ts.SourceFile[]> {
  const options = bundleOptions('webview', { define: await defines() });
  const { metafile } = await esbuild.build({ ...options, write: false, metafile: true });
  const first = Object.entries(metafile.outputs)
    .filter(([path]) => /webview(-chunk)?\.js$/.test(path))
    .flatMap(([, { inputs }]) => Object.keys(inputs));
  return code.filter(({ fileName }) => first.includes(fileName));
}

describe('the words of the page', () => {
  it('are none in templates, spoken attributes and announcements', () => {
    expect(code.length).toBeGreaterThan(100);
    expect(code.flatMap(hardCoded)).toEqual([]);
  });

  it.each([
    ['html`<p>Hello</p>`', 'Hello'],
    ['html`<p>${x} of ${y}</p>`', 'of'],
    ['html`<button aria-label="Close" @click=${() => a > b}></button>`', 'Close'],
    ['html`<a title="Go to ${x}">${y}</a>`', 'Go to'],
    ['svg`<text>loss</text>`', 'loss'],
    ["element.setAttribute('aria-label', 'Close')", 'Close'],
    ["element.title = 'Close'", 'Close'],
    ['speak(this, `${n} weights`)', 'weights'],
  ])('are found in %s', (source, word) => {
    expect(hardCoded(treeOf('a.ts', source)).join()).toContain(word);
  });

  it.each(['html`<b class="loss" title=${t}>${t} · 100 % C</b>`', "element.className = 'loss'"])(
    'are not seen in %s',
    source => expect(hardCoded(treeOf('a.ts', source))).toEqual([]),
  );

  it('are all used', () => {
    expect(unused(Object.keys(english), code)).toEqual([]);
  });

  it('are with the picture where the picture says them', async () => {
    const picture = await sourcesOfPicture();
    expect(picture.length).toBeGreaterThan(50);
    const later = Object.keys(furnitureEnglish);
    for (const source of picture) expect(used(later, [source]), source.fileName).toEqual([]);
  });

  it('are found where nobody uses them', () => {
    const source = treeOf('a.ts', "text('a.used'); text(`b.${kind}`); text(`${kind}.c`)");
    expect(unused(['a.used', 'a.not', 'b.one', 'x.c', 'b.one.more'], [source])).toEqual([
      'a.not',
      'x.c',
      'b.one.more',
    ]);
  });
});

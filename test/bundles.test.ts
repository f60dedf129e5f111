/**
 * What the built bundles can do at all: none turns text into code, and none knows a way into a network, but for what is named
 * here, each with the reason. They are read as code, so that neither comments nor words count.
 */
import { readFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleOptions, bundles, defines } from '../esbuild.mjs';
import type { BundleName } from '../esbuild.mjs';
import { eachNode, treeOf } from './support/sources';

/** The scripts of the product, by name. */
const trees = new Map<string, ts.SourceFile>();

beforeAll(async () => {
  const define = await defines();
  for (const name of Object.keys(bundles) as BundleName[]) {
    const options = bundleOptions(name, { production: true, define });
    const { outputFiles } = await esbuild.build({ ...options, write: false });
    for (const { path, text } of outputFiles) {
      const file = path.replace(/^.*[/\\]/, '');
      if (file.endsWith('.js')) trees.set(file, treeOf(file, text));
    }
  }
}, 120_000);

/** Names of globals that make code of text, or speak to a network. */
const CODE = new Set(['eval', 'Function', 'importScripts']);
const NETWORK = new Set([
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection'],
  ...['sendBeacon', 'SharedWorker', 'BroadcastChannel', 'serviceWorker'],
]);
/** Modules of Node and VS Code that do. */
const MODULES =
  /^(node:)?(https?|http2|net|tls|dgram|dns|vm|inspector|cluster|repl|undici|ws)(\/|$)/;

interface Use {
  readonly file: string;
  readonly what: string;
  readonly text: string;
}

/** The name of a global that is called, made or looked up at a global object; methods of own objects have other owners. */
function globalUsed(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const { expression } = node;
    if (ts.isIdentifier(expression)) return expression;
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const owners = ['self', 'window', 'globalThis', 'global', 'navigator'];
  return owners.includes(node.expression.text) ? node.name : undefined;
}

function uses(names: ReadonlySet<string>): Use[] {
  const found: Use[] = [];
  for (const [file, tree] of trees)
    eachNode(tree, node => {
      const name = globalUsed(node);
      if (name && names.has(name.getText())) {
        const text = node.getText().slice(0, 60);
        found.push({ file, what: name.getText(), text });
      }
    });
  return found;
}

/** What is asked for when the script runs: a module of its own, or an address that is computed. */
function imports(): Use[] {
  const found: Use[] = [];
  for (const [file, tree] of trees)
    eachNode(tree, node => {
      if (!ts.isCallExpression(node)) return;
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
      const [target] = node.arguments;
      if ((!isImport && !isRequire) || !target) return;
      const what = ts.isStringLiteralLike(target) ? target.text : 'computed';
      found.push({ file, what, text: isImport ? 'import' : 'require' });
    });
  return found;
}

describe('the built bundles', () => {
  it('are all there', () => {
    expect([...trees.keys()]).toEqual(
      expect.arrayContaining([
        ...['extension.js', 'extension.web.js', 'worker.js', 'worker.web.js', 'cli.js'],
        ...['webview.js', 'webview-chunk.js', 'webview-furniture.js'],
      ]),
    );
  });

  it('make no code of text, but where the form controls look for an old browser’s global', () => {
    // Reached where there is neither `globalThis` nor `window`, and refused by the page's policy even there.
    expect(uses(CODE)).toEqual([
      {
        file: 'webview-furniture.js',
        what: 'Function',
        text: expect.stringMatching(/Function\(["']return this["']\)/) as string,
      },
    ]);
  });

  it('know no way into a network, but what reads CSV when it is told to download, which nobody does', () => {
    // `src/data/papaparse.d.ts` has no `download` that anybody could give it.
    const found = uses(NETWORK);
    expect(found.map(({ what }) => what)).toEqual([
      'XMLHttpRequest',
      'XMLHttpRequest',
      'XMLHttpRequest',
    ]);
    expect(found.map(({ file }) => file).sort()).toEqual([
      'cli.js',
      'extension.web.js',
      'worker.web.js',
    ]);
    expect(imports().filter(({ what }) => MODULES.test(what))).toEqual([]);
  });

  it('import nothing that is computed, but the worker’s script where a browser starts no worker', () => {
    // `engineHere.web.ts`: the bytes of our own `worker.web.js`, from the extension's folder, as a Blob.
    const computed = imports().filter(({ what }) => what === 'computed');
    expect(computed).toEqual([{ file: 'extension.web.js', what: 'computed', text: 'import' }]);
  });

  it('import by name only what is theirs, Node’s or VS Code’s', () => {
    const names = new Set(imports().map(({ what }) => what));
    names.delete('computed');
    const others = [...names].filter(name => !/^(\.\/[\w.-]+\.js|node:[\w/]+|vscode)$/.test(name));
    // PapaParse asks for it where it reads a Node stream, which nobody gives it.
    expect(others).toEqual(['stream']);
  });

  it('start no program but themselves', () => {
    // Node's own `fork`, of our own script: `spawnProcess.desktop.ts`, `wideProcess.ts` and the command line.
    const asking = imports().filter(({ what }) => what === 'node:child_process');
    expect(new Set(asking.map(({ file }) => file))).toEqual(new Set(['cli.js', 'extension.js']));
    const called = new Set<string>();
    for (const name of ['cli.js', 'extension.js'])
      eachNode(trees.get(name)!, node => {
        if (!ts.isCallExpression(node)) return;
        const callee = node.expression.getText();
        const [, program] =
          /\b(spawn|spawnSync|execSync|execFile|execFileSync|fork)\)?$/.exec(callee) ?? [];
        if (program) called.add(program);
      });
    // All three start the Node that runs already, without a shell: `fork` our worker's script (spawnProcess.desktop.ts),
    // `execFile` a line that says what this Node can (wideProcess.ts), `spawn` this very call again (cli/processes.ts).
    expect([...called].sort()).toEqual(['execFile', 'fork', 'spawn']);
  });

  it('take every address from the extension’s own folder', () => {
    const addresses = new Set<string>();
    for (const tree of trees.values())
      eachNode(tree, node => {
        const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : '';
        for (const [address] of text.matchAll(/\b(?:https?|wss?):\/\/[^\s"'<>)]+/g))
          addresses.add(address);
      });
    // Names of namespaces and a book's chapter, which are read and never fetched.
    expect([...addresses].sort()).toEqual([
      'http://json-schema.org/draft-07/schema',
      'http://neuralnetworksanddeeplearning.com/chap2.html',
      'http://www.w3.org/1998/Math/MathML',
      'http://www.w3.org/2000/svg',
    ]);
  });
});

describe('the package', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies?: object;
    optionalDependencies?: object;
    bundledDependencies?: object;
    scripts: { [name: string]: string };
  };

  it('needs nothing at run time that could be attacked, or exchanged, elsewhere', () => {
    const { dependencies = {}, optionalDependencies = {}, bundledDependencies = {} } = manifest;
    expect([dependencies, optionalDependencies, bundledDependencies]).toEqual([{}, {}, {}]);
  });

  it('runs nothing when it is installed', () => {
    const hooks = Object.keys(manifest.scripts).filter(name =>
      /^(pre|post)?(un)?install$/.test(name),
    );
    expect(hooks).toEqual([]);
  });
});

/**
 * The architecture, checked: who imports whom, what is in which bundle, what pure code can reach. Each check
 * is first shown a breach, so that it cannot pass by being blind.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bundleOptions, bundles, defines } from '../esbuild.mjs';
import type { BundleName } from '../esbuild.mjs';
import { forbiddenInputs, liesAt, packages, pureFolders, zones } from '../scripts/importRules.mjs';
import { brokenRules, importsOf } from './support/imports';

const root = fileURLToPath(new URL('..', import.meta.url));

function readSources(...folders: string[]): Map<string, string> {
  const paths = folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  const text = (path: string): string =>
    path.endsWith('.wasm') ? '' : readFileSync(join(root, path), 'utf8');
  return new Map(paths.filter(path => !isAssembly(path)).map(path => [path, text(path)]));
}

/** AssemblyScript, and how it was compiled: by a compiler of its own that sees nothing else. */
function isAssembly(path: string): boolean {
  return path.startsWith('src/engine/wasm/assembly/') || path.endsWith('.sha256');
}

const sources = readSources('src', 'webview');

const files = [...sources.keys()];

describe('imports', () => {
  it('reads every way to import, and tells types from code', () => {
    const text = [
      "import a from './a';",
      "import type { B } from './b';",
      "import { type C } from './c';",
      "import './d.css';",
      "export * from './e';",
      "export type { F } from './f';",
      "type G = import('./g').G;",
      "const h = await import('./h');",
      "import i = require('./i');",
      "const j = require('./j');",
    ].join('\n');
    expect(importsOf('x.ts', text)).toEqual([
      { specifier: './a', typeOnly: false, line: 1 },
      { specifier: './b', typeOnly: true, line: 2 },
      // The bundler keeps this one, as an import without names.
      { specifier: './c', typeOnly: false, line: 3 },
      { specifier: './d.css', typeOnly: false, line: 4 },
      { specifier: './e', typeOnly: false, line: 5 },
      { specifier: './f', typeOnly: true, line: 6 },
      { specifier: './g', typeOnly: true, line: 7 },
      { specifier: './h', typeOnly: false, line: 8 },
      { specifier: './i', typeOnly: false, line: 9 },
      { specifier: './j', typeOnly: false, line: 10 },
    ]);
  });

  it.each([
    ['src/engine/a.ts', "import * as vscode from 'vscode';", 'only src/host/'],
    ['src/engine/a.ts', "import type { Uri } from 'vscode';", 'only src/host/'],
    ['src/engine/a.ts', "import { readFileSync } from 'node:fs';", 'may import node:*'],
    ['src/host/a.ts', "import { readFileSync } from 'node:fs';", 'may import node:*'],
    ['src/host/a.ts', "import { readFileSync } from 'fs';", 'no file may import this package'],
    ['src/engine/a.ts', "import { parse } from 'jsonc-parser';", 'only src/network/'],
    ['src/network/a.ts', "import Papa from 'papaparse';", 'only src/data/'],
    ['src/worker/a.ts', "import { html } from 'lit';", 'only webview/'],
    ['webview/canvas/a.ts', "import uPlot from 'uplot';", 'only webview/training/metricChart.ts'],
    ['webview/a.ts', "import '@vscode/webview-ui-toolkit';", 'only webview/toolkit.ts'],
    ['webview/a.ts', "import React from 'react';", 'no file may import this package'],
    [
      'src/network/a.ts',
      "import { b } from '../engine/b';",
      'network may import code from media/examples/ only',
    ],
    ['src/network/a.ts', "import type { b } from '../engine/b';", 'network may import types from'],
    ['src/explain/a.ts', "import { b } from '../engine/b';", 'explain may import code from'],
    ['src/host/a.ts', "import { b } from '../worker/b';", 'host may import code from'],
    ['webview/a.ts', "import { b } from '../src/engine/b';", 'webview may import code from'],
    ['src/engine/a.ts', "import { b } from '../../webview/b';", 'engine may import code from'],
    ['src/engine/a.ts', "import { b } from './c';", 'there is no such file'],
    ['src/elsewhere/a.ts', "import { b } from '../engine/b';", 'belongs to no zone'],
  ])('objects: in %s to %s', (path, text, rule) => {
    const others = ['src/engine/b.ts', 'src/worker/b.ts', 'webview/b.ts'].map(
      other => [other, 'export const b = 1;'] as const,
    );
    const broken = brokenRules(new Map([[path, text], ...others]));
    expect(broken).toHaveLength(1);
    expect(broken[0]).toContain(`${path}:1`);
    expect(broken[0]).toContain(rule);
  });

  it('allows the webview types from everywhere', () => {
    const text = "import type { B } from '../src/engine/b';";
    const sample = new Map([
      ['webview/a.ts', text],
      ['src/engine/b.ts', 'export type B = 1;'],
    ]);
    expect(brokenRules(sample)).toEqual([]);
  });

  it('finds cycles of code, and leaves cycles of types alone', () => {
    const cycle = (kind: string) =>
      new Map([
        ['src/engine/a.ts', "import { b } from './b';"],
        ['src/engine/b.ts', "import { c } from './c';"],
        ['src/engine/c.ts', `import ${kind} { a } from './a';`],
      ]);
    const [a, b, c] = ['a', 'b', 'c'].map(name => `src/engine/${name}.ts`);
    expect(brokenRules(cycle(''))).toEqual([`import cycle: ${[a, b, c, a].join(' → ')}`]);
    expect(brokenRules(cycle('type'))).toEqual([]);
  });

  it('keep to the table, everywhere', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(brokenRules(readSources('src', 'webview', 'media/examples'))).toEqual([]);
  });

  it('every place of the table exists', () => {
    const places = Object.values(zones).flatMap(({ at }) =>
      at.filter(place => !place.endsWith('cli/')),
    );
    const unused = places.filter(place => !files.some(file => liesAt(file, [place])));
    expect(unused).toEqual([]);
    for (const [name, allowed] of Object.entries(packages)) {
      expect(
        files.some(file => liesAt(file, allowed)),
        name,
      ).toBe(true);
    }
  });
});

describe('bundles', () => {
  /** Paths of what is inside, from the repository's root. */
  async function inputsOf(name: BundleName, change: esbuild.BuildOptions = {}): Promise<string[]> {
    const options = { ...bundleOptions(name, { define: await defines() }), ...change };
    const { metafile } = await esbuild.build({ ...options, write: false, metafile: true });
    // What tree shaking leaves nothing of does not count, unless it is where a script begins.
    return Object.values(metafile.outputs).flatMap(({ inputs, entryPoint }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 || path === entryPoint ? [path] : [],
      ),
    );
  }

  const illegal = (inputs: readonly string[], name: BundleName) =>
    inputs.filter(path => liesAt(path, forbiddenInputs[name]));

  it.each(Object.keys(bundles) as BundleName[])(
    '%s holds nothing that belongs elsewhere',
    async name => {
      const inputs = await inputsOf(name);
      const { entry } = bundles[name];
      const entries = typeof entry === 'string' ? [entry] : Object.values(entry);
      expect(inputs).toEqual(expect.arrayContaining(entries));
      expect(illegal(inputs, name)).toEqual([]);
    },
  );

  it('of the page come in three scripts, and the picture needs none of what stands around it', async () => {
    const options = bundleOptions('webview', { define: await defines() });
    const { metafile } = await esbuild.build({ ...options, write: false, metafile: true });
    const scripts = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.js'));
    expect(scripts.map(([path]) => path).sort()).toEqual(
      ['dist/webview-chunk.js', 'dist/webview-furniture.js', 'dist/webview.js'].sort(),
    );
    const [first, later] = [false, true].map(isLater =>
      scripts
        .filter(([path]) => path.includes('furniture') === isLater)
        .flatMap(([, { inputs }]) => Object.keys(inputs)),
    );
    const around = [
      'node_modules/@microsoft/',
      'node_modules/@vscode/webview-ui-toolkit/',
      'node_modules/uplot/',
      'webview/properties/settingForm.ts',
      'webview/data/dataSection.ts',
    ];
    expect(first).toContain('webview/canvas/canvas.ts');
    expect(first.filter(path => liesAt(path, around))).toEqual([]);
    expect(around.filter(place => !later.some(path => liesAt(path, [place])))).toEqual([]);
  });

  /** A bundle of the same kind that begins with other words. */
  const beginningWith = (contents: string): esbuild.BuildOptions => ({
    entryPoints: undefined,
    outdir: undefined,
    splitting: false,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile: 'dist/sample.js',
  });

  it.each(['worker', 'worker.web', 'webview', 'cli'] as const)(
    '%s cannot be built with vscode in it',
    async name => {
      const sample = beginningWith("import { window } from 'vscode'; console.log(window);");
      await expect(inputsOf(name, sample)).rejects.toThrow('Could not resolve "vscode"');
    },
  );

  it.each(['extension.web', 'worker.web', 'webview'] as const)(
    '%s cannot be built with Node in it',
    async name => {
      const sample = beginningWith(
        "import { readFileSync } from 'node:fs'; console.log(readFileSync);",
      );
      await expect(inputsOf(name, sample)).rejects.toThrow('Could not resolve "node:fs"');
    },
  );

  it('would find lit in the worker', async () => {
    const inputs = await inputsOf(
      'worker',
      beginningWith("import { html } from 'lit'; console.log(html);"),
    );
    expect(illegal(inputs, 'worker')).not.toEqual([]);
  });

  it('would find the trainer in the webview', async () => {
    const sample =
      "export * from './src/engine/trainer'; export * from './src/engine/kernels/reference';";
    const inputs = await inputsOf('webview', { ...beginningWith(sample), format: 'esm' });
    expect(illegal(inputs, 'webview')).not.toEqual([]);
  });

  it('the web worker is a classic script', async () => {
    const options = {
      ...bundleOptions('worker.web', { define: await defines() }),
      write: false as const,
    };
    const { outputFiles } = await esbuild.build({ ...options, sourcemap: false });
    const [{ text }] = outputFiles;
    const script = ts.createSourceFile('worker.js', text, ts.ScriptTarget.Latest);
    const modules = script.statements.filter(
      statement => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement),
    );
    expect(modules).toEqual([]);
    expect(text).not.toContain('import.meta');
  });
});

describe('pure code', () => {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.pure.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  );

  /** What the compiler says of a sample, under the options of the pure folders. */
  function complaints(sample: string): string[] {
    const path = join(root, 'src/engine/sample.ts');
    const host = ts.createCompilerHost(config.options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = name => name === path || fileExists(name);
    host.getSourceFile = (name, ...rest) =>
      name === path
        ? ts.createSourceFile(name, sample, ts.ScriptTarget.Latest)
        : getSourceFile(name, ...rest);
    const program = ts.createProgram([path], config.options, host);
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  }

  it('is compiled without the page and without Node', () => {
    expect(complaints('export const one = Math.sqrt(1);')).toEqual([]);
    expect(complaints('export const title = document.title;')).toHaveLength(1);
    expect(complaints('export const id = process.pid;')).toHaveLength(1);
    expect(complaints("export { readFileSync } from 'node:fs';")).toHaveLength(1);
  });

  it('is all of it compiled so', () => {
    const compiled = new Set(
      config.fileNames.map(name => relative(root, name).split(sep).join('/')),
    );
    const pure = files.filter(file => liesAt(file, pureFolders) && file.endsWith('.ts'));
    expect(pure.filter(file => !compiled.has(file))).toEqual([]);
  });
});

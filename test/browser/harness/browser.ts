/** Bundles the webview, serves it under the strict policy of the real page, and opens it in Chromium. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
  type Route,
} from 'playwright-core';
import { bundleOptions, defines, pictureScripts } from '../../../esbuild.mjs';
import { needBrowser } from '../../../scripts/needs.mjs';
import type { Scenario } from './page';

const ROOT = resolve(import.meta.dirname, '../../..');
const THEMES = join(ROOT, 'test/browser/themes');
export const EXAMPLES = join(ROOT, 'media/examples');

export type Theme = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

/** The class of the page's body. */
export const KINDS: { readonly [T in Theme]: string } = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

const NONCE = 'f00dfacef00dface';

const HOST = '/host.js';

export interface OpenOptions extends Partial<Scenario> {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly language?: string;
  readonly reducedMotion?: boolean;
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
  /** Stands in the way of the scripts of what stands around the picture, and of the words of the picture. */
  readonly furniture?: (route: Route) => Promise<void>;
  readonly words?: (route: Route) => Promise<void>;
}

/** Of such lists Chromium hears the last alone: what Playwright turns off of a page's own is named here again. */
const WITHOUT = [
  // A script that is not compiled while it arrives is looked up first among those that the process has compiled.
  'ScriptStreaming',
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'PaintHolding'],
  'ThirdPartyStoragePartitioning',
];

/** All pages in one process. */
const TOGETHER = ['--process-per-site', `--disable-features=${WITHOUT.join()}`];

export class DesignerBrowser {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #origin: string;
  /** The host in the page, where each page gets one of its own; it is there before the page's own scripts, as VS Code is. */
  readonly #host: string | undefined;
  /** Of all pages, where they share one. */
  #shared: BrowserContext | undefined;

  private constructor(browser: Browser, server: Server, host?: string) {
    this.#browser = browser;
    this.#server = server;
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#host = host;
  }

  /**
   * `production`: the bundle as a package carries it, for measuring. `together`: pages are tabs of one window, in one
   * process of Chromium's, which compiles the scripts once; else each is alone in a window and a process of its own.
   */
  static async start({ production = false, together = false } = {}): Promise<DesignerBrowser> {
    const [host, files] = await Promise.all([bundleHost(production), bundlePage(production)]);
    // A megabyte for each page: where many are opened it is fetched once. Alone, nothing stands in the way of the page.
    if (together) files.set(HOST, Buffer.from(host));
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const body = await content(url, files);
      response.writeHead(body ? 200 : 404, {
        'content-type': TYPES[extname(url.pathname)] ?? 'text/html',
        // A page is opened hundreds of times: what it was made of is not sent again.
        'cache-control': 'max-age=86400',
      });
      response.end(body);
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const browser = await chromium.launch({
      executablePath: await needBrowser(),
      args: ['--no-sandbox', ...(together ? TOGETHER : [])],
    });
    const designer = new DesignerBrowser(browser, server, together ? undefined : host);
    if (together) await designer.#keepTogether();
    return designer;
  }

  /** The process lasts as long as one of its pages: an empty one stays. */
  async #keepTogether(): Promise<void> {
    this.#shared = await this.#browser.newContext();
    const empty = await this.#shared.newPage();
    await empty.goto(`${this.#origin}/empty.html`);
  }

  /** A designer that has drawn; `text` is the network document, `files` what its data names. */
  async open(options: OpenOptions = {}): Promise<Page> {
    const { theme = 'dark', width = 1200, height = 800, language = 'en' } = options;
    const context = this.#shared ?? (await this.#browser.newContext());
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference' });
    const scenario: Omit<Scenario, 'files'> = {
      text: options.text ?? (await example('iris')),
      ...(options.files && { files: options.files }),
      readOnly: options.readOnly,
      kept: options.kept,
    };
    await page.addInitScript(value => {
      (window as unknown as { scenario: unknown }).scenario = value;
    }, scenario);
    if (this.#host) await page.addInitScript({ content: this.#host });
    if (options.before) await page.addInitScript(options.before);
    if (options.furniture) await page.route('**/webview-furniture*.js', options.furniture);
    if (options.words) await page.route('**/webview-picture.*.js', options.words);
    await page.goto(`${this.#origin}/page.html?theme=${theme}&lang=${language}`);
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

export async function example(name: string): Promise<string> {
  return readFile(join(EXAMPLES, `${name}.nn.json`), 'utf8');
}

async function exampleFiles(): Promise<Record<string, string>> {
  const names = ['iris.csv', 'digits_8x8.csv'];
  const texts = await Promise.all(names.map(name => readFile(join(EXAMPLES, name), 'utf8')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i]]));
}

const BUNDLE = {
  bundle: true,
  write: false,
  platform: 'browser',
  target: 'es2022',
  loader: { '.ttf': 'file', '.wasm': 'binary' },
  outdir: join(ROOT, 'dist'),
  logLevel: 'silent',
} as const;

async function bundleHost(minify: boolean): Promise<string> {
  const entryPoints = [join(ROOT, 'test/browser/harness/page.ts')];
  const { outputFiles } = await build({ ...BUNDLE, minify, entryPoints, format: 'iife' });
  return `window.examples = ${JSON.stringify(await exampleFiles())};\n${outputFiles[0].text}`;
}

/** By its address. */
async function bundlePage(production: boolean): Promise<Map<string, Uint8Array>> {
  const mode = { production, define: await defines() };
  const built = await Promise.all(
    (['webview', 'words'] as const).map(name =>
      build({ ...bundleOptions(name, mode), sourcemap: false, write: false }),
    ),
  );
  const files = built.flatMap(({ outputFiles }) => outputFiles ?? []);
  return new Map(files.map(file => [`/${file.path.split('/').pop()}`, file.contents]));
}

async function content(
  url: URL,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array | string | undefined> {
  if (url.pathname === '/page.html') return html(url, files.has(HOST));
  if (url.pathname === '/empty.html') return '<!DOCTYPE html><title>Empty</title>';
  const theme = /^\/themes\/([a-z-]+\.css)$/.exec(url.pathname);
  if (theme) return readFile(join(THEMES, theme[1]));
  return files.get(url.pathname);
}

/** @param hosted whether the host is fetched with the page */
function html(url: URL, hosted: boolean): string {
  const language = url.searchParams.get('lang') ?? 'en';
  const [first, ...others] = pictureScripts(language.startsWith('zh') ? 'zh' : 'en');
  const theme = (url.searchParams.get('theme') ?? 'dark') as Theme;
  const self = url.origin === 'null' ? '' : "'self'";
  const policy = [
    `default-src 'none'`,
    `img-src ${self} data:`,
    `font-src ${self}`,
    `style-src ${self} 'nonce-${NONCE}'`,
    `style-src-attr 'unsafe-inline'`,
    `script-src 'nonce-${NONCE}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${NONCE}" />
    <link rel="stylesheet" href="/themes/${theme}.css" />
    <link rel="stylesheet" href="/webview.css" />
    ${others.map(name => `<link rel="modulepreload" nonce="${NONCE}" href="/${name}" />`).join('\n    ')}
    ${hosted ? `<script nonce="${NONCE}" src="${HOST}"></script>` : ''}
    <title>Designer</title>
  </head>
  <body class="${KINDS[theme]}" data-vscode-theme-kind="${KINDS[theme]}">
    <div id="root"></div>
    <script type="module" nonce="${NONCE}" src="/${first}"></script>
  </body>
</html>`;
}

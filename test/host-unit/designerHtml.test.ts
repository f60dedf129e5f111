import { expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { designerHtml } from '../../src/host/designerHtml';
import { env, Uri } from './support/vscode';

vi.mock('vscode', () => import('./support/vscode'));

const webview = {
  cspSource: 'https://page.test',
  asWebviewUri: (uri: Uri) => `https://page.test${uri.path}`,
} as unknown as vscode.Webview;

const dist = Uri.file('/ext/dist') as unknown as vscode.Uri;

/** Names of the scripts that are asked for besides the first. */
function preloaded(html: string): string[] {
  const links = html.matchAll(
    /<link rel="modulepreload" nonce="N" href="https:\/\/page\.test\/ext\/dist\/([^"]+)" \/>/g,
  );
  return [...links].map(([, name]) => name);
}

function policyOf(html: string): Record<string, string> {
  const [, content] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const rules = (content ?? '').split('; ').map(rule => rule.split(/ (.*)/) as [string, string]);
  return Object.fromEntries(rules);
}

it('allows what the page needs and nothing else', () => {
  const policy = policyOf(designerHtml(webview, dist, 1, 'N'));
  expect(policy).toEqual({
    'default-src': `'none'`,
    'img-src': 'https://page.test data:',
    'font-src': 'https://page.test',
    'style-src': `https://page.test 'nonce-N'`,
    'style-src-attr': `'unsafe-inline'`,
    'script-src': `'nonce-N'`,
  });
});

it('begins with one script, from a file and with the nonce', () => {
  const html = designerHtml(webview, dist, 1, 'N');
  expect(html.match(/<script[^>]*>/g)).toEqual([
    '<script type="module" nonce="N" src="https://page.test/ext/dist/webview.js">',
  ]);
  expect(preloaded(html)).toEqual(['webview-chunk.js', 'webview-picture.en.js']);
  expect(html).toContain('></script>');
  expect(html).toContain('<meta property="csp-nonce" content="N" />');
  expect(html).toContain('href="https://page.test/ext/dist/webview.css"');
  expect(html).toContain('<html lang="en">');
});

it.each([
  ['zh-cn', 'zh'],
  ['en-GB', 'en'],
  ['de', 'en'],
])('asks in %s for the words of one language', (tag, language) => {
  const before = env.language;
  env.language = tag;
  const html = designerHtml(webview, dist, 1, 'N');
  env.language = before;
  expect(html).toContain(`<html lang="${tag}">`);
  expect(preloaded(html)).toEqual(['webview-chunk.js', `webview-picture.${language}.js`]);
});

it('draws a new nonce for every page', () => {
  const nonceOf = (html: string) => /nonce="([0-9a-f]{32})"/.exec(html)?.[1];
  const nonces = [1, 2, 3].map(() => nonceOf(designerHtml(webview, dist, 1)));
  expect(new Set(nonces).size).toBe(3);
  expect(nonces).not.toContain(undefined);
});

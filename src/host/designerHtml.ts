/** The page of the designer: a policy, a style sheet, a root and its scripts. */
import { Uri, env, l10n } from 'vscode';
import type { Webview } from 'vscode';
import { inLanguage } from './language';

/**
 * The whole page; `page` tells its menu from those of others. Nothing runs that has no nonce, and nothing is
 * fetched from elsewhere. `style-src-attr` is open because two of the toolkit's templates carry a `style` attribute;
 * style elements need the nonce, which the toolkit finds in `csp-nonce`. What a module imports, now or later, has the
 * module's nonce; what both scripts of the page need, and the words of the picture in the language of the page, is asked
 * for before the first of them has been read.
 */
export function designerHtml(
  webview: Webview,
  dist: Uri,
  page: number,
  nonce = newNonce(),
): string {
  const source = webview.cspSource;
  const policy = [
    `default-src 'none'`,
    `img-src ${source} data:`,
    `font-src ${source}`,
    `style-src ${source} 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const url = (name: string): string =>
    escape(String(webview.asWebviewUri(Uri.joinPath(dist, name))));
  return `<!DOCTYPE html>
<html lang="${escape(env.language)}">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <link rel="stylesheet" href="${url('webview.css')}" />
    <link rel="modulepreload" nonce="${nonce}" href="${url('webview-chunk.js')}" />
    <link rel="modulepreload" nonce="${nonce}" href="${url(`webview-picture.${inLanguage('en', 'zh')}.js`)}" />
    <title>${escape(l10n.t('Nabla Designer'))}</title>
  </head>
  <body data-vscode-context='{"page":${page}}'>
    <script type="module" nonce="${nonce}" src="${url('webview.js')}"></script>
  </body>
</html>
`;
}

/** 128 random bits as hexadecimal digits. */
function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

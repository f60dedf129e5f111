/** What a hover leads to: the place in the designer, and the explanation on the clipboard. */
import { MarkdownString, l10n } from 'vscode';
import type { Uri } from 'vscode';
import type { Scope, Target } from '../engine/facts';
import { commandIds } from './manifest';

/** The only commands that a link of a hover may run. */
const ENABLED = [commandIds.showInDesigner, commandIds.copyLatex];

/**
 * A part of its own: whatever a file may have brought into the other parts of a hover, no command runs from there.
 *
 * @param scope of the explanation that is copied
 */
export function hoverLinks(uri: Uri, target: Target, scope: Scope): MarkdownString {
  const hasPaths = target.type === 'weight' || target.type === 'bias';
  const show = hasPaths ? l10n.t('Derivation and all paths') : l10n.t('Show in Designer');
  const links = new MarkdownString(
    [
      link('type-hierarchy-sub', show, commandIds.showInDesigner, [
        uri.toString(),
        target,
        ...(hasPaths ? [true] : []),
      ]),
      link('copy', l10n.t('Copy as LaTeX'), commandIds.copyLatex, [uri.toString(), target, scope]),
    ].join('&nbsp;&nbsp;&nbsp;'),
  );
  links.supportThemeIcons = true;
  links.isTrusted = { enabledCommands: ENABLED };
  return links;
}

function link(icon: string, title: string, command: string, args: readonly unknown[]): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, escape);
  return `[$(${icon}) ${title}](command:${command}?${query})`;
}

/** A bracket would end the address of a link. */
function escape(bracket: string): string {
  return bracket === '(' ? '%28' : '%29';
}

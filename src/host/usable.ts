/** Texts that are no network: whether they will be, and what is said of the others. */
import { l10n } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Network } from '../network/network';
import { isTuningBeingTyped } from '../network/tuning';
import { nameOf } from './documents';
import type { NetworkDocument } from './documents';

/** Whether a text is no network only because the number of a setting is not complete yet. */
export function isHalfTyped({ network, lastValid, parsed }: NetworkDocument): boolean {
  return !network && !!lastValid && isTuningBeingTyped(lastValid.text, parsed.text);
}

/** @throws Error where there is none */
export function usable(network: Network | undefined, document: TextDocument): Network {
  if (network) return network;
  throw new Error(
    l10n.t(
      'The text of {0} is not a usable network yet: see the Problems panel.',
      nameOf(document),
    ),
  );
}

/** From the text to the canvas: the place under the cursor, or one that a link names. */
import { Uri, env, l10n, window } from 'vscode';
import type { Scope, Target } from '../engine/facts';
import { explain } from '../explain/explain';
import { explanationToLatex } from '../explain/latex';
import type { DesignerEditor } from './designerEditor';
import { namedBy } from './definitions';
import type { Documents } from './documents';
import { readerOf } from './hoverTexts';
import { isNetworkUri } from './manifest';
import { asScope, asTarget } from './messageChecks';
import { placeAt, rangeOf, selectQuietly } from './places';
import type { Runs } from './runs';
import { targetOf } from './subjects';

interface World {
  readonly documents: Documents;
  readonly runs: Runs;
  readonly designers: DesignerEditor;
}

/** Milliseconds that a word in the status bar stays. */
const WORD = 4000;

/**
 * Selects a place on the canvas and goes there; opens the designer beside where none is open. An id in a `from`
 * leads to its layer in the text.
 *
 * @param uri with `target`: from a link. Without them the cursor of the text editor is meant.
 * @param unfolds true: with its derivation and all its paths
 */
export async function showInDesigner(
  world: World,
  uri: unknown,
  target: unknown,
  unfolds?: unknown,
): Promise<void> {
  const given = target === undefined ? undefined : asUri(uri);
  if (given) return world.designers.reveal(given, asTarget(target), unfolds === true);
  const editor = window.activeTextEditor;
  if (!editor || !isNetworkUri(editor.document.uri)) return;
  const { document, selection } = editor;
  const place = placeAt(world.documents, document, selection.active);
  const named = place && namedBy(place);
  if (named) return selectQuietly(editor, rangeOf(world.documents, document, named));
  const found = place && targetOf(place);
  if (found) return world.designers.reveal(document.uri, found);
  window.setStatusBarMessage(l10n.t('Nothing of the canvas stands here.'), WORD);
}

/** Puts the explanation of a place on the clipboard as LaTeX, with the numbers as they are now. */
export async function copyLatex(
  { documents, runs }: World,
  uri: unknown,
  target: unknown,
  scope: unknown,
): Promise<void> {
  const document = await documents.document(asUri(uri));
  const wanted: [Target, Scope] = [asTarget(target), asScope(scope)];
  const facts = await runs.use(document.uri, run => run.inspect(...wanted));
  const network = documents.read(document).lastValid?.network ?? documents.usable(document);
  const { profile, words } = readerOf(document.uri, network);
  await env.clipboard.writeText(explanationToLatex(explain(facts, profile, words)));
  window.setStatusBarMessage(l10n.t('Copied as LaTeX'), WORD);
}

/** Links carry an address as a text. */
function asUri(value: unknown): Uri {
  const uri = typeof value === 'string' ? Uri.parse(value, true) : value;
  if (uri instanceof Uri && isNetworkUri(uri)) return uri;
  throw new Error(l10n.t('A network file (*.nn.json) was expected, found {0}.', String(value)));
}

/** The extension's settings, read when they are needed: they may differ from folder to folder. */
import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { ThreadsRequest } from '../engine/engineReport';
import { ENGINE_SETTINGS } from '../enginePlace';
import type { EngineSetting } from '../enginePlace';
import { notationOf, type Notation } from '../explain/notation';
import type { NotationName } from '../network/network';
import { SECTION, settingIds } from './manifest';

/** A list of more is read too slowly. */
const MOST_RUNS = 1000;

export type WriteBack = 'onStop' | 'ask' | 'never';

/** Whose gradient stands behind each number of the text. */
export type InlayGradients = 'off' | 'sample' | 'batch';

/** When rows of weights get a strip as wide as their gradient is large. */
export type GradientStrip = 'besideDesigner' | 'always' | 'never';

const notations: { readonly [K in NotationName]: true } = {
  nielsen: true,
  ng: true,
  chain0: true,
  zybuluo: true,
  triple: true,
  plain: true,
};

const writeBacks: { readonly [K in WriteBack]: true } = { onStop: true, ask: true, never: true };

const inlays: { readonly [K in InlayGradients]: true } = { off: true, sample: true, batch: true };

const strips: { readonly [K in GradientStrip]: true } = {
  besideDesigner: true,
  always: true,
  never: true,
};

/** The notation chosen for a file, the bias as a weight where that is set. */
export function notationFor(uri: Uri, hint?: NotationName): Notation {
  const asWeight = workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.biasAsWeight);
  return notationOf(nameFor(uri, hint), asWeight === true);
}

/** The setting, or the file's own hint where nobody set one. */
function nameFor(uri: Uri, hint?: NotationName): NotationName {
  const configuration = workspace.getConfiguration(SECTION, uri);
  const inspected = configuration.inspect<string>(settingIds.notation);
  const chosen =
    inspected?.workspaceFolderValue ?? inspected?.workspaceValue ?? inspected?.globalValue;
  return isNotation(chosen) ? chosen : (hint ?? 'nielsen');
}

/** When trained weights are written back into a file. */
export function writeBackFor(uri: Uri): WriteBack {
  return choice(uri, settingIds.writeBack, writeBacks, 'onStop');
}

export function inlayGradientsFor(uri: Uri): InlayGradients {
  return choice(uri, settingIds.inlayGradients, inlays, 'off');
}

export function gradientStripFor(uri: Uri): GradientStrip {
  return choice(uri, settingIds.gradientStrip, strips, 'besideDesigner');
}

/** Whether each layer has a line of facts and commands above it. */
export function codeLensFor(uri: Uri): boolean {
  return workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.codeLens) !== false;
}

/** Where and with which arithmetic a network is trained. */
export function engineFor(uri: Uri): EngineSetting {
  const value = workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.engine);
  return ENGINE_SETTINGS.find(setting => setting === value) ?? 'auto';
}

/** How many threads train a network that has a process of its own. */
export function threadsFor(uri: Uri): ThreadsRequest {
  const value = workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.threads);
  const threads = Number(value);
  return Number.isInteger(threads) && threads >= 1 ? threads : 'auto';
}

/** Whether products may be fused with sums: faster, other bits. */
export function fastMathsFor(uri: Uri): boolean {
  return workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.fastMaths) === true;
}

/** How many trainings are kept in a workspace folder. */
export function keptRunsFor(uri: Uri): number {
  const value = workspace.getConfiguration(SECTION, uri).get<unknown>(settingIds.keepRuns);
  return typeof value === 'number' && value >= 0 ? Math.min(Math.floor(value), MOST_RUNS) : 100;
}

/** The value of a setting that is one of some words; `otherwise` where it is none of them. */
function choice<K extends string>(
  uri: Uri,
  id: string,
  known: { readonly [N in K]: true },
  otherwise: K,
): K {
  const value = workspace.getConfiguration(SECTION, uri).get<string>(id);
  return value !== undefined && Object.hasOwn(known, value) ? (value as K) : otherwise;
}

function isNotation(value: string | undefined): value is NotationName {
  return value !== undefined && Object.hasOwn(notations, value);
}

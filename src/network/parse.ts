/** From text to a network, with everything that is wrong on the way. */
import type { Node, ParseError } from 'jsonc-parser';
import { FORMAT_VERSION } from './catalog';
import { readDraft } from './draft';
import type { NetworkDraft } from './draft';
import { IssueList, MORE } from './issues';
import { isNumberKey, withoutNumbers } from './layerNumbers';
import { limits } from './limits';
import type { Issue, JsonPath, Network } from './network';
import { grouped } from './setting';
import type { Excess } from './readTree';
import { checkStructure } from './structure';
import { ownErrors, syntaxIssue } from './syntax';
import { syntaxTree } from './syntaxTree';
import { child, range } from './tree';
import { validate } from './validate';

export interface ParsedDocument {
  readonly text: string;
  /** The syntax tree, as far as there is one; offsets are those of `text`. */
  readonly root: Node | undefined;
  /**
   * Undefined as soon as an issue is an error; with one exception: data that do not fit the network are
   * left out (`data` is absent), because the network can still be drawn, edited and predicted with.
   */
  readonly network?: Network;
  /**
   * What can be drawn where there is no `network`: every error is about weights, biases, data or tests, and those
   * are left out. Never to be computed with.
   */
  readonly sketch?: Network;
  readonly issues: readonly Issue[];
}

/**
 * Reads a `*.nn.json` document. Comments, trailing commas and a byte order mark are tolerated.
 *
 * @param previous another version of it: where lists of numbers are the same, their numbers are shared
 */
export function parseNetwork(text: string, previous?: ParsedDocument): ParsedDocument {
  const syntax = parseSyntax(text, previous);
  const { root } = syntax;
  if (!root || syntax.issues.length > 0) return syntax;
  const issues = new IssueList();
  if (isNewer(root, issues)) return { text, root, issues: issues.sorted() };
  checkStructure(root, issues);
  if (root.type !== 'object') return { text, root, issues: issues.sorted() };
  const draft = readDraft(root);
  validate(root, draft, issues);
  const sorted = issues.sorted();
  const network = complete(draft, sorted, issues.errors);
  if (network) return { text, root, network, issues: sorted };
  const sketch = withoutWrongParts(draft, sorted, issues.errors);
  return { text, root, ...(sketch && { sketch }), issues: sorted };
}

/** The syntax tree alone: no rule is judged, so there is never a `network`. */
export function parseSyntax(text: string, previous?: ParsedDocument): ParsedDocument {
  // A byte order mark takes a place, and says nothing.
  const readable = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const { root, errors, exceeds } = syntaxTree(readable, previous?.root);
  const issues = exceeds ? [limitIssue(text, exceeds)] : syntaxIssues(text, errors);
  return { text, root, issues };
}

/** One mistake makes many followers: the first ones are told. */
const MOST_SYNTAX_ISSUES = 5;

function syntaxIssues(text: string, errors: readonly ParseError[]): readonly Issue[] {
  const places = new Set<number>();
  const first = ownErrors(text, errors).filter(
    ({ offset }) => !places.has(offset) && places.add(offset),
  );
  return first.slice(0, MOST_SYNTAX_ISSUES).map(error => syntaxIssue(text, error));
}

function limitIssue(text: string, exceeds: Excess): Issue {
  const all = { severity: 'error', path: [], range: { start: 0, end: text.length } } as const;
  if (exceeds === 'levels') {
    const message =
      'The lists and objects are nested too deeply to be read: this is no network file.';
    return { code: 'json.depth', ...all, message };
  }
  const most =
    exceeds === 'nodes'
      ? `${grouped(limits.nodes)} values, of which a list of numbers is one`
      : `${grouped(limits.numbers)} numbers`;
  const message = `The file has more than ${most}: keep samples in a CSV file, and weights in a file of their own.`;
  return { code: 'json.size', ...all, message };
}

/** A newer format may mean anything: nothing else is judged. */
function isNewer(root: Node, issues: IssueList): boolean {
  const version = child(root, 'version');
  const newer = Number.isInteger(version?.value) && version && version.value > FORMAT_VERSION;
  if (!newer) return false;
  const message = `The file has version ${version.value}, this Nabla knows version ${FORMAT_VERSION}: it is opened read-only. Update Nabla to edit it.`;
  issues.add('error', 'version.newer', ['version'], range(version), message);
  return true;
}

/** Errors that say only that the data, or their batches, do not fit; the network itself is whole. */
const ofData: ReadonlySet<string> = new Set([
  'data.inputs',
  'data.outputs',
  'data.targetRange',
  'batchNorm.batch',
]);

/** Without errors every value of the draft is there, so it is a network. */
function complete(
  draft: NetworkDraft,
  issues: readonly Issue[],
  errors: number,
): Network | undefined {
  const ofDataOnly = issues.filter(
    ({ severity, code }) => severity === 'error' && ofData.has(code),
  );
  if (errors > ofDataOnly.length) return undefined;
  const { data, ...rest } = draft as Network;
  const empty = data?.source.type === 'inline' && data.source.samples.length === 0;
  return data && !empty && errors === 0 ? { ...rest, data } : rest;
}

/** Undefined where an error is about anything else, or not every error is listed. */
function withoutWrongParts(
  draft: NetworkDraft,
  issues: readonly Issue[],
  errors: number,
): Network | undefined {
  const listed = issues.filter(({ severity, code }) => severity === 'error' && code !== MORE);
  if (listed.length < errors || !listed.every(({ path }) => isPart(path))) return undefined;
  const { data, weights, expect, ...rest } = draft as Network;
  const wrong = new Set(listed.map(({ path }) => (path[0] === 'layers' ? path[1] : path[0])));
  const layers = rest.layers.map((layer, index) =>
    wrong.has(index) ? withoutNumbers(layer) : layer,
  );
  return {
    ...rest,
    layers,
    ...(weights && !wrong.has('weights') && { weights }),
    ...(data && !wrong.has('data') && { data }),
    ...(expect && !wrong.has('expect') && { expect }),
  };
}

/** Parameters, data and tests: what the picture of the layers does not need. */
function isPart([first, , key]: JsonPath): boolean {
  if (first === 'layers') return isNumberKey(key);
  return first === 'data' || first === 'weights' || first === 'expect';
}

/** What a designer is told about its document. */
import type { TextDocument } from 'vscode';
import { withoutNumbers } from '../network/layerNumbers';
import { nearestRange } from '../network/locate';
import type { Issue, Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { writtenSettings } from '../network/written';
import type { DocumentState } from '../protocol';
import { nameOf } from './documents';
import type { Documents } from './documents';
import { told } from './issueWords';
import type { RunRecord } from './runRecord';

export function documentState(
  document: TextDocument,
  documents: Documents,
  record: RunRecord | undefined,
  readOnly: boolean,
): DocumentState {
  const { version, network, issues, lastValid, parsed } = documents.read(document);
  const shown = lastValid?.network ?? parsed.sketch;
  // A file of a newer format is shown as far as it was understood, and left alone.
  const isNewer = issues.some(issue => issue.code === 'version.newer');
  return {
    version,
    fileName: nameOf(document),
    network: shown && withoutParameters(shown),
    shapes: shown && inferShapes(shown),
    issues: allIssues(document, documents, record).map(issue => located(document, issue)),
    stale: network === undefined,
    ...(shown && !lastValid && { sketch: true }),
    readOnly: readOnly || isNewer,
    // The engine may not have read the text yet in which there are none any more.
    data: shown?.data && record?.data,
    written: writtenSettings(parsed.root),
  };
}

/** Issues of the text and of the data behind it. */
export function allIssues(
  document: TextDocument,
  documents: Documents,
  record: RunRecord | undefined,
): readonly Issue[] {
  const { issues, parsed } = documents.read(document);
  const ofData = (record?.issues ?? []).map(issue => ({
    ...issue,
    range: nearestRange(parsed, issue.path),
  }));
  return [...issues, ...ofData];
}

/** In the person's words. Line and column count from 1, as the editor shows them. */
function located(document: TextDocument, issue: Issue): DocumentState['issues'][number] {
  const { line, character } = document.positionAt(issue.range.start);
  return { ...issue, message: told(issue.message), line: line + 1, column: character + 1 };
}

/** Parameters may be large, and the canvas asks for those that it draws. */
function withoutParameters(network: Network): Network {
  return { ...network, layers: network.layers.map(withoutNumbers) };
}

/** What a run tells those who watch it. */
import type { GradcheckState, RunState } from '../protocol';
import type { MetricsChunk } from '../engine/history';

export type RunEvent =
  | { readonly type: 'state'; readonly state: RunState | undefined }
  | { readonly type: 'metrics'; readonly chunk: MetricsChunk }
  | { readonly type: 'gradcheck'; readonly state: GradcheckState }
  /** The data summary or the issues of the data are others. */
  | { readonly type: 'data' };

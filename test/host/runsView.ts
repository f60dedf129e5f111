/** The view of kept runs, as a person sees it. */
import { title, workbench } from './ui';
import type { Element } from './ui';

/** Where runs are kept. */
export const RUNS_FOLDER = '.nabla/runs';

/** The selector of the whole view. */
export const runsPane = (): string => `.pane:has-text("${title('Runs')}")`;

/** The `nth` row of the view in which this stands, as the person reads it. */
export const runRow = (text: string, nth = 0): Element =>
  workbench.find(`${runsPane()} .monaco-list-row:has-text("${text}")`, nth);

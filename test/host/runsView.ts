/** The view of kept runs, as a person sees it. */
import { workbench } from './ui';
import type { Element } from './ui';

/** Where runs are kept. */
export const RUNS_FOLDER = '.nabla/runs';

/** The `nth` row of the view in which this stands. */
export const runRow = (text: string, nth = 0): Element =>
  workbench.find(`.pane:has-text("Runs") .monaco-list-row:has-text("${text}")`, nth);

/**
 * The names that package.json and the code share. `test/host-unit/manifest.test.ts` compares the two, so
 * that a command can neither be declared without a handler nor registered without a title.
 */

import type { DesignerCommand } from '../protocol';

/** Type of the custom editor. */
export const DESIGNER = 'nabla.designer';

/** The view of the runs that are kept. */
export const RUNS_VIEW = 'nabla.runs';

export const commandIds = {
  newNetwork: 'nabla.newNetwork',
  openDesigner: 'nabla.openDesigner',
  openText: 'nabla.openText',
  openBoth: 'nabla.openBoth',
  train: 'nabla.train',
  pause: 'nabla.pause',
  stepEpoch: 'nabla.stepEpoch',
  stepBatch: 'nabla.stepBatch',
  stepSample: 'nabla.stepSample',
  reset: 'nabla.reset',
  newSeed: 'nabla.newSeed',
  gradcheck: 'nabla.gradcheck',
  gradcheckWith: 'nabla.gradcheckWith',
  lab: 'nabla.lab',
  results: 'nabla.results',
  formulas: 'nabla.formulas',
  stepThrough: 'nabla.stepThrough',
  predict: 'nabla.predict',
  writeWeights: 'nabla.writeWeights',
  saveCheckpoint: 'nabla.saveCheckpoint',
  resumeCheckpoint: 'nabla.resumeCheckpoint',
  continueTraining: 'nabla.continueTraining',
  discardTraining: 'nabla.discardTraining',
  continueInterrupted: 'nabla.continueInterrupted',
  restartInterrupted: 'nabla.restartInterrupted',
  showInDesigner: 'nabla.showInDesigner',
  copyLatex: 'nabla.copyLatex',
  restoreRun: 'nabla.restoreRun',
  openRun: 'nabla.openRun',
  deleteRun: 'nabla.deleteRun',
  deleteRuns: 'nabla.deleteRuns',
  refreshRuns: 'nabla.refreshRuns',
  exportTensorBoard: 'nabla.exportTensorBoard',
  showRuns: 'nabla.showRuns',
  hideRuns: 'nabla.hideRuns',
  compareRuns: 'nabla.compareRuns',
  sweep: 'nabla.sweep',
  openLessons: 'nabla.openLessons',
  showLog: 'nabla.showLog',
  reportIssue: 'nabla.reportIssue',
} as const;

export type CommandName = keyof typeof commandIds;

/** What the menu over the canvas offers. */
export const designerCommandIds: { readonly [N in DesignerCommand]: string } = {
  insertBefore: 'nabla.designer.insertBefore',
  insertAfter: 'nabla.designer.insertAfter',
  duplicate: 'nabla.designer.duplicate',
  moveLeft: 'nabla.designer.moveLeft',
  moveRight: 'nabla.designer.moveRight',
  delete: 'nabla.designer.delete',
  copy: 'nabla.designer.copy',
  cut: 'nabla.designer.cut',
  paste: 'nabla.designer.paste',
  editWeight: 'nabla.designer.editWeight',
  showInText: 'nabla.designer.showInText',
  help: 'nabla.designer.help',
};

/** Settings, without the section `nabla`. */
export const settingIds = {
  notation: 'notation',
  biasAsWeight: 'biasAsWeight',
  writeBack: 'train.writeBack',
  inlayGradients: 'inlayGradients',
  codeLens: 'codeLens',
  gradientStrip: 'gradientStrip',
  engine: 'engine',
  threads: 'threads',
  fastMaths: 'fastMaths',
  keepRuns: 'runs.keep',
} as const;

export const SECTION = 'nabla';

/** Context keys. The first three are arrays of paths (`resourcePath in nabla.running`), or false while there are none. */
export const contextKeys = {
  /** Documents whose network is being trained. */
  running: 'nabla.running',
  /** Documents whose run has parameters that the text does not have. */
  ahead: 'nabla.ahead',
  /** Documents whose training was paused because the network was changed, and waits for an answer. */
  interrupted: 'nabla.interrupted',
  /** Documents of which an unfinished training is there to go on with. */
  unfinished: 'nabla.unfinished',
  /** Whether the workspace has a network. */
  hasNetwork: 'nabla.hasNetwork',
} as const;

/** Context keys of the walkthrough, true once the person has done it in this window. */
export const firstStepKeys = {
  /** Has seen a card. */
  touched: 'nabla.hasTouched',
  /** Has let a gradcheck come to its end. */
  checked: 'nabla.hasChecked',
  /** Has changed a network in the designer. */
  designed: 'nabla.hasDesigned',
} as const;

export const WALKTHROUGH = 'start';

/** URIs of lessons that are only read. */
export const LESSONS_SCHEME = 'nabla-lessons';
/** The language of network files in the text editor: JSON with comments, to which VS Code's JSON service is asked, too. */
export const LANGUAGE = 'nn-json';

/** Which documents the language features serve. */
export const NETWORK_SELECTOR = { pattern: '**/*.nn.json' } as const;

/** Where the runs of a workspace folder are kept, and what is exported of them. */
export const NABLA_FOLDER = '.nabla';
export const RUNS_FOLDER = `${NABLA_FOLDER}/runs`;
export const TENSORBOARD_FOLDER = `${NABLA_FOLDER}/tensorboard`;

/** Whether a URI names a network file. */
export function isNetworkUri(uri: { readonly path: string }): boolean {
  return uri.path.endsWith('.nn.json');
}

/** Commands of VS Code's own menus and palette, as a page is told of them. Types only. */

/** Tools of the page that a command opens. */
export type Tool = 'openLab' | 'stepThrough' | 'predict' | 'openResults';

/** What the menu of the canvas offers. */
export type DesignerCommand =
  | 'insertBefore'
  | 'insertAfter'
  | 'duplicate'
  | 'moveLeft'
  | 'moveRight'
  | 'delete'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'editWeight'
  | 'showInText'
  | 'help';

/**
 * What the menu was opened on: the JSON of `data-vscode-context` of the element and those around it
 * (`webviewSection` is `layer`, `input`, `neuron`, `weight` or `canvas`). Empty where the command came from elsewhere.
 */
export interface DesignerContext {
  /** Which page the menu was opened on. */
  page?: number;
  /** −1: input */
  layer?: number;
  row?: number;
  /** With `row`: a weight. */
  column?: number;
  /** With `row` and without `column`: the bias. */
  bias?: boolean;
}

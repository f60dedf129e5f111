/**
 * The keys of designing: one table, read by the canvas and printed by the help. Pure.
 *
 * Keys of looking (arrows, e, b, Home, End, m, t, p) are the canvas's own; they stand here for the help alone.
 * `=` and `_` zoom, because `+` and `-` change the number of units and Ctrl with them is VS Code's own zoom.
 */

export type DesignCommand =
  | 'insertAfter'
  | 'insertBefore'
  | 'moveLeft'
  | 'moveRight'
  | 'more'
  | 'fewer'
  | 'remove'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'duplicate'
  | 'activation'
  | 'connect'
  | 'editNumber'
  | 'goTo'
  | 'selectAll'
  | 'extendLeft'
  | 'extendRight'
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'help';

export interface Key {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
  readonly shiftKey?: boolean;
}

interface Binding {
  readonly command: DesignCommand;
  readonly key: string;
  readonly ctrl?: true;
  readonly alt?: true;
  /** Undefined: with or without, for signs that need Shift on some keyboards. */
  readonly shift?: boolean;
}

export const bindings: readonly Binding[] = [
  { command: 'insertAfter', key: 'i', shift: false },
  { command: 'insertBefore', key: 'I', shift: true },
  { command: 'moveLeft', key: 'ArrowLeft', alt: true },
  { command: 'moveRight', key: 'ArrowRight', alt: true },
  { command: 'more', key: '+' },
  { command: 'fewer', key: '-' },
  { command: 'fewer', key: '−' },
  { command: 'activation', key: 'a' },
  { command: 'remove', key: 'Delete' },
  { command: 'remove', key: 'Backspace' },
  { command: 'copy', key: 'c', ctrl: true, shift: false },
  { command: 'cut', key: 'x', ctrl: true, shift: false },
  { command: 'paste', key: 'v', ctrl: true, shift: false },
  { command: 'duplicate', key: 'd', ctrl: true, shift: false },
  { command: 'connect', key: 'c' },
  { command: 'connect', key: 'C' },
  { command: 'editNumber', key: 'Enter' },
  { command: 'selectAll', key: 'a', ctrl: true, shift: false },
  { command: 'extendLeft', key: 'ArrowLeft', shift: true },
  { command: 'extendRight', key: 'ArrowRight', shift: true },
  { command: 'goTo', key: '/' },
  { command: 'fit', key: '0' },
  { command: 'zoomIn', key: '=' },
  { command: 'zoomOut', key: '_' },
  { command: 'help', key: '?' },
];

/** What a key means; undefined: nothing here, it is left to others. */
export function commandOf(event: Key): DesignCommand | undefined {
  const ctrl = event.ctrlKey === true || event.metaKey === true;
  const key = ctrl && event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return bindings.find(
    binding =>
      binding.key === key &&
      (binding.ctrl === true) === ctrl &&
      (binding.alt === true) === (event.altKey === true) &&
      (binding.shift === undefined || binding.shift === (event.shiftKey === true)),
  )?.command;
}

/** Commands that change the document: not while it is read-only or has an error. */
const changing: ReadonlySet<DesignCommand> = new Set<DesignCommand>([
  'insertAfter',
  'insertBefore',
  'moveLeft',
  'moveRight',
  'more',
  'fewer',
  'remove',
  'cut',
  'paste',
  'duplicate',
  'activation',
  'connect',
  'editNumber',
]);

export function changes(command: DesignCommand): boolean {
  return changing.has(command);
}

/** Rows of the help: the keys as printed, and the string that says what they do. */
export const helpRows = [
  { keys: '← →', what: 'help.layers' },
  { keys: '↑ ↓', what: 'help.neurons' },
  { keys: 'E  Shift+E', what: 'help.edges' },
  { keys: 'B', what: 'help.bias' },
  { keys: 'Home  End', what: 'help.ends' },
  { keys: 'Enter', what: 'help.enter' },
  { keys: '/', what: 'help.goTo' },
  { keys: 'M  T', what: 'help.matrix' },
  { keys: 'Shift+M', what: 'help.matrices' },
  { keys: 'S', what: 'help.stepping' },
  { keys: 'P  Shift+P', what: 'help.pin' },
  { keys: 'Shift', what: 'help.digits' },
  { keys: '0  =  _', what: 'help.zoom' },
  { keys: 'I  Shift+I', what: 'help.insert' },
  { keys: 'Alt+←  Alt+→', what: 'help.move' },
  { keys: '+  −', what: 'help.units' },
  { keys: 'A', what: 'help.activation' },
  { keys: 'C', what: 'help.connect' },
  { keys: 'Delete', what: 'help.remove' },
  { keys: 'Ctrl+C  X  V  D', what: 'help.clipboard' },
  { keys: 'Shift+←  Shift+→', what: 'help.extend' },
  { keys: 'Ctrl+A', what: 'help.all' },
  { keys: 'Ctrl+Z  Ctrl+Y', what: 'help.undo' },
  { keys: 'Esc', what: 'help.escape' },
] as const;

/** What the pointer does, each with its key or click above. */
export const gestureRows = [
  'help.dragPalette',
  'help.dragHead',
  'help.dragHandle',
  'help.dragPort',
  'help.dragBackground',
  'help.marquee',
  'help.plus',
  'help.modifiers',
  'help.doubleClick',
  'help.wheel',
] as const;

/** What who listens to the page has to know. */
export const listeningRows = [
  'help.canvasIs',
  'help.announces',
  'help.tableIs',
  'help.chartIs',
  'help.numbersIn',
  'help.leaves',
] as const;

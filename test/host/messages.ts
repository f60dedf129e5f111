/**
 * What a suite inside VS Code and the launcher outside say to each other, over HTTP on this machine, as
 * JSON. The suite asks, the launcher answers. Types only.
 *
 * The suite finds the launcher by the file `.nabla-test.json` in its workspace: it is the one way that
 * reaches the Node and the web-worker extension host alike.
 */

/** The contents of `.nabla-test.json`. */
export interface Errand {
  /** Where the launcher listens. */
  bridge: string;
  /** Which extension host this is. */
  kind: HostKind;
  /** Of VS Code. */
  version: string;
  /** Whether this is an installed package instead of the working tree. */
  packaged: boolean;
  /** Run only the files whose name contains this. */
  onlyFile?: string;
  /** Run only the tests whose full name contains this. */
  onlyTest?: string;
  /** How many random steps the fuzzer takes; without it, those of a short run. */
  steps?: number;
  /** How long the soak lasts; without it, for a short run. */
  minutes?: number;
  /** Of the soak's person; without it, 1. */
  seed?: number;
  /** Which of a suite's windows this is; absent in the first that there is. */
  stage?: Stage;
}

/** A window that has come after one which a suite has reloaded: the suite goes on there (stages.ts). */
export interface Stage {
  /** Its file. Those before it have run. */
  file: string;
  /** 1 after the first reload of this suite. */
  number: number;
  /** What it has noted for itself, as JSON. */
  noted: unknown;
  /** How the window before it was reloaded. */
  by: Reload;
}

export type HostKind = 'node' | 'web';

/** The path below the launcher's address → what is asked and what is answered. */
export interface Requests {
  /** Something a person would do or look at in the window. */
  act: { ask: Action; answer: unknown };
  /** Runs `node dist/cli.js`, in the workspace. */
  cli: { ask: { args: readonly string[] }; answer: CommandResult };
  /** The text of a file of `media/examples`, as it is in the repository. */
  example: { ask: { name: string }; answer: string };
  /** MNIST's four files come into the workspace's folder `mnist`; they are fetched where they are not here yet. */
  digits: { ask: null; answer: null };
  /** A file for the person who measures, instead of one of this name; answers where it is, in the repository. */
  keep: { ask: { name: string; text: string }; answer: string };
  /** A line for the person who measures. */
  say: { ask: { line: string }; answer: null };
  /** One test has ended. */
  tested: { ask: TestOutcome; answer: null };
  /**
   * The window is reloaded: from outside, or by a command that the suite runs when this is answered; then the suites go on
   * in the next one. `soFar` is the report of this one.
   */
  reload: { ask: { stage: Stage; soFar: Report }; answer: null };
  /** All have ended. */
  report: { ask: Report; answer: null };
}

/** How a window is reloaded: as by the browser's button, as by VS Code's own command, or after its renderer has crashed. */
export type Reload = 'page' | 'command' | 'crash';

export type Answer = { value: unknown } | { error: string };

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface TestOutcome {
  /** As `--file` takes it: `journey` of `journey.host.test.ts`. */
  file: string;
  name: string;
  state: 'passed' | 'failed' | 'skipped';
  milliseconds: number;
  /** Message and stack of a failure. */
  error?: string;
}

export interface Report {
  passed: number;
  failed: number;
  skipped: number;
}

/** Where to look: the workbench's own page, or whichever webview has the element. */
export type Frame = 'page' | 'webview';

/** The `nth` (0-based, default 0) element that a Playwright selector finds. */
export interface Target {
  frame: Frame;
  selector: string;
  nth?: number;
}

export interface Point {
  x: number;
  y: number;
}

/**
 * One gesture or one look. Gestures are real ones: the browser is told to move its pointer or press a key,
 * and the events are trusted. Those on a target wait for it, up to `seconds` (default 15).
 */
export type Action = { seconds?: number } & (
  | { do: 'click'; on: Target; button?: 'left' | 'right'; count?: number; modifiers?: Modifier[] }
  /** `at`: pixels from the element's top left corner; default its middle. */
  | { do: 'hover'; on: Target; at?: Point }
  /** The pointer goes to a point on the stroke of an SVG path or line, `fraction` (0–1) of its length. */
  | { do: 'hoverStroke'; on: Target; fraction: number }
  /** The pointer goes to the `nth` place where `text` stands inside the target, such as an editor. */
  | { do: 'hoverText'; on: Target; text: string; occurrence: number }
  /**
   * From the element's middle (or `at`, pixels from its top left corner) to another's middle (or `toAt`), or to a
   * point of the window. With `hold` the button stays down: look, then `release` or press Escape.
   */
  | {
      do: 'drag';
      on: Target;
      to: Target | Point;
      at?: Point;
      toAt?: Point;
      modifiers?: readonly Modifier[];
      hold?: boolean;
    }
  | { do: 'release' }
  /** Where the pointer is, `count` times: what is drawn there may be no element of its own. */
  | { do: 'clickHere'; count: number }
  /** The wheel is turned over the element's middle, in pixels. */
  | { do: 'wheel'; on: Target; x: number; y: number; modifiers?: readonly Modifier[] }
  /** The pointer leaves everything: to the window's corner. */
  | { do: 'moveAway' }
  | { do: 'fill'; on: Target; text: string }
  | { do: 'focus'; on: Target }
  /** To whatever has the focus, or to the target after focusing it: `Control+Z`, `ArrowRight`. */
  | { do: 'press'; key: string; on?: Target }
  | { do: 'type'; text: string }
  | { do: 'wait'; on: Target; until: 'visible' | 'gone' }
  | { do: 'text'; on: Target }
  | { do: 'attribute'; on: Target; name: string }
  | { do: 'box'; on: Target }
  /** How many there are now; does not wait. */
  | { do: 'count'; on: Omit<Target, 'nth'> }
  /** A JavaScript expression, evaluated in the target's frame where `element` is the target. */
  | { do: 'evaluate'; on: Target; expression: string }
  /** Writes a PNG of the window or of one element. */
  | { do: 'screenshot'; name: string; on?: Target }
  /** The page is loaded anew, by the browser; resolves when it has begun to. */
  | { do: 'reload' }
  /** Its renderer dies; the next window is waited for. */
  | { do: 'crash' }
  | { do: 'resize'; width: number; height: number }
  /** The breaches of content security policies so far, in the browser's words; `forget`: that were not told so before. */
  | { do: 'violations'; forget?: boolean }
  /** What was thrown in the window or a webview and caught by nobody. */
  | { do: 'errors' }
  /** The listeners that the webviews have at their window, document and body. */
  | { do: 'listeners' }
  /** What the window and its webviews hold, as `PageHeld`, after everything else was collected. */
  | { do: 'held' }
  /** Whether VS Code has put a page into each of its webviews; waits for it. */
  | { do: 'loads' }
);

/** What the pages of the window hold, together. */
export interface PageHeld {
  /** Bytes of JavaScript. */
  heap: number;
  /** Of the DOM, also those in no document any more that somebody still holds. */
  nodes: number;
  documents: number;
  /** At whatever. */
  listeners: number;
}

export type Modifier = 'Alt' | 'Control' | 'Meta' | 'Shift';

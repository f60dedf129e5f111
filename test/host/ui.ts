/**
 * A person at the window, for suites: real pointer, real keys, and eyes that wait until there is something to
 * see. The same in the Node and in the web-worker extension host.
 *
 *     await run('Nabla: Train');                               // through the command palette
 *     await designer.testId('neuron-0-0').hover();
 *     expect(await designer.testId('card').text()).toContain('0.35');
 *     await eventually(async () => expect(document.isDirty).toBe(true));
 */
import { ConfigurationTarget, commands, window, workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { ask, errand, inWorkspace } from './errand';
import type { Action, CommandResult, Frame, Modifier, Point, Target } from './messages';

export { errand, inWorkspace };

/** An element, or the place where one will be: nothing is looked up before something is done. */
export class Element {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  /** An element inside this one. */
  find(selector: string, nth = 0): Element {
    const { frame, selector: outer, nth: which = 0 } = this.#target;
    return new Element({ frame, selector: `${outer} >> nth=${which} >> ${selector}`, nth });
  }

  click(options: { button?: 'left' | 'right'; count?: number; modifiers?: Modifier[] } = {}) {
    return act<void>({ do: 'click', on: this.#target, ...options });
  }

  /** Moves the pointer there; `at`: pixels from the element's top left corner. */
  hover(at?: Point) {
    return act<void>({ do: 'hover', on: this.#target, ...(at && { at }) });
  }

  /** Moves the pointer onto the stroke of an SVG path or line, at `fraction` (0–1) of its length. */
  hoverStroke(fraction = 0.5) {
    return act<void>({ do: 'hoverStroke', on: this.#target, fraction });
  }

  /** Moves the pointer to the `occurrence`-th (0-based) place where `text` stands in this element. */
  hoverText(text: string, occurrence = 0) {
    return act<void>({ do: 'hoverText', on: this.#target, text, occurrence });
  }

  /** With the pointer, to the middle of another element or to a point of the window. */
  dragTo(
    to: Element | Point,
    how: { at?: Point; toAt?: Point; modifiers?: Modifier[]; hold?: boolean } = {},
  ) {
    const goal = to instanceof Element ? to.#target : to;
    return act<void>({ do: 'drag', on: this.#target, to: goal, ...how });
  }

  /** Turns the wheel over it, in pixels. */
  wheel(x: number, y: number, modifiers: Modifier[] = []) {
    return act<void>({ do: 'wheel', on: this.#target, x, y, modifiers });
  }

  /** Replaces the contents of an input. */
  fill(text: string) {
    return act<void>({ do: 'fill', on: this.#target, text });
  }

  focus() {
    return act<void>({ do: 'focus', on: this.#target });
  }

  /** Focuses it and presses a key: `Enter`, `Control+ArrowRight`. */
  press(key: string) {
    return act<void>({ do: 'press', key, on: this.#target });
  }

  /** Its visible text. */
  text() {
    return act<string>({ do: 'text', on: this.#target });
  }

  attribute(name: string) {
    return act<string | null>({ do: 'attribute', on: this.#target, name });
  }

  /** Its place in the window, in pixels. */
  box() {
    return act<Point & { width: number; height: number }>({ do: 'box', on: this.#target });
  }

  /** How many match, now, in all webviews or in the page: does not wait. */
  count() {
    const { frame, selector } = this.#target;
    return act<number>({ do: 'count', on: { frame, selector } });
  }

  /** A JavaScript expression in which `element` is this element; its value as JSON. */
  evaluate<T>(expression: string) {
    return act<T>({ do: 'evaluate', on: this.#target, expression });
  }

  waitUntilVisible(seconds = 15) {
    return act<void>({ do: 'wait', on: this.#target, until: 'visible', seconds });
  }

  waitUntilGone(seconds = 15) {
    return act<void>({ do: 'wait', on: this.#target, until: 'gone', seconds });
  }

  /** A PNG of the element, named for the pictures' folder. */
  screenshot(name: string) {
    return act<void>({ do: 'screenshot', name, on: this.#target });
  }
}

/** Where elements are looked for, by Playwright's selectors: `css`, `text=…`, `role=button[name="…"]`. */
class Place {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  /** The `nth` element that matches. */
  find(selector: string, nth = 0): Element {
    return new Element({ frame: this.#frame, selector, nth });
  }

  /** The element whose `data-testid` is `id`. */
  testId(id: string): Element {
    return this.find(`[data-testid="${id}"]`);
  }
}

/** VS Code's own window. */
export const workbench = new Place('page');

/** Whatever webview shows the element. */
export const designer = new Place('webview');

/** The text editor that has, or last had, the focus. */
export const editorText = workbench.find(
  '.editor-group-container.active .monaco-editor .view-lines',
);

/** What a hover in a text editor shows. */
export const textHover = workbench.find('.monaco-hover:not(.hidden) .monaco-hover-content');

function act<T>(action: Action): Promise<T> {
  return ask('act', action) as Promise<T>;
}

/** Presses a key where the focus is: `F1`, `Control+Z`, `Tab`. */
export const press = (key: string) => act<void>({ do: 'press', key });

/** Types where the focus is. */
export const type = (text: string) => act<void>({ do: 'type', text });

/** Takes the pointer away, to the window's corner. */
export const moveAway = () => act<void>({ do: 'moveAway' });

/** Lets go of what `dragTo` with `hold` has not. */
export const release = () => act<void>({ do: 'release' });

/** Clicks where the pointer is. */
export const clickHere = (count = 1) => act<void>({ do: 'clickHere', count });

/** Sets the window's size, in pixels. */
export const resize = (width: number, height: number) => act<void>({ do: 'resize', width, height });

/** A PNG of the whole window, named for the pictures' folder: `designer-dark`. */
export const screenshot = (name: string) => act<void>({ do: 'screenshot', name });

/** Every breach of a content security policy since the window opened, in the browser's words. */
export const policyViolations = () => act<string[]>({ do: 'violations' });

/** What was thrown in the window or a webview since it opened, and caught by nobody. */
export const uncaught = () => act<string[]>({ do: 'errors' });

/** Listeners at the window, document and body of all webviews: what would leak. */
export const listeners = () => act<string[]>({ do: 'listeners' });

/** Runs a command as a person does: opens the palette, types the title, presses Enter. */
export async function run(title: string): Promise<void> {
  const input = workbench.find('.quick-input-widget:visible .quick-input-box input');
  await eventually(async () => {
    await press('F1');
    await input.waitUntilVisible(2);
  });
  await input.fill(`>${title}`);
  const rows = '.quick-input-list .monaco-list-row .label-name';
  const place = await eventually(async () => {
    const found = await workbench
      .find('.quick-input-list')
      .evaluate<string[]>(`[...document.querySelectorAll('${rows}')].map(row => row.textContent)`);
    // "Gradcheck" is also how "Gradcheck…" begins, and what was run last stands first.
    const labels = found.map(label => label.replaceAll('\u00a0', ' ').trim());
    const whole = labels.indexOf(title);
    const at = whole >= 0 ? whole : labels.findIndex(label => label.startsWith(title));
    if (at < 0) throw new Error(`the palette offers "${found.join('", "')}", not "${title}"`);
    return at;
  });
  for (let i = 0; i < place; i++) await press('ArrowDown');
  await press('Enter');
}

/** The example's text as it is in the repository. */
export const exampleText = (name: string) => ask('example', { name });

/** Puts a file of the workspace back to what the repository has. */
export async function restore(name: string): Promise<void> {
  const text = await exampleText(name);
  await workspace.fs.writeFile(inWorkspace(name), new TextEncoder().encode(text));
}

/**
 * Runs `nabla` with these arguments in the workspace's folder; its files can be named as they are there:
 * `commandLine('gradients', 'iris.nn.json', '--sample', '0', '--json')`.
 */
export const commandLine = (...args: string[]): Promise<CommandResult> => ask('cli', { args });

/** The bytes of a file of the workspace, as text. */
export async function readText(name: string): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(inWorkspace(name)));
}

/**
 * Opens a file as VS Code would: a network opens in the designer. Here all webviews come from one origin, and while a
 * closed one still loads, VS Code's service worker keeps the next waiting for up to half a minute; elsewhere each has
 * an origin of its own.
 */
export async function open(name: string): Promise<void> {
  await commands.executeCommand('vscode.open', inWorkspace(name));
  await act<boolean>({ do: 'loads' });
}

/** Opens a file in the text editor. */
export async function openText(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(inWorkspace(name));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Closes everything, without asking about changes; not while it loads, for what is opened next would wait for it. */
export async function closeAll(): Promise<void> {
  await act<boolean>({ do: 'loads' });
  for (const group of window.tabGroups.all) {
    for (const tab of group.tabs.filter(({ isDirty }) => isDirty)) {
      const { uri } = tab.input as { uri?: Uri };
      if (!uri) continue;
      await commands.executeCommand('vscode.open', uri);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

/** Resolves when the window wears it. */
export async function setTheme(theme: keyof typeof themes): Promise<void> {
  const config = workspace.getConfiguration('workbench');
  await config.update('colorTheme', themes[theme], ConfigurationTarget.Workspace);
  const kinds = {
    dark: 'vs-dark',
    light: 'vs',
    highContrast: 'hc-black',
    highContrastLight: 'hc-light',
  };
  await workbench.find(`.monaco-workbench.${kinds[theme]}`).waitUntilVisible();
}

/** Does something until it has changed the text; again only after a while: what is asked for twice is done twice. */
export async function changedBy(
  document: TextDocument,
  action: () => Promise<void>,
): Promise<void> {
  const { version } = document;
  await eventually(async () => {
    await action();
    await eventually(() => {
      if (document.version === version) throw new Error('the text has not changed');
    }, 5);
  }, 20);
}

/**
 * Tries `check` until it passes; after `seconds` its last error is the result. Use it for whatever takes its
 * time, instead of waiting for a fixed while.
 */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

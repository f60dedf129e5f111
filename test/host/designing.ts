/**
 * Designing in a real window: one network file in the designer, gestures on it, and waiting until page and
 * text are the same again. Nothing waits for a fixed while.
 */
import { Range, WorkspaceEdit, commands, window, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { expect } from 'vitest';
import type { Network } from '../../src/network/network';
import { closeAll, designer, eventually, inWorkspace, open, press, title, workbench } from './ui';
import type { Element } from './ui';

/** What the page knows and draws, once it has caught up with the text. */
export interface Shown {
  readonly version: number;
  readonly stale: boolean;
  /** Without weights: the page asks for those that it draws. */
  readonly network: Network | null;
  /** Captions of the layers, in the file's order. */
  readonly heads: readonly string[];
  /** Of the input and of each layer, the circles that are drawn. */
  readonly circles: readonly number[];
  readonly selection: { type: string; layer?: number; row?: number; column?: number } | null;
  readonly notice: string | null;
  readonly spoken: string;
  readonly popup: string | null;
  /** Whether the network is a table now, instead of a picture. */
  readonly table: boolean;
  /** Parts that can be taken hold of now: neurons, captions, handles, ports and places for a layer. */
  readonly parts: readonly string[];
  /** The id of what has the keyboard in the page. */
  readonly focus: string | null;
}

const page = designer.find('nabla-designer');

const PARTS = ['neuron', 'input', 'layer', 'handle', 'port', 'slot']
  .map(part => `[data-testid^="${part}-"]`)
  .join(',');

const FOCUS = 'element.ownerDocument.activeElement?.dataset?.testid ?? null';

/**
 * Runs in the page. Counts the changes that are under way from the first call on; then waits until there is none,
 * until the page has the version and has drawn it.
 */
const LOOK = `(async () => {
  const { controller } = element;
  if (!controller.changing) {
    controller.changing = { count: 0 };
    for (const name of ['edit', 'cutLayers', 'pasteLayers', 'copyLayers', 'createFrom', 'valueOf']) {
      const act = controller[name];
      controller[name] = (...given) => {
        controller.changing.count++;
        const result = act.apply(controller, given);
        const end = () => setTimeout(() => controller.changing.count--);
        result.then(end, end);
        return result;
      };
    }
  }
  const { store } = controller;
  const frame = () => new Promise(done => {
    const late = setTimeout(done, 50);
    requestAnimationFrame(() => { clearTimeout(late); done(); });
  });
  const ready = () => controller.changing.count === 0 && (store.state.document?.version ?? 0) >= VERSION;
  for (let i = 0; i < 200 && !ready(); i++) await frame();
  const canvas = element.querySelector('nabla-canvas');
  await element.updateComplete;
  await canvas?.updateComplete;
  await frame();
  for (let i = 0; i < 60 && canvas?.querySelector('svg.moving'); i++) await frame();
  const { document: shown, show, notice } = store.state;
  const network = shown?.network ?? null;
  const ids = name => [...(canvas?.querySelectorAll('[data-testid^="' + name + '"]') ?? [])];
  return {
    ready: ready(),
    version: shown?.version ?? 0,
    stale: shown?.stale ?? true,
    network,
    heads: ids('layer-').map(head => [head.dataset.testid, head.textContent.trim().replace(/\\s+/g, ' ')].join(' ')),
    circles: [-1, ...(network?.layers.keys() ?? [])].map(
      layer => ids(layer < 0 ? 'input-' : 'neuron-' + layer + '-').length,
    ),
    selection: show.selection ?? null,
    notice: notice ?? null,
    spoken: element.spoken ?? '',
    popup: element.querySelector('nabla-design [role=dialog]')?.dataset.testid ?? null,
    parts: [...(canvas?.querySelectorAll('${PARTS}') ?? [])].filter(part => {
      const { x, y, width, height } = part.getBoundingClientRect();
      const above = element.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
      return above?.closest('nabla-canvas') && !above.closest('button, a, section');
    }).map(part => part.dataset.testid),
    table: element.querySelector('[data-testid=network-table]') !== null,
    focus: ${FOCUS},
  };
})()`;

/** The page, once nothing is under way and it shows at least this version of the text. */
export async function look(version = 0): Promise<Shown> {
  const shown = await page.evaluate<Shown & { ready: boolean }>(
    LOOK.replace('VERSION', String(version)),
  );
  if (!shown.ready)
    throw new Error(`the page shows version ${shown.version}, not ${version}: ${shown.notice}`);
  return shown;
}

/** A file in the designer, and its text. */
export class Design {
  readonly document: TextDocument;

  constructor(document: TextDocument) {
    this.document = document;
  }

  get text(): string {
    return this.document.getText();
  }

  /** The page, once it shows the text as it is now. */
  shown(): Promise<Shown> {
    return eventually(async () => {
      const shown = await look(this.document.version);
      const { version } = this.document;
      if (shown.version !== version) throw new Error(`${version} came after ${shown.version}`);
      return shown;
    });
  }

  /** Does something that must change the text, and waits until the page shows it. */
  async changing(act: () => Promise<unknown>): Promise<string> {
    const before = this.text;
    await act();
    return this.changed(before);
  }

  /** Waits until the text is another one, and the page shows it. */
  async changed(before: string): Promise<string> {
    await eventually(async () => {
      const { spoken, notice } = await look();
      if (this.text === before) throw new Error(`the text is as before; ${notice ?? spoken}`);
    }, 8);
    const { stale } = await this.shown();
    expect(stale, this.text).toBe(false);
    return this.text;
  }

  /** Does something that changes the text, and waits until it has. */
  async heard(act: () => Promise<unknown>): Promise<void> {
    const change = new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error('the text has not changed')), 8000);
      const end = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document !== this.document || contentChanges.length === 0) return;
        end.dispose();
        clearTimeout(late);
        done();
      });
    });
    await Promise.all([change, act()]);
  }

  /** Presses a key, on a part of the page if one is given, and waits until the text is exactly this, by one change. */
  async becomes(text: string, key: string, on?: Element): Promise<void> {
    await on?.focus();
    if (on) await activeInColumn(1);
    await this.heard(() => (on ? on.press(key) : press(key)));
    expect(this.text).toBe(text);
    await this.shown();
  }

  /** Puts the text back from outside, where it is not this already. */
  async reset(text: string): Promise<void> {
    if (this.text === text) return;
    await press('Escape');
    await this.replace(0, this.text.length, text);
    await this.shown();
  }

  /** Changes the text as another program would: from outside of the designer. */
  async replace(start: number, end: number, text: string): Promise<void> {
    const edit = new WorkspaceEdit();
    const { document } = this;
    edit.replace(
      document.uri,
      new Range(document.positionAt(start), document.positionAt(end)),
      text,
    );
    if (!(await workspace.applyEdit(edit))) throw new Error('the text could not be changed');
  }

  /** The bytes of the file. */
  async bytes(): Promise<string> {
    return readBytes(this.document.fileName.replaceAll('\\', '/').split('/').at(-1) ?? '');
  }

  /** Saves as a person does. */
  async save(): Promise<void> {
    await press('Control+s');
    await eventually(() => expect(this.document.isDirty).toBe(false));
  }
}

/** One character a byte, so that a difference can be read. */
export async function readBytes(file: string): Promise<string> {
  const bytes = await workspace.fs.readFile(inWorkspace(file));
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

/** Waits until VS Code knows that the person is in this column; it looks four times a second. */
export const activeInColumn = (column: number): Promise<void> =>
  eventually(() => expect(window.tabGroups.activeTabGroup.viewColumn).toBe(column));

/** Writes a file of the workspace and opens it in the designer. */
export async function design(file: string, text: string): Promise<Design> {
  await commands.executeCommand('workbench.action.closeSidebar');
  // A column that is still closing would leave too little room for the palette.
  await eventually(async () => {
    await closeAll();
    expect(window.tabGroups.all).toHaveLength(1);
  });
  await workspace.fs.writeFile(inWorkspace(file), new TextEncoder().encode(text));
  return openDesign(file);
}

/** Opens a file of the workspace, which is not open, in the designer. */
export async function openDesign(file: string): Promise<Design> {
  await open(file);
  await page.waitUntilVisible(30);
  const document = await eventually(() => {
    const uri = inWorkspace(file).toString();
    const found = workspace.textDocuments.find(each => each.uri.toString() === uri);
    if (!found) throw new Error(`${file} is not open`);
    return found;
  });
  const opened = new Design(document);
  await eventually(() => look(document.version), 30);
  return opened;
}

/** Closes what is open and removes the file. */
export async function discard(file: string): Promise<void> {
  await closeAll();
  await workspace.fs.delete(inWorkspace(file));
}

/** Drags the handle below a layer (−1: input) by so many units. */
export async function dragHandle(layer: number, units: number): Promise<void> {
  const handle = designer.testId(layer < 0 ? 'handle-input' : `handle-${layer}`);
  const { x, y, width, height } = await handle.box();
  await handle.dragTo({ x: x + width / 2, y: y + height / 2 + 8.1 * units });
}

/** Drags something onto the place for a new layer before the layer at `index`. */
export const dragToSlot = (thing: Element, index: number, how = {}): Promise<void> =>
  thing.dragTo(designer.testId(`slot-${index}`), how);

export const palette = (item: string): Element => designer.testId(`palette-${item}`);

export const head = (layer: number): Element =>
  designer.testId(layer < 0 ? 'layer-input' : `layer-${layer}`);

export const neuron = (layer: number, row = 0): Element =>
  designer.testId(layer < 0 ? `input-${row}` : `neuron-${layer}-${row}`);

/** What has the canvas's one tab stop. */
export const tabStop = designer.find('nabla-canvas [tabindex="0"]');

/** Chooses from the menu that a right click opens. @param command its title in English */
export async function chooseFromMenu(on: Element, command: string): Promise<void> {
  await on.click({ button: 'right' });
  const item = workbench.find(`.monaco-menu .action-item:has-text("${title(command)}")`);
  await item.waitUntilVisible();
  // A menu that has just opened takes no click yet.
  await eventually(async () => {
    if (await item.count()) await item.click();
    expect(await item.count()).toBe(0);
  });
}

/** Presses Tab until the element has the keyboard, as a person without a pointer does. */
export async function tabTo(id: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 80; i++) {
    const focus = await page.evaluate<string | null>(FOCUS);
    if (focus !== null && id.test(focus)) return;
    seen.push(focus ?? '–');
    await press(key);
  }
  throw new Error(`${key} never comes to ${id.source}: ${seen.join(' ')}`);
}

/** Presses keys one after another where the focus is. */
export async function keys(...names: readonly string[]): Promise<void> {
  for (const name of names) await press(name);
}

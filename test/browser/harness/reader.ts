/**
 * A screen reader: what is heard of the page, out of the tree that the browser gives to assistive technology. Each thing
 * is a line of its role, its name, its value and its state, as in `button "Train"` or `radio "gradient" checked`.
 */
import type { CDPSession, Page } from 'playwright-core';

interface AxValue {
  readonly value?: unknown;
}

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly value?: AxValue;
  readonly description?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
}

/** States that a screen reader tells, in this order; of those with words also the words. */
const STATES = [
  'checked',
  'pressed',
  'selected',
  'expanded',
  'disabled',
  'invalid',
  'readonly',
  'haspopup',
  'level',
] as const;

/** Structure alone: nothing is said of it. */
const SILENT: ReadonlySet<string> = new Set([
  'generic',
  'none',
  'InlineTextBox',
  'RootWebArea',
  'LineBreak',
  'ListMarker',
  'MathMLOperator',
]);

export class Reader {
  readonly #session: CDPSession;
  readonly #page: Page;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page: Page): Promise<Reader> {
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    return new Reader(page, session);
  }

  /** Everything on the page, or in a part of it, in reading order. */
  async reads(selector = 'body'): Promise<readonly string[]> {
    const nodes = await this.#nodes();
    const root = await this.#nodeOf(`document.querySelector(${JSON.stringify(selector)})`);
    const lines: string[] = [];
    const visit = (id: string): void => {
      const node = nodes.get(id);
      if (!node) return;
      const line = lineOf(node);
      if (line !== undefined) lines.push(line);
      for (const child of node.childIds ?? []) visit(child);
    };
    visit(root.nodeId);
    return lines;
  }

  /** What has the keyboard, as it is told when the keyboard comes there. */
  async standsOn(): Promise<string> {
    const node = await this.#nodeOf(
      `(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at; })()`,
    );
    return lineOf(node) ?? String(node.role?.value);
  }

  async press(...keys: readonly string[]): Promise<string> {
    for (const key of keys) await this.#page.keyboard.press(key);
    return this.standsOn();
  }

  async #nodes(): Promise<ReadonlyMap<string, AxNode>> {
    const { nodes } = await this.#session.send('Accessibility.getFullAXTree');
    return new Map((nodes as readonly AxNode[]).map(node => [node.nodeId, node]));
  }

  async #nodeOf(expression: string): Promise<AxNode> {
    const { result } = await this.#session.send('Runtime.evaluate', { expression });
    if (result.objectId === undefined) throw new Error(`Nothing is there: ${expression}`);
    const { objectId } = result;
    const { nodes } = await this.#session.send('Accessibility.getPartialAXTree', {
      objectId,
      fetchRelatives: false,
    });
    // Words for a value stand in the element alone.
    const { result: words } = await this.#session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function () { return this.getAttribute?.('aria-valuetext') ?? undefined }`,
    });
    const node = nodes[0] as AxNode;
    return words.value === undefined ? node : { ...node, value: words };
  }
}

/** Undefined: nothing is said of it. */
function lineOf({
  ignored,
  role,
  name,
  value,
  description,
  properties = [],
}: AxNode): string | undefined {
  const kind = String(role?.value ?? 'none');
  const called = String(name?.value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (ignored || SILENT.has(kind)) return undefined;
  if (kind === 'StaticText') return called === '' ? undefined : called;
  const has = new Map(properties.map(each => [each.name, each.value.value]));
  const states = STATES.filter(
    state => ![undefined, false, 'false'].includes(has.get(state) as never),
  ).map(state =>
    has.get(state) === true || has.get(state) === 'true'
      ? state
      : `${state} ${String(has.get(state))}`,
  );
  const parts = [kind, `"${called}"`];
  if (value?.value !== undefined && value.value !== '') parts.push(`= ${String(value.value)}`);
  if (description?.value) parts.push(`(${String(description.value)})`);
  return [...parts, ...states].join(' ');
}

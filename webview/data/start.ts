/** `<nabla-start>`: what an empty file can begin as. Each choice is one undo step. */
import { html, LitElement, svg, type TemplateResult } from 'lit';
import type { TemplateName } from '../../src/network/templates';
import type { Controller } from '../controller';
import { text } from '../strings';

/** Layers of each template, the input first: drawn before there is a network. */
export const templateSizes: { readonly [K in TemplateName]: readonly number[] } = {
  blank: [2, 3, 1],
  xor: [2, 4, 1],
  spiral: [2, 16, 16, 1],
  sine: [1, 12, 1],
  reference: [3, 4, 2],
  chain: [2, 3, 2, 2],
  linear: [3, 3, 2],
  rates: [3, 3, 2, 1],
  nielsen: [2, 4, 2],
};

type Choice = TemplateName | 'csv';

const GROUPS = [
  { title: 'start.own', choices: ['blank', 'csv'] },
  { title: 'start.problems', choices: ['xor', 'spiral', 'sine'] },
  { title: 'start.examples', choices: ['reference', 'chain', 'linear', 'rates', 'nielsen'] },
] as const satisfies readonly { readonly title: string; readonly choices: readonly Choice[] }[];

export class NablaStart extends LitElement {
  static override properties = {
    controller: { attribute: false },
    locked: { type: Boolean },
    csv: { state: true },
    focused: { state: true },
  };
  declare controller: Controller;
  declare locked: boolean;
  /** Whether a CSV file is being chosen. */
  declare csv: boolean;
  /** The one choice that Tab comes to. */
  declare focused: Choice;

  constructor() {
    super();
    Object.assign(this, { locked: false, csv: false, focused: 'blank' });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return this.csv ? this.#fromCsv() : this.#choices();
  }

  #fromCsv(): TemplateResult {
    return html`<section class="start-csv" data-testid="start-csv" aria-label=${text('start.csv')}>
      <h2>${text('csv.title')}</h2>
      <nabla-csv
        .controller=${this.controller}
        ?locked=${this.locked}
        @nabla-csv-cancel=${() => this.#back()}
      ></nabla-csv>
    </section>`;
  }

  #back(): void {
    this.csv = false;
    void this.updateComplete.then(() => this.#focus('csv'));
  }

  #choices(): TemplateResult {
    return html`<div
      class="start"
      data-testid="start"
      role="group"
      aria-label=${text('start.label')}
      @keydown=${this.#key}
    >
      ${GROUPS.map(
        ({ title, choices }) =>
          html`<section aria-label=${text(title)}>
            <h2>${text(title)}</h2>
            <div class="start-grid">${choices.map(choice => this.#card(choice))}</div>
          </section>`,
      )}
      <p class="quiet small">${text('start.hint')}</p>
    </div>`;
  }

  #card(choice: Choice): TemplateResult {
    const [name, hint] =
      choice === 'csv'
        ? [text('start.csv'), text('start.csvHint')]
        : [text(`template.${choice}`), text(`template.${choice}Hint`)];
    return html`<button
      type="button"
      class="start-card"
      data-testid="template-${choice}"
      tabindex=${choice === this.focused ? 0 : -1}
      ?disabled=${this.locked}
      @focus=${() => (this.focused = choice)}
      @click=${() => this.#choose(choice)}
    >
      ${choice === 'csv' ? html`<i class="codicon codicon-table" aria-hidden="true"></i>` : thumbnail(templateSizes[choice])}
      <span class="start-name">${name}</span>
      <span class="quiet small">${hint}</span>
    </button>`;
  }

  #choose(choice: Choice): void {
    if (choice === 'csv') this.csv = true;
    else this.controller.create(choice);
  }

  #focus(choice: Choice): void {
    this.focused = choice;
    this.querySelector<HTMLElement>(`[data-testid="template-${choice}"]`)?.focus();
  }

  /** Arrow keys move among the cards as they lie on the page. */
  readonly #key = (event: KeyboardEvent): void => {
    const cards = [...this.querySelectorAll<HTMLElement>('.start-card')];
    const at = cards.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const next = nextCard(
      cards.map(card => card.getBoundingClientRect()),
      at,
      event.key,
    );
    if (next === undefined) return;
    event.preventDefault();
    cards[next].focus();
  };
}

interface Place {
  readonly left: number;
  readonly top: number;
}

/** Which card an arrow key leads to; undefined where the key, or the edge, leads nowhere. */
export function nextCard(places: readonly Place[], at: number, key: string): number | undefined {
  const last = places.length - 1;
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[key];
  if (to !== undefined) return to >= 0 && to <= last ? to : undefined;
  const down = key === 'ArrowDown';
  if (!down && key !== 'ArrowUp') return undefined;
  const here = places[at];
  const lines = places
    .map(({ left, top }, index) => ({
      index,
      down: (top - here.top) * (down ? 1 : -1),
      aside: Math.abs(left - here.left),
    }))
    .filter(place => place.down > 1)
    .sort((a, b) => a.down - b.down || a.aside - b.aside);
  return lines[0]?.index;
}

const SHOWN = 5;
const SIZE = { width: 96, height: 48 };

/** Columns of at most five circles, and the edges between them. */
function thumbnail(sizes: readonly number[]): TemplateResult {
  const columns = sizes.map((size, column) => {
    const shown = Math.min(size, SHOWN);
    const x = 8 + ((SIZE.width - 16) * column) / (sizes.length - 1);
    return Array.from({ length: shown }, (_, i) => ({
      x,
      y: SIZE.height / 2 + (i - (shown - 1) / 2) * 10,
    }));
  });
  const edges = columns
    .slice(1)
    .flatMap((column, i) =>
      columns[i].flatMap(from => column.map(to => `M${from.x} ${from.y}L${to.x} ${to.y}`)),
    );
  return html`<svg
    class="thumbnail"
    viewBox="0 0 ${SIZE.width} ${SIZE.height}"
    role="img"
    aria-label=${text('start.shape', sizes.join('-'))}
  >
    ${svg`<path d=${edges.join('')}></path>`}
    ${columns.flat().map(({ x, y }) => svg`<circle cx=${x} cy=${y} r="3"></circle>`)}
  </svg>`;
}

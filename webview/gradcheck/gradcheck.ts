/** `<nabla-gradcheck>`: what the last gradcheck found, parameter by parameter: a panel over the canvas. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { GradcheckEntry, GradcheckReport } from '../../src/engine/gradcheck';
import type { CurvePoint } from '../../src/engine/gradcheck/curve';
import type {
  GradcheckPicture,
  GradcheckRows,
  RowsRequest,
} from '../../src/engine/gradcheck/results';
import { gradcheckMarkdown } from '../../src/explain/gradcheck/report';
import { formatPath } from '../../src/network/network';
import { parameterPath } from '../../src/network/parameterPath';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { messageOf } from '../messageOf';
import { count } from '../numbers';
import { PanelFocus } from '../panelFocus';
import type { State } from '../store';
import { text } from '../strings';
import { curveFigure } from './curve';
import { directionsTable } from './directions';
import { layerChoice } from './layers';
import { PAGE, rowsTable } from './rows';
import { checkedWords } from './words';

type Parameter = GradcheckEntry['target'];

/** Cells along a side of a picture. */
const CELLS = 64;
/** Pixels that the picture of the weights may be wide, and a cell of it. */
const ROOM = 184;
const LARGEST_CELL = 14;
/** Parameters in a copied report. */
const REPORTED = 20;

/** What was asked for. */
interface Choice {
  readonly order: RowsRequest['order'];
  readonly doubtful: boolean;
  readonly layer: number | undefined;
  readonly count: number;
}

export class NablaGradcheck extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    choice: { state: true },
    rows: { state: true },
    pictures: { state: true },
    chosen: { state: true },
    curve: { state: true },
    failure: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare choice: Choice;
  declare rows: GradcheckRows | undefined;
  declare pictures: readonly GradcheckPicture[];
  declare chosen: Parameter | undefined;
  declare curve: readonly CurvePoint[] | undefined;
  declare failure: string | undefined;
  readonly #focus = new PanelFocus(() => this.controller.show({ checked: false }));

  constructor() {
    super();
    this.choice = { order: 'error', doubtful: false, layer: undefined, count: PAGE };
    this.pictures = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The results that are there to be shown. */
  get #report(): GradcheckReport | undefined {
    const { gradcheck, show } = this.state;
    return show.checked && gradcheck.type === 'done' ? gradcheck.report : undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#report) return;
    const before = changed.get('state') as State | undefined;
    const isNew =
      changed.has('state') && (!before?.show.checked || reportOf(before) !== reportOf(this.state));
    if (isNew) [this.chosen, this.curve] = [undefined, undefined];
    if (isNew || changed.has('choice')) void this.#fetch();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (!before || before.show.checked || !this.#report) return;
    this.#focus.opened(() => this.querySelector<HTMLElement>('[data-testid="checked-close"]'));
  }

  async #fetch(): Promise<void> {
    const { choice, state } = this;
    const { order, doubtful, layer, count } = choice;
    const { asks } = this.controller;
    try {
      const request = { order, doubtful, start: 0, count, ...(layer !== undefined && { layer }) };
      const [rows, pictures] = await Promise.all([
        asks.checkedRows(request),
        layer === undefined ? [] : asks.checkedPictures(layer, CELLS),
      ]);
      if (choice !== this.choice || reportOf(state) !== reportOf(this.state)) return;
      [this.rows, this.pictures, this.failure] = [rows, pictures, undefined];
    } catch (error) {
      this.failure = messageOf(error);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const report = this.#report;
    if (!report) return nothing;
    return html`<section
      class="lab checked"
      role="dialog"
      aria-label=${text('checked.title')}
      data-testid="checked"
      @keydown=${this.#focus.key}
    >
      <header>
        <h2>${text('checked.title')}</h2>
        <span class="quiet">${this.#sentence(report)}</span>
        ${iconButton('checked-copy', 'copy', text('checked.copy'), () => void this.#copy(report))}
        ${iconButton('checked-close', 'close', text('checked.close'), () => this.#focus.close())}
      </header>
      ${
        this.failure === undefined
          ? this.#parts(report)
          : html`<p class="caution" role="alert" data-testid="checked-failure">
              <i class="codicon codicon-info" aria-hidden="true"></i
              >${text('checked.failure', this.failure)}
            </p>`
      }
    </section>`;
  }

  #parts(report: GradcheckReport): TemplateResult {
    return html`<div class="lab-parts">
      <div class="lab-rule">
        ${layerChoice(report, this.choice.layer, layer => this.#set({ layer }))}
        <div class="checked-pictures">${this.pictures.map(picture => this.#picture(picture))}</div>
        ${this.pictures.some(isCoarse) ? html`<p class="quiet">${text('checked.block')}</p>` : nothing}
        ${this.#curve()}
      </div>
      <div class="lab-result">
        ${
          report.directions && this.choice.layer === undefined
            ? directionsTable(report.directions, report)
            : nothing
        }
        ${this.#filter()} ${this.rows ? this.#table(this.rows) : nothing}
      </div>
    </div>`;
  }

  #picture(picture: GradcheckPicture): TemplateResult {
    return html`<nabla-checked-picture
      .picture=${picture}
      .name=${nameOf(picture)}
      .cell=${cellOf(this.pictures)}
      @nabla-parameter=${(event: CustomEvent<Parameter>) => this.#choose(event.detail)}
    ></nabla-checked-picture>`;
  }

  #filter(): TemplateResult {
    return html`<label class="checked-only"
      ><input
        type="checkbox"
        data-testid="checked-doubtful"
        .checked=${this.choice.doubtful}
        @change=${({ target }: Event) => this.#set({ doubtful: (target as HTMLInputElement).checked })}
      />${text('checked.doubtful')}</label
    >`;
  }

  #table(rows: GradcheckRows): TemplateResult {
    const { choice } = this;
    return rowsTable({
      rows,
      order: choice.order,
      chosen: this.chosen,
      sort: order => this.#set({ order }),
      choose: entry => this.#choose(entry.target),
      more: () => (this.choice = { ...choice, count: choice.count + PAGE }),
    });
  }

  #curve(): TemplateResult {
    const { chosen, curve } = this;
    if (!chosen || !curve) return html`<p class="quiet">${text('checked.choose')}</p>`;
    const path = parameterPath(chosen);
    return html`${curveFigure(curve, formatPath(path))}
      <button class="link" data-testid="checked-text" @click=${() => this.controller.reveal(path)}>
        ${text('checked.inText')}
      </button>`;
  }

  #sentence(report: GradcheckReport): string {
    const words = checkedWords();
    const { checked, failed, samples, h } = report;
    const said = [words.agree(count(checked - failed.length), count(checked))];
    return [...said, words.method(samples, h === undefined ? undefined : String(h))].join(
      words.gap,
    );
  }

  #set(change: Partial<Choice>): void {
    this.choice = { ...this.choice, count: PAGE, ...change };
  }

  async #choose(target: Parameter): Promise<void> {
    this.chosen = target;
    this.controller.select(target);
    try {
      const curve = await this.controller.asks.errorCurve(target);
      if (target === this.chosen) this.curve = curve;
    } catch (error) {
      this.failure = messageOf(error);
    }
  }

  async #copy(report: GradcheckReport): Promise<void> {
    const rows = { order: 'error', start: 0, count: REPORTED } as const;
    const { entries } = await this.controller.asks.checkedRows(rows);
    const { document } = this.state;
    const name = document?.network?.name || (document?.fileName ?? '');
    const page = gradcheckMarkdown({ name, report, largest: entries }, checkedWords());
    await this.controller.copyText(page, text('checked.copied'));
  }
}

const reportOf = ({ gradcheck }: State): GradcheckReport | undefined =>
  gradcheck.type === 'done' ? gradcheck.report : undefined;

function nameOf({ layer, kind }: GradcheckPicture): string {
  return text(kind === 'weight' ? 'checked.weights' : 'checked.bias', layer + 2);
}

/** Whether a cell stands for more than one parameter. */
const isCoarse = ({ rows, height, columns, width }: GradcheckPicture): boolean =>
  rows > height || columns > width;

/** Pixels along the side of a cell, the same in all of them: rows stand side by side. */
function cellOf(pictures: readonly GradcheckPicture[]): number {
  const widest = Math.max(...pictures.map(({ width }) => width));
  return Math.max(2, Math.min(LARGEST_CELL, Math.floor(ROOM / widest)));
}

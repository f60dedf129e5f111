/**
 * `<nabla-checked-picture>`: the weights or the biases of a layer as cells, the fuller the larger the error. What does not
 * simply agree also carries a sign: a stroke, a cross, a dot.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import type { GradcheckEntry } from '../../src/engine/gradcheck';
import type { GradcheckPicture } from '../../src/engine/gradcheck/results';
import { VERDICTS } from '../../src/engine/gradcheck/verdicts';
import { format } from '../numbers';
import { clauses } from '../punctuation';
import { text } from '../strings';
import { Repaint } from '../repaint';
import { readInk } from '../theme';
import { checkedWords } from './words';

type Parameter = GradcheckEntry['target'];

/** Pixels: a single column is no narrower. */
const COLUMN = 8;

export class NablaCheckedPicture extends LitElement {
  static override properties = {
    picture: { attribute: false },
    name: { attribute: false },
    cell: { attribute: false },
  };
  declare picture: GradcheckPicture;
  declare name: string;
  /** Pixels along the side of a cell. */
  declare cell: number;

  constructor() {
    super();
    new Repaint(this, () => this.#paint());
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { rows, columns } = this.picture;
    const worst = this.#worst();
    const words = text(
      'checked.picture',
      this.name,
      rows,
      columns,
      this.#verdict(worst),
      format(this.picture.errors[worst]),
    );
    return html`<p class="quiet">
        ${text(this.picture.kind === 'weight' ? 'checked.weightsShort' : 'checked.biasShort')}
      </p>
      <canvas
        role="img"
        aria-label=${words}
        data-testid="checked-picture-${this.picture.kind}"
        @pointermove=${(event: PointerEvent) => this.#point(event)}
        @click=${(event: MouseEvent) => this.#choose(event)}
      ></canvas>`;
  }

  protected override updated(): void {
    this.#paint();
  }

  get #across(): number {
    return this.picture.columns === 1 ? Math.max(COLUMN, this.cell) : this.cell;
  }

  #worst(): number {
    const { verdicts, errors } = this.picture;
    let worst = 0;
    for (let i = 1; i < verdicts.length; i++) {
      const more = verdicts[i] - verdicts[worst];
      if (more > 0 || (more === 0 && errors[i] > errors[worst])) worst = i;
    }
    return worst;
  }

  #verdict(cell: number): string {
    const verdict = VERDICTS[this.picture.verdicts[cell]];
    return verdict ? checkedWords().verdicts[verdict] : '–';
  }

  #paint(): void {
    const canvas = this.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const { width, height } = this.picture;
    const [across, down] = [this.#across, this.cell];
    const scale = window.devicePixelRatio;
    canvas.width = width * across * scale;
    canvas.height = height * down * scale;
    canvas.style.width = `${width * across}px`;
    canvas.style.height = `${height * down}px`;
    context.scale(scale, scale);
    const ink = inks();
    for (let i = 0; i < width * height; i++) {
      const box = { left: (i % width) * across, top: Math.floor(i / width) * down };
      // Between cells that are large enough there is a line.
      const gap = down > 4 ? 1 : 0;
      paintCell(context, ink, this.picture, i, { ...box, width: across - gap, height: down - gap });
    }
  }

  #at({ offsetX, offsetY }: MouseEvent): number {
    const { width, height } = this.picture;
    const column = Math.min(width - 1, Math.floor(offsetX / this.#across));
    return Math.min(height - 1, Math.floor(offsetY / this.cell)) * width + column;
  }

  #target(cell: number): Parameter {
    const { layer, kind, columns, places } = this.picture;
    const row = Math.floor(places[cell] / columns);
    if (kind !== 'weight') return { type: 'bias', layer, row };
    return { type: 'weight', layer, row, column: places[cell] - row * columns };
  }

  #point(event: PointerEvent): void {
    const cell = this.#at(event);
    const target = this.#target(cell);
    const place = target.type === 'weight' ? `${target.row}, ${target.column}` : `${target.row}`;
    const canvas = event.currentTarget as HTMLElement;
    canvas.title = `[${place}] ${clauses([this.#verdict(cell), format(this.picture.errors[cell])])}`;
  }

  #choose(event: MouseEvent): void {
    const detail = this.#target(this.#at(event));
    this.dispatchEvent(new CustomEvent('nabla-parameter', { detail, bubbles: true }));
  }
}

interface Inks {
  readonly foreground: string;
  readonly by: { readonly [code: number]: string };
  readonly none: string;
}

function inks(): Inks {
  const { foreground, muted } = readInk();
  const style = getComputedStyle(document.body);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || foreground;
  const of = {
    tiny: muted,
    ok: colour('--vscode-charts-green'),
    flat: muted,
    kink: colour('--vscode-charts-blue'),
    look: colour('--vscode-charts-yellow'),
    fail: colour('--vscode-charts-red'),
  };
  const by = Object.fromEntries(VERDICTS.flatMap((v, code) => (v ? [[code, of[v]]] : [])));
  return { foreground, by, none: muted };
}

/** An error of 10⁻¹⁴ and less is faint, one of 10⁻⁶ and more is full. */
function strength(error: number): number {
  if (!(error > 0)) return 0.15;
  return 0.15 + 0.85 * Math.max(0, Math.min(1, (Math.log10(error) + 14) / 8));
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function paintCell(
  context: CanvasRenderingContext2D,
  ink: Inks,
  { verdicts, errors }: GradcheckPicture,
  cell: number,
  { left, top, width, height }: Box,
): void {
  const verdict = VERDICTS[verdicts[cell]];
  context.globalAlpha = verdict === 'ok' ? strength(errors[cell]) : verdict ? 0.5 : 0.08;
  context.fillStyle = ink.by[verdicts[cell]] ?? ink.none;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 1;
  const isPlain = verdict === undefined || verdict === 'ok' || verdict === 'tiny';
  if (isPlain || width < 5 || height < 5) return;
  context.strokeStyle = ink.foreground;
  context.lineWidth = 1;
  context.beginPath();
  const [right, bottom] = [left + width - 1, top + height - 1];
  if (verdict === 'flat') context.rect(left + width / 2 - 1, top + height / 2 - 1, 1.5, 1.5);
  else {
    context.moveTo(left + 1, bottom);
    context.lineTo(right, top + 1);
  }
  if (verdict === 'fail') {
    context.moveTo(left + 1, top + 1);
    context.lineTo(right, bottom);
  }
  context.stroke();
}

/**
 * `<nabla-results-plot>`: predicted against true numbers of one output. On the diagonal a prediction is exact; a click on a
 * point selects its sample.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { count, format } from '../numbers';
import { text } from '../strings';
import { Repaint } from '../repaint';
import { readInk, type CanvasInk } from '../theme';

/** Pixels. */
const SIDE = 288;
const LEFT = 12;
const BOTTOM = 18;
const EDGE = 8;
const DOT = 2;
/** A point is meant from so near. */
const REACH = 8;

/** The common scale of both axes. */
interface Range {
  readonly from: number;
  readonly to: number;
}

export class NablaResultsPlot extends LitElement {
  static override properties = {
    points: { attribute: false },
    samples: { attribute: false },
    name: { attribute: false },
    chosen: { attribute: false },
  };
  /** (shown, 3): index, true, predicted. */
  declare points: Float64Array;
  /** Of how many they are chosen. */
  declare samples: number;
  /** Of the output. */
  declare name: string;
  /** The sample that is looked at. */
  declare chosen: number | undefined;

  constructor() {
    super();
    new Repaint(this, () => this.#paint());
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const shown = this.points.length / 3;
    return html`<h3>${text('results.plot', this.name)}</h3>
      <canvas
        role="img"
        aria-label=${text('results.plotWords', this.name, count(this.samples))}
        data-testid="results-plot"
        data-points=${shown}
        @pointermove=${(event: PointerEvent) => this.#point(event)}
        @click=${(event: MouseEvent) => this.#choose(event)}
      ></canvas>
      ${
        shown < this.samples
          ? html`<p class="quiet" data-testid="results-decimated">
              ${text('results.decimated', count(shown), count(this.samples))}
            </p>`
          : nothing
      }`;
  }

  protected override updated(): void {
    this.#paint();
  }

  #range(): Range {
    let [from, to] = [Infinity, -Infinity];
    this.points.forEach((value, i) => {
      if (i % 3 === 0) return;
      from = Math.min(from, value);
      to = Math.max(to, value);
    });
    if (!(to > from))
      return {
        from: (Number.isFinite(from) ? from : 0) - 0.5,
        to: (Number.isFinite(to) ? to : 0) + 0.5,
      };
    const margin = (to - from) / 40;
    return { from: from - margin, to: to + margin };
  }

  #paint(): void {
    const canvas = this.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const scale = window.devicePixelRatio;
    canvas.width = SIDE * scale;
    canvas.height = SIDE * scale;
    canvas.style.width = `${SIDE}px`;
    canvas.style.height = `${SIDE}px`;
    context.scale(scale, scale);
    const ink = readInk();
    const range = this.#range();
    paintAxes(context, ink, range);
    this.#paintPoints(context, ink, range);
  }

  #paintPoints(context: CanvasRenderingContext2D, ink: CanvasInk, range: Range): void {
    const { points, chosen } = this;
    context.fillStyle = `rgb(${ink.positive.join(' ')})`;
    context.globalAlpha = points.length > 3 * 300 ? 0.5 : 0.85;
    let ring: readonly [number, number] | undefined;
    for (let i = 0; i < points.length; i += 3) {
      const [x, y] = placeOf(points[i + 1], points[i + 2], range);
      context.beginPath();
      context.arc(x, y, DOT, 0, 2 * Math.PI);
      context.fill();
      if (points[i] === chosen) ring = [x, y];
    }
    context.globalAlpha = 1;
    if (!ring) return;
    context.strokeStyle = ink.focus;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(...ring, 3 * DOT, 0, 2 * Math.PI);
    context.stroke();
  }

  /** The place of the nearest point in reach, in `points`; −1 where there is none. */
  #at({ offsetX, offsetY }: MouseEvent): number {
    const range = this.#range();
    let [nearest, best] = [-1, REACH];
    for (let i = 0; i < this.points.length; i += 3) {
      const [x, y] = placeOf(this.points[i + 1], this.points[i + 2], range);
      const distance = Math.hypot(x - offsetX, y - offsetY);
      if (distance < best) [nearest, best] = [i, distance];
    }
    return nearest;
  }

  #point(event: PointerEvent): void {
    const canvas = event.currentTarget as HTMLElement;
    const at = this.#at(event);
    canvas.classList.toggle('on-point', at >= 0);
    const [index, truth, predicted] = this.points.subarray(at, at + 3);
    canvas.title =
      at < 0 ? '' : text('results.point', count(index + 1), format(truth), format(predicted));
  }

  #choose(event: MouseEvent): void {
    const at = this.#at(event);
    if (at < 0) return;
    this.dispatchEvent(new CustomEvent('nabla-sample', { detail: this.points[at], bubbles: true }));
  }
}

/** Pixels of true (to the right) and predicted (up). */
function placeOf(truth: number, predicted: number, { from, to }: Range): readonly [number, number] {
  const share = (value: number): number => (value - from) / (to - from);
  return [
    LEFT + share(truth) * (SIDE - LEFT - EDGE),
    SIDE - BOTTOM - share(predicted) * (SIDE - BOTTOM - EDGE),
  ];
}

function paintAxes(context: CanvasRenderingContext2D, ink: CanvasInk, range: Range): void {
  const { from, to } = range;
  const [left, bottom] = placeOf(from, from, range);
  const [right, top] = placeOf(to, to, range);
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.strokeRect(left, top, right - left, bottom - top);
  context.strokeStyle = ink.muted;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(left, bottom);
  context.lineTo(right, top);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = ink.muted;
  context.font = ink.small;
  context.textBaseline = 'alphabetic';
  const below = SIDE - 4;
  write(context, format(shortened(from)), left, below, 'left');
  write(context, text('results.true'), (left + right) / 2, below, 'center');
  write(context, format(shortened(to)), right, below, 'right');
  context.save();
  context.translate(LEFT - 3, (top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  write(context, text('results.predicted'), 0, 0, 'center');
  context.restore();
}

const shortened = (value: number): number => Number(value.toPrecision(3));

function write(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
): void {
  context.textAlign = align;
  context.fillText(words, x, y);
}

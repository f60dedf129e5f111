/** The picture of a curve: the loss, its tangent, where it stands now, and one more place. Geometry pure, drawn by Lit. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import { formatNumber } from '../../src/explain/numbers';

export interface Figure {
  /** Spoken instead of the picture. */
  readonly label: string;
  /** What is pushed, where it stands now, and the ends of the curve as shifts of it. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** Evenly from `from` to `to`. */
  readonly changes: ArrayLike<number>;
  /** Added to a change where the axis is labelled: 0, or the loss here. */
  readonly base: number;
  readonly slope: number;
  /** A push: a mark on the curve, one on the tangent, and the gap between. Or the next step: an arrow and a ring. */
  readonly mark:
    { readonly type: 'push' | 'step'; readonly shift: number; readonly change: number } | undefined;
}

const WIDTH = 228;
const HEIGHT = 132;
const PLOT = { left: 50, right: WIDTH - 8, top: 8, bottom: HEIGHT - 20 };
/** Two labels of the axis stand at least so far apart. */
const LABEL = 13;
/** Characters of a label at most. */
const ROOM = 7;
/** An arrow that is shorter has no room for its head. */
const SHORT = 8;

export interface Scale {
  readonly low: number;
  readonly high: number;
  x(shift: number): number;
  y(change: number): number;
}

/** The curve fills the height; what is flat stands in the middle. */
export function scaleOf({ from, to, changes }: Pick<Figure, 'from' | 'to' | 'changes'>): Scale {
  const finite = Array.from(changes).filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const span = high - low || 1;
  const middle = (low + high) / 2;
  const { left, right, top, bottom } = PLOT;
  return {
    low,
    high,
    x: shift => left + ((shift - from) / (to - from)) * (right - left),
    y: change => (top + bottom) / 2 - ((change - middle) / span) * (bottom - top - 8),
  };
}

export function figure(of: Figure): SVGTemplateResult {
  const scale = scaleOf(of);
  const { left, right, top, bottom } = PLOT;
  const [x0, y0] = [scale.x(0), scale.y(0)];
  return svg`<svg
    class="what-if-figure"
    role="img"
    aria-label=${of.label}
    data-testid="what-if-figure"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width=${WIDTH}
    height=${HEIGHT}
  >
    <defs><clipPath id="what-if-plot"><rect
      x=${left} y=${top - 4} width=${right - left} height=${bottom - top + 8}
    ></rect></clipPath></defs>
    <path class="axis" d="M${left} ${top}V${bottom}H${right}"></path>
    <path class="here-line" d="M${x0} ${top}V${bottom}M${left} ${y0}H${right}"></path>
    <g clip-path="url(#what-if-plot)">
      <path class="tangent" data-testid="what-if-tangent" d=${tangent(of, scale)}></path>
      <path class="curve-line" data-testid="what-if-curve" d=${curvePath(of, scale)}></path>
      ${of.mark ? marks(of, of.mark, scale) : nothing}
      <circle class="here" data-testid="what-if-here" cx=${x0} cy=${y0} r="3.5"></circle>
    </g>
    ${labels(of, scale)}
  </svg>`;
}

/** Through every finite point; a gap where the loss is none. */
export function curvePath({ from, to, changes }: Figure, scale: Scale): string {
  const last = changes.length - 1;
  let pen = 'M';
  let path = '';
  for (let i = 0; i <= last; i++) {
    const change = changes[i];
    if (!Number.isFinite(change)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${round(scale.x(from + ((to - from) * i) / last))} ${round(scale.y(change))}`;
    pen = 'L';
  }
  return path;
}

function tangent({ from, to, slope }: Figure, scale: Scale): string {
  if (!Number.isFinite(slope)) return '';
  const point = (shift: number): string =>
    `${round(scale.x(shift))} ${round(Math.max(-1e5, Math.min(1e5, scale.y(slope * shift))))}`;
  return `M${point(from)}L${point(to)}`;
}

function marks(of: Figure, mark: NonNullable<Figure['mark']>, scale: Scale): SVGTemplateResult {
  const { type, shift, change } = mark;
  const [x, y] = [scale.x(shift), scale.y(change)];
  const at = scale.y(of.slope * shift);
  if (![x, y, at].every(Number.isFinite)) return svg``;
  if (type === 'step') return step(x, y, scale);
  return svg`<path class="gap" d="M${x} ${at}V${y}"></path>
    <path class="guess" d="M${x - 4} ${at - 4}l8 8M${x - 4} ${at + 4}l8 -8"></path>
    <rect class="pushed" data-testid="what-if-pushed" x=${x - 3.5} y=${y - 3.5} width="7" height="7"></rect>`;
}

/** From here along the axis to the value of the next step, and up or down to its loss. */
function step(x: number, y: number, scale: Scale): SVGTemplateResult {
  const [x0, y0] = [scale.x(0), scale.y(0)];
  const way = Math.sign(x - x0);
  const end = way > 0 ? Math.min(x, PLOT.right) : Math.max(x, PLOT.left);
  const head = `M${end - 5 * way} ${y0 - 4}L${end} ${y0}L${end - 5 * way} ${y0 + 4}`;
  const arrow = Math.abs(end - x0) >= SHORT ? `M${x0} ${y0}H${end}${head}` : '';
  return svg`<path class="arrow" data-testid="what-if-arrow" d=${arrow}></path>
    <circle class="next" data-testid="what-if-next" cx=${x} cy=${y} r="4.5"></circle>`;
}

function labels(of: Figure, scale: Scale): SVGTemplateResult {
  const { from, to, base, start } = of;
  const y0 = scale.y(0);
  const isFar = (change: number): boolean => Math.abs(scale.y(change) - y0) >= LABEL;
  const changes = [scale.high, 0, scale.low];
  const losses = ticks(base, changes);
  const values = ticks(start, [from, 0, to]);
  return svg`${changes.map((change, i) =>
    i === 1 || isFar(change) ? yTick(scale.y(change), losses[i]) : nothing,
  )}${[from, 0, to].map(
    (shift, i) =>
      svg`<text class="tick" text-anchor=${ANCHORS[i]} x=${scale.x(shift)} y=${HEIGHT - 6}>${values[i]}</text>`,
  )}`;
}

const ANCHORS = ['start', 'middle', 'end'];

const yTick = (y: number, words: string): SVGTemplateResult =>
  svg`<text class="tick" text-anchor="end" x=${PLOT.left - 4} y=${y + 4}>${words}</text>`;

/** Numbers, or, where these would look the same, how far they are from the middle one. */
export function ticks(base: number, changes: readonly number[]): readonly string[] {
  const words = changes.map(change => tick(base + change));
  if (changes.every(change => change === 0) || new Set(words).size === words.length) return words;
  return changes.map((change, i) =>
    change === 0 ? words[i] : change > 0 ? `+${tick(change)}` : tick(change),
  );
}

/** Three digits, or as many as there is room for. */
function tick(value: number): string {
  const [words = ''] = [3, 2, 1]
    .map(digits => formatNumber(value, { digits }))
    .filter((each, i) => i === 2 || each.length <= ROOM);
  return words;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A line of the legend: the same mark, small. */
export function keyMark(
  kind: 'curve' | 'tangent' | 'here' | 'push' | 'guess' | 'next',
): SVGTemplateResult {
  const inside = {
    curve: svg`<path class="curve-line" d="M0 5H16"></path>`,
    tangent: svg`<path class="tangent" d="M0 5H16"></path>`,
    here: svg`<circle class="here" cx="8" cy="5" r="3.5"></circle>`,
    push: svg`<rect class="pushed" x="4.5" y="1.5" width="7" height="7"></rect>`,
    guess: svg`<path class="guess" d="M4.5 1.5l7 7M4.5 8.5l7 -7"></path>`,
    next: svg`<circle class="next" cx="8" cy="5" r="4"></circle>`,
  }[kind];
  return svg`<svg class="what-if-key" width="16" height="10" viewBox="0 0 16 10" aria-hidden="true">${inside}</svg>`;
}

/** How the error of one difference depends on its step, on two logarithmic axes. */
import { html, svg, type TemplateResult } from 'lit';
import type { CurvePoint } from '../../src/engine/gradcheck/curve';
import { format } from '../numbers';
import { text } from '../strings';

const WIDTH = 240;
const HEIGHT = 128;
const LEFT = 36;
const BOTTOM = 18;
const TOP = 6;
const RIGHT = 8;
/** Powers of ten: of h, and of the error, which is drawn no lower. */
const STEPS = [-12, -1] as const;
const ERRORS = [-14, 0] as const;
/** Up to here a gradient agrees. */
const AGREES = -6;

const x = (h: number): number =>
  LEFT + ((Math.log10(h) - STEPS[0]) / (STEPS[1] - STEPS[0])) * (WIDTH - LEFT - RIGHT);
const power = (error: number): number =>
  Math.max(ERRORS[0], Math.min(ERRORS[1], Math.log10(error)));
const y = (exponent: number): number =>
  TOP + ((ERRORS[1] - exponent) / (ERRORS[1] - ERRORS[0])) * (HEIGHT - TOP - BOTTOM);

/** @param name of the parameter */
export function curveFigure(points: readonly CurvePoint[], name: string): TemplateResult {
  const shown = points.filter(({ h }) => x(h) >= LEFT && x(h) <= WIDTH);
  const best = points.reduce((least, point) => (point.error < least.error ? point : least));
  const words = text(
    'checked.curveWords',
    format(Number(best.error.toPrecision(2))),
    format(best.h),
  );
  const path = shown.map(({ h, error }) => `${x(h).toFixed(1)} ${y(power(error)).toFixed(1)}`);
  return html`<figure class="checked-curve" data-testid="checked-curve">
    <figcaption>${text('checked.curve', name)}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}>
      ${[-12, -9, -6, -3, 0].map(exponent => level(exponent))} ${[-12, -9, -6, -3].map(step)}
      <path class="error" d="M${path.join('L')}" />
      ${shown.map(point => dot(point))}
    </svg>
    <p class="quiet">${words}</p>
  </figure>`;
}

const level = (exponent: number): TemplateResult => svg`<g
  class=${exponent === AGREES ? 'level agrees' : 'level'}
>
  <line x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(exponent)} y2=${y(exponent)} />
  <text x=${LEFT - 4} y=${y(exponent) + 3} text-anchor="end">${tenTo(exponent)}</text>
</g>`;

const step = (exponent: number): TemplateResult =>
  svg`<text class="step" x=${x(10 ** exponent)} y=${HEIGHT - 4} text-anchor="middle">${tenTo(exponent)}</text>`;

/** A ring where a step crossed a kink. */
const dot = ({ h, error, crossed }: CurvePoint): TemplateResult =>
  svg`<circle class=${crossed === 'none' ? '' : 'crossed'} cx=${x(h)} cy=${y(power(error))} r="2.5">
    <title>h = ${format(h)}: ${format(error)}</title>
  </circle>`;

const tenTo = (exponent: number): string =>
  exponent === 0 ? '1' : `10${[...String(exponent)].map(sign => RAISED[sign]).join('')}`;

const RAISED: { readonly [sign: string]: string } = {
  '-': '⁻',
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, value) => [String(value), digit])),
};

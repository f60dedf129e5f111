/** A histogram as a small picture: a bar a bin, as high as its count, zero marked, the range in print, all of it in words. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Histogram } from '../../src/engine/inspect/histogram';
import { formatNumber } from '../../src/explain/numbers';
import { count, format } from '../numbers';
import { text } from '../strings';

const WIDTH = 80;
const HEIGHT = 20;

/** `kind` is spoken: "weights". */
export function histogramPicture(histogram: Histogram, kind: string): TemplateResult {
  const { from, to, counts } = histogram;
  if (counts.length === 0) return html`<span class="quiet">${format(NaN)}</span>`;
  const words = histogramWords(histogram, kind);
  const most = Math.max(...counts);
  const width = WIDTH / counts.length;
  return html`<span class="histogram" role="img" aria-label=${words} title=${words}>
    <svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      ${counts.map((each, i) => {
        // A bin with one number in it is seen beside one with a million.
        const height = each === 0 ? 0 : Math.max(1, (each / most) * HEIGHT);
        return svg`<rect x=${(i * width).toFixed(2)} y=${(HEIGHT - height).toFixed(2)}
          width=${Math.max(1, width - 1).toFixed(2)} height=${height.toFixed(2)}></rect>`;
      })}
      ${from < 0 && to > 0 ? zeroAt((-from / (to - from)) * WIDTH) : nothing}
    </svg>
    <span class="range number" aria-hidden="true"
      ><span>${end(from)}</span><span>${end(to)}</span></span
    >
  </span>`;
}

/** Three digits are what fits under the picture; its words have them all. */
const end = (value: number): string => formatNumber(value, { digits: 3 });

function zeroAt(x: number): TemplateResult {
  return svg`<line class="zero" x1=${x.toFixed(2)} x2=${x.toFixed(2)} y1="0" y2=${HEIGHT}></line>`;
}

/** "320 weights from −0.41 to 0.38 in 24 bins of 0.0329; most of them, 41, from −0.08 to −0.05; zero is in bin 13." */
function histogramWords({ from, to, counts, others }: Histogram, kind: string): string {
  const all = counts.reduce((sum, each) => sum + each, 0);
  const bad = others > 0 ? ` ${text('overview.others', count(others))}` : '';
  if (counts.length === 1) return text('overview.allEqual', count(all), kind, format(from)) + bad;
  const width = (to - from) / counts.length;
  const top = counts.indexOf(Math.max(...counts));
  const ends = [from + top * width, from + (top + 1) * width].map(format);
  const range = [format(from), format(to), counts.length, format(width)];
  const said = text('overview.histogram', count(all), kind, ...range);
  const most = text('overview.most', count(counts[top]), ...ends);
  const zero = from <= 0 && to >= 0 ? Math.min(counts.length - 1, Math.floor(-from / width)) : -1;
  const where = zero < 0 ? text('overview.noZero') : text('overview.zero', count(counts[zero]));
  return `${said} ${most} ${where}${bad}`;
}

/** Of which layer the parameters are shown: each with its largest error. */
import { html, type TemplateResult } from 'lit';
import type { GradcheckReport } from '../../src/engine/gradcheck';
import { format } from '../numbers';
import { text } from '../strings';

/** @param layer undefined for all */
export function layerChoice(
  { layers }: GradcheckReport,
  layer: number | undefined,
  choose: (layer: number | undefined) => void,
): TemplateResult {
  const all = [...new Set(layers.map(each => each.layer))];
  const errorOf = (of: number | undefined): number =>
    layers
      .filter(each => of === undefined || each.layer === of)
      .map(({ worst }) => worst)
      .reduce((most, worst) => (worst <= most || Number.isNaN(worst) ? most : worst), NaN);
  const option = (of: number | undefined, word: string): TemplateResult =>
    html`<label class="lab-choice"
      ><input
        type="radio"
        name="checked-layer"
        data-testid="checked-layer-${of ?? 'all'}"
        .checked=${layer === of}
        @change=${() => choose(of)}
      />${word}<span class="quiet number"
        >${format(Number(errorOf(of).toPrecision(2)))}</span
      ></label
    >`;
  return html`<fieldset>
    <legend>${text('checked.layers')}</legend>
    ${option(undefined, text('checked.all'))}
    ${all.map(each => option(each, text('inspector.layer', each + 2)))}
  </fieldset>`;
}

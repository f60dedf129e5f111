/** Which neuron a map shows: the selected one, or one of the list. */
import { html, type TemplateResult } from 'lit';
import { layerTitle, neuronName, type Named } from '../canvas/names';
import { told } from '../punctuation';
import { text } from '../strings';
import { isSame, type Neuron } from './subject';

/** Neurons of a layer that the list has; the rest can be selected on the canvas. */
const MOST_LISTED = 64;

export function neuronChoice(
  named: Named,
  current: Neuron,
  choose: (neuron: Neuron) => void,
): TemplateResult {
  const layers = named.network.layers.map((_, layer) => layer).reverse();
  const rows = (layer: number): readonly number[] => {
    const listed = Math.min(MOST_LISTED, named.sizes[layer + 1]);
    const all = Array.from({ length: listed }, (_, row) => row);
    return current.layer === layer && current.row >= listed ? [...all, current.row] : all;
  };
  const word = (layer: number, row: number): string => {
    const number = told(layerTitle(named, layer), named.context.names.neuronNumber(layer, row));
    const name = neuronName(named, layer, row);
    return name === undefined ? number : `${number} · ${name}`;
  };
  return html`<select
    class="map-choice"
    data-testid="map-neuron"
    aria-label=${text('map.choose')}
    @change=${(event: Event) => {
      const [layer, row] = (event.target as HTMLSelectElement).value.split('-').map(Number);
      choose({ layer, row });
    }}
  >
    ${layers.map(
      layer =>
        html`<optgroup
          label=${layer === layers.length - 1 ? `${layerTitle(named, layer)} · ${text('map.output')}` : layerTitle(named, layer)}
        >
          ${rows(layer).map(
            row =>
              html`<option value="${layer}-${row}" .selected=${isSame({ layer, row }, current)}>
                ${word(layer, row)}
              </option>`,
          )}
        </optgroup>`,
    )}
  </select>`;
}

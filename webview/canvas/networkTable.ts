/**
 * The network as a table: for screen readers, and for those who like numbers better than pictures. Rows are
 * reached by ↑ and ↓, Enter selects a layer, Esc goes back to the picture.
 */
import { html, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { count, format } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import { layerTitle, type Named } from './names';
import type { Scene } from './scene';

const COLUMNS = [
  'table.layer',
  'table.type',
  'table.from',
  'table.units',
  'table.activation',
  'table.parameters',
  'table.weightNorm',
  'table.gradientNorm',
] as const;

export function networkTable(
  scene: Scene,
  controller: Controller,
  { show: { selection } }: State,
  close: () => void,
): TemplateResult {
  const chosen = selection?.type === 'layer' ? selection.layer : undefined;
  const layers = [-1, ...scene.named.network.layers.keys()];
  const reached = chosen ?? -1;
  return html`<section class="network-table" data-testid="network-table" @keydown=${pressed(close)}>
    <table aria-label=${text('table.label', scene.named.network.name)}>
      <thead>
        <tr>
          ${COLUMNS.map(key => html`<th scope="col">${text(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${layers.map(
          layer =>
            html`<tr
              tabindex=${layer === reached ? '0' : '-1'}
              data-testid="row-${layer < 0 ? 'input' : layer}"
              aria-selected=${layer === chosen}
              @click=${() => controller.select({ type: 'layer', layer })}
            >
              ${cellsOf(scene, layer).map((value, i) =>
                i === 0 ? html`<th scope="row">${value}</th>` : html`<td>${value}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function cellsOf({ named, view }: Scene, layer: number): readonly string[] {
  const { network, shapes, sizes, sources } = named;
  if (layer < 0)
    return [layerTitle(named, -1), text('table.input'), '', count(sizes[0]), '', '', '', ''];
  const { type, units, activation } = network.layers[layer];
  const own = view?.layers[layer + 1];
  const norm = (all: { readonly norm: number } | undefined, start: number | undefined): string =>
    all
      ? format(all.norm)
      : format(normOf(numbersOf(view, start, units * sizes[sources[layer][0] + 1])));
  const weighs = type === 'dense';
  return [
    calledTitle(named, layer),
    type,
    sources[layer].map(source => calledTitle(named, source)).join(', '),
    count(units),
    activation,
    count(shapes.layers[layer].parameters),
    weighs ? norm(own?.weightStatistics, own?.weights) : '',
    weighs ? norm(own?.gradientStatistics, own?.gradients) : '',
  ];
}

/** "Layer 2 · skip", with the id that it has in the text. */
function calledTitle(named: Named, layer: number): string {
  const id = named.network.layers[layer]?.id;
  return [layerTitle(named, layer), ...(id === undefined ? [] : [id])].join(' · ');
}

/** Numbers of a view from an offset; none where it has none. */
function numbersOf(view: Scene['view'], start: number | undefined, length: number): Float64Array {
  if (!view || start === undefined || start < 0) return new Float64Array();
  return view.values.subarray(start, start + length);
}

/** Euclidean; NaN of nothing. */
function normOf(values: Float64Array): number {
  if (values.length === 0) return NaN;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function pressed(close: () => void): (event: KeyboardEvent) => void {
  return event => {
    const row = event.target instanceof Element ? event.target.closest('tr') : null;
    if (event.key === 'Escape' || event.key === 't') close();
    else if (event.key === 'ArrowDown') focus(row?.nextElementSibling);
    else if (event.key === 'ArrowUp') focus(row?.previousElementSibling);
    else if (event.key === 'Enter' || event.key === ' ') row?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function focus(row: Element | null | undefined): void {
  if (row instanceof HTMLElement) row.focus();
}

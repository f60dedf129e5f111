/** What a person chose to look at: how it begins, and how it comes back from what VS Code has kept. Pure. */
import type { Scope, Target } from '../src/engine/facts';
import { sameTarget } from './canvas/related';
import type { Smoothing } from './training/chartView';
import { METRICS, X_AXES, type Metric, type XAxis } from './training/metrics';

/** `update`: Δ of the next step. */
export type EdgeQuantity = 'weight' | 'gradient' | 'update';
export type NeuronQuantity = 'activation' | 'delta';

/** What a person chose to look at; kept by VS Code while the tab lives. Never part of the document. */
export interface ViewState {
  readonly edges: EdgeQuantity;
  readonly neurons: NeuronQuantity;
  /** Neurons of a network with two inputs are filled with maps of their activation. */
  readonly maps?: boolean;
  /** Biases are drawn as edges from units that are 1. */
  readonly biasUnits?: boolean;
  readonly scope: Scope;
  readonly selection: Target | undefined;
  /** Several selected layers, ascending; empty while at most one is. */
  readonly layers: readonly number[];
  /** The palette with names, or as icons. */
  readonly palette: 'names' | 'icons';
  readonly logScale: boolean;
  readonly chart: 'chart' | 'table' | 'closed';
  /** Charts in the order in which they were chosen; the last ones are shown. Absent: the loss. */
  readonly charts?: readonly Metric[];
  readonly chartX?: XAxis;
  /** The y axis is that of what was recorded lately. */
  readonly recent?: boolean;
  readonly smooth?: Smoothing;
  /** Opened by a person: shown even where there is little room. */
  readonly chartAsked: boolean;
  /** Pixels. */
  readonly chartHeight: number;
  readonly inspector: boolean;
  /** Where the inspector stands below: opened or folded by a person, or by what room there is. */
  readonly fold: 'auto' | 'open' | 'folded';
  /** What has a pinned card, oldest first: at most `MOST_PINS`, each once. */
  readonly pins: readonly Target[];
  /** The formula lab is open. */
  readonly lab: boolean;
  /** All results of the last gradcheck are shown. */
  readonly checked?: boolean;
  /** What the network makes of its data is shown. */
  readonly results?: boolean;
  /** A pass is stepped through; a page that comes back begins without. */
  readonly stepping: boolean;
  /** The selected layer is shown in matrices. */
  readonly matrices?: boolean;
  /** Groups of the inspector that a person opened or closed, by name. */
  readonly groups?: { readonly [group: string]: boolean };
}

/** Cards that stand side by side. */
export const MOST_PINS = 3;

export const initialView: ViewState = {
  edges: 'weight',
  neurons: 'activation',
  scope: { type: 'sample', index: 0 },
  selection: undefined,
  layers: [],
  palette: 'names',
  logScale: false,
  chart: 'chart',
  chartAsked: false,
  chartHeight: 184,
  inspector: true,
  fold: 'auto',
  pins: [],
  lab: false,
  stepping: false,
};

/** Reads a kept view state; what does not fit (another version wrote it) falls back to the default. */
export function restoreView(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return initialView;
  const view = { ...initialView, ...(kept as Partial<ViewState>), stepping: false };
  const { groups } = view;
  const fits =
    ['weight', 'gradient', 'update'].includes(view.edges) &&
    ['activation', 'delta'].includes(view.neurons) &&
    ['chart', 'table', 'closed'].includes(view.chart) &&
    ['auto', 'open', 'folded'].includes(view.fold) &&
    ['names', 'icons'].includes(view.palette) &&
    Array.isArray(view.layers) &&
    view.layers.every((layer, i, all) => isLayer(layer) && (i === 0 || all[i - 1] < layer)) &&
    (groups === undefined || (isRecord(groups) && Object.values(groups).every(isBoolean))) &&
    (view.selection === undefined || isTarget(view.selection)) &&
    areCharts(view) &&
    arePins(view.pins) &&
    [
      view.logScale,
      view.chartAsked,
      view.inspector,
      view.lab,
      view.checked ?? false,
      view.results ?? false,
      view.matrices ?? false,
      view.maps ?? false,
      view.biasUnits ?? false,
    ].every(isBoolean) &&
    Number.isFinite(view.chartHeight) &&
    (view.scope?.type === 'batch' ||
      (view.scope?.type === 'sample' && Number.isSafeInteger(view.scope.index)));
  return fits ? view : initialView;
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLayer = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function areCharts({
  charts = ['loss'],
  chartX = 'epoch',
  recent,
  smooth = 0,
}: ViewState): boolean {
  const isList = Array.isArray(charts) && charts.length > 0;
  return (
    isList &&
    charts.every(each => METRICS.includes(each)) &&
    X_AXES.includes(chartX) &&
    (recent === undefined || isBoolean(recent)) &&
    [0, 1, 2].includes(smooth)
  );
}

/** As many as can stand there, each once. */
function arePins(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MOST_PINS || !value.every(isTarget)) return false;
  const pins = value as readonly Target[];
  return pins.every((pin, i) => pins.findIndex(each => sameTarget(each, pin)) === i);
}

function isTarget(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { type, layer, row, column } = value;
  if (type === 'loss') return true;
  if (layer !== -1 && !isLayer(layer)) return false;
  if (type === 'layer') return true;
  if (type === 'weight') return isLayer(row) && isLayer(column);
  return (type === 'bias' || type === 'neuron') && isLayer(row);
}

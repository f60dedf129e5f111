/**
 * How the height of the page is shared, in pixels. The picture comes first: where there is little room the
 * chart shrinks to a compact plot and then to its line, the inspector to its title. Pure.
 */

export interface Wishes {
  readonly width: number;
  readonly height: number;
  /** What toolbar, notices and the bar above the canvas take. */
  readonly fixed: number;
  /** Of the chart with its header; 0: its header alone. */
  readonly chart: number;
  /** A person opened the chart. */
  readonly chartAsked: boolean;
  /** `auto`: open where there is room. */
  readonly inspector: 'hidden' | 'auto' | 'open' | 'folded';
  /** The palette as a person wants it. */
  readonly palette: 'names' | 'icons';
  /** Something is selected, so that the inspector says more than the file's facts. */
  readonly selected: boolean;
}

export interface Arrangement {
  /** The inspector stands below, not beside. */
  readonly stacked: boolean;
  readonly palette: 'names' | 'icons' | 'pairs' | 'drawer';
  /** Of the chart with its header; 0: its header alone. */
  readonly chart: number;
  /** Below its title, where it is stacked; 0: its title alone. */
  readonly inspector: number;
}

const STACKED_BELOW = 900;
/** Below this width the palette is a drawer over the canvas. */
const DRAWER_BELOW = 700;
/** What stands beside the canvas, in pixels; the style sheet says the same. */
export const INSPECTOR_WIDTH = 272;
export const PALETTE_WIDTH = { names: 132, icons: 40, pairs: 64, drawer: 0 } as const;
/** Below this height icons stand two in a row, so that all of them are in sight. */
const PAIRS_BELOW = 560;
/** Of the width, for the canvas. */
const WIDTH_SHARE = 0.6;
const SHORT_BELOW = 700;
const CANVAS_SHARE = 0.55;
/** What the canvas keeps when a person asks for more than there is room for. */
const CANVAS_LEAST = 150;
export const CHART_HEADER = 33;
/** Of the strip that stands in the chart's place while a pass is stepped through; the style sheet says the same. */
export const STEPPING_HEIGHT = 156;
const INSPECTOR_TITLE = 29;
export const COMPACT_PLOT = 96;
const INSPECTOR_LEAST = 96;
const INSPECTOR_MOST = 300;
const INSPECTOR_SHARE = 0.28;
const INSPECTOR_ASKED = 160;

export function arrange(wishes: Wishes): Arrangement {
  const { width, height, fixed } = wishes;
  const stacked = width < STACKED_BELOW;
  const below = stacked && wishes.inspector !== 'hidden';
  const room = Math.max(0, height - fixed - CHART_HEADER - (below ? INSPECTOR_TITLE : 0));
  const canvas = stacked || height < SHORT_BELOW ? CANVAS_SHARE * height : CANVAS_LEAST;
  const spare = Math.max(0, room - canvas);
  const inspector = below ? inspectorHeight(wishes, room, spare) : 0;
  const plot = plotHeight(wishes, room - inspector, spare - inspector);
  return {
    stacked,
    palette: paletteForm(wishes),
    chart: plot > 0 ? Math.floor(plot + CHART_HEADER) : 0,
    inspector: Math.floor(inspector),
  };
}

/** Names where the canvas keeps its share beside them, icons where there is less room. */
function paletteForm(wishes: Wishes): Arrangement['palette'] {
  const { width, height, fixed, inspector, palette } = wishes;
  if (width < DRAWER_BELOW) return 'drawer';
  const beside = width >= STACKED_BELOW && inspector !== 'hidden' ? INSPECTOR_WIDTH : 0;
  const canvas = width - beside - PALETTE_WIDTH.names;
  if (palette === 'names' && canvas >= WIDTH_SHARE * width) return 'names';
  return height - fixed < PAIRS_BELOW ? 'pairs' : 'icons';
}

/** Whether the stacked inspector was opened by a person or by what is selected, or opens by itself. */
function inspectorHeight(wishes: Wishes, room: number, spare: number): number {
  const { height, inspector, selected, chart } = wishes;
  if (inspector === 'folded') return 0;
  const wanted = between(INSPECTOR_SHARE * height, INSPECTOR_LEAST, INSPECTOR_MOST);
  if (inspector === 'open') {
    const least = Math.max(INSPECTOR_LEAST, Math.min(INSPECTOR_ASKED, room - CANVAS_LEAST));
    return between(spare, least, Math.max(least, wanted));
  }
  if (height < SHORT_BELOW) return 0;
  // The facts of the file are worth less than the curve; what was selected is worth more.
  const kept = selected || chart === 0 ? 0 : COMPACT_PLOT;
  const offered = Math.min(wanted, spare - kept);
  return offered >= INSPECTOR_LEAST ? offered : 0;
}

function plotHeight({ chart, chartAsked }: Wishes, room: number, spare: number): number {
  if (chart === 0) return 0;
  const offered = Math.min(chart - CHART_HEADER, spare);
  if (offered >= COMPACT_PLOT) return offered;
  return chartAsked && room - COMPACT_PLOT >= CANVAS_LEAST - INSPECTOR_TITLE ? COMPACT_PLOT : 0;
}

const between = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));

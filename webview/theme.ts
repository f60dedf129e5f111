/** The theme as the chart needs it: canvases do not follow CSS variables by themselves. */

export interface ChartTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  readonly font: string;
  /** VS Code's colours of charts. */
  readonly charts: { readonly [C in (typeof CHART_COLOURS)[number]]: string };
}

const CHART_COLOURS = ['green', 'purple', 'blue', 'orange', 'red', 'yellow', 'foreground'] as const;

export function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const foreground = colour('--vscode-foreground', style.color);
  return {
    foreground,
    muted: colour('--vscode-descriptionForeground', foreground),
    grid: `color-mix(in srgb, ${foreground} 14%, transparent)`,
    background: colour('--vscode-editor-background', 'transparent'),
    font: `11px ${colour('--vscode-font-family', 'sans-serif')}`,
    charts: Object.fromEntries(
      CHART_COLOURS.map(name => [name, colour(`--vscode-charts-${name}`, foreground)]),
    ) as ChartTheme['charts'],
  };
}

/** Calls back when VS Code changes the theme; the returned function ends that. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return () => observer.disconnect();
}

/** VS Code's own, or colours that the person forces on every program. */
export function isHighContrast(): boolean {
  return (
    matchMedia('(forced-colors: active)').matches ||
    document.body.classList.contains('vscode-high-contrast') ||
    document.body.classList.contains('vscode-high-contrast-light')
  );
}

/** Colours and fonts of a 2-D canvas. */
export interface CanvasInk {
  /** 0 … 255 each. */
  readonly positive: readonly [number, number, number];
  readonly negative: readonly [number, number, number];
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly line: string;
  readonly focus: string;
  readonly small: string;
  readonly numbers: string;
}

export function readInk(): CanvasInk {
  const style = getComputedStyle(document.documentElement);
  const body = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string): string =>
    body.getPropertyValue(name).trim() || style.getPropertyValue(name).trim() || otherwise;
  const foreground = colour('--vscode-foreground', body.color);
  return {
    positive: channels(colour('--positive', foreground)),
    negative: channels(colour('--negative', foreground)),
    foreground,
    muted: colour('--vscode-descriptionForeground', foreground),
    background: colour('--vscode-editor-background', 'black'),
    line: colour('--vscode-contrastBorder', colour('--vscode-panel-border', foreground)),
    focus: colour('--vscode-focusBorder', foreground),
    small: `11px ${colour('--vscode-font-family', 'sans-serif')}`,
    numbers: `11px ${colour('--vscode-editor-font-family', 'monospace')}`,
  };
}

/** A colour in any notation that CSS knows, as the canvas understands it. */
function channels(colour: string): readonly [number, number, number] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return [128, 128, 128];
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

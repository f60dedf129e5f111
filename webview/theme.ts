/** The theme as the chart needs it: canvases do not follow CSS variables by themselves. */

export interface ChartTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly training: string;
  readonly validation: string;
  readonly background: string;
  readonly font: string;
}

export function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const foreground = colour('--vscode-foreground', style.color);
  return {
    foreground,
    muted: colour('--vscode-descriptionForeground', foreground),
    grid: `color-mix(in srgb, ${foreground} 14%, transparent)`,
    training: colour('--vscode-charts-green', foreground),
    validation: colour('--vscode-charts-purple', foreground),
    background: colour('--vscode-editor-background', 'transparent'),
    font: `11px ${colour('--vscode-font-family', 'sans-serif')}`,
  };
}

/** Calls back when VS Code changes the theme; the returned function ends that. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return () => observer.disconnect();
}

export function isHighContrast(): boolean {
  return (
    document.body.classList.contains('vscode-high-contrast') ||
    document.body.classList.contains('vscode-high-contrast-light')
  );
}

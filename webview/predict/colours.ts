/** Colours of the classes, from the theme. The first two are those of the scale: below its centre, and above. */
import { isHighContrast } from '../theme';

const NAMES = [
  '--negative',
  '--positive',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-yellow',
  '--vscode-charts-red',
] as const;

export function groupColours(): readonly string[] {
  const root = getComputedStyle(document.documentElement);
  const body = getComputedStyle(document.body);
  const foreground = body.getPropertyValue('--vscode-foreground').trim() || body.color;
  // Ink on black or white: the marks' shapes tell the classes apart, and are seen on every colour of the map.
  if (isHighContrast()) return [foreground];
  return NAMES.map(
    name => body.getPropertyValue(name).trim() || root.getPropertyValue(name).trim() || foreground,
  );
}

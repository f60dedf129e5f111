/**
 * What stands around the picture: bars, palette, forms, card, chart, and the elements they are made of. A script of its
 * own (`furnish.ts`): none of it is needed to draw the picture, and most of the page's code is here.
 */
import { defineDataElements } from './data/elements';
import { NablaHoverCard } from './inspect/hoverCard';
import { NablaTextSetting } from './properties/textField';
import { registerToolkit } from './toolkit';
import { NablaChartPanel } from './training/chartPanel';
import { NablaLossChart } from './training/lossChart';

export { palette } from './design/palette';
export { inspectorBody } from './properties/inspector';
export { toolbar } from './training/toolbar';
export { viewBar } from './training/viewBar';

/** Once in the life of a page. */
export function defineElements(): void {
  customElements.define('nabla-hover-card', NablaHoverCard);
  customElements.define('nabla-loss-chart', NablaLossChart);
  customElements.define('nabla-chart-panel', NablaChartPanel);
  customElements.define('nabla-text-setting', NablaTextSetting);
  defineDataElements();
  registerToolkit();
}

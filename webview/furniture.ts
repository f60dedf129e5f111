/**
 * What stands around the picture: bars, palette, forms, cards, chart, and the elements they are made of. A script of its
 * own (`furnish.ts`): none of it is needed to draw the picture, and most of the page's code is here.
 */
import { defineDataElements } from './data/elements';
import { NablaCompare } from './compare/table';
import { NablaGradcheck } from './gradcheck/gradcheck';
import { NablaCheckedPicture } from './gradcheck/picture';
import { NablaHealth } from './health/healthStrip';
import { NablaHoverCard } from './inspect/hoverCard';
import { NablaWhatIf } from './inspect/whatIf';
import { NablaMatrices } from './matrices/matrices';
import { NablaPins } from './inspect/pins';
import { NablaSparkline } from './past/sparkline';
import { NablaTimeline } from './past/timeline';
import { NablaLab } from './lab/lab';
import { NablaStepping } from './stepping/stepping';
import { NablaMap } from './predict/map';
import { NablaInputPainter } from './predict/painter';
import { NablaPredict } from './predict/predict';
import { NablaResultsPlot } from './results/plot';
import { NablaResults } from './results/results';
import { NablaTextSetting } from './properties/textField';
import { registerToolkit } from './toolkit';
import { NablaChartPanel } from './training/chartPanel';
import { NablaMetricChart } from './training/metricChart';

export { palette } from './design/palette';
export { cards } from './inspect/cards';
export { gradcheckStrip } from './inspect/gradcheckStrip';
export { inspectorBody } from './properties/inspector';
export { toolbar } from './training/toolbar';
export { interruptedStrip } from './training/interruptedStrip';
export { unfinishedStrip } from './training/unfinishedStrip';
export { viewBar } from './training/viewBar';

/** Once in the life of a page. */
export function defineElements(): void {
  customElements.define('nabla-health', NablaHealth);
  customElements.define('nabla-hover-card', NablaHoverCard);
  customElements.define('nabla-what-if', NablaWhatIf);
  customElements.define('nabla-matrices', NablaMatrices);
  customElements.define('nabla-pins', NablaPins);
  customElements.define('nabla-lab', NablaLab);
  customElements.define('nabla-gradcheck', NablaGradcheck);
  customElements.define('nabla-compare', NablaCompare);
  customElements.define('nabla-checked-picture', NablaCheckedPicture);
  customElements.define('nabla-results', NablaResults);
  customElements.define('nabla-results-plot', NablaResultsPlot);
  customElements.define('nabla-sparkline', NablaSparkline);
  customElements.define('nabla-timeline', NablaTimeline);
  customElements.define('nabla-metric-chart', NablaMetricChart);
  customElements.define('nabla-chart-panel', NablaChartPanel);
  customElements.define('nabla-stepping', NablaStepping);
  customElements.define('nabla-text-setting', NablaTextSetting);
  customElements.define('nabla-predict', NablaPredict);
  customElements.define('nabla-input-painter', NablaInputPainter);
  customElements.define('nabla-map', NablaMap);
  defineDataElements();
  registerToolkit();
}

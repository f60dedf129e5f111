/** The webview's entry: registers the elements, connects to the host, draws. */
import '@vscode/codicons/dist/codicon.css';
import './designer.css';
import './data/data.css';
import './canvas/canvas.css';
import './design/design.css';
import './canvas/large.css';
import './inspect/inspect.css';
import './properties/inspector.css';
import './training/training.css';
import { NablaCanvas } from './canvas/canvas';
import { NablaMatrix } from './canvas/matrix';
import { Controller } from './controller';
import { NablaDesign } from './design/designLayer';
import { defineDataElements } from './data/elements';
import { NablaDesigner } from './designer';
import { NablaHoverCard } from './inspect/hoverCard';
import { NablaTextSetting } from './properties/textField';
import { useLanguage } from './strings';
import { registerToolkit } from './toolkit';
import { NablaChartPanel } from './training/chartPanel';
import { NablaLossChart } from './training/lossChart';

useLanguage(document.documentElement.lang);
customElements.define('nabla-canvas', NablaCanvas);
customElements.define('nabla-matrix', NablaMatrix);
customElements.define('nabla-design', NablaDesign);
customElements.define('nabla-hover-card', NablaHoverCard);
customElements.define('nabla-loss-chart', NablaLossChart);
customElements.define('nabla-chart-panel', NablaChartPanel);
customElements.define('nabla-text-setting', NablaTextSetting);
defineDataElements();
customElements.define('nabla-designer', NablaDesigner);

const designer = new NablaDesigner();
designer.controller = new Controller();
(document.getElementById('root') ?? document.body).append(designer);
void designer.controller.start();
// Bars and forms are made of it, the picture is not: while the host answers there is time for it.
requestAnimationFrame(() => window.setTimeout(registerToolkit));

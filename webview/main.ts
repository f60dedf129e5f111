/** The webview's entry: registers the elements, connects to the host, draws. */
import '@vscode/codicons/dist/codicon.css';
import './designer.css';
import './canvas/canvas.css';
import './inspect/inspect.css';
import './properties/inspector.css';
import './training/training.css';
import { NablaCanvas } from './canvas/canvas';
import { Controller } from './controller';
import { NablaDesigner } from './designer';
import { NablaHoverCard } from './inspect/hoverCard';
import { useLanguage } from './strings';
import { registerToolkit } from './toolkit';
import { NablaChartPanel } from './training/chartPanel';
import { NablaLossChart } from './training/lossChart';

useLanguage(document.documentElement.lang);
registerToolkit();
customElements.define('nabla-canvas', NablaCanvas);
customElements.define('nabla-hover-card', NablaHoverCard);
customElements.define('nabla-loss-chart', NablaLossChart);
customElements.define('nabla-chart-panel', NablaChartPanel);
customElements.define('nabla-designer', NablaDesigner);

const designer = new NablaDesigner();
designer.controller = new Controller();
(document.getElementById('root') ?? document.body).append(designer);
void designer.controller.start();

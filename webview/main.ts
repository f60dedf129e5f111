/** The webview's entry: connects to the host, registers what the picture is made of, draws it. */
import { controller } from './begin';
import '@vscode/codicons/dist/codicon.css';
import './designer.css';
import './controls.css';
import './data/start.css';
import './data/data.css';
import './canvas/canvas.css';
import './canvas/captions.css';
import './design/palette.css';
import './design/drags.css';
import './design/windows.css';
import './canvas/large.css';
import './inspect/inspect.css';
import './instruments.css';
import './inspect/whatIf.css';
import './matrices/matrices.css';
import './lab/lab.css';
import './predict/predict.css';
import './inspect/cards.css';
import './properties/inspector.css';
import './properties/settings.css';
import './training/training.css';
import './past/past.css';
import './health/health.css';
import './stepping/stepping.css';
import { NablaCanvas } from './canvas/canvas';
import { NablaMatrix } from './canvas/matrix';
import { NablaDesign } from './design/designLayer';
import { NablaDesigner } from './designer';

customElements.define('nabla-canvas', NablaCanvas);
customElements.define('nabla-matrix', NablaMatrix);
customElements.define('nabla-design', NablaDesign);
customElements.define('nabla-designer', NablaDesigner);

const designer = new NablaDesigner();
designer.controller = controller;
(document.getElementById('root') ?? document.body).append(designer);

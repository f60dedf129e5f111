/** The elements of data and of new networks. */
import { NablaCsv } from './csvPanel';
import { NablaData } from './dataSection';
import { NablaGenerator } from './generatorForm';
import { NablaInline } from './inlineTable';
import { NablaStart } from './start';

export function defineDataElements(): void {
  customElements.define('nabla-csv', NablaCsv);
  customElements.define('nabla-generator', NablaGenerator);
  customElements.define('nabla-inline', NablaInline);
  customElements.define('nabla-data', NablaData);
  customElements.define('nabla-start', NablaStart);
}

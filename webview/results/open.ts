/** The way to the results: the other panels over the canvas give way. */
import type { Controller } from '../controller';

export function openResults(controller: Controller): void {
  controller.show({ results: true, lab: false, checked: false });
}

/** scalar | matrix: how the formulas of what is selected are shown. */
import type { TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { segments } from '../segments';
import type { State } from '../store';
import { text } from '../strings';

export function matrixSwitch({ show }: State, controller: Controller): TemplateResult {
  const open = show.matrices === true;
  return segments(text('matrices.view'), [
    {
      testId: 'show-scalar',
      word: text('matrices.scalar'),
      label: text('matrices.scalarHint'),
      chosen: !open,
      choose: () => controller.show({ matrices: false }),
    },
    {
      testId: 'show-matrices',
      word: text('matrices.matrix'),
      label: text('matrices.matrixHint'),
      chosen: open,
      choose: () => controller.show({ matrices: true }),
    },
  ]);
}

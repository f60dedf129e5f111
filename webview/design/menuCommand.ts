/** Does what was chosen in VS Code's own menu, at what the menu was opened on. */
import type { JsonPath } from '../../src/network/network';
import type { DesignerCommand, DesignerContext } from '../../src/protocol';
import { selectedLayers, type State } from '../store';
import { editNumber, perform } from './perform';
import type { DesignSession } from './session';

export function menuCommand(
  session: DesignSession,
  name: DesignerCommand,
  context: DesignerContext,
): void {
  const { controller, surface } = session;
  const number = numberOf(context);
  if (name === 'editWeight') return number && void editNumber(session, number);
  const { layer } = context;
  if (layer !== undefined && !selectedLayers(controller.store.state).includes(layer)) {
    controller.select({ type: 'layer', layer });
    surface.goTo({ type: 'layer', layer });
  }
  if (name === 'showInText') return controller.reveal(pathOf(context, controller.store.state));
  perform(session, name === 'delete' ? 'remove' : name);
}

/** The weight or the bias that is meant. */
function numberOf({
  layer,
  row,
  column,
  bias,
}: DesignerContext): Parameters<typeof editNumber>[1] | undefined {
  if (layer === undefined || row === undefined) return undefined;
  if (column !== undefined) return { type: 'weight', layer, row, column };
  return bias ? { type: 'bias', layer, row } : undefined;
}

/** A key names no place: what the person points at or stands on is meant, else what is selected. */
function pathOf(context: DesignerContext, { pointed, show }: State): JsonPath {
  const target = pointed ?? show.selection;
  if (context.layer !== undefined || !target) return placePath(context);
  if (target.type === 'loss') return ['loss'];
  const { type, ...place } = target;
  return placePath({ ...place, ...(type === 'bias' && { bias: true }) });
}

/** A neuron is its row of weights; what is not written is shown by what is around it. */
function placePath({ layer, row, column, bias }: DesignerContext): JsonPath {
  if (layer === undefined || layer < 0)
    return row === undefined ? ['input'] : ['input', 'names', row];
  const base = ['layers', layer];
  if (row === undefined) return base;
  if (bias) return [...base, 'bias', row];
  return [...base, 'weights', row, ...(column === undefined ? [] : [column])];
}

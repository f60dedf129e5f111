/** Does what was chosen in VS Code's own menu, at what the menu was opened on. */
import type { JsonPath } from '../../src/network/network';
import type { DesignerCommand, DesignerContext } from '../../src/protocol';
import { selectedLayers } from '../store';
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
  if (name === 'showInText') return controller.reveal(pathOf(context));
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

function pathOf({ layer, row, column, bias }: DesignerContext): JsonPath {
  if (layer === undefined || layer < 0) return ['input'];
  const base = ['layers', layer];
  if (row === undefined) return base;
  if (column !== undefined) return [...base, 'weights', row, column];
  return bias ? [...base, 'bias', row] : base;
}

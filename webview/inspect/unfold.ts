/** The way to the derivation and all paths of what is selected: they unfold in the inspector. */
import type { Controller } from '../controller';

/** Frames in which the numbers come, also on a page that has just begun. */
const PATIENCE = 300;

/** Both are of one sample: where all are looked at, the last single one is shown. */
export function unfold(controller: Controller): void {
  const { show, sample } = controller.store.state;
  if (show.scope.type === 'batch')
    controller.setScope({ type: 'sample', index: sample?.index ?? 0 });
  controller.show({
    inspector: true,
    fold: 'open',
    groups: { ...show.groups, derivation: true, paths: true },
  });
  bringIntoSight(PATIENCE);
}

function bringIntoSight(frames: number): void {
  const derivation = document.querySelector('.inspector details[data-testid="derivation"][open]');
  if (derivation) derivation.scrollIntoView({ block: 'start' });
  else if (frames > 0) requestAnimationFrame(() => bringIntoSight(frames - 1));
}

/** The lens above the layers in the text, as a person reads it. */
import { words } from './words';

export const TRAIN = `$(play) ${words('Train')}`;

/** While training goes on. */
export const PAUSE = `$(debug-pause) ${words('Pause')}`;

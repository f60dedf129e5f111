/** The number of units of a layer: it does what the layer's handle does, and says the same. */
import { limits } from '../../src/network/limits';
import type { DenseLayer } from '../../src/network/network';
import { resizing } from '../design/resizing';
import { worldIn } from '../design/world';
import { listed } from '../punctuation';
import { text } from '../strings';
import { toolButton } from '../training/toolbar';
import { hintOf } from './fieldWords';
import { send, type Forms } from './forms';
import type { Special } from './settingField';
import { read, settingAt } from './settingForm';
import type { Typed } from './textField';

export function unitsSpecial(forms: Forms, { units }: DenseLayer, index: number): Special {
  const path = ['layers', index, 'units'];
  const setting = settingAt(forms.network, path);
  if (!setting) return {};
  const step = (by: number) => () => {
    const typed = resized(forms, index, units + by);
    if (!typed.ok) forms.controller.complain(typed.message);
    else if (typed.edit) void send(forms, typed.edit, typed.says);
  };
  const mayStep = (to: number): boolean => !forms.locked && to >= 1 && to <= limits.units;
  return {
    testId: 'units',
    hint: [hintOf(forms, path, setting), followersText(forms, index, units)]
      .filter(Boolean)
      .join(' · '),
    before: toolButton(
      'fewer-units',
      'remove',
      text('inspector.fewer'),
      step(-1),
      mayStep(units - 1),
    ),
    after: toolButton('more-units', 'add', text('inspector.more'), step(1), mayStep(units + 1)),
    read: typed => {
      const reading = read(setting, typed);
      if (!reading.ok) return reading;
      const wanted = Number(reading.value);
      return wanted === units ? { ok: true, edit: undefined } : resized(forms, index, wanted);
    },
  };
}

function resized({ state }: Forms, layer: number, units: number): Typed {
  const world = worldIn(state.document, state.notation);
  if (!world) return { ok: true, edit: undefined };
  const { consequence } = resizing(world, layer, units);
  if (!consequence.possible)
    return { ok: false, message: text('design.forbidden', consequence.why) };
  return { ok: true, edit: consequence.edit, says: consequence.says };
}

/** The layers that grow and shrink with this one; empty where there are none. */
function followersText({ state }: Forms, layer: number, units: number): string {
  const world = worldIn(state.document, state.notation);
  if (!world) return '';
  const [, ...followers] = resizing(world, layer, units === 1 ? 2 : units - 1).layers;
  if (followers.length === 0) return '';
  return text('form.together', listed(followers.map(world.title)));
}

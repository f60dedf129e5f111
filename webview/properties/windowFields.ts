/** The settings of what slides over an image: pairs of lengths, and what another value does to the layers below. */
import type { JsonValue } from '../../src/network/edit';
import { imageOf } from '../../src/network/images';
import { limits } from '../../src/network/limits';
import type { JsonPath, Layer } from '../../src/network/network';
import { differences, why } from '../design/sentences';
import { judge, rowOf, type Judged, type Structure } from '../design/structure';
import { worldIn, type World } from '../design/world';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';
import type { Forms } from './forms';
import { lengthsIn } from './items';
import { productOf, resetEdit, setEdit } from './settingEdits';
import type { Special } from './settingField';
import { isWritten, read, settingAt } from './settingForm';
import { refusal } from './settingWords';
import type { Typed } from './textField';

/** Keys of layers that decide which image goes out. */
const PAIRS: readonly string[] = ['kernel', 'size', 'stride'];

/** What a field of such a layer says otherwise than the catalogue; undefined where it is like any other. */
export function windowSpecial(forms: Forms, index: number, path: JsonPath): Special | undefined {
  const key = String(path[2]);
  const layer = forms.network.layers[index];
  if (key === 'padding')
    return {
      testId: 'padding',
      refuses: choice => refused(forms, index, { padding: choice }),
    };
  if (key === 'filters')
    return { testId: 'filters', read: typed => readFilters(forms, index, path, typed) };
  if (!PAIRS.includes(key)) return undefined;
  const isPool = key === 'stride' && layer.type !== 'conv2d';
  return {
    testId: key,
    value: pairOf(layer, key).join(' × '),
    hint: text(
      key === 'stride' ? (isPool ? 'form.poolStrideHint' : 'form.strideHint') : 'form.pairHint',
    ),
    read: typed => readPair(forms, index, path, typed),
    ...(key === 'stride' ? { reset: resetEdit(forms, path) } : { reset: null }),
  };
}

const pairOf = (layer: Layer, key: string): readonly number[] =>
  (layer as unknown as { readonly [key: string]: readonly number[] })[key] ?? [];

/** `3 × 3`, `3, 5`; one number stands for both. An emptied stride goes back to its default. */
function readPair(forms: Forms, index: number, path: JsonPath, typed: string): Typed {
  const key = String(path[2]);
  if (key === 'stride' && typed.trim() === '')
    return { ok: true, edit: isWritten(forms, path) ? resetEdit(forms, path) : undefined };
  const lengths = lengthsIn(typed);
  const pair = lengths.length === 1 ? [lengths[0], lengths[0]] : lengths;
  const good =
    pair.length === 2 &&
    pair.every(length => Number.isInteger(length) && length >= 1 && length <= limits.window);
  if (!good) return { ok: false, message: refusal(text('form.pair', count(limits.window)), typed) };
  return changed(forms, index, path, pair);
}

function readFilters(forms: Forms, index: number, path: JsonPath, typed: string): Typed {
  const setting = settingAt(forms.network, path);
  const reading = setting && read(setting, typed);
  if (!reading?.ok) return reading ?? { ok: true, edit: undefined };
  return changed(forms, index, path, reading.value);
}

/** The edit, with what it does to images and weights, or why it cannot be. */
function changed(forms: Forms, index: number, path: JsonPath, value: JsonValue): Typed {
  const edit = setEdit(forms, path, value);
  const world = worldOfState(forms.state);
  if (!edit || !world) return { ok: true, edit };
  const after = withChange(world, index, { [String(path[2])]: value });
  const judged = judge(after);
  const message = obstacleWords(world, after, judged.obstacle);
  if (message !== undefined) return { ok: false, message };
  return { ok: true, edit, says: differences(world, after.rows, judged).join(' · ') };
}

/** Why a choice cannot be; undefined where it can. */
function refused({ state }: Forms, index: number, change: Change): string | undefined {
  const world = worldOfState(state);
  if (!world) return undefined;
  const after = withChange(world, index, change);
  return obstacleWords(world, after, judge(after).obstacle);
}

/** Why the layers cannot take an input of this shape; undefined where they can. */
export function refusedShape(state: State, lengths: readonly number[]): string | undefined {
  const world = worldOfState(state);
  if (!world) return undefined;
  const { rows } = world.structure;
  const after = { inputSize: productOf(lengths), inputImage: imageOf(lengths), rows };
  const { obstacle } = judge(after);
  if (obstacle?.type !== 'image' && obstacle?.type !== 'window') return undefined;
  return obstacleWords(world, after, obstacle);
}

type Change = { readonly [key: string]: JsonValue };

const worldOfState = ({ document, notation }: State): World | undefined =>
  worldIn(document, notation);

const obstacleWords = (
  world: World,
  { rows }: Structure,
  obstacle: Judged['obstacle'],
): string | undefined => obstacle && text('design.forbidden', why(world, obstacle, rows));

function withChange({ structure, network }: World, index: number, change: Change): Structure {
  const next = { ...network.layers[index], ...change } as Layer;
  const rows = structure.rows.map((row, i) => (i === index ? rowOf(next, row.key, row.from) : row));
  return { ...structure, rows };
}

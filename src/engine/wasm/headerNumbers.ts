/** What the engine finds in its header (places.ts), of settings and addresses that stay as they are. */
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { clipCode, optimizerCode, penaltyCodes, reductionCodes } from './codes';
import type { Layout } from './layout';
import * as place from './shared/places';

/** @param asBytes whether samples are held as bytes */
export function writeHeader(
  buffer: ArrayBuffer,
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
  asBytes: boolean,
): void {
  const { input, targets, data, stepNumbers, trace, block, team, squares } = layout;
  const { regularization: penalty, training } = network;
  const words = new Int32Array(buffer, layout.header, place.WORD_BYTES / 4);
  words[place.DATA_X] = data.inputs;
  words[place.DATA_X_STRIDE] = data.inputStride;
  words[place.X] = input.address;
  words[place.X_STRIDE] = input.stride;
  words[place.DATA_Y] = data.targets;
  words[place.DATA_Y_STRIDE] = targets.stride;
  words[place.Y] = targets.address;
  words[place.AS_BYTES] = asBytes ? 1 : 0;
  words[place.OFFSETS] = data.offsets;
  words[place.SCALES] = data.scales;
  words[place.RULE] = optimizerCode(training.optimizer);
  words[place.CLIPS] = clipCode(training.clip);
  words[place.REDUCTION] = reductionCodes[network.loss.reduction];
  words[place.PENALTY_SCALE] = penaltyCodes[penalty.scale];
  words[place.HAS_PENALTY] = penalty.l1 !== 0 || penalty.l2 !== 0 ? 1 : 0;
  words[place.STEP_NUMBERS] = stepNumbers;
  words[place.TRACE] = trace;
  words[place.BLOCK] = block;
  words[place.TEAM] = team;
  words[place.SQUARES] = squares;
  writeReals(new Float64Array(buffer, layout.header + place.WORD_BYTES, 32), network, shapes);
}

function writeReals(
  reals: Float64Array,
  { training: { optimizer, clip }, regularization: { l1, l2 } }: Network,
  { outputSize }: NetworkShapes,
): void {
  reals[place.MOMENTUM] = optimizer.momentum;
  reals[place.DECAY] = optimizer.decay;
  reals[place.BETA1] = optimizer.beta1;
  reals[place.BETA2] = optimizer.beta2;
  reals[place.EPSILON] = optimizer.epsilon;
  reals[place.WEIGHT_DECAY] = optimizer.type === 'adamw' ? optimizer.weightDecay : 0;
  reals[place.CLIP_LIMIT] = clip.norm ?? clip.value ?? 0;
  reals[place.L2] = l2;
  reals[place.L1] = l1;
  reals[place.OUTPUTS] = outputSize;
}

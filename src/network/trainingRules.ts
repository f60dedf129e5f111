/** Rules about training: the learning rate, how it changes, and how large gradients are limited. */
import type { Judge } from './judge';
import type { JsonPath } from './network';
import { optimizers, schedules } from './vocabulary';

/** Tells what does not go together in `training`. */
export function validateTraining(judge: Judge): void {
  learningRate(judge);
  const { optimizer, schedule } = judge.draft.training;
  unread(judge, 'optimizer', optimizer, optimizers);
  unread(judge, 'schedule', schedule, schedules);
  warmUp(judge);
  minimum(judge);
  clip(judge);
}

/** Settings that the chosen type does not read. */
function unread<T extends string>(
  judge: Judge,
  group: string,
  draft: { readonly type: T | undefined },
  kinds: { readonly [K in T]: { readonly settings: readonly string[] } },
): void {
  if (!draft.type) return;
  const keys = Object.keys(draft).filter(key => key !== 'type');
  judge.unused(['training', group], keys, kinds[draft.type].settings, draft.type);
}

/** Above this, every known optimizer diverges on data of usual size. */
const HUGE_RATE = 100;

function learningRate(judge: Judge): void {
  const { learningRate } = judge.draft.training.optimizer;
  const path = ['training', 'optimizer', 'learningRate'];
  if (learningRate === 0) {
    const message = 'learningRate is 0, so training changes nothing: choose a value such as 0.1.';
    judge.tell('warning', 'learningRate.zero', path, message);
  }
  if (learningRate !== undefined && learningRate > HUGE_RATE) {
    const message = `learningRate ${learningRate} is so large that training will almost surely diverge: choose a value between 0.0001 and 10.`;
    judge.tell('warning', 'learningRate.huge', path, message);
  }
}

const schedulePath = (key: string): JsonPath => ['training', 'schedule', key];

/** A warm-up that ends behind the training. */
function warmUp(judge: Judge): void {
  const { epochs, schedule } = judge.draft.training;
  const { warmUp } = schedule;
  if (epochs === undefined || warmUp === undefined || warmUp <= epochs) return;
  const message = `training.schedule.warmUp is ${warmUp} and training.epochs ${epochs}, so the whole learning rate is never used: choose a warm-up of at most ${epochs}, or more epochs.`;
  judge.tell('warning', 'schedule.warmUp', schedulePath('warmUp'), message);
}

/** A wave that goes up. */
function minimum(judge: Judge): void {
  const { schedule, optimizer } = judge.draft.training;
  const { type, minimum } = schedule;
  const { learningRate } = optimizer;
  if (type !== 'cosine' || minimum === undefined || learningRate === undefined) return;
  if (minimum <= learningRate) return;
  const message = `training.schedule.minimum is ${minimum}, above the learning rate ${learningRate} that it starts from, so the rate rises: choose a smaller minimum, such as 0.`;
  judge.tell('warning', 'schedule.minimum', schedulePath('minimum'), message);
}

function clip(judge: Judge): void {
  const { norm, value } = judge.draft.training.clip;
  if (typeof norm !== 'number' || typeof value !== 'number') return;
  const message = `training.clip has both norm (${norm}) and value (${value}), expected one limit: remove one of them.`;
  judge.tell('error', 'clip.both', ['training', 'clip'], message);
}

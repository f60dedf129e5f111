/** What a worker answers, by its training session. */
import type { WorkerApi } from '../protocol';
import type { Served } from '../rpc';
import type { Tell } from './account';
import { TrainingSession } from './trainingSession';
import type { World } from './trainingSession';

export function createSession(world: World, tell: Tell): Served<WorkerApi> {
  const session = new TrainingSession(world, tell);
  return {
    load: request => session.load(request),
    cancelLoad: () => session.loads.cancel(),
    alive() {},
    carry: () => session.carry(),
    train: options => session.train(options),
    pause: () => session.pause(),
    step: unit => session.step(unit),
    reset: () => session.reset(),
    tune: tuning => session.tune(tuning),
    ...session.inspections.served(),
    inspect: (target, scope) => session.inspect(target, scope),
    gradcheck: options => session.gradcheck(options),
    cancelGradcheck: () => session.gradchecks.cancel(),
    checkedRows: request => session.gradchecks.done().results.rows(request),
    checkedPictures: (layer, most) => [...session.gradchecks.done().results.pictures(layer, most)],
    errorCurve: target => [...session.gradchecks.done().curve(target)],
    parameters: snapshot => session.parameters(snapshot),
    snapshots: () => session.snapshots(),
    restore: snapshot => session.restore(snapshot),
    checkpoint: () => session.checkpoint(),
    resume: file => session.resume(file),
    moment: () => session.moment(),
    goOnFrom: moment => session.goOnFrom(moment),
    predict: (inputs, snapshot) => session.predict(inputs, snapshot),
    samples: (start, count) => session.samples(start, count),
  };
}

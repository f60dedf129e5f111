/** What a page asks to see of the run: each request is checked, and passed on to the worker. */
import type { Scope } from '../engine/facts';
import type { CheckedApi, HostApi, LookApi } from '../protocol';
import type { Served } from '../rpc';
import { asCells, asChecked, asRowsRequest } from './gradcheckChecks';
import { asLabRequest } from './labChecks';
import { asMapRequest, asPointsRequest, asPredictInputs } from './mapChecks';
import {
  asFanRequest,
  asHistoryRequest,
  asIndex,
  asMatricesRequest,
  asMatrixRequest,
  asOverviewRequest,
  asScope,
  asTarget,
  asViewRequest,
  asWhatIfRequest,
} from './messageChecks';
import { asResultsRequest } from './resultsChecks';
import type { Run } from './run';

/** Hears what a person looks at. */
export interface Watcher {
  /** What the page shows. */
  sees(scope: Scope): void;
  /** A card is about to be shown. */
  touches(): void;
}

/** @param page which one asks; a newer question of the same page ends an older one */
export function designerLooks(
  run: Run,
  page: number,
  watcher: Watcher,
): Served<Pick<HostApi, keyof LookApi>> {
  return {
    inspect: (target, scope) => touched(watcher, run.inspect(asTarget(target), asScope(scope))),
    view: request => {
      const asked = asViewRequest(request);
      watcher.sees(asked.scope);
      return run.looks().then(of => of.view(asked));
    },
    matrix: request => run.looks().then(of => of.matrix(asMatrixRequest(request))),
    layerMatrices: request => run.looks().then(of => of.layerMatrices(asMatricesRequest(request))),
    overview: request => run.looks().then(of => of.overview(asOverviewRequest(request))),
    fan: request => run.looks().then(of => of.fan(asFanRequest(request))),
    whatIf: request => run.looks().then(of => of.whatIf(asWhatIfRequest(request), page)),
    lab: request => run.looks().then(of => of.lab(asLabRequest(request), page)),
    predict: (inputs, snapshot) =>
      run
        .looks()
        .then(of =>
          of.predict(
            asPredictInputs(inputs),
            snapshot === undefined ? undefined : asIndex(snapshot, 'snapshot'),
          ),
        ),
    dataRange: () => run.looks().then(of => of.dataRange()),
    dataPoints: request => run.looks().then(of => of.dataPoints(asPointsRequest(request))),
    map: request => run.looks().then(of => of.map(asMapRequest(request), page)),
    results: request => run.looks().then(of => of.results(asResultsRequest(request), page)),
    resultsPart: () => run.looks().then(of => of.resultsPart(page)),
    cancelResults: () => run.looks().then(of => of.cancelResults(page)),
    ...checkedLooks(run),
    snapshots: () => run.looks().then(of => of.snapshots()),
    history: request => run.looks().then(of => of.history(asHistoryRequest(request))),
    samples: (start, count) =>
      run.looks().then(of => of.samples(asIndex(start, 'start'), asIndex(count, 'count'))),
  };
}

/** What a card asks has been asked rightly. */
function touched<T>(watcher: Watcher, card: T): T {
  watcher.touches();
  return card;
}

/** Of the last gradcheck. */
function checkedLooks(run: Run): Served<CheckedApi> {
  return {
    checkedRows: request => run.looks().then(of => of.checkedRows(asRowsRequest(request))),
    checkedPictures: (layer, most) =>
      run.looks().then(of => of.checkedPictures(asIndex(layer, 'layer'), asCells(most))),
    errorCurve: target => run.looks().then(of => of.errorCurve(asChecked(target))),
  };
}

/** What a page may ask of the host that changes nothing. */
import type { Host } from './host';

/** They reject with the reason. */
export type Asks = Pick<
  Host['remote'],
  | 'csvFiles'
  | 'previewCsv'
  | 'inspect'
  | 'matrix'
  | 'layerMatrices'
  | 'fan'
  | 'overview'
  | 'whatIf'
  | 'lab'
  | 'samples'
  | 'predict'
  | 'dataRange'
  | 'dataPoints'
  | 'map'
  | 'results'
  | 'resultsPart'
  | 'cancelResults'
  | 'history'
  | 'checkedRows'
  | 'checkedPictures'
  | 'errorCurve'
>;

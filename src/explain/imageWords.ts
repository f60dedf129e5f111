/** What is said of convolutions, pools and images. One table a language, as for the other words. */

/** As the notation counts; the channel only where there are several. */
export interface ImagePlace {
  readonly row: number;
  readonly column: number;
  readonly channel?: number;
}

/** A layer that is neither dense nor joins others. */
export interface ImageLayer {
  readonly type: 'conv2d' | 'maxPool2d' | 'averagePool2d' | 'flatten' | 'dropout' | 'batchNorm';
  /** "2", or where it helps "2 of 5" in the language's own words. */
  readonly number: string;
  readonly kind: 'input' | 'hidden' | 'output';
  readonly units: number;
  /** Channels that go out; of a list 0. */
  readonly filters: number;
  /** "3 × 3" */
  readonly window: string;
  /** What comes in and goes out: "8 × 8 × 1"; of a list how many numbers. */
  readonly from: string;
  readonly to: string;
  /** "50%" */
  readonly rate: string;
}

export type ImageNote =
  /** Σ over a window. */
  | 'window'
  /** Σ over all places of one filter. */
  | 'places'
  /** What comes back from all windows that see a neuron. */
  /** Σ over all places of one channel. */
  | 'channel'
  | 'featureChain'
  | 'seenBy'
  | 'largestOnly'
  | 'sharedChain'
  | 'underWeight'
  | 'noLargest'
  | 'otherPlaces'
  | 'sentBack';

export interface ImageWords {
  /** "row 2, column 5, map 3" */
  place(at: ImagePlace): string;
  /** A number of a kernel, in words. */
  weight(filter: string, layer: string, at: ImagePlace): string;
  bias(filter: string, layer: string): string;
  layer(of: ImageLayer): string;
  /** Places where a parameter is used, of all; the others see padding there. */
  uses(used: number, places: number): string;
  /** Which value a pool has taken. */
  largest(neuron: string): string;
  /** How an average is divided. */
  average(size: number): string;
  /** What dropout does while training, and that it does nothing here. `kept`: 1 − rate. */
  dropout(rate: string, kept: string): string;
  /** "feature 2", of an image "channel 2". */
  feature(number: string, isChannel: boolean): string;
  /** γ and β of a batchNorm. */
  gamma(feature: string, layer: string): string;
  beta(feature: string, layer: string): string;
  /** What batchNorm does while training, and by what it normalises here. */
  readonly batchNorm: string;
  /** The label of x̂, and what μ and v are. */
  readonly normalised: string;
  readonly running: string;
  /** The place that a card of matrices shows. */
  shownPlace(at: ImagePlace): string;
  readonly notes: { readonly [K in ImageNote]: string };
}

/** What the benchmark leaves in the page it measures. */
interface Window {
  /** `performance.now()` of the first picture. */
  firstPicture?: number;
  /** And of the bars and forms around it. */
  wholePage?: number;
  /** When a frame that shows an element is painted next, by `performance.now()`. */
  nextPicture?: (selector: string) => Promise<number>;
  /** Milliseconds from animation frame to animation frame, while somebody counts. */
  frameTimes?: number[];
}

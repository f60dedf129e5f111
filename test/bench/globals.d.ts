/** What the benchmark leaves in the page it measures. */
interface Window {
  /** `performance.now()` of the first picture. */
  firstPicture?: number;
  /** Milliseconds from animation frame to animation frame, while somebody counts. */
  frameTimes?: number[];
}

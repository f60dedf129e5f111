/** The words of a gradcheck's report. */
import type { Verdict } from '../../engine/gradcheck';

export interface GradcheckWords {
  title(network: string): string;
  /** "26 of 26 parameters agree with central differences in float64." */
  agree(agreeing: number | string, checked: number | string): string;
  /** "The largest relative error is 1.5e-8, at layers[1].weights[0][2]." */
  worst(error: string, place: string): string;
  /** How it was checked. `h`: the step that was asked for. */
  method(samples: number, h: string | undefined): string;
  partial(checked: number, parameters: number): string;
  /** "20 of 20 random directions agree." */
  directionsAgree(agreeing: number | string, directions: number | string): string;
  /** What a direction is. `moved`: parameters that all of them move. */
  directionsMethod(moved: number | string): string;
  /** What is said where some directions tell no derivative. */
  directionsKinks(kinks: number): string;
  /** Of parameters that no direction moves. */
  leftOut(count: number): string;
  /** How long a check of all parameters would take. */
  all(parameters: number | string, seconds: string): string;
  /** Between two sentences. */
  readonly gap: string;
  readonly columns: {
    readonly table: string;
    readonly parameters: string;
    readonly worst: string;
    readonly parameter: string;
    readonly direction: string;
    readonly verdict: string;
    readonly analytic: string;
    readonly numeric: string;
    readonly error: string;
  };
  readonly verdicts: { readonly [V in Verdict]: string };
  readonly meanings: { readonly [V in Verdict]: string };
  readonly directions: string;
  /** Parameters that were checked beside the directions. */
  readonly beside: string;
  /** How they were chosen. */
  readonly strata: string;
  readonly largest: string;
  readonly legend: string;
}

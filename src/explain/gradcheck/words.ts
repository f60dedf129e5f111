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
  /** Between two sentences. */
  readonly gap: string;
  readonly columns: {
    readonly table: string;
    readonly parameters: string;
    readonly worst: string;
    readonly parameter: string;
    readonly verdict: string;
    readonly analytic: string;
    readonly numeric: string;
    readonly error: string;
  };
  readonly verdicts: { readonly [V in Verdict]: string };
  readonly meanings: { readonly [V in Verdict]: string };
  readonly largest: string;
  readonly legend: string;
}

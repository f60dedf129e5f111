/** What a run is doing, and why it does nothing any more. */
import type { FinishReason } from '../engine/stopRule';
import type { Divergence } from '../engine/trainer';

export type Ended =
  /** `settling`: the loss of this place is being computed. */
  | { readonly phase: 'paused'; readonly settling?: true }
  | { readonly phase: 'finished'; readonly reason: FinishReason }
  | { readonly phase: 'diverged'; readonly where: Divergence };

export type Phase = { readonly phase: 'idle' | 'running' } | Ended;

/** All that is put under fire, by the name on the command line. */
import type { Target } from './target';
import { csv } from './targets/csv';
import { expectationTarget } from './targets/expectations';
import { idx } from './targets/idx';
import { messages } from './targets/messages';
import { network, repair } from './targets/network';
import { runs } from './targets/runs';
import { tensors } from './targets/tensors';

/** Each judges the inputs that it makes itself. */
const table: { readonly [name: string]: unknown } = {
  network,
  repair,
  csv,
  idx,
  tensors,
  runs,
  messages,
  expect: expectationTarget,
};

export const targets = table as { readonly [name: string]: Target };

/** What the code of a small network is made from. */
import type { Network } from '../../../network/network';
import type { NetworkShapes } from '../../../network/shapes';
import type { Layout } from '../layout';
import type { Constants } from './constants';
import type { LanesRoom } from './lanesRoom';

export interface SmallNetwork {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly layout: Layout;
  readonly lanes: LanesRoom;
  readonly constants: Constants;
  /** Whether products are fused with sums. */
  readonly fuses: boolean;
}

/** `--target`: a place in a network, by its path in the file. */
import type { Target } from '../engine/facts';
import { TargetError, targetAt } from '../engine/targetPath';
import type { Network } from '../network/network';
import { UsageError } from './io';

/**
 * @param text as after `--target`
 * @throws UsageError that says what was expected, what was found and what there is
 */
export function parseTarget(text: string, network: Network): Target {
  try {
    return targetAt(text, network, '--target');
  } catch (error) {
    throw error instanceof TargetError ? new UsageError(error.message) : error;
  }
}

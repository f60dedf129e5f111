/** What the module offers. */
export { activateNumbers, applyStored, backward, clear, finite, forward, gather, setup, train } from './program';

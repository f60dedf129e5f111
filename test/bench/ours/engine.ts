/** The engine that is measured: the one that `nabla train` uses, which a test checks. */
export { createTrainer } from '../../../src/engine/createTrainer';

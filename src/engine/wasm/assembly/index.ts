/** What the module offers. */
export {
  activateNumbers,
  applyStored,
  backward,
  clear,
  finite,
  forward,
  gather,
  keep,
  setup,
  train,
} from './program';
export { assist, setThreads } from './team';

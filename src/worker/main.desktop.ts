/** Entry of the training worker in Node, as a thread or as a process: the same script as in a browser. */
import { tellReady } from './scope.desktop';
import './main';

tellReady();

/** The door to the extension host: VS Code's message port as a typed connection. */
import type { HostApi, WebviewEvents } from '../src/protocol';
import { connect, throughJson, type Connection, type Listeners } from '../src/rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  readonly remote: Connection<HostApi, object>['remote'];
  /** View state that VS Code keeps while the tab lives. */
  kept(): unknown;
  keep(state: unknown): void;
}

/** May be called once in the life of a page: VS Code hands its port out once. */
export function connectHost(listeners: Listeners<WebviewEvents>): Host {
  const api = acquireVsCodeApi();
  const connection = connect<HostApi, object, object, WebviewEvents>(
    throughJson({
      post: message => api.postMessage(message),
      listen(receive) {
        const heard = (event: MessageEvent): void => receive(event.data);
        window.addEventListener('message', heard);
        return () => window.removeEventListener('message', heard);
      },
    }),
    {},
    listeners,
  );
  return {
    remote: connection.remote,
    kept: () => api.getState(),
    keep: state => api.setState(state),
  };
}

import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { unpacked } from './plain.mjs';

const REQUEST = [
  'GET /devtools HTTP/1.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

const server = createServer();
afterEach(() => void server.close());

it('leaves out that messages may be packed, and lets through everything else, both ways', async () => {
  const asked = new Promise<IncomingMessage>(resolve => {
    server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      socket.on('data', data => socket.write(`heard ${data.toString()}`));
      socket.write('open');
      resolve(request);
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const way = await unpacked((server.address() as AddressInfo).port);
  const client = connect(way, '127.0.0.1');
  const said = (): Promise<string> =>
    new Promise(done => client.once('data', data => done(data.toString())));
  client.write(REQUEST);
  expect(await said()).toBe('open');
  const { headers } = await asked;
  expect(headers).toMatchObject({ upgrade: 'websocket', 'sec-websocket-version': '13' });
  expect(headers).not.toHaveProperty('sec-websocket-extensions');
  client.write('Sec-WebSocket-Extensions: later\r\n');
  expect(await said()).toBe('heard Sec-WebSocket-Extensions: later\r\n');
  client.destroy();
});

/**
 * A way to Chromium's debugging port on which nothing is packed: what the browser tells of itself is much, stays on this
 * machine, and takes longer to pack and to unpack than to send.
 */
import { createServer, connect } from 'node:net';

/** The line in which a client says that it can unpack; without it nobody packs. */
const offer = /^Sec-WebSocket-Extensions:.*\r\n/im;

/**
 * @param {number} port Chromium's
 * @returns {Promise<number>} another port of this machine that leads there, as long as this program lasts
 */
export function unpacked(port) {
  const server = createServer(client => {
    const browser = connect(port, '127.0.0.1');
    // The request comes in one piece.
    client.once('data', request => {
      browser.write(request.toString('latin1').replace(offer, ''), 'latin1');
      client.pipe(browser);
    });
    browser.pipe(client);
    for (const [one, other] of [
      [client, browser],
      [browser, client],
    ]) {
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.unref();
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve(address.port);
    });
  });
}

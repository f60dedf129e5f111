/** What the pages of the window hold when everything is collected that nobody needs. */

/** @import { CDPSession, Page } from 'playwright-core' */
/** @import { PageHeld } from './messages' */

/**
 * The workbench and its webviews, whether they share a process or have their own.
 * @param {Page} page
 * @returns {Promise<PageHeld>}
 */
export async function heldBy(page) {
  const context = page.context();
  const all = await Promise.all(
    // A frame in the process of the one around it has no session of its own, and is counted with that.
    page
      .frames()
      .map(frame =>
        frame === page.mainFrame()
          ? context.newCDPSession(page)
          : context.newCDPSession(frame).catch(() => undefined),
      ),
  );
  const sum = { heap: 0, nodes: 0, documents: 0, listeners: 0 };
  for (const session of all) {
    if (!session) continue;
    const held = await heldIn(session);
    await session.detach();
    for (const name of /** @type {(keyof PageHeld)[]} */ (Object.keys(sum)))
      sum[name] += held[name];
  }
  return sum;
}

/** @param {CDPSession} session @returns {Promise<PageHeld>} */
async function heldIn(session) {
  // Whoever looks at the console may want to see the things that were written there; nobody does.
  await session.send('Runtime.discardConsoleEntries').catch(() => undefined);
  // What is found to be free may free others.
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, documents, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, documents, listeners: jsEventListeners };
}

import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  ConnectionClosed,
  IssuesError,
  throughJson,
  type Endpoint,
  type Envelope,
} from '../src/rpc';
import { copyAsVsCode } from './support/messagePort';
import { threadPorts } from './support/threadPorts';

/** Two ports joined in memory; messages are cloned and arrive in a later microtask, as over a real port. */
function pair(): [Endpoint, Endpoint, Envelope[]] {
  const receivers: [Set<(m: unknown) => void>, Set<(m: unknown) => void>] = [new Set(), new Set()];
  const log: Envelope[] = [];
  const side = (own: 0 | 1): Endpoint => ({
    post(message, transfer = []) {
      log.push(message);
      const copy: unknown = structuredClone(message, { transfer: [...transfer] });
      queueMicrotask(() => receivers[own === 0 ? 1 : 0].forEach(receive => receive(copy)));
    },
    listen(receive) {
      receivers[own].add(receive);
      return () => receivers[own].delete(receive);
    },
  });
  return [side(0), side(1), log];
}

interface Far {
  add(a: number, b: number): number;
  fail(): void;
  refuse(): void;
  wait(): void;
  numbers(): Float64Array;
}

interface Told {
  moved(x: number): void;
}

const served = {
  add: (a: number, b: number) => a + b,
  fail: () => {
    throw new RangeError('out of reach');
  },
  refuse: () =>
    Promise.reject(
      new IssuesError('bad', [
        { code: 'a.b', severity: 'error' as const, path: ['x'], message: 'm' },
      ]),
    ),
  wait: () => new Promise<void>(() => undefined),
  numbers: () => Float64Array.of(1, 2),
};

describe('connect', () => {
  it('answers calls with values and with errors that keep their names and issues', async () => {
    const [a, b] = pair();
    connect<object, object, Far>(b, served, {});
    const { remote } = connect<Far>(a, {}, {});
    expect(await remote.add(2, 3)).toBe(5);
    await expect(remote.fail()).rejects.toMatchObject({
      name: 'RangeError',
      message: 'out of reach',
    });
    await expect(remote.refuse()).rejects.toMatchObject({
      name: 'IssuesError',
      issues: [{ code: 'a.b' }],
    });
  });

  it('answers unknown methods with an error, also names that every object has', async () => {
    const [a, b] = pair();
    connect<object, object, Far>(b, served, {});
    const { remote } = connect<{ missing(): void; constructor(): void }>(a, {}, {});
    await expect(remote.missing()).rejects.toThrow('No method named "missing"');
    await expect(remote.constructor()).rejects.toThrow('No method named "constructor"');
  });

  it('rejects pending and later calls once it is disposed', async () => {
    const [a, b] = pair();
    connect<object, object, Far>(b, served, {});
    const connection = connect<Far>(a, {}, {});
    const pending = connection.remote.wait();
    connection.dispose();
    await expect(pending).rejects.toBeInstanceOf(ConnectionClosed);
    await expect(connection.remote.add(1, 1)).rejects.toBeInstanceOf(ConnectionClosed);
  });

  it('tells events to listeners, and ignores events without one', async () => {
    const [a, b] = pair();
    const moved = vi.fn();
    connect<object, object, object, Told>(b, {}, { moved });
    const { tell } = connect<object, Told & { other(): void }>(a, {}, {});
    tell('other');
    tell('moved', 7);
    await new Promise(resolve => setTimeout(resolve));
    expect(moved).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('moves typed arrays that own their buffer instead of copying them', async () => {
    const [a, b] = pair();
    const values = Float64Array.of(1, 2, 3);
    connect<object, object, Pick<Far, 'numbers'>>(b, { numbers: () => values }, {});
    const { remote } = connect<Far>(a, {}, {});
    expect([...(await remote.numbers())]).toEqual([1, 2, 3]);
    expect(values.byteLength, 'the sender gave its buffer away').toBe(0);
  });

  it('ignores what is no envelope', async () => {
    const [a, b] = pair();
    connect<object, object, Far>(b, served, {});
    const { remote } = connect<Far>(a, {}, {});
    const strange: unknown[] = [
      null,
      1,
      'x',
      {},
      { type: 'call' },
      { type: 'return' },
      { type: 'throw', id: 1, error: 3 },
    ];
    for (const message of strange) a.post(message as Envelope);
    expect(await remote.add(1, 1)).toBe(2);
  });

  it('carries NaN, ±∞ and arguments left out over a port that speaks JSON', async () => {
    const [a, b] = pair();
    const json = (endpoint: Endpoint): Endpoint => ({
      post: message => endpoint.post(copyAsVsCode(message) as Envelope),
      listen: receive => endpoint.listen(receive),
    });
    interface Mirror {
      mirror(value: unknown): unknown;
      /** What came for each argument. */
      given(...args: readonly unknown[]): string;
    }
    const mirror = {
      mirror: (value: unknown) => value,
      given: (...args: readonly unknown[]) => args.map(String).join(),
    };
    connect<object, object, Mirror>(throughJson(json(b)), mirror, {});
    const { remote } = connect<Mirror>(throughJson(json(a)), {}, {});
    const value = {
      accuracy: NaN,
      list: [1, -Infinity, { deep: Infinity }, null],
      values: Float64Array.of(NaN, 2),
      text: 'NaN',
    };
    expect(await remote.mirror(value)).toEqual(value);
    expect(await remote.given([1], undefined)).toBe('1,undefined');
    expect(await remote.given(undefined, null, [undefined, { left: undefined }])).toBe(
      'undefined,null,,[object Object]',
    );
    expect(await remote.mirror([undefined, 1])).toEqual([undefined, 1]);
  });
});

describe('numbers that were given away', () => {
  interface Sums {
    sum(request: { readonly values: Float64Array }): number;
    numbers(): Float64Array;
  }

  it('are refused in a call and in an answer, by name; what is empty is none of them', async () => {
    // Node 20 sends what was moved before all the same, and nobody can read what arrives.
    const { near: a, far: b, close } = threadPorts();
    const given = Float64Array.of(1, 2);
    const sum: Sums['sum'] = ({ values }) => values.reduce((all, value) => all + value, 0);
    connect<object, object, Sums>(b, { sum, numbers: () => given }, {});
    const { remote } = connect<Sums>(a, {}, {});
    const values = Float64Array.of(3, 4);
    expect(await remote.sum({ values })).toBe(7);
    const refused = remote.sum({ values });
    await expect(refused).rejects.toThrow(
      'sum: numbers in it were given away by an earlier message',
    );
    expect(await remote.sum({ values: new Float64Array(0) })).toBe(0);
    expect([...(await remote.numbers())]).toEqual([1, 2]);
    await expect(remote.numbers()).rejects.toThrow('were given away by an earlier message');
    close();
  });
});

describe('bytes of a call', () => {
  interface Reader {
    read(request: { readonly files: { readonly [path: string]: Uint8Array | string } }): number;
  }

  it('are moved where they are whole buffers, and copied where they are parts of one', async () => {
    const [a, b] = pair();
    const lengths = ({ files }: Parameters<Reader['read']>[0]): number =>
      Object.values(files).reduce((sum, { length }) => sum + length, 0);
    connect<object, object, Reader>(b, { read: lengths }, {});
    const { remote } = connect<Reader>(a, {}, {});
    const whole = new Uint8Array(8);
    const part = new Uint8Array(8).subarray(2, 5);
    expect(await remote.read({ files: { whole, part, text: 'ab' } })).toBe(13);
    expect([whole.length, part.length]).toEqual([0, 3]);
  });
});

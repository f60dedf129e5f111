import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/network/json';
import { parseNetwork } from '../../src/network/parse';
import { newNetworkText, templateNames } from '../../src/network/templates';
import { networkToJson } from '../../src/network/toJson';
import { formatInline, formatJson, formatNetwork, formatNumber } from '../../src/network/write';
import { networkArbitrary } from './support/networks';

describe('a network as JSON', () => {
  it.each([[['width', 'height']], [undefined]])('has the names of its inputs: %o', names => {
    const input = { shape: [2], ...(names && { names }) };
    const layers = [{ type: 'dense', units: 1 }];
    const { network } = parseNetwork(JSON.stringify({ version: 1, input, layers }));
    expect(network && networkToJson(network).input).toEqual(input);
  });
});

describe('formatNumber', () => {
  it.each([
    [0.5, '0.5'],
    [Math.fround(0.1), '0.1'],
    [Math.fround(1 / 3), '0.33333334'],
    [Math.fround(1e-20), '1e-20'],
    [16777216, '16777216'],
    [3.4028234663852886e38, '3.4028235e+38'],
    [1.401298464324817e-45, '1e-45'],
    [-0, '-0'],
    [1e21, '1e+21'],
  ])('writes the float32 %d as %s', (value, text) => {
    expect(formatNumber(value, 'float32')).toBe(text);
  });

  it('reads back as the same number, in float32 by the shortest decimal there is', () => {
    const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(float32, value => {
        const text = formatNumber(value, 'float32');
        expect(Math.fround(JSON.parse(text) as number)).toBe(value);
        const digits = text.replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '').length;
        for (let fewer = 1; fewer < digits; fewer++) {
          expect(Math.fround(Number(value.toPrecision(fewer)))).not.toBe(value);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back as the same number in float64', () => {
    const float64 = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(float64, value => {
        expect(JSON.parse(formatNumber(value, 'float64'))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what JSON has no text for', () => {
    expect(() => formatNumber(NaN)).toThrow(RangeError);
    expect(() => formatNumber(-Infinity, 'float32')).toThrow('-Infinity');
  });
});

describe('formatJson', () => {
  it('writes a layer that begins with something of several lines', () => {
    const value = { layers: [{ note: [[1], [2]], type: 'dense' }] };
    expect(JSON.parse(formatJson(value))).toEqual(value);
  });

  it('writes short objects on one line and weights row by row', () => {
    const value: JsonValue = {
      version: 1,
      input: { shape: [2] },
      layers: [
        {
          type: 'dense',
          units: 2,
          weights: [
            [Math.fround(0.1), 2],
            [3, 4],
          ],
          bias: [0, 0.5],
        },
        { type: 'dense', units: 1 },
      ],
      empty: {},
      data: { inline: [{ x: [1, 2], y: [0] }], normalize: 'none' },
    };
    expect(formatJson(value)).toBe(`{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2,
      "weights": [
        [0.1, 2],
        [3, 4]
      ],
      "bias": [0, 0.5] },
    { "type": "dense", "units": 1 }
  ],
  "empty": {},
  "data": {
    "inline": [
      { "x": [1, 2], "y": [0] }
    ],
    "normalize": "none"
  }
}
`);
  });

  it('keeps every value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        expect(JSON.parse(formatJson(value as never))).toEqual(value);
        expect(JSON.parse(formatInline(value as never))).toEqual(value);
      }),
    );
  });
});

describe('formatNetwork', () => {
  it('writes a text that is read as the same network', () => {
    fc.assert(
      fc.property(networkArbitrary, value => {
        const { network } = parseNetwork(JSON.stringify(value));
        if (!network) throw new Error('no network');
        const optimizer = network.training.optimizer.type;
        const again = parseNetwork(formatNetwork(network)).network;
        expect(again?.training.optimizer.type).toBe(optimizer);
        expect(rounded(again)).toEqual(rounded(network));
      }),
    );
  });
});

/** In float32 a written weight need not be the same double, only the same float32. */
function rounded(network: ReturnType<typeof parseNetwork>['network']) {
  return {
    ...network,
    layers: network?.layers.map(layer =>
      layer.type === 'dense'
        ? {
            ...layer,
            weights: layer.weights?.map(row => row.map(Math.fround)),
            bias: layer.bias?.map(Math.fround),
          }
        : layer,
    ),
  };
}

describe('templates', () => {
  it.each(templateNames)('%s is a network without issues, in the layout of the formatter', name => {
    const text = newNetworkText(name);
    const { network, issues } = parseNetwork(text);
    expect(issues).toEqual([]);
    expect(network?.layers.length).toBeGreaterThan(0);
    expect(formatJson(JSON.parse(text) as never)).toBe(text);
  });
});

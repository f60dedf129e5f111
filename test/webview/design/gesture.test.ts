import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hit, PaletteItem } from '../../../webview/design/contract';
import { step } from '../../../webview/design/gesture';
import {
  idle,
  type Gesture,
  type GestureEvent,
  type Intent,
  type Situation,
} from '../../../webview/design/gestureStates';
import { dense, situation, world } from './situations';

const three = world([dense(4), dense(5, 'tanh'), dense(2, 'softmax')]);
const usual = situation(three);
const denseItem: PaletteItem = { type: 'layer', units: 4, activation: 'sigmoid' };

type Modifier = 'alt' | 'shift' | 'ctrl';
const keys = (...held: Modifier[]) => ({
  alt: held.includes('alt'),
  shift: held.includes('shift'),
  ctrl: held.includes('ctrl'),
});
const press = (hit: Hit, x: number, y: number, ...held: Modifier[]): GestureEvent => ({
  type: 'press',
  pointer: 1,
  button: 0,
  hit,
  at: { x, y },
  ...keys(...held),
});
const move = (x: number, y: number, ...held: Modifier[]): GestureEvent => ({
  type: 'move',
  pointer: 1,
  at: { x, y },
  ...keys(...held),
});
const release = (x: number, y: number, ...held: Modifier[]): GestureEvent => ({
  type: 'release',
  pointer: 1,
  at: { x, y },
  ...keys(...held),
});

function play(events: readonly GestureEvent[], given: Situation = usual) {
  let gesture: Gesture = idle;
  const intents: Intent[] = [];
  for (const event of events) {
    const result = step(gesture, event, given);
    ({ gesture } = result);
    intents.push(...result.intents);
  }
  return { gesture, intents };
}
const edits = (intents: readonly Intent[]) =>
  intents.flatMap(intent => (intent.type === 'edit' ? [intent.edit] : []));
const said = (intents: readonly Intent[]) =>
  intents.flatMap(intent => (intent.type === 'announce' ? [intent.words] : []));

describe('a press', () => {
  it('is a click while the pointer stays within a few pixels', () => {
    const { intents } = play([
      press({ type: 'slot', index: 1 }, 200, 90),
      move(202, 92),
      release(202, 92),
    ]);
    expect(intents).toEqual([{ type: 'choose', index: 1, at: { x: 200, y: 90 } }]);
  });

  it('of another button, or of a second pointer, changes nothing', () => {
    const right = { ...press({ type: 'head', layer: 0 }, 150, 320), button: 2 } as GestureEvent;
    expect(play([right]).gesture).toBe(idle);
    const first = play([press({ type: 'head', layer: 0 }, 150, 320), move(200, 320)]).gesture;
    const second = { ...press({ type: 'head', layer: 1 }, 0, 0), pointer: 2 } as GestureEvent;
    expect(step(first, second, usual)).toEqual({ gesture: first, intents: [] });
    const moved = { ...move(700, 20), pointer: 2 } as GestureEvent;
    expect(step(first, moved, usual)).toEqual({ gesture: first, intents: [] });
    const lost = { type: 'cancel', pointer: 2 } as const;
    expect(step(first, lost, usual).gesture).toBe(first);
  });
});

describe('dragging from the palette', () => {
  const from = press({ type: 'palette', item: denseItem }, -60, 50);

  it('inserts a layer into the slot, as one edit', () => {
    const { intents, gesture } = play([
      from,
      move(-40, 60),
      move(150, 200),
      move(205, 200),
      release(205, 200),
    ]);
    expect(gesture).toBe(idle);
    expect(edits(intents)).toEqual([
      { type: 'addLayer', index: 1, layer: { type: 'dense', units: 4, activation: 'sigmoid' } },
    ]);
  });

  it('does nothing outside the canvas, and says so', () => {
    const { intents } = play([from, move(200, 200), move(-40, 60), release(-40, 60)]);
    expect(edits(intents)).toEqual([]);
    expect(said(intents)).toEqual(['Cancelled; nothing was changed.']);
  });

  it('refuses the place after a softmax output with the reason', () => {
    const { intents } = play([from, move(400, 200), release(400, 200)]);
    expect(edits(intents)).toEqual([]);
    expect(said(intents)).toEqual([
      'Not possible: nothing can follow the output: softmax stands in the last layer alone',
    ]);
  });

  it.each([{ type: 'cancel' }, { type: 'cancel', pointer: 1 }] as const)(
    'ends without an edit by %o',
    event => {
      const { gesture, intents } = play([from, move(200, 200), event, release(200, 200)]);
      expect(gesture).toBe(idle);
      expect(edits(intents)).toEqual([]);
    },
  );

  it('does not begin in a file that may not be changed', () => {
    const locked = situation(three, { locked: 'The file is read-only.' });
    const { gesture, intents } = play([from, move(200, 200)], locked);
    expect(gesture).toBe(idle);
    expect(said(intents)).toEqual(['The file is read-only.']);
  });

  it('gives a layer another activation', () => {
    const item = { type: 'activation', activation: 'relu' } as const;
    const { intents } = play([
      press({ type: 'palette', item }, -60, 50),
      move(150, 200),
      release(150, 200),
    ]);
    expect(edits(intents)).toEqual([{ type: 'setActivation', layer: 0, activation: 'relu' }]);
  });
});

describe('dragging the head', () => {
  it('moves a layer', () => {
    const { intents } = play([
      press({ type: 'head', layer: 0 }, 150, 320),
      move(300, 200),
      release(300, 200),
    ]);
    expect(edits(intents)).toEqual([{ type: 'moveLayers', layers: [0], to: 2 }]);
  });

  it('copies with Alt, pressed at any time before the end', () => {
    const { intents } = play([
      press({ type: 'head', layer: 0 }, 150, 320),
      move(300, 200),
      { type: 'modifiers', ...keys('alt') },
      release(300, 200, 'alt'),
    ]);
    expect(edits(intents)).toEqual([{ type: 'copyLayers', layers: [0], to: 2 }]);
  });

  it('takes all selected layers along', () => {
    const four = world([dense(4), dense(4), dense(4), dense(2)]);
    const given = situation(four, { selected: [0, 1] });
    const { intents } = play(
      [press({ type: 'head', layer: 1 }, 250, 320), move(400, 200), release(400, 200)],
      given,
    );
    expect(edits(intents)).toEqual([{ type: 'moveLayers', layers: [0, 1], to: 3 }]);
  });

  it('changes nothing where the layer stands already', () => {
    const { intents } = play([
      press({ type: 'head', layer: 0 }, 150, 320),
      move(190, 200),
      release(190, 200),
    ]);
    expect(edits(intents)).toEqual([]);
    expect(said(intents)).toEqual(['Not possible: it stands there already']);
  });
});

describe('dragging the handle', () => {
  const handle: Hit = { type: 'handle', layer: 0 };

  it('is one edit, whatever the number of moves', () => {
    const moves = Array.from({ length: 32 }, (_, i) => move(150, 306 + i));
    const { intents } = play([press(handle, 150, 305), ...moves, release(150, 337)]);
    expect(edits(intents)).toEqual([{ type: 'setUnits', layer: 0, units: 8 }]);
  });

  it('goes finely with Shift', () => {
    const { gesture } = play([press(handle, 150, 305), move(150, 337, 'shift')]);
    expect(gesture).toMatchObject({ drag: { units: 5 } });
  });

  it('back at the beginning is no edit', () => {
    const { intents } = play([press(handle, 150, 305), move(150, 350), release(150, 305)]);
    expect(edits(intents)).toEqual([]);
  });

  it('of the input changes the inputs, unless the data decide', () => {
    const input: Hit = { type: 'handle', layer: -1 };
    const events = [press(input, 50, 305), move(50, 321), release(50, 321)];
    expect(edits(play(events).intents)).toEqual([{ type: 'setInputs', size: 5 }]);
    const data = {
      source: { type: 'generator', name: 'xor', samples: 4, noise: 0 },
      validation: 0,
      normalize: 'none',
    } as const;
    const tied = situation(world([dense(1)], 2, { data }));
    expect(edits(play(events, tied).intents)).toEqual([]);
    expect(said(play(events, tied).intents)[0]).toMatch(/that of the data/);
  });
});

describe('dragging a port', () => {
  it('connects with a layer', () => {
    const { intents } = play([
      press({ type: 'port', layer: -1 }, 70, 95),
      move(250, 200),
      release(250, 200),
    ]);
    expect(edits(intents)).toEqual([{ type: 'setSources', layer: 1, sources: [-1] }]);
  });

  it('onto the ground does nothing', () => {
    const { intents } = play([
      press({ type: 'port', layer: -1 }, 70, 95),
      move(700, 450),
      release(700, 450),
    ]);
    expect(edits(intents)).toEqual([]);
  });
});

describe('the ground', () => {
  it('is dragged to pan', () => {
    const { intents } = play([
      press({ type: 'background' }, 600, 50),
      move(620, 40),
      move(630, 60),
    ]);
    const pans = intents.filter(({ type }) => type === 'pan');
    expect(pans).toEqual([
      { type: 'pan', dx: 20, dy: -10 },
      { type: 'pan', dx: 10, dy: 20 },
    ]);
  });

  it('selects with Shift every layer that the marquee touches, never the input', () => {
    const { intents } = play([
      press({ type: 'background' }, 20, 60, 'shift'),
      move(255, 150, 'shift'),
      release(255, 150, 'shift'),
    ]);
    expect(intents.at(-1)).toEqual({ type: 'selectLayers', layers: [0, 1], main: 1 });
  });
});

describe('clicks with Ctrl and Shift', () => {
  const head: Hit = { type: 'head', layer: 2 };
  it('add, take away and extend', () => {
    const click = (held: Modifier, given: Situation) =>
      play([press(head, 350, 320, held), release(350, 320, held)], given).intents;
    const one = situation(three, { selected: [0], anchor: 0 });
    expect(click('ctrl', one)).toEqual([{ type: 'selectLayers', layers: [0, 2], main: 2 }]);
    expect(click('shift', one)).toEqual([{ type: 'selectLayers', layers: [0, 1, 2], main: 2 }]);
    const both = situation(three, { selected: [0, 2], anchor: 2 });
    expect(click('ctrl', both)).toEqual([{ type: 'selectLayers', layers: [0], main: 0 }]);
  });

  it('alone is left to the canvas', () => {
    expect(play([press(head, 350, 320), release(350, 320)]).intents).toEqual([]);
  });
});

describe('the edges', () => {
  it('scroll under a resting pointer, once it has been away from them', () => {
    const from = press({ type: 'palette', item: denseItem }, -60, 200);
    const fresh = play([from, move(5, 200)]).gesture;
    expect(step(fresh, { type: 'tick' }, usual).intents).toEqual([]);
    const entered = play([from, move(200, 200), move(795, 200)]).gesture;
    const { geometry } = usual;
    if (!geometry) throw new Error('there is a geometry');
    const columns = geometry.columns.map(column => ({
      ...column,
      box: { ...column.box, x: column.box.x + 800 },
    }));
    const beyond = { ...usual, geometry: { ...geometry, columns } };
    const [pan] = step(entered, { type: 'tick' }, beyond).intents;
    expect(pan?.type === 'pan' && pan.dx).toBeLessThan(0);
    expect(pan?.type === 'pan' && Math.abs(pan.dy)).toBe(0);
  });

  it('leave alone a picture that is in sight as a whole', () => {
    const from = press({ type: 'palette', item: denseItem }, -60, 200);
    const entered = play([from, move(200, 200), move(795, 200)]).gesture;
    expect(step(entered, { type: 'tick' }, usual).intents).toEqual([]);
  });
});

describe('any sequence of events', () => {
  const hits = fc.constantFrom<Hit>(
    { type: 'palette', item: denseItem },
    { type: 'palette', item: { type: 'merge', merge: 'add' } },
    { type: 'head', layer: 1 },
    { type: 'handle', layer: 0 },
    { type: 'port', layer: 0 },
    { type: 'slot', index: 1 },
    { type: 'background' },
  );
  const point = fc.record({
    x: fc.integer({ min: -50, max: 850 }),
    y: fc.integer({ min: -50, max: 550 }),
  });
  const pointer = fc.integer({ min: 1, max: 2 });
  const held = fc.record({ alt: fc.boolean(), shift: fc.boolean(), ctrl: fc.boolean() });
  const events = fc.oneof(
    fc.record({
      type: fc.constant('press' as const),
      hit: hits,
      button: fc.constantFrom(0, 0, 2),
      at: point,
      pointer,
      held,
    }),
    fc.record({
      type: fc.constantFrom('move' as const, 'release' as const),
      at: point,
      pointer,
      held,
    }),
    fc.record({ type: fc.constant('cancel' as const) }),
    fc.record({ type: fc.constant('tick' as const) }),
  );

  it('makes at most one edit a gesture, and always ends when it is cancelled', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), list => {
        let gesture: Gesture = idle;
        let made = 0;
        for (const { held: modifiers, ...event } of list as ({ held?: object } & GestureEvent)[]) {
          if (gesture.type === 'idle') made = 0;
          const result = step(gesture, { ...event, ...modifiers } as GestureEvent, usual);
          ({ gesture } = result);
          made += edits(result.intents).length;
          expect(made).toBeLessThanOrEqual(1);
          if (edits(result.intents).length > 0) expect(event.type).toBe('release');
        }
        expect(step(gesture, { type: 'cancel' }, usual).gesture).toBe(idle);
      }),
    );
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { Hover } from '../../webview/canvas/hover';
import { ManualTimer } from './timer';

const a: Target = { type: 'neuron', layer: 0, row: 0 };
const b: Target = { type: 'neuron', layer: 0, row: 1 };
const CARD = { x: 100, y: 100, width: 200, height: 100 };
const FAR = { x: 0, y: 0 };

let timer: ManualTimer;
let shown: Target | undefined;
let foreseen: Target[];
let hover: Hover;

beforeEach(() => {
  timer = new ManualTimer();
  shown = undefined;
  foreseen = [];
  const point = (target: Target | undefined): void => void (shown = target);
  const foresee = (target: Target): void => void foreseen.push(target);
  hover = new Hover(() => ({ point, foresee }), timer);
});

describe('Hover', () => {
  it('shows after the pointer has rested 150 ms, not while it passes', () => {
    hover.over(a, FAR, undefined);
    timer.pass(149);
    expect(shown).toBeUndefined();
    hover.over(b, FAR, undefined);
    timer.pass(149);
    expect(shown).toBeUndefined();
    timer.pass(1);
    expect(shown).toEqual(b);
  });

  it('foresees what the pointer rests on for a moment, once, and not what it only passes', () => {
    hover.over(a, FAR, undefined);
    timer.pass(49);
    hover.over(b, FAR, undefined);
    timer.pass(49);
    expect(foreseen).toEqual([]);
    timer.pass(1);
    hover.over(b, FAR, undefined);
    timer.pass(100);
    expect([foreseen, shown]).toEqual([[b], b]);
    hover.leave();
    timer.pass(1000);
    expect(foreseen).toEqual([b]);
  });

  it('shows once for many moves over the same thing', () => {
    for (let i = 0; i < 10; i++) {
      hover.over(a, FAR, undefined);
      timer.pass(20);
    }
    expect(shown).toEqual(a);
  });

  it('goes on while numbers change, as they do ten times a second in training', () => {
    hover.over(a, FAR, undefined);
    for (let i = 0; i < 3; i++) {
      timer.pass(50);
      hover.sees(shown);
    }
    expect(shown).toEqual(a);
    hover.leave();
    for (let i = 0; i < 5; i++) {
      hover.sees(shown);
      timer.pass(50);
    }
    expect(shown).toBeUndefined();
  });

  it('begins anew when the page shows another target', () => {
    hover.over(a, FAR, undefined);
    hover.sees(b);
    timer.pass(1000);
    expect(shown).toBeUndefined();
  });

  it('goes to a neighbour at once', () => {
    hover.over(a, FAR, undefined);
    timer.pass(150);
    hover.over(b, FAR, undefined);
    expect(shown).toEqual(b);
  });

  it('waits while the pointer travels to the card, and stays when it arrives', () => {
    hover.over(a, { x: 50, y: 50 }, undefined);
    timer.pass(150);
    hover.over(a, { x: 60, y: 60 }, CARD);
    hover.over(b, { x: 70, y: 70 }, CARD);
    timer.pass(50);
    hover.over(undefined, { x: 90, y: 90 }, CARD);
    timer.pass(50);
    hover.onCard();
    timer.pass(10_000);
    expect(shown).toEqual(a);
  });

  it('hides a while after the pointer has left', () => {
    hover.over(a, FAR, undefined);
    timer.pass(150);
    hover.leave();
    timer.pass(249);
    expect(shown).toEqual(a);
    timer.pass(1);
    expect(shown).toBeUndefined();
  });

  it('forgets what it waited for when the pointer leaves before', () => {
    hover.over(a, FAR, undefined);
    hover.leave();
    timer.pass(1000);
    expect(shown).toBeUndefined();
  });

  it('stays hidden after Esc until the pointer means something else', () => {
    hover.over(a, FAR, undefined);
    timer.pass(150);
    hover.refuse();
    expect(shown).toBeUndefined();
    hover.over(a, FAR, undefined);
    timer.pass(1000);
    expect(shown).toBeUndefined();
    hover.over(b, FAR, undefined);
    hover.over(a, FAR, undefined);
    timer.pass(150);
    expect(shown).toEqual(a);
  });
});

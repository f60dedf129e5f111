/** The contrast of what is drawn and carries meaning, by its colour with all that makes it paler, on the page's ground. */
import type { Page } from 'playwright-core';
import { contrastOf, over, type Colour } from './contrast';

/** Where the colour stands: in a style of an element, or in one of its pseudo-elements. */
export type Part =
  | 'stroke'
  | 'fill'
  | 'backgroundColor'
  | 'borderTopColor'
  | 'borderRightColor'
  | 'boxShadow'
  | 'color';

export interface Drawn {
  readonly what: string;
  /** CSS; of several the one with the most contrast counts: magnitudes fade on purpose. */
  readonly selector: string;
  readonly part: Part;
  /** CSS of what it lies on; without it the page. */
  readonly on?: string;
}

/** The best contrast among all that are drawn; undefined where none is. */
export async function drawnContrast(page: Page, drawn: Drawn): Promise<number | undefined> {
  const found = await page.evaluate(coloursOf, drawn);
  const ratios = found.inks.map(({ colour, opacity }) =>
    contrastOf(over(colour, opacity, found.ground), found.ground),
  );
  return ratios.length === 0 ? undefined : Math.max(...ratios);
}

/** In the page. */
function coloursOf({ selector, part, on }: Drawn): {
  inks: { colour: Colour; opacity: number }[];
  ground: Colour;
} {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const channels = (colour: string): { colour: Colour; opacity: number } => {
    if (!context) throw new Error('This browser draws nothing.');
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return { colour: [red, green, blue], opacity: alpha / 255 };
  };
  const paleness = (element: Element): number => {
    let opacity = 1;
    for (let each: Element | null = element; each; each = each.parentElement)
      opacity *= Number(getComputedStyle(each).opacity);
    const style = getComputedStyle(element);
    if (part === 'stroke') opacity *= Number(style.strokeOpacity);
    return part === 'fill' ? opacity * Number(style.fillOpacity) : opacity;
  };
  const inks = [...document.querySelectorAll(selector)].map(element => {
    const style = getComputedStyle(element);
    const named =
      part === 'boxShadow' ? /^[a-z-]+\([^)]*\)/.exec(style.boxShadow)?.[0] : style[part];
    const ink = channels(named ?? 'transparent');
    return { colour: ink.colour, opacity: ink.opacity * paleness(element) };
  });
  const below = document.querySelector(on ?? 'body') ?? document.body;
  const ground = channels(getComputedStyle(document.body).backgroundColor).colour;
  const own = channels(getComputedStyle(below).backgroundColor);
  const mix = (i: 0 | 1 | 2): number => own.colour[i] * own.opacity + ground[i] * (1 - own.opacity);
  return { inks, ground: [mix(0), mix(1), mix(2)] };
}

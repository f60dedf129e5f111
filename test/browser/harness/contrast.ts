/**
 * The contrast of everything that is written on a page, by the formula of WCAG: the colour of the letters with all that
 * makes them paler, on the ground as it is seen under them. axe leaves open whatever lies over or under a picture.
 */
import type { Page } from 'playwright-core';
import { takePixels, type Pixels } from './pixels';

/** 0 … 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

export interface Written {
  readonly words: string;
  /** What a person would look for: the nearest name and class. */
  readonly where: string;
  readonly kind: 'text' | 'icon';
  readonly colour: Colour;
  /** 0 … 1. */
  readonly opacity: number;
  /** Pixels of the page. */
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** What it must have: 4.5, and 3 of large letters and of icons. */
  readonly least: number;
  /** Of a rim around the letters, which is then their ground. */
  readonly rim?: Colour;
}

export interface Contrast extends Written {
  readonly ground: Colour;
  readonly ratio: number;
}

/** From 1, which nobody sees, to 21, black on white. */
export function contrastOf(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Of a colour that lets through what lies below. */
export function over(colour: Colour, opacity: number, ground: Colour): Colour {
  const mix = (i: 0 | 1 | 2): number => colour[i] * opacity + ground[i] * (1 - opacity);
  return [mix(0), mix(1), mix(2)];
}

/** 0 … 1 */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map(channel => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Everything that is written and seen, with its contrast. */
export async function textContrasts(page: Page): Promise<readonly Contrast[]> {
  // As one string: Playwright takes a value to pieces, here and there.
  const written = JSON.parse(
    await page.evaluate<string>(`JSON.stringify((${writtenWords.toString()})())`),
  ) as Written[];
  await page.evaluate(hideWords, true);
  const pixels = await takePixels(page);
  await page.evaluate(hideWords, false);
  return written.map(each => {
    const ground = each.rim ?? groundOf(pixels, each.box);
    return { ...each, ground, ratio: contrastOf(over(each.colour, each.opacity, ground), ground) };
  });
}

/** What has too little, one line each. */
export async function paleWords(page: Page): Promise<readonly string[]> {
  const all = await textContrasts(page);
  return all
    .filter(({ ratio, least }) => ratio < least)
    .map(
      ({ words, where, ratio, least, colour, opacity, ground }) =>
        `${ratio.toFixed(2)} < ${least}: "${words}" in ${where}, rgb(${colour.join()}) ${opacity.toFixed(2)} on rgb(${ground.join()})`,
    );
}

/** The colour that most of a place has. */
export function groundOf(pixels: Pixels, box: Written['box']): Colour {
  const counts = new Map<number, number>();
  const end = (from: number, size: number, most: number): number =>
    Math.min(most, Math.ceil(from + size));
  let [most, best] = [0, 0];
  // Neighbours mostly have the same colour: they are counted together.
  let [last, run] = [0, 0];
  const add = (): void => {
    const count = (counts.get(last) ?? 0) + run;
    counts.set(last, count);
    if (count > most) [most, best] = [count, last];
  };
  for (let y = Math.max(0, Math.floor(box.y)); y < end(box.y, box.height, pixels.height); y++)
    for (let x = Math.max(0, Math.floor(box.x)); x < end(box.x, box.width, pixels.width); x++) {
      const at = (y * pixels.width + x) * pixels.depth;
      const { bytes } = pixels;
      const key = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
      if (key !== last) {
        add();
        [last, run] = [key, 0];
      }
      run++;
    }
  add();
  return [best >> 16, (best >> 8) & 255, best & 255];
}

/** In the page: letters lose their colour, and keep whatever lies around them. */
function hideWords(hidden: boolean): void {
  const holder = window as unknown as { hidesWords?: CSSStyleSheet };
  holder.hidesWords ??= new CSSStyleSheet();
  holder.hidesWords.replaceSync(
    `*, *::before, *::after, ::placeholder { -webkit-text-fill-color: transparent !important }
     svg :is(text, tspan) { fill: transparent !important }`,
  );
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
    each => each !== holder.hidesWords,
  );
  if (hidden) document.adoptedStyleSheets = [...document.adoptedStyleSheets, holder.hidesWords];
}

/** In the page. */
function writtenWords(): Written[] {
  type Box = { x: number; y: number; width: number; height: number };
  const found: Written[] = [];
  const parent = (each: Node): Element | null =>
    each.parentElement ?? (each.parentNode instanceof ShadowRoot ? each.parentNode.host : null);
  const slotted = (each: Element): Element | null => each.assignedSlot ?? parent(each);
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const known = new Map<string, readonly number[]>();
  const channels = (colour: string): readonly number[] => {
    let known4 = known.get(colour);
    if (!known4) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const { data } = canvas.getImageData(0, 0, 1, 1);
      known4 = [data[0], data[1], data[2], data[3] / 255];
      known.set(colour, known4);
    }
    return known4;
  };
  const cut = (a: Box, b: Box): Box => {
    const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
    const right = Math.min(a.x + a.width, b.x + b.width);
    return { x, y, width: right - x, height: Math.min(a.y + a.height, b.y + b.height) - y };
  };
  /** What of it is seen, and how pale; nothing where it is not shown, or may be pale: what cannot be used, or steps back. */
  const seen = (from: Element, box: Box): { box: Box; opacity: number } | undefined => {
    let [place, opacity] = [cut(box, { x: 0, y: 0, width: innerWidth, height: innerHeight }), 1];
    for (let each: Element | null = from; each; each = slotted(each)) {
      const style = getComputedStyle(each);
      if (style.visibility === 'hidden' && each === from) return undefined;
      opacity *= Number(style.opacity);
      if (
        each.matches(
          '[disabled], [aria-disabled="true"], .disabled, .dimming .none, .dimming .gap, .unseen, .spoken',
        )
      )
        return undefined;
      if (
        style.overflow !== 'visible' &&
        !(each instanceof SVGGraphicsElement && !(each instanceof SVGSVGElement))
      )
        place = cut(place, each.getBoundingClientRect());
    }
    if (opacity === 0 || place.width < 3 || place.height < 4) return undefined;
    return { box: place, opacity };
  };
  const rimOf = (element: Element, style: CSSStyleDeclaration): { rim?: Colour } => {
    const [red, green, blue, alpha] = channels(
      style.stroke === 'none' ? 'transparent' : style.stroke,
    );
    const isRim = element instanceof SVGElement && style.paintOrder.startsWith('stroke');
    if (!isRim || alpha < 1 || parseFloat(style.strokeWidth) < 2) return {};
    return { rim: [red, green, blue] };
  };
  const isPartOf = (above: Element, element: Element): boolean =>
    above.contains(element) || element.contains(above) || !!above.shadowRoot?.contains(element);
  const isCovered = (element: Element, { x, y, width, height }: Box): boolean => {
    const [right, below] = [x + width / 2, y + height / 2];
    // Mostly it lies on top itself: then nobody asks for all that lie under it.
    const top = document.elementFromPoint(right, below);
    if (top && isPartOf(top, element)) return false;
    for (const above of document.elementsFromPoint(right, below)) {
      if (isPartOf(above, element)) return false;
      if (channels(getComputedStyle(above).backgroundColor)[3] > 0.9) return true;
    }
    return false;
  };
  const add = (
    element: Element,
    kind: 'text' | 'icon',
    words: string,
    box: Box,
    colour: string,
  ): void => {
    const visible = seen(element, box);
    if (!visible || isCovered(element, visible.box)) return;
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = channels(colour);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const named = (
      element.getRootNode() instanceof ShadowRoot
        ? parent(element.getRootNode().firstChild!)
        : element
    )?.closest('[data-testid]');
    found.push({
      words: words.slice(0, 40),
      kind,
      box: visible.box,
      where: `${named?.getAttribute('data-testid') ?? '-'} ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`,
      colour: [red, green, blue],
      opacity: alpha * visible.opacity,
      least: kind === 'icon' || isLarge ? 3 : 4.5,
      ...rimOf(element, style),
    });
  };
  const look = (root: Node): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (node.shadowRoot) look(node.shadowRoot);
        if (node.matches('.codicon'))
          add(
            node,
            'icon',
            node.className,
            node.getBoundingClientRect(),
            getComputedStyle(node, '::before').color,
          );
        if (node instanceof HTMLInputElement && ['text', 'search', 'number'].includes(node.type)) {
          const words = node.value || node.placeholder;
          const colour = node.value
            ? getComputedStyle(node).color
            : getComputedStyle(node, '::placeholder').color;
          if (words) add(node, 'text', words, node.getBoundingClientRect(), colour);
        }
        continue;
      }
      const element = parent(node);
      const words = node.textContent?.trim() ?? '';
      if (!element || words === '' || element.matches('style, script, title, option, .codicon'))
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const style = getComputedStyle(element);
      const colour =
        element instanceof SVGElement ? style.fill : style.webkitTextFillColor || style.color;
      for (const box of [...range.getClientRects()].slice(0, 1))
        add(element, 'text', words, box, colour);
    }
  };
  look(document.body);
  return found;
}

/** Random networks over images: every layer that images have, in branches, with data and a start. */
import {
  imageSize,
  imageText,
  slidingSettings,
  windowOver,
  type ImageShape,
} from '../../src/network/images';
import { partners } from '../../src/network/lossPairs';
import type { ActivationName, Extent, Layer, LayerType, Padding } from '../../src/network/network';
import { dense, INIT, merge } from './networks';
import { ACTIVATIONS, caseOf, Draw, HIDDEN, isLarge, LOSSES, type RandomCase } from './randomCases';

/** Values that a layer can take, with the shape of an image where they are one. */
interface Node {
  readonly id: string;
  readonly units: number;
  readonly image: ImageShape | undefined;
  /**
   * Whether parameters shift or scale the values as they are: a batchNorm takes that away again, so that their gradients
   * are nothing but rounding.
   */
  readonly isAffine: boolean;
}

/** With fewer numbers of a feature in a batch, hardly any gradient comes through. */
const LEAST_PIXELS = 6;

/** What a drawn network may have. */
export interface LayerRules {
  /** dropout and batchNorm */
  readonly drops: boolean;
  /** What has kinks: relu and its like, maximum pools. */
  readonly bends: boolean;
  /** batchNorm anywhere: of lists too, and behind what it takes away again. */
  readonly cancels: boolean;
  /** Whether a sum of images is one, which other layers of images may take from. */
  readonly residuals: boolean;
  /** Neurons of a dense layer at most. */
  readonly units: number;
  /** Filters of a convolution are one of these, or as many as `units` at most. */
  readonly filters: readonly number[];
}

const BENT: readonly ActivationName[] = ['relu', 'leakyRelu', 'step'];
const SMOOTH = HIDDEN.filter(name => !BENT.includes(name));

/** @param seed the same one, the same case */
export function randomImageCase(seed: number): RandomCase {
  const draw = new Draw(seed);
  // What is dropped is not known to those who look for kinks: there are none then.
  const drops = draw.chance(0.4);
  const loss = draw.of(LOSSES.filter(name => !drops || name !== 'meanAbsoluteError'));
  const most = isLarge(seed) ? 5 : 9;
  const image = { height: draw.size(most), width: draw.size(most), channels: draw.size(9) };
  const outputs = partners[loss] ?? draw.of(drops ? SMOOTH : ACTIVATIONS);
  const rules = {
    drops,
    bends: !drops,
    cancels: false,
    residuals: false,
    units: 20,
    filters: [8, 16],
  };
  const layers = new LayerDraw(draw, rules).layers(imageSize(image), image, outputs);
  const { height, width, channels } = image;
  // Gradients of filters add up over places: steps as long as elsewhere would enlarge what is rounded.
  return caseOf(draw, seed, [height, width, channels], layers, loss, 20, 0.01);
}

/** Images that are added have the same shape; lists may be added to them. */
function canBeAdded(a: Node, b: Node): boolean {
  if (!a.image || !b.image) return a.units === b.units;
  return imageText(a.image) === imageText(b.image);
}

function isAffine({ type, activation, from = [] }: Layer, nodes: readonly Node[]): boolean {
  if (type === 'batchNorm') return true;
  // All of a channel may lie where elu is the identity.
  if (activation !== 'linear' && activation !== 'elu') return false;
  const own = type === 'dense' || type === 'conv2d';
  return own || nodes.some(node => from.includes(node.id) && node.isAffine);
}

export class LayerDraw {
  readonly #draw: Draw;
  readonly #rules: LayerRules;

  constructor(draw: Draw, rules: LayerRules) {
    this.#draw = draw;
    this.#rules = rules;
  }

  /**
   * The first takes from the input, the others from any above; the last one has the activation of the output.
   *
   * @param units of the input @param input its image, where it is one
   */
  layers(units: number, input: ImageShape | undefined, output: ActivationName): Layer[] {
    const nodes: Node[] = [{ id: 'input', units, image: input, isAffine: false }];
    const count = 1 + this.#draw.size(6);
    const branches = this.#draw.chance(0.3);
    return Array.from({ length: count }, (_, index) => {
      const from = branches ? this.#draw.of(nodes) : nodes[nodes.length - 1];
      const isLast = index === count - 1;
      const layer = isLast
        ? this.#last(from, output)
        : this.#layer(`l${index}`, this.#type(from), from, nodes);
      const image = this.#imageAfter(layer, from, nodes);
      nodes.push({ id: `l${index}`, units: layer.units, image, isAffine: isAffine(layer, nodes) });
      return layer;
    });
  }

  #type({ image, isAffine }: Node): LayerType {
    const { drops, bends, cancels } = this.#rules;
    const isWide = image !== undefined && image.height * image.width >= LEAST_PIXELS;
    const canNorm = drops && (cancels || (isWide && !isAffine));
    if (canNorm && this.#draw.chance(cancels ? 0.2 : 0.5)) return 'batchNorm';
    const anywhere = ['dense', 'add', 'concat', ...(drops ? (['dropout'] as const) : [])];
    if (!image) return this.#draw.of(anywhere) as LayerType;
    const pools = bends ? ['maxPool2d', 'averagePool2d'] : ['averagePool2d'];
    const slide = ['conv2d', ...pools, 'conv2d', ...pools, 'flatten'];
    return this.#draw.of([...slide, ...slide, ...anywhere]) as LayerType;
  }

  #last(from: Node, output: ActivationName): Layer {
    // Over all places, softmax leaves the bias of a filter no gradient but rounding.
    const canBeConv = output !== 'softmax' && this.#draw.chance(0.3);
    if (from.image && canBeConv) return this.#conv('out', from, from.image, output);
    return this.#dense('out', from, output);
  }

  #layer(id: string, type: LayerType, from: Node, nodes: readonly Node[]): Layer {
    const { units, image } = from;
    const common = { id, from: [from.id], units, activation: 'linear' as const };
    switch (type) {
      case 'dense':
        return this.#dense(id, from, this.#hidden());
      case 'conv2d':
        return this.#conv(id, from, image as ImageShape, this.#hidden());
      case 'maxPool2d':
      case 'averagePool2d': {
        const { window: size, ...sliding } = this.#sliding(image as ImageShape);
        const { target } = windowOver(image as ImageShape, { window: size, ...sliding });
        return { ...common, type, size, ...sliding, units: imageSize(target) };
      }
      case 'flatten':
        return { ...common, type };
      case 'batchNorm':
        return this.#norm(common, this.#hidden());
      case 'dropout':
        return { ...common, type, rate: this.#draw.of([0, 0.1, 0.5, 0.9]) };
      case 'add':
      case 'concat':
        return this.#merge(id, type, from, nodes);
    }
  }

  #merge(id: string, type: 'add' | 'concat', from: Node, nodes: readonly Node[]): Layer {
    const others = nodes.filter(
      each => each !== from && (type === 'concat' || canBeAdded(each, from)),
    );
    if (others.length === 0) return this.#dense(id, from, this.#hidden());
    const other = this.#draw.of(others);
    const units = type === 'add' ? from.units : from.units + other.units;
    return merge(type, units, [from.id, other.id], this.#hidden(), id);
  }

  #dense(id: string, from: Node, activation: ActivationName): Layer {
    const units = this.#draw.size(this.#rules.units);
    return dense(units, activation, { id, from: [from.id], ...this.#parameters() });
  }

  #conv(id: string, from: Node, image: ImageShape, activation: ActivationName): Layer {
    const filters = this.#draw.of([this.#draw.size(this.#rules.units), ...this.#rules.filters]);
    const { window: kernel, ...sliding } = this.#sliding(image);
    const settings = { window: kernel, ...sliding, channels: filters };
    const units = imageSize(windowOver(image, settings).target);
    return {
      ...{ type: 'conv2d', id, from: [from.id], filters, kernel, ...sliding, units, activation },
      init: INIT,
      ...this.#parameters(),
    };
  }

  #norm(common: { id: string; from: string[]; units: number }, activation: ActivationName): Layer {
    // A small ε would enlarge what is rounded where a channel hardly varies; the fixtures have the usual one.
    const settings = { epsilon: this.#draw.of([0.03, 0.1]), momentum: this.#draw.of([0.1, 0.5]) };
    const init = { type: 'constant', value: 1, scale: 1 } as const;
    return { ...common, type: 'batchNorm', activation, ...settings, init, ...this.#parameters() };
  }

  #parameters(): { useBias: boolean; learningRateScale: number } {
    return {
      useBias: this.#draw.chance(0.8),
      learningRateScale: this.#draw.of([1, 1, 0.5, 2]),
    };
  }

  #sliding({ height, width }: ImageShape): { window: Extent; stride: Extent; padding: Padding } {
    const length = (most: number): number => 1 + this.#draw.below(Math.min(most, 4));
    const padding = this.#draw.of(['valid', 'same'] as const);
    const stride = (): number => this.#draw.of([1, 1, 2, 3]);
    return { window: [length(height), length(width)], stride: [stride(), stride()], padding };
  }

  #hidden(): ActivationName {
    return this.#draw.of(this.#rules.bends ? HIDDEN : SMOOTH);
  }

  #imageAfter(layer: Layer, { image }: Node, nodes: readonly Node[]): ImageShape | undefined {
    if (layer.type === 'add' && this.#rules.residuals) {
      const sources = nodes.filter(({ id }) => layer.from.includes(id));
      return sources.every(source => source.image) ? image : undefined;
    }
    const sliding = slidingSettings(layer);
    if (image && sliding) return windowOver(image, sliding).target;
    return layer.type === 'dropout' || layer.type === 'batchNorm' ? image : undefined;
  }
}

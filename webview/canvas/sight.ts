/** Where the parts of a scene stand on the screen, through the camera as it is now. */
import type { Target } from '../../src/engine/facts';
import type { Geometry, Hit } from '../design/contract';
import { anchorOf, worldBox, type Anchor } from './anchors';
import type { Camera } from './camera';
import { extentOf } from './extent';
import { geometryOf } from './geometry';
import { hitOfEdge } from './hit';
import { pictureBox } from './inputPicture';
import { margins } from './labels';
import type { CanvasLayout, Point, Size } from './layout';
import { withoutLegend } from './legend';
import { mapPartAt } from './mapHit';
import { windowOf, type Scene } from './scene';
import { pointInWorld, type Box } from './viewport';

const extents = new WeakMap<CanvasLayout, readonly Box[]>();

interface ClientPoint {
  readonly clientX: number;
  readonly clientY: number;
}

export class Sight {
  readonly scene: Scene;
  /** Pixels of the screen for the picture. */
  readonly room: Size;
  readonly #camera: Camera;
  readonly #element: HTMLElement;

  /** `room` of the whole `element`. */
  constructor(scene: Scene, room: Size, camera: Camera, element: HTMLElement) {
    this.scene = scene;
    this.room = withoutLegend(room);
    this.#camera = camera;
    this.#element = element;
  }

  /** Where in the picture there is something to see; the same list while nothing moves. */
  get parts(): readonly Box[] {
    const { layout, named } = this.scene;
    const known = extents.get(layout);
    if (known) return known;
    const parts = extentOf(layout, pictureBox(named, layout, margins(named).left));
    extents.set(layout, parts);
    return parts;
  }

  geometry(): Geometry {
    return geometryOf(this.scene.layout, this.#camera.view, this.room);
  }

  /** Pixels of the picture on the screen, and of the room for it. */
  extent(): { readonly picture: Size; readonly room: Size } {
    const { width, height } = this.scene.layout;
    const { zoom } = this.#camera.view;
    return { picture: { width: width * zoom, height: height * zoom }, room: this.room };
  }

  /** A point of the screen, in the picture's pixels. */
  inWorld({ clientX, clientY }: ClientPoint): Point {
    const { x, y } = this.#element.getBoundingClientRect();
    return pointInWorld(this.#camera.view, { x: clientX - x, y: clientY - y });
  }

  /** The value or the weight of an image layer, or the edge that is meant, if any; `keep`: what was meant so far. */
  partAt(at: ClientPoint, keep: Target | undefined): Hit {
    const target = mapPartAt(this.scene, this.inWorld(at));
    if (target) return { type: 'target', target };
    return hitOfEdge(this.scene.layout, this.inWorld(at), this.#camera.view.zoom, keep);
  }

  /** Brings a target into sight, where it is drawn. */
  reveal(target: Target): void {
    const box = worldBox(this.scene.layout, target);
    if (box) this.#camera.reveal(box);
  }

  /** For the card; `pointer` in client coordinates, where it is what points. Undefined when it is not drawn. */
  anchorOf(target: Target, pointer: Point | undefined): Anchor | undefined {
    const { x, y } = this.#element.getBoundingClientRect();
    const { layout } = this.scene;
    return anchorOf(target, { layout, viewport: this.#camera.view, origin: { x, y }, pointer });
  }

  /** Whether other parts of a very deep network are in sight than those that are drawn. */
  get isPast(): boolean {
    const { x, zoom } = this.#camera.view;
    const { layout, window: drawn } = this.scene;
    const now = windowOf(layout, -x / zoom, (this.room.width - x) / zoom);
    return now.from !== drawn.from || now.to !== drawn.to;
  }
}

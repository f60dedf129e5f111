/**
 * `<nabla-loss-chart>`: loss by epoch on a canvas, drawn by uPlot. The only file that imports it.
 *
 * New points are drawn in one animation frame, however many arrived; while the pointer reads values
 * the scales stand still.
 */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import type { Controller } from '../controller';
import { NextFrame } from '../nextFrame';
import { format } from '../numbers';
import { text } from '../strings';
import { onThemeChange, readTheme, type ChartTheme } from '../theme';
import { drawable } from './columns';

/** Distances between the ticks of the epoch axis: no half epochs. */
const WHOLE_EPOCHS = Array.from({ length: 9 }, (_, i) => [1, 2, 5].map(f => f * 10 ** i)).flat();

export class NablaLossChart extends LitElement {
  static override properties = {
    controller: { attribute: false },
    logScale: { attribute: false },
    mark: { attribute: false },
  };
  declare controller: Controller;
  declare logScale: boolean;
  /** The epoch that the page looks back from. */
  declare mark: number | undefined;

  #plot: uPlot | undefined;
  readonly #drawing = new NextFrame(() => this.#plot?.setData(this.#data(), !this.#reading));
  #reading = false;
  #ends: (() => void)[] = [];
  readonly #observer = new ResizeObserver(([{ contentRect }]) => {
    if (!this.#plot || contentRect.width === 0) return;
    const { width, height } = contentRect;
    if (isCompact(height) === isCompact(this.#plot.height)) this.#plot.setSize({ width, height });
    else this.#rebuild();
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#ends = [
      this.controller.onHistory(() => this.#drawing.ask()),
      onThemeChange(() => this.#rebuild()),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    for (const end of this.#ends) end();
    this.#drawing.cancel();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  protected override render(): TemplateResult {
    return html``;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('logScale') || !this.#plot) this.#rebuild();
    else this.#placeMark(this.#plot);
  }

  #rebuild(): void {
    this.#plot?.destroy();
    const { clientWidth: width, clientHeight: height } = this;
    this.#plot = new uPlot(this.#options(readTheme(), width, height), this.#data(), this);
  }

  #data(): uPlot.AlignedData {
    const { history } = this.controller;
    return [
      history.column('epoch'),
      drawable(history.column('loss'), this.logScale),
      drawable(history.column('validationLoss'), this.logScale),
    ];
  }

  #options(theme: ChartTheme, width: number, height: number): uPlot.Options {
    return {
      width: Math.max(1, width),
      height: Math.max(1, height),
      padding: [8, 28, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: false }, y: { distr: this.logScale ? 3 : 1 } },
      axes: [
        { ...named(axis(theme, text('chart.epoch'), 30), height), incrs: WHOLE_EPOCHS },
        named(lossAxis(theme, this.logScale), height),
      ],
      series: [
        {},
        { stroke: theme.training, width: 1.5, points: { show: plot => plot.data[0].length < 2 } },
        { stroke: theme.validation, width: 1.5, dash: [5, 3], points: { show: false } },
      ],
      hooks: {
        setCursor: [({ cursor: { idx } }) => this.#pointAt(idx ?? undefined)],
        ready: [plot => this.#ready(plot)],
        setSize: [plot => this.#tellPlace(plot)],
        draw: [plot => this.#placeMark(plot)],
      },
    };
  }

  #ready(plot: uPlot): void {
    const mark = document.createElement('div');
    mark.className = 'past-mark';
    mark.dataset['testid'] = 'past-mark';
    plot.over.append(mark);
    // The first drawing was before.
    this.#placeMark(plot);
    this.#hold(plot.over);
    choosing(plot, epoch =>
      this.dispatchEvent(new CustomEvent('nabla-epoch', { detail: epoch, bubbles: true })),
    );
  }

  /** What stands below the plot learns where it is. Not in every drawing: to measure it the page is laid out. */
  #tellPlace({ over }: uPlot): void {
    const { offsetLeft: left, offsetWidth: width } = over;
    const right = this.clientWidth - left - width;
    this.parentElement?.style.setProperty('--plot-left', `${left}px`);
    this.parentElement?.style.setProperty('--plot-right', `${right}px`);
  }

  /** The line of the moment that is looked back from. */
  #placeMark({ over, valToPos }: uPlot): void {
    const mark = over.querySelector<HTMLElement>('.past-mark');
    if (!mark) return;
    mark.hidden = this.mark === undefined;
    if (this.mark !== undefined) mark.style.left = `${valToPos(this.mark, 'x')}px`;
  }

  /** While the pointer is on the chart nothing moves under it. */
  #hold(over: HTMLElement): void {
    over.addEventListener('pointerenter', () => (this.#reading = true));
    over.addEventListener('pointerleave', () => {
      this.#reading = false;
      this.#pointAt(undefined);
      this.#drawing.ask();
    });
  }

  #pointAt(row: number | undefined): void {
    this.dispatchEvent(new CustomEvent('nabla-crosshair', { detail: row, bubbles: true }));
  }
}

/** Pressed and dragged, the pointer chooses an epoch. */
function choosing(plot: uPlot, choose: (epoch: number) => void): void {
  const { over } = plot;
  const at = ({ clientX }: PointerEvent): void =>
    choose(plot.posToVal(clientX - over.getBoundingClientRect().x, 'x'));
  over.addEventListener('pointerdown', down => {
    if (down.button !== 0) return;
    over.setPointerCapture(down.pointerId);
    at(down);
  });
  over.addEventListener('pointermove', move => {
    if (over.hasPointerCapture(move.pointerId)) at(move);
  });
}

/** Where there is little height the curve needs it more than the names of the axes do. */
const isCompact = (height: number): boolean => height < 120;

const named = (axis: uPlot.Axis, height: number): uPlot.Axis =>
  isCompact(height) ? { ...axis, label: undefined, labelSize: 0 } : axis;

function axis(theme: ChartTheme, label: string, size: number): uPlot.Axis {
  return {
    label,
    labelSize: 16,
    labelFont: theme.font,
    size,
    font: theme.font,
    stroke: theme.muted,
    gap: 4,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { stroke: theme.grid, width: 1, size: 4 },
  };
}

/** On a logarithmic scale lines at the powers of ten are enough. */
function lossAxis(theme: ChartTheme, logarithmic: boolean): uPlot.Axis {
  const plain = axis(theme, text('chart.loss'), 56);
  const values = (_: uPlot, ticks: (number | null)[]): string[] => ticks.map(axisLabel);
  if (!logarithmic) return { ...plain, values };
  const filter = (_: uPlot, splits: number[]): (number | null)[] =>
    splits.map(split => (Number.isInteger(Math.log10(split)) ? split : null));
  return {
    ...plain,
    values,
    grid: { ...plain.grid, filter },
    ticks: { ...plain.ticks, filter },
  };
}

const axisLabel = (tick: number | null): string => (tick === null ? '' : format(tick));

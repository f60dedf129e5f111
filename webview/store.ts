/** What the designer knows, and every way in which that changes. Pure: no DOM, no messages. */
import type { Facts, Scope, Target } from '../src/engine/facts';
import type { Notation } from '../src/explain/notation';
import type { LayerShape, NetworkShapes } from '../src/network/shapes';
import type {
  DesignerState,
  DocumentState,
  GradcheckState,
  InterruptedNote,
  NetworkView,
  RunState,
  SampleList,
  UnfinishedNote,
} from '../src/protocol';
import { answerFor, answersFor } from './answers';
import { sameTarget } from './canvas/related';
import { initialView, type ViewState } from './viewState';

/** Numbers of one target, or why there are none. */
export type Answer =
  | { readonly type: 'facts'; readonly target: Target; readonly facts: Facts }
  | { readonly type: 'failed'; readonly target: Target; readonly message: string };

export interface State {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly failure: string | undefined;
  readonly document: DocumentState | undefined;
  readonly run: RunState | undefined;
  readonly gradcheck: GradcheckState;
  readonly gradcheckClosed: boolean;
  /** Of data that take long to read, the part that is done, from 0 to 1. */
  readonly loadPart: number | undefined;
  /** A training that was cut off, and that one can go on with. */
  readonly unfinished: UnfinishedNote | undefined;
  /** A training that was paused because its network was changed. */
  readonly interrupted: InterruptedNote | undefined;
  readonly notation: Notation;
  readonly view: NetworkView | undefined;
  /** The sample in scope, once it is known. */
  readonly sample: (SampleList['samples'][number] & { readonly total: number }) | undefined;
  /** Under the pointer or the keyboard's focus. */
  readonly pointed: Target | undefined;
  readonly pointedFacts: Answer | undefined;
  readonly selectionFacts: Answer | undefined;
  /** Of the pinned cards, in their order; one that waits for its first answer has none. */
  readonly pinFacts: readonly Answer[];
  /** Numbers of cards and of the inspector have all their digits, because Shift is held. */
  readonly exact: boolean;
  /** The last refused edit or command. */
  readonly notice: string | undefined;
  /** What the last edit did, or why there was none, said quietly; a new object each time. */
  readonly quiet: { readonly words: string } | undefined;
  /** Where there is little width, the palette is a drawer. */
  readonly drawer: boolean;
  readonly show: ViewState;
}

export type Action =
  | { readonly type: 'ready'; readonly state: DesignerState }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'document'; readonly document: DocumentState }
  | { readonly type: 'runState'; readonly run: RunState }
  | { readonly type: 'gradcheck'; readonly gradcheck: GradcheckState }
  | { readonly type: 'closeGradcheck' }
  | { readonly type: 'loadProgress'; readonly part: number | undefined }
  | { readonly type: 'unfinished'; readonly note: UnfinishedNote | undefined }
  | { readonly type: 'interrupted'; readonly note: InterruptedNote | undefined }
  | { readonly type: 'notation'; readonly notation: Notation }
  | { readonly type: 'view'; readonly view: NetworkView }
  | { readonly type: 'sample'; readonly list: SampleList }
  | { readonly type: 'point'; readonly target: Target | undefined }
  | { readonly type: 'answers'; readonly answers: readonly Answer[] }
  | { readonly type: 'exact'; readonly on: boolean }
  | { readonly type: 'notice'; readonly message: string | undefined }
  | { readonly type: 'quiet'; readonly words: string | undefined }
  | { readonly type: 'drawer'; readonly open: boolean }
  | { readonly type: 'selectLayers'; readonly layers: readonly number[]; readonly main?: number }
  | { readonly type: 'show'; readonly change: Partial<ViewState> };

export const initialState: State = {
  phase: 'loading',
  failure: undefined,
  document: undefined,
  run: undefined,
  gradcheck: { type: 'none' },
  gradcheckClosed: false,
  loadPart: undefined,
  unfinished: undefined,
  interrupted: undefined,
  notation: 'nielsen',
  view: undefined,
  sample: undefined,
  pointed: undefined,
  pointedFacts: undefined,
  selectionFacts: undefined,
  pinFacts: [],
  exact: false,
  notice: undefined,
  quiet: undefined,
  drawer: false,
  show: initialView,
};

type Reducers = {
  readonly [T in Action['type']]: (state: State, action: Extract<Action, { type: T }>) => State;
};

const reducers: Reducers = {
  ready: (state, { state: { document, run, gradcheck, notation, ...notes } }) => ({
    ...withDocument(state, document),
    phase: 'ready',
    failure: undefined,
    ...{ run, gradcheck, notation },
    loadPart: notes.loadPart,
    unfinished: notes.unfinished,
    interrupted: notes.interrupted,
  }),
  failed: (state, { message }) => ({ ...state, phase: 'failed', failure: message }),
  document: (state, { document }) => withDocument(state, document),
  runState: (state, { run }) => ({ ...state, run }),
  gradcheck: (state, { gradcheck }) => ({
    ...state,
    gradcheck,
    gradcheckClosed: state.gradcheckClosed && gradcheck.type === 'done' && gradcheck.stale,
  }),
  closeGradcheck: state => ({ ...state, gradcheckClosed: true }),
  loadProgress: (state, { part }) => ({ ...state, loadPart: part }),
  unfinished: (state, { note }) => ({ ...state, unfinished: note }),
  interrupted: (state, { note }) => ({ ...state, interrupted: note }),
  notation: (state, { notation }) => ({ ...state, notation }),
  // Asked for before the text got other layers, it comes when the picture has them already.
  view: (state, { view }) =>
    state.document && !sameSizes(view, sizesOf(state.document)) ? state : { ...state, view },
  sample: (state, { list }) =>
    list.samples.length === 0
      ? state
      : { ...state, sample: { ...list.samples[0], total: list.total } },
  point: (state, { target: wanted }) => {
    const target = state.document ? existing(state.document)(wanted) : wanted;
    return sameTarget(state.pointed, target)
      ? state
      : { ...state, pointed: target, pointedFacts: answerFor(state, target) };
  },
  answers: (state, { answers }) => {
    const newest = (target: Target | undefined): Answer | undefined =>
      answers.find(answer => sameTarget(answer.target, target));
    return {
      ...state,
      pointedFacts: newest(state.pointed) ?? state.pointedFacts,
      selectionFacts: newest(state.show.selection) ?? state.selectionFacts,
      pinFacts: answersFor(state.show.pins, [...answers, ...state.pinFacts]),
    };
  },
  exact: (state, { on }) => (state.exact === on ? state : { ...state, exact: on }),
  notice: (state, { message }) =>
    state.notice === message ? state : { ...state, notice: message },
  quiet: (state, { words }) => ({
    ...state,
    quiet: words === undefined ? undefined : { words },
  }),
  drawer: (state, { open }) => (state.drawer === open ? state : { ...state, drawer: open }),
  selectLayers: (state, { layers, main = layers.at(-1) }) =>
    shown(state, {
      selection: main === undefined ? undefined : { type: 'layer', layer: main },
      layers: layers.length > 1 ? layers : [],
    }),
  show: (state, { change }) => shown(state, change),
};

/** One selection ends the selection of several layers. What the text no longer has is not selected. */
function shown(state: State, change: Partial<ViewState>): State {
  const one = 'selection' in change ? { layers: [] } : {};
  const all = { ...state.show, ...one, ...change };
  const wanted = state.document ? { ...all, ...kept(all, state.document) } : all;
  const { pointedFacts, selectionFacts } = state;
  const pinFacts =
    wanted.pins === state.show.pins
      ? state.pinFacts
      : answersFor(wanted.pins, [pointedFacts, selectionFacts, ...state.pinFacts]);
  if (sameTarget(wanted.selection, state.show.selection))
    return { ...state, pinFacts, show: wanted };
  // A layer is selected to be changed: its form must be seen.
  const hidesForm = wanted.selection?.type === 'layer' && wanted.fold === 'folded';
  const show: ViewState = hidesForm ? { ...wanted, fold: 'auto' } : wanted;
  return { ...state, pinFacts, show, selectionFacts: answerFor(state, show.selection) };
}

/** All selected layers, ascending; the input is never among them. */
export function selectedLayers({ show }: Pick<State, 'show'>): readonly number[] {
  if (show.layers.length > 0) return show.layers;
  const { selection } = show;
  return selection?.type === 'layer' && selection.layer >= 0 ? [selection.layer] : [];
}

export function reduce(state: State, action: Action): State {
  // The table pairs each action with its own reducer; the compiler cannot follow that through an index.
  const reducer = reducers[action.type] as (state: State, action: Action) => State;
  return reducer(state, action);
}

/** A new text may have other layers: what no longer exists is no longer selected, pointed at or drawn. */
function withDocument(state: State, document: DocumentState): State {
  const sizes = sizesOf(document);
  const keep = existing(document);
  const { selection, layers, pins } = kept(state.show, document);
  const view = state.view && sameSizes(state.view, sizes) ? state.view : undefined;
  const scope = scopeIn(document, state.show.scope);
  return {
    ...state,
    document,
    view,
    pointed: keep(state.pointed),
    pointedFacts: keep(state.pointed) && state.pointedFacts,
    selectionFacts: selection && state.selectionFacts,
    pinFacts: answersFor(pins, state.pinFacts),
    notice: undefined,
    show: { ...state.show, selection, layers, pins, scope },
  };
}

type Selected = Pick<ViewState, 'selection' | 'layers' | 'pins'>;

/** Several layers stay selected while all of them exist. */
function kept({ selection, layers, pins }: Selected, document: DocumentState): Selected {
  const keep = existing(document);
  const all = layers.every(layer => layer < sizesOf(document).length - 1);
  const drawn = pins.filter(pin => keep(pin));
  return {
    selection: keep(selection),
    layers: all ? layers : [],
    pins: drawn.length === pins.length ? pins : drawn,
  };
}

/** Of the input and of each layer. */
function sizesOf({ shapes }: DocumentState): readonly number[] {
  return shapes ? [shapes.inputSize, ...shapes.layers.map(({ units }) => units)] : [];
}

/** Undefined instead of what a document does not have. */
function existing(document: DocumentState): (target: Target | undefined) => Target | undefined {
  const { shapes } = document;
  return target => (target && shapes && exists(target, shapes) ? target : undefined);
}

function sameSizes(view: NetworkView, sizes: readonly number[]): boolean {
  return (
    view.layers.length === sizes.length && view.layers.every(({ units }, i) => units === sizes[i])
  );
}

/** While the data are still being read, what a person chose stays chosen. */
function scopeIn({ network, data }: DocumentState, scope: Scope): Scope {
  if (network?.data && !data) return scope;
  if (scope.type === 'batch') return data ? scope : { type: 'sample', index: 0 };
  return scope.index < (data?.samples ?? 0) ? scope : { type: 'sample', index: 0 };
}

/** What there is to point at in a network. */
export type Places = Pick<NetworkShapes, 'inputSize'> & {
  readonly layers: readonly Pick<LayerShape, 'units' | 'rows' | 'columns'>[];
};

/** Whether a place is part of a network of these shapes. */
export function exists(target: Target, { inputSize, layers }: Places): boolean {
  if (target.type === 'loss') return layers.length > 0;
  const shape = layers[target.layer];
  if (target.layer !== -1 && !shape) return false;
  if (target.type === 'layer') return true;
  if (target.type === 'neuron') return target.row < (shape?.units ?? inputSize);
  if (!shape || target.row >= shape.rows) return false;
  return target.type === 'bias' || target.column < shape.columns;
}

/** Holds the state and tells everybody who asked when it changes. */
export class Store {
  #state: State;
  readonly #subscribers = new Set<(state: State, before: State) => void>();

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  dispatch(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before) return;
    for (const subscriber of this.#subscribers) subscriber(this.#state, before);
  }

  /** The returned function ends the subscription. */
  subscribe(subscriber: (state: State, before: State) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }
}

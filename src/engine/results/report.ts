/** What a network makes of one part of its data, as numbers. Types only. */

export type DataPart = 'training' | 'validation';

/** Samples of class `truth` that were taken for class `predicted`. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

export interface ResultsRequest {
  readonly part: DataPart;
  /** Which output the points and the answers of the listed samples are about, where each is judged alone; default 0. */
  readonly output?: number;
  /** List only the samples of this cell. */
  readonly cell?: Cell;
  /** With the parameters of which kept snapshot; absent: as they are now. */
  readonly snapshot?: number;
}

/** NaN where a share is undefined: 0 of 0. */
export interface ClassScores {
  readonly name: string;
  /** Samples of this class, and samples that were taken for it. */
  readonly support: number;
  readonly predicted: number;
  /** Samples that are both. */
  readonly right: number;
  /** right / predicted */
  readonly precision: number;
  /** right / support */
  readonly recall: number;
  /** 2 right / (support + predicted) */
  readonly f1: number;
}

/** Means over the classes for which each is defined; NaN where there is none. */
export type MacroScores = Pick<ClassScores, 'precision' | 'recall' | 'f1'>;

/** One question with several answers, of which one is right. */
export interface ClassQuestion {
  /** Of the output that answers it, where each output answers its own. */
  readonly name?: string;
  readonly classes: readonly ClassScores[];
  readonly macro: MacroScores;
  /** (classes, classes): rows are what is true, columns what was predicted. Absent of more than {@link MOST_CLASSES}. */
  readonly counts?: readonly number[];
}

/** How close one output comes to its numbers. NaN where there is no sample. */
export interface OutputFit {
  readonly name: string;
  /** 1 − Σ(a − y)² / Σ(y − ȳ)²; NaN where all y are equal. */
  readonly r2: number;
  /** Mean of |a − y|. */
  readonly meanError: number;
  /** Root of the mean of (a − y)². */
  readonly rootError: number;
  /** Largest |a − y|, and the sample that has it; −1 without samples. */
  readonly largestError: number;
  readonly largestAt: number;
}

/** A sample with its loss. What is true and what was predicted are classes, or numbers of the asked output. */
export interface JudgedSample {
  /** In the data's order. */
  readonly index: number;
  /** Row of the data file as a spreadsheet numbers it, where there is one. */
  readonly row?: number;
  /** Its own loss, without reduction and penalty. */
  readonly loss: number;
  readonly truth: number;
  readonly predicted: number;
  /** The output that says so: of classes that of the predicted one. */
  readonly output: number;
}

interface ResultsBase {
  readonly part: DataPart;
  readonly output: number;
  /** Samples of the part; those below are left out of everything else. */
  readonly samples: number;
  /** Samples whose outputs or loss are no finite numbers. */
  readonly notFinite: number;
  /** Where the run was. */
  readonly epoch: number;
  readonly step: number;
  /** Mean loss of a sample, without reduction and penalty. */
  readonly meanLoss: number;
  /** The samples with the largest loss, at most {@link MOST_LISTED}: of all, or of the asked cell. */
  readonly listed: readonly JudgedSample[];
  readonly cell?: Cell;
  /** How many samples the list was chosen from. */
  readonly of: number;
}

export interface ClassResults extends ResultsBase {
  readonly type: 'classes';
  /** Samples with all answers right, of all. */
  readonly accuracy: number;
  /** One; or one of each output, where targets are several yes or no. */
  readonly questions: readonly ClassQuestion[];
}

export interface FitResults extends ResultsBase {
  readonly type: 'numbers';
  readonly outputs: readonly OutputFit[];
  /** (shown, 3): index, true, predicted of the asked output; evenly chosen where there are more than are shown. */
  readonly points: Float64Array;
}

export type Results = ClassResults | FitResults;

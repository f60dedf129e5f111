/** The commands, their options and their help. */
import { MOST_THREADS } from '../engine/wasm/threads';
import { ENGINE_SETTINGS } from '../enginePlace';
import { availableNotations } from '../explain/notation';
import { EXPLAIN_NOTE, LAB_NOTE, RESULTS_NOTE, SWEEP_NOTE, TRAIN_NOTE } from './notes';
import type { CommandSpec, OptionSpec } from './options';

export type CommandName =
  | 'validate'
  | 'train'
  | 'sweep'
  | 'predict'
  | 'gradients'
  | 'explain'
  | 'gradcheck'
  | 'test'
  | 'lab'
  | 'results'
  | 'health'
  | 'formulas';

const JSON_OPTION: OptionSpec = { type: 'boolean', help: 'print JSON for machines' };

const SCOPE_OPTIONS: CommandSpec['options'] = {
  sample: {
    type: 'string',
    value: 'N',
    help: "of one sample's own loss; N is its index, 0 for the first",
  },
  batch: { type: 'boolean', help: 'of the loss over the whole training part, penalty included' },
};

const NOTATION_OPTION: OptionSpec = {
  type: 'string',
  value: availableNotations().join('|'),
  help: "whose names and indices (default: the file's, else nielsen)",
};

/** The notation, and how it writes a bias. */
const NOTATION_OPTIONS: CommandSpec['options'] = {
  notation: NOTATION_OPTION,
  'bias-as-weight': {
    type: 'boolean',
    help: 'write a bias as weight 0 of a unit that is always 1',
  },
};

const LANGUAGE_OPTION: OptionSpec = { type: 'string', value: 'en|zh-cn', help: 'default: en' };

const ENGINE_OPTION: OptionSpec = {
  type: 'string',
  value: ENGINE_SETTINGS.join('|'),
  help: 'where it is computed (default: auto, in a process of its own where steps are long)',
};

/** Where, by how many and with which arithmetic is trained. */
const COMPUTING_OPTIONS: CommandSpec['options'] = {
  engine: ENGINE_OPTION,
  threads: {
    type: 'string',
    value: 'auto|N',
    help: `how many threads compute, 1 to ${MOST_THREADS}, with the same numbers (default: auto, several for long steps)`,
  },
  'fast-maths': {
    type: 'boolean',
    help: 'round a·b + c once where the processor can: faster, other numbers in the last digits',
  },
};

export const COMMANDS: { readonly [K in CommandName]: CommandSpec } = {
  validate: {
    summary: 'say what is wrong with a network and its data',
    options: { json: JSON_OPTION },
  },
  train: {
    summary: 'train a network on its data',
    options: {
      epochs: { type: 'string', value: 'N', help: "stop after N epochs (default: the file's)" },
      seed: { type: 'string', value: 'N', help: "use this seed instead of the file's" },
      out: {
        type: 'string',
        value: 'FILE',
        help: 'write the trained network to FILE (paths of data stay as they are)',
      },
      write: { type: 'boolean', help: 'write the trained weights into the network file' },
      fresh: { type: 'boolean', help: 'start with weights from the seed, whatever the file has' },
      resume: {
        type: 'string',
        value: 'FILE',
        help: 'go on where the checkpoint in FILE was saved',
      },
      checkpoint: {
        type: 'string',
        value: 'FILE',
        help: 'save a checkpoint in FILE (safetensors) at the end, and on Ctrl+C, which then ends the training',
      },
      'checkpoint-every': { type: 'string', value: 'N', help: 'save it also after every N epochs' },
      run: {
        type: 'string',
        value: 'FOLDER',
        help: 'keep settings, curves and final weights in a file of FOLDER (.nabla/runs: where the editor lists them)',
      },
      ...COMPUTING_OPTIONS,
      json: { type: 'boolean', help: 'print one line of JSON an epoch' },
    },
    oneOf: ['out', 'write'],
    note: TRAIN_NOTE,
  },
  sweep: {
    summary: 'train a network with several learning rates, units and seeds, and compare',
    options: {
      rates: { type: 'string', value: 'LIST', help: 'learning rates' },
      seeds: { type: 'string', value: 'LIST', help: 'seeds' },
      units: { type: 'string', value: 'LIST', help: 'units of a dense layer' },
      layer: {
        type: 'string',
        value: 'I',
        help: 'which layer has these units, 0 for layers[0] (default: the first dense one)',
      },
      epochs: { type: 'string', value: 'N', help: "of each training (default: the file's)" },
      run: {
        type: 'string',
        value: 'FOLDER',
        help: 'keep each training in a file of FOLDER (.nabla/runs: where the editor lists them)',
      },
      ...COMPUTING_OPTIONS,
      json: JSON_OPTION,
    },
    note: SWEEP_NOTE,
  },
  predict: {
    summary: 'compute outputs',
    options: {
      input: { type: 'string', value: '"[…]"', help: 'one input, or a list of inputs, as JSON' },
      data: { type: 'boolean', help: "every sample of the network's data" },
      engine: ENGINE_OPTION,
      json: JSON_OPTION,
    },
    oneOf: ['input', 'data'],
    required: true,
  },
  gradients: {
    summary: 'print ∂C/∂parameter of every weight and bias, in float64',
    options: {
      ...SCOPE_OPTIONS,
      json: JSON_OPTION,
    },
    oneOf: ['sample', 'batch'],
    note: "Without --sample and --batch: of the first sample's own loss, without reduction and penalty.",
  },
  explain: {
    summary: 'say which formula gives a number, with its symbols and its numbers',
    options: {
      target: { type: 'string', value: 'PATH', help: 'what to explain, see below', required: true },
      ...SCOPE_OPTIONS,
      ...NOTATION_OPTIONS,
      format: { type: 'string', value: 'text|markdown|latex', help: 'default: text' },
      all: { type: 'boolean', help: 'also edge by edge, the derivation and all paths' },
      matrix: { type: 'boolean', help: "the layer's rules as matrices with their numbers" },
      language: LANGUAGE_OPTION,
      digits: { type: 'string', value: 'N', help: 'significant digits, 1 to 17 (default: 4)' },
      json: { type: 'boolean', help: 'print facts and formulas as JSON for machines' },
    },
    oneOf: ['sample', 'batch'],
    note: EXPLAIN_NOTE,
  },
  gradcheck: {
    summary: 'compare every gradient with central differences',
    options: {
      samples: {
        type: 'string',
        value: 'N',
        help: 'of the loss over the first N training samples (default: 8)',
      },
      target: {
        type: 'string',
        value: 'PATH|directions',
        help: 'only a layer, a neuron, a weight or a bias; or all at once in 20 random directions, and 200 parameters',
      },
      h: {
        type: 'string',
        value: 'X',
        help: 'difference with steps of X · max(1, |θ|) alone (default: 1e-5, finer where there is a doubt)',
      },
      curve: { type: 'boolean', help: 'the error for many steps, of one --target' },
      markdown: { type: 'boolean', help: 'print a report, layer by layer' },
      language: LANGUAGE_OPTION,
      json: JSON_OPTION,
    },
    oneOf: ['curve', 'markdown', 'json'],
    note: 'PATH as in "nabla explain --help". Exit code 1: a gradient does not agree with its difference. After directions it is said how long all parameters would take.',
  },
  test: {
    summary: 'check the gradients of networks, and what "expect" in their files says',
    several: true,
    options: { ...COMPUTING_OPTIONS, language: LANGUAGE_OPTION, json: JSON_OPTION },
    note: 'No file is written: what "afterEpochs" trains is a copy. A file with errors is a failed test.',
  },
  health: {
    summary: 'say what keeps a network from learning: dead, saturated, equal neurons, rate, …',
    options: { json: JSON_OPTION },
    note: 'Looked at with the parameters of the file, or those of its seed. Exit code 1: there is a warning.',
  },
  results: {
    summary:
      'say which classes a network tells right, how far its numbers are off, and where it errs most',
    options: {
      part: {
        type: 'string',
        value: 'training|validation',
        help: 'over which part of the data (default: validation where there is one)',
      },
      csv: {
        type: 'string',
        value: 'FILE',
        help: 'over another CSV file, with the columns that data names',
      },
      images: { type: 'string', value: 'FILE', help: 'over other IDX files: their inputs' },
      labels: { type: 'string', value: 'FILE', help: 'and what they are' },
      output: {
        type: 'string',
        value: 'N',
        help: 'of whose numbers the samples are listed, 0 for the first',
      },
      worst: {
        type: 'string',
        value: 'N',
        help: 'list the N samples with the largest loss, up to 50 (default: 10)',
      },
      json: JSON_OPTION,
    },
    note: RESULTS_NOTE,
  },
  formulas: {
    summary: 'print all formulas of the network on a page of Markdown',
    options: { ...NOTATION_OPTIONS, language: LANGUAGE_OPTION },
  },
  lab: {
    summary: 'try a rule for gradients, and say which factor it lacks',
    options: {
      rule: { type: 'string', value: 'RULE', help: 'see below (default: that of each note)' },
      hidden: { type: 'string', value: 'NAME', help: 'try this activation in hidden layers' },
      output: { type: 'string', value: 'NAME', help: 'try this activation in the output layer' },
      ...SCOPE_OPTIONS,
      batch: { type: 'boolean', help: 'of the loss over the first 8 training samples' },
      ...NOTATION_OPTIONS,
      language: LANGUAGE_OPTION,
      json: JSON_OPTION,
    },
    oneOf: ['sample', 'batch'],
    note: LAB_NOTE,
  },
};

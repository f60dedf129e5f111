/** A network that learns a circle by Adam in eight steps an epoch, as somebody would write it. */
export const circle = (epochs: number): string => `{
  "version": 1,
  "seed": 3,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 4, "activation": "tanh" },
    { "type": "dense", "units": 1, "activation": "sigmoid" }
  ],
  "training": { "batchSize": 8, "epochs": ${epochs}, "optimizer": { "type": "adam", "learningRate": 0.01 } },
  "data": { "generator": "circle", "samples": 60 }
}
`;

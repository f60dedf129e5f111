/** The record of a window that slides over an image: which word stands where. Source of TypeScript and AssemblyScript. */

/** The image: height, width, channels. */
export const HEIGHT = 1;
export const WIDTH = 2;
export const CHANNELS = 3;
/** The places that the window has, and rows and columns of the image that it sees at each. */
export const TARGET_HEIGHT = 4;
export const TARGET_WIDTH = 5;
export const WINDOW_HEIGHT = 6;
export const WINDOW_WIDTH = 7;
export const STRIDE_Y = 8;
export const STRIDE_X = 9;
/** Rows of padding above the image, columns to its left; height and width with all padding. */
export const TOP = 10;
export const LEFT = 11;
export const PADDED_HEIGHT = 12;
export const PADDED_WIDTH = 13;
/** Of conv2d: where a place's window begins in the padded image, in bytes, four places at a time; the last is repeated. */
export const PLACES = 14;
/** The same of each value of a window, from its begin. */
export const VALUES = 15;
/** Room for one padded image, and for what all filters compute of one: 4 places × NR filters at a time. */
export const IMAGE = 16;
export const MAPS = 17;
/** Bytes of such a room of one thread; those of others stand behind it. */
export const IMAGE_BYTES = 18;
export const MAPS_BYTES = 19;

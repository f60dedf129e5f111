/** Style sheets are imported for their effect: esbuild puts them into one. */
declare module '*.css';

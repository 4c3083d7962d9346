/** By itself, so that nothing else is loaded with it (scripts/compile.ts). */
export { parse } from "yaml";

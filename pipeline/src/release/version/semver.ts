export type { SemVer } from "semver";

/** The parts of the library that are used, one by one: all of it takes three times as long to load. */
export { default as compare } from "semver/functions/compare.js";
export { default as inc } from "semver/functions/inc.js";
export { default as major } from "semver/functions/major.js";
export { default as parse } from "semver/functions/parse.js";
export { default as prerelease } from "semver/functions/prerelease.js";
export { default as rcompare } from "semver/functions/rcompare.js";
export { default as valid } from "semver/functions/valid.js";

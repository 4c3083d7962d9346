import type { Plugin } from "rolldown";

/** zod carries its messages in fifty languages, half of a bundle; ours are written in one. */
export const withoutLocales: Plugin = {
  name: "without-locales",
  load: { filter: { id: /\/zod\/v4\/locales\/index\.js$/ }, handler: () => "export {};" },
};

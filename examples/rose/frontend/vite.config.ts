import { defineConfig } from "vitest/config";

export default defineConfig({
  build: { target: "es2022" },
  server: {
    // `npm run dev` serves the page; `python -m rose` beside it answers.
    proxy: { "/api": "http://127.0.0.1:8080" },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    restoreMocks: true,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text", "html", "cobertura"],
    },
  },
});

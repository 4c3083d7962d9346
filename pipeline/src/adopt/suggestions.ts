import { infer } from "../config/infer/infer.ts";
import { folderOf, type Survey } from "../config/survey.ts";
import { type Value, yamlText } from "./yaml-text.ts";

/** What a person may add, as YAML that is right when its `# ` is taken away. */
export function suggestions(survey: Survey): string {
  return Object.entries(suggested(survey))
    .map(([key, { about, value }]) => commented(yamlText({ [key]: value }, about)))
    .join("\n");
}

/** The same as data. */
export function suggested(
  survey: Survey,
): Readonly<Record<string, { readonly about: string; readonly value: Value }>> {
  const { image } = infer(survey);
  return {
    ...(image && {
      image: {
        about: "The image is built and shown. With a health path it has to start and answer, too:",
        value: { dockerfile: "Dockerfile", port: image.port ?? 8080, health: "/api/health" },
      },
    }),
    ...(hasIntegration(survey) && {
      services: {
        about: "What integration tests need beside the code:",
        value: {
          postgres: {
            image: "postgres:18",
            port: 5432,
            env: { POSTGRES_PASSWORD: "test" },
            provides: { DATABASE_URL: "postgres://postgres:test@{host}:{port}/postgres" },
          },
        },
      },
    }),
    ...(hasLock(survey) && {
      security: {
        about: "Asks on each change and weekly whether locked packages have known vulnerabilities:",
        value: { audit: { level: "high" } },
      },
    }),
    environments: {
      about: "Where it is deployed; without this, nothing is:",
      value: {
        production: {
          branch: "main",
          provider: "railway",
          project: "the project's id",
          service: survey.name,
          url: "https://app.example.com",
        },
        staging: {
          branch: "develop",
          provider: "railway",
          project: "the project's id",
          service: survey.name,
          url: "https://staging.example.com",
        },
      },
    },
    secrets: {
      about:
        "Secrets by name, never by value; a suite that needs one names it in `secrets: [API_KEY]`:",
      value: { RAILWAY_TOKEN: { rotate: "180d" }, API_KEY: { rotate: "90d", optional: true } },
    },
  };
}

function hasLock({ files }: Survey): boolean {
  return files.some((file) =>
    /(^|\/)((uv|poetry)\.lock|package-lock\.json|pnpm-lock\.yaml)$/.test(file),
  );
}

function hasIntegration(survey: Survey): boolean {
  return folderOf(survey, ".").below("tests/integration/").length > 0;
}

function commented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line.startsWith("#") || line === "" ? line : `# ${line}`))
    .join("\n")
    .concat("\n");
}

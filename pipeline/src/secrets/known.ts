/** What is known of a secret by its name alone. */
export interface KnownSecret {
  /** How it is renewed: where, and with which steps. */
  readonly how: string;
  /** Days after which it should be renewed; none: it is no secret that ages. */
  readonly days?: number;
}

const keyDays = 90;
const deployDays = 180;
const store = "then `gh secret set NAME` (it asks for the value)";

/** The first whose pattern fits. */
const all: readonly (readonly [RegExp, KnownSecret])[] = [
  [
    /^RAILWAY_(API_)?TOKEN/,
    {
      days: deployDays,
      how: `railway.com → the project → Settings → Tokens: make a new one for the same environment, ${store}, deploy once, and delete the old one`,
    },
  ],
  [
    /^(GROQ)_API_KEY$/,
    {
      days: keyDays,
      how: `console.groq.com/keys: make a new key, ${store}, and delete the old one`,
    },
  ],
  [
    /^ELEVENLABS_API_KEY$/,
    {
      days: keyDays,
      how: `elevenlabs.io → Developers → API keys: make a new key, ${store}, and delete the old one`,
    },
  ],
  [
    /^TOGETHER_API_KEY$/,
    {
      days: keyDays,
      how: `api.together.ai → Settings → API keys: make a new key, ${store}, and delete the old one`,
    },
  ],
  [
    /^QDRANT_API_KEY$/,
    {
      days: keyDays,
      how: `cloud.qdrant.io → the cluster → API keys: make a new key, ${store}, and delete the old one`,
    },
  ],
  [
    /^CODECOV_TOKEN$/,
    {
      days: keyDays,
      how: `codecov.io → the repository → Configuration → General: regenerate the upload token, ${store}`,
    },
  ],
  [
    /^SLACK_WEBHOOK/,
    {
      days: keyDays,
      how: `api.slack.com/apps → the app → Incoming Webhooks: add one for the same channel, ${store}, and remove the old one`,
    },
  ],
  [
    /^DISCORD_WEBHOOK/,
    {
      days: keyDays,
      how: `Discord → the channel → Integrations → Webhooks: make a new one, ${store}, and delete the old one`,
    },
  ],
  [/^GITHUB_TOKEN$/, { how: "GitHub makes a new one for every job: there is nothing to renew" }],
  [
    /^(GITHUB|GH)_.*(TOKEN|PAT)$/,
    {
      days: keyDays,
      how: `github.com/settings/tokens: regenerate it with the same permissions, ${store}; better is an app's token, which lives an hour`,
    },
  ],
  [
    /^SNYK_TOKEN$/,
    {
      days: keyDays,
      how: `app.snyk.io → Account settings → Auth token: revoke and regenerate, ${store}`,
    },
  ],
  [
    /^SENTRY_(AUTH_TOKEN|API_KEY)$/,
    {
      days: keyDays,
      how: `sentry.io → Settings → Auth tokens: make a new one, ${store}, and remove the old one`,
    },
  ],
  [
    /(^|_)DEPLOY_?(KEY|TOKEN)$|^(FLY_API|VERCEL|HEROKU|NETLIFY)_/,
    { days: deployDays, how: general() },
  ],
  [
    /_(URL|HOST|PORT|ID|REGION|NAME|EMAIL|USER|USERNAME)$/,
    { how: `an address or a name: it does not age; where it changes, ${store.slice(5)}` },
  ],
];

export function knownSecret(name: string): KnownSecret {
  const found = all.find(([pattern]) => pattern.test(name))?.[1] ?? {
    days: keyDays,
    how: general(),
  };
  return { ...found, how: found.how.replaceAll("NAME", name) };
}

function general(): string {
  return `where it was issued: make a new one, ${store}, see that everything works, and revoke the old one`;
}

import { generateKeyPairSync } from "node:crypto";
import { alphabets, type Random } from "./random.ts";

const { hex, digits, upper, base32, word, base64 } = alphabets;

/** Tokens in their issuers' forms, made up when they are wanted: none of them opens anything. */
export const tokens: Readonly<Record<string, (random: Random) => string>> = {
  "GitHub, classic": (r) => `ghp_${r.text(36, word)}`,
  "GitHub, fine-grained": (r) => `github_pat_${r.text(22, word)}_${r.text(59, word)}`,
  "GitHub, app": (r) => `ghs_${r.text(36, word)}`,
  GitLab: (r) => `glpat-${r.text(20, word)}`,
  "AWS access key": (r) => `AKIA${r.text(16, base32)}`,
  "Slack, bot": (r) => `xoxb-${r.text(12, digits)}-${r.text(13, digits)}-${r.text(24, word)}`,
  "Slack, webhook": (r) =>
    `https://hooks.slack.com/services/T${r.text(10, upper)}/B${r.text(10, upper)}/${r.text(24, word)}`,
  "Stripe, live": (r) => `sk_live_${r.text(24, word)}`,
  npm: (r) => `npm_${r.text(36, word)}`,
  PyPI: (r) => `pypi-AgEIcHlwaS5vcmc${r.text(80, word)}`,
  Google: (r) => `AIza${r.text(35, word)}`,
  SendGrid: (r) => `SG.${r.text(22, word)}.${r.text(43, word)}`,
  DigitalOcean: (r) => `dop_v1_${r.text(64, hex)}`,
  Shopify: (r) => `shpat_${r.text(32, hex)}`,
  Groq: (r) => `gsk_${r.text(52, word)}`,
  Anthropic: (r) => `sk-ant-api03-${r.text(93, word)}AA`,
  "Hugging Face": (r) => `hf_${r.text(34, alphabets.word.slice(0, 52))}`,
  "Discord, webhook": (r) =>
    `https://discord.com/api/webhooks/${r.text(19, digits)}/${r.text(68, word)}`,
  "OpenAI, project": (r) => `sk-proj-${r.text(74, word)}T3BlbkFJ${r.text(74, word)}`,
  Railway: uuid,
  Codecov: uuid,
  ElevenLabs: (r) => `sk_${r.text(48, hex)}`,
  "Together AI": (r) => r.text(64, hex),
  Datadog: (r) => r.text(32, hex),
  Twilio: (r) => r.text(32, hex),
  "Qdrant, JSON web token": (r) =>
    `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${Buffer.from(JSON.stringify({ sub: r.text(12, digits), iat: 1516239022 })).toString("base64url")}.${r.text(43, word)}`,
  "database, in its address": (r) => `postgres://rose:${r.text(20, word)}@db.acme.io:5432/rose`,
  "registry, in its address": (r) => `https://ci:${r.text(24, word)}@pypi.acme.io/simple`,
  "word of a person": (r) => `${r.text(6, word)}!${r.text(6, word)}`,
  "key without a name": (r) => r.text(40, word),
  "AWS secret key": (r) => r.text(40, base64),
};

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, hex)).join("-");
}

/** Where the name beside a value is all that tells. */
const names: Readonly<Record<string, string>> = {
  "AWS secret key": "aws_secret_access_key",
  "Discord, webhook": "discord_webhook",
  Railway: "railway_token",
  Codecov: "codecov_token",
  ElevenLabs: "elevenlabs_api_key",
  "Together AI": "together_api_key",
  Datadog: "dd_api_key",
  Twilio: "twilio_auth_token",
  "Qdrant, JSON web token": "qdrant_api_key",
  "database, in its address": "database_url",
  "registry, in its address": "uv_index_url",
  "word of a person": "db_password",
};

/** A line of code, settings or data with a token in it. */
export const contexts: Readonly<Record<string, (kind: string, token: string) => string>> = {
  "a.env": (kind, token) => `${nameFor(kind).toUpperCase()}=${token}\n`,
  "a.py": (kind, token) => `import os\n\n${nameFor(kind)} = "${token}"\n`,
  "a.json": (kind, token) => `{\n  "${nameFor(kind)}": "${token}"\n}\n`,
  "a.yaml": (kind, token) => `settings:\n  ${nameFor(kind)}: ${token}\n`,
};

function nameFor(kind: string): string {
  return names[kind] ?? "service_api_key";
}

/** Files that programs keep passwords in: nothing beside the value says that it is one. */
export const stores: Readonly<Record<string, (random: Random) => string>> = {
  ".netrc": (r) => `machine acme.io login rose password ${r.text(16, word)}\n`,
  ".pgpass": (r) => `db.acme.io:5432:rose:rose:${r.text(16, word)}\n`,
  ".git-credentials": (r) => `https://rose:${r.text(20, word)}@acme.io\n`,
  ".htpasswd": (r) => `rose:$apr1$${r.text(8, word)}$${r.text(22, word)}\n`,
  "etc/shadow": (r) => `rose:$6$${r.text(12, word)}$${r.text(86, word)}:19000:0:99999:7:::\n`,
  "key.ppk": (r) =>
    `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\n${r.text(64, base64)}\n${r.text(64, base64)}\n`,
  "config/master.key": (r) => r.text(32, hex),
  "wp-config.php": (r) =>
    `<?php\ndefine( 'DB_${"PASS"}WORD', '${r.text(14, word)}' );\ndefine('AUTH_KEY', '${r.text(64, word)}');\n`,
  "settings.py": (r) => `DEBUG = False\nSECRET_KEY = "${r.text(50, word)}"\n`,
  "filezilla.xml": (r) => `<Server><Pass encoding="base64">${r.text(20, word)}==</Pass></Server>\n`,
  ".ftpconfig": (r) => `{ "host": "acme.io", "pass": "${r.text(12, word)}" }\n`,
};

/** Keys that are files of their own. */
export function privateKeys(): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const curve = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  return {
    "rsa.pem": rsa.export({ type: "pkcs1", format: "pem" }).toString(),
    "rsa-pkcs8.pem": rsa.export({ type: "pkcs8", format: "pem" }).toString(),
    "curve.pem": curve.export({ type: "sec1", format: "pem" }).toString(),
  };
}

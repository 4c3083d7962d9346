import { createPrivateKey } from "node:crypto";

/**
 * A certificate for 127.0.0.1 and localhost that was good on the first of January 2020 alone. It is
 * kept as it is: to make one needs a library of its own, and this one vouches for nothing any more.
 */
export const expired = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBajCCAQ+gAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtnYW50cnkt
dGVzdDAeFw0yMDAxMDEwMDAwMDBaFw0yMDAxMDIwMDAwMDBaMBYxFDASBgNVBAMM
C2dhbnRyeS10ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECgH7zclQcfSE
jlspNrdn1D6FERbLI9ClC42hdhlSRSyC3pERHx0xfjJ+/BYcsPZaBLmp+msBgCkV
U5h2onCjt6NOMEwwGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8GA1UdEwEB
/wQFMAMBAf8wHQYDVR0OBBYEFNimpB/uTbxzlwMWI0U3KkwfuwBIMAoGCCqGSM49
BAMCA0kAMEYCIQCbQoBoVy+41qsgCQPsG0wEFPP4iJwi5BIdUyadIUQa+QIhAIWx
AjuVxx0/U++XDD9mzW9rqBX6h6ZCPoXg3m8mszCT
-----END CERTIFICATE-----
`,
  key: createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: "CgH7zclQcfSEjlspNrdn1D6FERbLI9ClC42hdhlSRSw",
      y: "gt6RER8dMX4yfvwWHLD2WgS5qfprAYApFVOYdqJwo7c",
      d: "XlqvU2Z5XuVaXmRQvBewKONHtiWZQtHt1ld-eXkn0Cg",
    },
  })
    .export({ format: "pem", type: "pkcs8" })
    .toString(),
} as const;

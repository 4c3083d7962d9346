import type { Container, File } from "./client.ts";
import { places, withVariables } from "./environment.ts";

const systemBundle = "/etc/ssl/certs/ca-certificates.crt";

/** Lets every tool trust the company's certificates beside those that the image trusts already. */
export function withCertificates(container: Container, company: File | undefined): Container {
  if (!company) return container;
  const script = `mkdir -p /gantry; cat ${systemBundle} "$1" 2>/dev/null > ${places.certificates}; rm -f "$1"`;
  const bundled = container
    .withFile("/gantry/company.pem", company)
    .withExec(["sh", "-c", script, "gantry", "/gantry/company.pem"]);
  return withVariables(bundled, {
    SSL_CERT_FILE: places.certificates,
    REQUESTS_CA_BUNDLE: places.certificates,
    CURL_CA_BUNDLE: places.certificates,
    PIP_CERT: places.certificates,
    NODE_EXTRA_CA_CERTS: places.certificates,
    UV_SYSTEM_CERTS: "1",
  });
}

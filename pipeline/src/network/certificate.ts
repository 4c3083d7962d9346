import { isIP } from "node:net";
import { connect } from "node:tls";

/** What a certificate says of itself. */
export interface Certificate {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The names that it is good for, as it writes them. */
  readonly names: string;
}

const lookMilliseconds = 3000;

/**
 * Reads the certificate that an address shows, for the words of an error: nothing is sent there, and
 * nothing that it says is believed. Undefined where there is none to be had.
 */
export function readCertificate({ hostname, port }: URL): Promise<Certificate | undefined> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const end = (found?: Certificate): void => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(lookMilliseconds, end);
    socket.once("error", () => end());
    socket.once("secureConnect", () => {
      const { valid_from, valid_to, subjectaltname: names = "" } = socket.getPeerCertificate();
      end({ notBefore: new Date(valid_from), notAfter: new Date(valid_to), names });
    });
  });
}

export interface BadCertificate {
  /** Node's code for what is wrong with it. */
  readonly code: string;
  readonly host: string;
  /** What the address shows, where it could be read. */
  readonly seen: Certificate | undefined;
  readonly now: number;
}

/** What is wrong with a certificate, in words. */
export function describeCertificate({ code, host, seen, now }: BadCertificate): string {
  const its = `the certificate of ${host}`;
  switch (code) {
    case "CERT_HAS_EXPIRED":
      if (!seen) return `${its} has expired`;
      return seen.notAfter.getTime() < now
        ? `${its} expired on ${day(seen.notAfter)}`
        : `a certificate that vouches for ${host} has expired`;
    case "CERT_NOT_YET_VALID":
      return seen ? `${its} is not good before ${day(seen.notBefore)}` : `${its} is not good yet`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `${its} is for other names${seen?.names ? `: ${seen.names.slice(0, 200)}` : ""}`;
    default:
      return `${its} is signed by nobody whom this machine trusts`;
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

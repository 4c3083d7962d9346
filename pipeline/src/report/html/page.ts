import { type Html, html, verbatim } from "./html.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** SHA-256 of style and script, base64; a test keeps them right and says what they should be. */
export const styleHash = "t71OVbcoug1APAyr+KfbKhnhU+n6eEzmF3oi/lZh6YI=";
export const scriptHash = "99boPbFmbaPOR23eJ36UD/JntFF/FChaKRs46BDw2aw=";

/**
 * Nothing but this style and this script is ever loaded or run: not from the network, and not from
 * inside the page, should an escape be missing.
 */
function policy(more: OwnStyle | undefined): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'${more ? ` 'sha256-${more.hash}'` : ""}`,
    `script-src 'sha256-${scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Looks of a page's own beside the report's, with their SHA-256 in base64. */
export interface OwnStyle {
  readonly style: string;
  readonly hash: string;
}

export function page(title: string, body: Html, more?: OwnStyle): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy(more))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${verbatim(style)}</style>${more && html`<style>${verbatim(more.style)}</style>`}
</head>
<body>
${body}
<script>${verbatim(script)}</script>
</body>
</html>
`.html;
}

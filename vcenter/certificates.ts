import { X509Certificate } from "node:crypto";

/** What a text of certificates gave. */
export interface CertificatesInText {
  /** Each certificate as PEM text, in the order written. */
  readonly certificates: readonly string[];
  /** What is wrong with the text, as the end of a sentence; undefined when every certificate in it can be used. */
  readonly fault?: string;
}

/** A certificate in a text, from its first marker to its last. */
interface Block {
  readonly text: string;
  readonly beginsLine: boolean;
}

const marker = /-----(BEGIN|END) ([^-\r\n]+)-----/g;
const certificateLabel = "CERTIFICATE";

/**
 * Reads certificates as those read them who get the text later: OpenSSL here, and Go's encoding/pem and crypto/x509 in
 * Deckhouse and the vSphere provider. Those skip what they cannot read without a word, and then trust nothing. Text
 * between the certificates is allowed, as files of authorities have it.
 *
 * @param text PEM text
 */
export function certificatesIn(text: string): CertificatesInText {
  const blocks: Block[] = [];
  let open: RegExpMatchArray | undefined;
  for (const found of text.matchAll(marker)) {
    const [, edge, label = ""] = found;
    if (label.includes("PRIVATE KEY")) return faulty("a private key is among the certificates");
    const fault =
      edge === "BEGIN"
        ? open && unfinished(blocks.length + 1)
        : open?.[2] === label
          ? undefined
          : `it has a line END ${label} without the line BEGIN ${label}`;
    if (fault !== undefined) return faulty(fault);
    if (edge === "BEGIN") {
      open = found;
      continue;
    }
    const start = open?.index ?? 0;
    const block = {
      text: text.slice(start, found.index + found[0].length),
      beginsLine: start === 0 || text[start - 1] === "\n",
    };
    open = undefined;
    if (label === certificateLabel) blocks.push(block);
  }
  if (open) return faulty(unfinished(blocks.length + 1));
  if (blocks.length === 0) return faulty("it is not a certificate in PEM form");
  for (const [index, block] of blocks.entries()) {
    const fault = faultOf(block);
    if (fault !== undefined) return faulty(`certificate ${index + 1} in it ${fault}`);
  }
  return { certificates: blocks.map((block) => block.text) };
}

function faulty(fault: string): CertificatesInText {
  return { certificates: [], fault };
}

function unfinished(number: number): string {
  return `certificate ${number} in it lacks its end, the line END ${certificateLabel}`;
}

function faultOf({ text: block, beginsLine }: Block): string | undefined {
  const lines = block.split(/\r\n|\r|\n/);
  if (lines.length < 3) return "has lost its line breaks";
  // Go passes over one that begins elsewhere.
  if (!beginsLine) return "does not begin at the start of a line";
  const content = lines.slice(1, -1).join("");
  // Node skips characters that are none of base64, and what follows a certificate; Go does neither.
  if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(content)) return "has characters that are none of base64";
  try {
    return new X509Certificate(block).raw.equals(Buffer.from(content, "base64"))
      ? undefined
      : "cannot be read";
  } catch {
    return "cannot be read";
  }
}

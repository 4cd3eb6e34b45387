import { createHash } from "node:crypto";

import { countedText } from "../findings/words";
import type { RegionDocuments } from "./regionDocuments";

/** How many characters of a digest tell two versions of a file apart. */
const digestCharacters = 12;

/**
 * Says of each file in a few words what is in it, `42 lines, sha256 0f3a5c7e9b1d`, so that a preview tells which files
 * change.
 *
 * @param documents without secrets: whoever has the digest of a short file could find out a secret by trying
 * @returns by the region's name and the file's name
 */
export function fileSummaries(documents: RegionDocuments): RegionDocuments {
  return Object.fromEntries(
    Object.entries(documents).map(([region, files]) => [
      region,
      Object.fromEntries(Object.entries(files).map(([file, text]) => [file, summaryOf(text)])),
    ]),
  );
}

function summaryOf(text: string): string {
  const lines = (text.match(/\n/g) ?? []).length;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, digestCharacters);
  return `${countedText(lines, "line")}, sha256 ${digest}`;
}

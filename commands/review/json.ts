import type { Review } from "./model";
import type { Verdict } from "./verdict";
import { plainText, type Words } from "../../findings/words";

/** Writes a review as JSON for programs: everything, nothing shortened, with each sentence as one text. */
export function jsonReview(review: Review, verdict: Verdict): string {
  const { intent, drift, output: _output, ...rest } = review;
  const document = {
    verdict: {
      ...verdict,
      reasons: verdict.reasons.map(({ happenings, consequence }) => ({
        happenings: happenings.map(plainText),
        consequence,
      })),
    },
    ...rest,
    changes: intent.lines.map(withText),
    sentences: intent.sentences.map(plainText),
    dangers: intent.dangers.map(withText),
    drift: drift.map(plainText),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function withText<Part extends { readonly words: Words }>({
  words,
  ...rest
}: Part): Omit<Part, "words"> & { readonly text: string } {
  return { ...rest, text: plainText(words) };
}

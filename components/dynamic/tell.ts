import { visibleText } from "../../findings/text";

/**
 * Shows sentences as messages of the preview or the update, where there are any; names in them, of whoever chose them,
 * cannot disguise them.
 */
export function tell(...sentences: readonly (string | undefined)[]): void {
  for (const sentence of sentences) {
    if (sentence !== undefined) console.log(visibleText(sentence));
  }
}

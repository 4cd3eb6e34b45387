import { visibleText } from "../vcenter/visibleText";

/** Shows a sentence as a message of the preview or the update; names in it, of whoever chose them, cannot disguise it. */
export function tell(sentence: string): void {
  console.log(visibleText(sentence));
}

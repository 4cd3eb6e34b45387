import { findingTexts, type Finding } from "../../findings/finding";

/** Where to read on, as the last part of a message or as a line of its own (findings/pointers.ts). */
const pointers =
  /(?:\n *| )[Ss]ee docs\/troubleshooting\.md#[\w-]+\.?(?=\n|$)|; see docs\/troubleshooting\.md#[\w-]+/g;

/** A message without where to read on: what that is has its own tests, in test/unit/troubleshooting.test.ts. */
export function withoutPointers(text: string): string {
  return text.replaceAll(pointers, "");
}

/** The sentences of findings, without where to read on. */
export function sentencesOf(findings: readonly Finding[]): string[] {
  return findingTexts(findings).map(withoutPointers);
}

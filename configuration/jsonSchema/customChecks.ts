import type { JsonSchema } from "./jsonSchema";

/**
 * What JSON Schema says in place of a check that is a function (`refine`), by the check's message. A function cannot be
 * translated, so each has its entry here, and the test of equality compares the two.
 */
export const customChecks: Readonly<Record<string, JsonSchema>> = {
  // A day in seconds, minutes and hours, for what is known to be a length of time.
  "is too long: write at most 24h": {
    pattern:
      "^(([0-9]{1,4}|[0-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s" +
      "|([0-9]{1,3}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m" +
      "|([0-9]|1[0-9]|2[0-4])h)$",
  },
};

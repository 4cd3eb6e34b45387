import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ConfigurationError,
  configurationSchema,
  configurationWarnings,
  parseConfiguration,
} from "../../../configuration";
import { mutatedConfigurations } from "../../support/mutatedConfigurations";

/** What a terminal or a web page obeys and does not show. */
const disguising = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("any configuration with mistakes", function () {
  // A few seconds by itself; a busy machine takes longer.
  this.timeout(20_000);

  it("is taken, or refused with lines that have all four parts, and nothing else", () => {
    const verdicts = { taken: 0, "refused by keys": 0, "refused by rules": 0 };
    fc.assert(
      fc.property(mutatedConfigurations(7), ({ configuration }) => {
        try {
          configurationWarnings(parseConfiguration(configuration));
          verdicts.taken += 1;
        } catch (error) {
          assert.ok(error instanceof ConfigurationError, String(error));
          const lines = error.message.split("\n");
          assert.equal(lines.length, error.findings.length + 1, "a line for each fault");
          for (const line of lines) assert.doesNotMatch(line, disguising);
          for (const { where: path, found, wrong, remedy } of error.findings) {
            assert.ok(
              [path, found, wrong, remedy].every((part) => part !== ""),
              error.message,
            );
          }
          const isOfRules = configurationSchema.safeParse(configuration).success;
          verdicts[isOfRules ? "refused by rules" : "refused by keys"] += 1;
        }
      }),
      { numRuns: 600, endOnFailure: true },
    );
    assert.ok(Math.min(...Object.values(verdicts)) > 10, JSON.stringify(verdicts));
  });
});

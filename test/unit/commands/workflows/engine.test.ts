import assert from "node:assert/strict";
import { findingsOf, withoutEmpty } from "../../../../commands/workflows/engine";

describe("the engine in a pipeline", () => {
  it("tells changes from a failure by its exit code", () => {
    assert.equal(findingsOf(0), "unchanged");
    assert.equal(findingsOf(7), "changed");
    for (const code of [1, 2, 3, 4, 5, 6, 8, 9, 255]) assert.equal(findingsOf(code), "failed");
  });

  it("gets no variables that are set to nothing, but an empty passphrase is one", () => {
    assert.deepEqual(
      withoutEmpty({ PULUMI_ACCESS_TOKEN: "", PULUMI_CONFIG_PASSPHRASE: "", VSPHERE_USER: "a" }),
      { PULUMI_CONFIG_PASSPHRASE: "", VSPHERE_USER: "a" },
    );
  });
});

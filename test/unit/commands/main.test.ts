import assert from "node:assert/strict";

import { messageOf, UserError } from "../../../commands/main";
import { CommandFailure } from "../../../commands/runCommand";

describe("what a script says of its failure", () => {
  it("is the message alone, in which nothing is hidden", () => {
    for (const error of [new UserError("a\u202Eb"), new TypeError("a\u202Eb"), "a\u202Eb"]) {
      assert.equal(messageOf(error, {}), "a\\u202eb");
    }
  });

  it("has the stack too where that is asked for, but for a mistake of the user", () => {
    const environment = { DECKHOUSE_VSPHERE_STACK_TRACES: "1" };
    assert.match(messageOf(new TypeError("wrong"), environment), /^TypeError: wrong\n +at /);
    assert.equal(messageOf(new UserError("wrong"), environment), "wrong");
  });

  it("has all that a failed command wrote, and nothing that a terminal obeys", () => {
    const failure = new CommandFailure("npm ci", "failed (exit code 1)", "one\n\u001B[2Jtwo\n\n");
    assert.equal(messageOf(failure, {}), '"npm ci" failed (exit code 1)\none\n\\x1b[2Jtwo');
  });
});

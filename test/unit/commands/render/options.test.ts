import assert from "node:assert/strict";
import { UserError } from "../../../../commands/main";
import { helpText, optionsFrom } from "../../../../commands/render/options";

describe("the command line of render", () => {
  it("names a folder, and may name a stack and a region", () => {
    assert.deepEqual(optionsFrom(["--out", "clusters"]), { out: "clusters", placeholders: false });
    assert.deepEqual(
      optionsFrom(["--out=a", "--stack", "prod", "--region", "k8s-region-x1", "--placeholders"]),
      { out: "a", stack: "prod", region: "k8s-region-x1", placeholders: true },
    );
  });

  it("gives a help text, which names every option", () => {
    for (const args of [["--help"], ["-h"], ["--help", "--out", "a"]]) {
      assert.equal(optionsFrom(args), "help");
    }
    for (const option of ["--out", "--stack", "--region", "--placeholders", "--help"]) {
      assert.ok(helpText.includes(`\n  ${option}`), option);
    }
  });

  for (const [title, args, says] of [
    ["without a folder", [], "--out: found nothing"],
    ["with an empty folder", ["--out", ""], "--out: found nothing"],
    ["with an unknown option", ["--out", "a", "--secrets"], "--secrets"],
    ["with a word too many", ["--out", "a", "b"], "b"],
  ] as const) {
    it(`is refused ${title}, with the help text`, () => {
      assert.throws(
        () => optionsFrom(args),
        (error: unknown) =>
          error instanceof UserError &&
          error.message.includes(says) &&
          error.message.endsWith(helpText),
      );
    });
  }
});

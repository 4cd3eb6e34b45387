import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { findingText } from "../../../findings/finding";
import { git, packer, toolFaults, toolsFor, type Tool } from "../../../template/tools";
import { setVariable } from "../../support/environment";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";

const remedies = {
  git: "install 2.26.0 or newer from https://git-scm.com/downloads, and put it on the PATH of pulumi",
  packer:
    "install 1.11.0 or newer from https://developer.hashicorp.com/packer/install, and put it on the PATH of pulumi",
};
const tooOld = (found: string): string =>
  `packer: version ${found} is too old: building the template needs at least 1.11.0, the first version that finds the ` +
  `present vSphere plugin: ${remedies.packer}`;
const noVersion = (shown: string): string =>
  `packer: it prints ${shown} as its version, so it may be another program: ${remedies.packer}`;

/** What a tool does when it is asked for its version, and what is wrong with it. */
const cases: readonly (readonly [tool: Tool, script: string, expected?: string])[] = [
  [packer, "echo Packer v1.16.0"],
  [packer, "echo Packer v1.11.0"],
  [packer, "echo Packer v1.11"],
  [packer, "echo 'Packer v1.11.0-dev (abcdef)'"],
  [packer, "echo 2.0.0"],
  // Its version on standard error, and news below it.
  [packer, "echo Packer v1.11.0 >&2; echo 'there is a newer one: 1.2.3' >&2"],
  // It must not look for news on the Internet.
  [packer, 'test "$CHECKPOINT_DISABLE" = 1 && echo Packer v1.16.0'],
  [packer, "echo Packer v1.10.9", tooOld("1.10.9")],
  [packer, "echo Packer v1.9.5", tooOld("1.9.5")],
  [packer, "echo Packer v0.99.99", tooOld("0.99.99")],
  [packer, "echo 'usage: packer [dictionary]'; exit 1", noVersion('"usage: packer [dictionary]"')],
  [packer, "echo cracklib 7", noVersion('"cracklib 7"')],
  [packer, "true", noVersion('""')],
  [git, "echo 'git version 2.26.0'"],
  [git, "echo 'git version 2.39.5 (Apple Git-154)'"],
  [git, "echo git version 2.45.1.windows.1"],
  [
    git,
    "echo git version 2.25.4",
    "git: version 2.25.4 is too old: building the template needs at least 2.26.0, the first version that fetches a commit " +
      `by its hash: ${remedies.git}`,
  ],
];

describe("a tool on the PATH", () => {
  const path = process.env["PATH"];
  let folder: string;

  folderForEachTest((made) => {
    folder = made;
    process.env["PATH"] = folder;
  });

  afterEach(() => {
    setVariable("PATH", path);
  });

  for (const [tool, script, expected] of cases) {
    it(`is ${expected === undefined ? "fine" : "not fine"} when ${tool.name} does: ${script}`, async () => {
      writeFiles(folder, { [tool.name]: `#!/bin/sh\n${script}\n` });
      chmodSync(join(folder, tool.name), 0o755);
      const texts = (await toolFaults([tool])).map(findingText);
      assert.deepEqual(texts, expected === undefined ? [] : [expected]);
    });
  }

  it("is git only for a source that has to be fetched", () => {
    const fetched = { kind: "deckhouse", ubuntu: "22.04", commit: "c", repository: "r" } as const;
    assert.deepEqual(toolsFor(fetched), [git, packer]);
    assert.deepEqual(toolsFor({ kind: "builtin", ubuntu: "24.04" }), [packer]);
  });

  it("is reported, like every other one, when it is missing", async () => {
    assert.deepEqual((await toolFaults([git, packer])).map(findingText), [
      `git: it is not on the PATH, but building the template needs it: ${remedies.git}`,
      `packer: it is not on the PATH, but building the template needs it: ${remedies.packer}`,
    ]);
  });
});

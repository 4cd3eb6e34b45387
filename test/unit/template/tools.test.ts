import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { git, isOlder, packer, toolFault, versionIn } from "../../../template/tools";
import { setVariable } from "../../support/environment";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

describe("the version of a tool", () => {
  const answers: Readonly<Record<string, string | undefined>> = {
    "Packer v1.16.0": "1.16.0",
    "Packer v1.11.0-dev (abcdef)": "1.11.0",
    "git version 2.39.5 (Apple Git-154)": "2.39.5",
    "git version 2.45.1.windows.1": "2.45.1",
    "git version 2.26": "2.26",
    "1.7.10": "1.7.10",
    "usage: packer [OPTIONS] file": undefined,
    "cracklib 7": undefined,
    "": undefined,
  };
  for (const [answer, version] of Object.entries(answers)) {
    it(`is ${version ?? "not told"} in "${answer}"`, () => {
      assert.equal(versionIn(answer), version);
    });
  }

  it("is compared by its numbers, and a missing one is zero", () => {
    const pairs: readonly (readonly [string, string, boolean])[] = [
      ["1.10.3", "1.11.0", true],
      ["1.9.5", "1.11.0", true],
      ["0.99.99", "1.0.0", true],
      ["1.11.0", "1.11.0", false],
      ["1.11", "1.11.0", false],
      ["1.11.1", "1.11.0", false],
      ["1.16.0", "1.11.0", false],
      ["2.0.0", "1.11.9", false],
      ["1.11.0", "1.11.1", true],
    ];
    for (const [version, other, older] of pairs) {
      assert.equal(isOlder(version, other), older, `${version} before ${other}`);
    }
  });
});

describe("a tool on the PATH", () => {
  const path = process.env["PATH"];
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    process.env["PATH"] = folder;
  });

  afterEach(() => {
    setVariable("PATH", path);
    removeFolder(folder);
  });

  function install(name: string, script: string): void {
    writeFiles(folder, { [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, name), 0o755);
  }

  const remedy = {
    git: "get 2.26.0 or newer from https://git-scm.com/downloads, and put it on the PATH of pulumi",
    packer:
      "get 1.11.0 or newer from https://developer.hashicorp.com/packer/install, and put it on the PATH of pulumi",
  };

  it("is fine when it is new enough", async () => {
    install("packer", "echo Packer v1.16.0");
    install("git", "echo 'git version 2.26.0'");
    assert.deepEqual(await Promise.all([git, packer].map(toolFault)), [undefined, undefined]);
  });

  it("may tell its version on standard error, and more than that", async () => {
    install("packer", "echo Packer v1.11.0 >&2; echo 'there is a newer one: 1.2.3' >&2");
    assert.equal(await toolFault(packer), undefined);
  });

  it("is missed when it is not there", async () => {
    assert.equal(
      await toolFault(git),
      `git is not on the PATH, and building the template needs it: ${remedy.git}`,
    );
  });

  it("is too old when it is older than what is needed", async () => {
    install("packer", "echo Packer v1.10.3");
    install("git", "echo git version 2.25.4");
    assert.deepEqual(await Promise.all([git, packer].map(toolFault)), [
      `git is too old: found 2.25.4, and building the template needs 2.26.0, which fetches a commit by its hash: ${remedy.git}`,
      `packer is too old: found 1.10.3, and building the template needs 1.11.0, which finds the present vSphere plugin: ${remedy.packer}`,
    ]);
  });

  it("is taken for another program when it tells no version", async () => {
    install("packer", "echo 'usage: packer [dictionary]'; exit 1");
    assert.equal(
      await toolFault(packer),
      `packer does not tell its version (it says "usage: packer [dictionary]"), so it may be another program: ${remedy.packer}`,
    );
  });

  it("is asked without looking for news on the Internet", async () => {
    install("packer", 'test "$CHECKPOINT_DISABLE" = 1 && echo Packer v1.16.0');
    assert.equal(await toolFault(packer), undefined);
  });
});

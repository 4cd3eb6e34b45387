import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { whyNotOfficial } from "../../../scripts/demo/tools";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

const good = {
  pulumi: 'if [ "$1" = version ]; then echo v3.259.0; fi',
  packer: 'if [ "$1" = --version ]; then echo Packer v1.16.0; fi',
};

/** What is said with nothing on the PATH but programs with these scripts. */
async function saidWith(programs: Readonly<Record<string, string>>): Promise<string | undefined> {
  const folder = temporaryFolder();
  const path = process.env["PATH"];
  try {
    for (const [name, script] of Object.entries(programs)) {
      writeFiles(folder, { [name]: `#!/bin/sh\n${script}\n` });
      chmodSync(join(folder, name), 0o755);
    }
    process.env["PATH"] = folder;
    return await whyNotOfficial();
  } finally {
    process.env["PATH"] = path;
    removeFolder(folder);
  }
}

describe("what make demo runs on", () => {
  it("is the machine's own pulumi and packer when they fit", async () => {
    assert.equal(await saidWith(good), undefined);
  });

  const { pulumi, packer } = good;
  for (const [name, programs, why] of [
    ["without pulumi", { packer }, /^pulumi is not on the PATH$/],
    ["with an old pulumi", { packer, pulumi: "echo v3.100.0" }, /is 3\.100\.0, older than 3\./],
    ["without packer", { pulumi }, /^packer: it is not on the PATH/],
    ["with an old packer", { pulumi, packer: "echo Packer v1.9.0" }, /version 1\.9\.0 is too old/],
    [
      "where plugins cannot be fetched",
      { packer, pulumi: `[ "$1" = version ] || exit 1; ${pulumi}` },
      /^pulumi could not fetch its plugin vsphere 4\.18\.2$/,
    ],
    [
      "where Packer's plugin cannot be fetched",
      { pulumi, packer: `[ "$1" != init ] || exit 1; ${packer}` },
      /^packer could not fetch/,
    ],
  ] as const) {
    it(`is the lab's own ${name}, and that is said`, async () => {
      assert.match((await saidWith(programs)) ?? "", why);
    });
  }
});

import assert from "node:assert/strict";
import { join, relative } from "node:path";

import { RunFailure } from "../../../../template/runner/failure";
import { temporaryFolderPath } from "../../../../template/runner/temporaryFolder";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

const name = "packer-0123abcd";

describe("the folder for Packer's temporary files", () => {
  let base: string;

  beforeEach(() => (base = temporaryFolder()));
  afterEach(() => removeFolder(base));

  const made = (folder: string): string => {
    writeFiles(join(base, folder), { kept: "" });
    return join(base, folder);
  };

  it("is in the first place when that will do", () => {
    assert.equal(temporaryFolderPath(name, [base, "/tmp"]), join(base, name));
  });

  it("has a full path also where TMPDIR has none", () => {
    const place = relative(process.cwd(), base);
    assert.equal(temporaryFolderPath(name, [place, "/tmp"]), join(base, name));
  });

  it("is in /tmp when the paths of sockets in the first place would be too long", () => {
    // The longest that will do, and one more: 103 bytes in all, with a name of 15 and a socket's of 23.
    const longest = made("x".repeat(103 - base.length - 1 - 16 - 24));
    assert.equal(temporaryFolderPath(name, [longest, "/tmp"]), join(longest, name));
    const longer = made("x".repeat(104 - base.length - 1 - 16 - 24));
    assert.equal(temporaryFolderPath(name, [longer, "/tmp"]), `/tmp/${name}`);
    assert.equal(temporaryFolderPath(name, [made("ы".repeat(25)), "/tmp"]), `/tmp/${name}`);
  });

  it("is in /tmp when the first place has something in its path that a URL or a template would read", () => {
    for (const folder of ["a#b", "a b", "a%20b", "a?b", "{{x}}", "*", "e\u0301"]) {
      assert.equal(temporaryFolderPath(name, [made(folder), "/tmp"]), `/tmp/${name}`);
    }
  });

  it("is in /tmp when the first place is not there", () => {
    assert.equal(temporaryFolderPath(name, [join(base, "none"), "/tmp"]), `/tmp/${name}`);
  });

  it("is asked for where neither will do", () => {
    const [long, gone] = [made("x".repeat(90)), join(base, "none")];
    assert.throws(
      () => temporaryFolderPath(name, [long, gone]),
      (error: RunFailure) =>
        error.stage === "tools" &&
        error.message ===
          `Packer needs a folder for temporary files and sockets, and neither ${long} nor ${gone} will do` &&
        error.remedy ===
          "let TMPDIR name a folder that this account may write in, with a path of at most 63 bytes, of letters, digits and /._-",
    );
  });
});

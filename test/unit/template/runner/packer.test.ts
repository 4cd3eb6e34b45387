import assert from "node:assert/strict";
import { join, relative } from "node:path";

import { builtMachine, temporaryFolderPath } from "../../../../template/runner/packer";
import { folderForEachTest, writeFiles } from "../../../support/temporaryFolder";

const name = "packer-0123abcd";
describe("what Packer needs and leaves:", () => {
  let base: string;

  folderForEachTest((made) => (base = made));

  describe("the folder for Packer's temporary files", () => {
    const made = (folder: string): string => {
      writeFiles(join(base, folder), { kept: "" });
      return join(base, folder);
    };
    const isUsed = (place: string): boolean => {
      const path = temporaryFolderPath(name, [place, "/tmp"]);
      if (path !== `/tmp/${name}`) assert.equal(path, join(base, relative(base, place), name));
      return path !== `/tmp/${name}`;
    };

    it("is in the first place, with an absolute path even if TMPDIR is relative", () => {
      assert.ok(isUsed(base));
      assert.ok(isUsed(relative(process.cwd(), base)));
    });

    it("is in /tmp when the paths of sockets in the first place would be too long", () => {
      // The longest that will do, and one more: 103 bytes in all, with a name of 15 and a socket's of 23.
      const longest = 103 - base.length - 1 - 16 - 24;
      assert.ok(isUsed(made("x".repeat(longest))));
      assert.ok(!isUsed(made("x".repeat(longest + 1))));
    });

    it("is in /tmp when the path means something to a URL or a template, or does not exist", () => {
      for (const folder of ["a#b", "a b", "a%20b", "a?b", "{{x}}", "*", "e\u0301"]) {
        assert.ok(!isUsed(made(folder)), folder);
      }
      assert.ok(!isUsed(join(base, "none")));
    });

    it("is asked for where no place is suitable", () => {
      const [long, gone] = [made("x".repeat(90)), join(base, "none")];
      assert.throws(() => temporaryFolderPath(name, [long, gone]), {
        name: "RunFailure",
        stage: "tools",
        message:
          `TMPDIR: neither ${long} nor ${gone} is suitable for Packer's temporary files and sockets: set it to a folder ` +
          "that this account may write to, whose path has at most 63 bytes and consists of letters, digits and /._-",
      });
    });
  });

  describe("Packer's manifest", () => {
    const machineIn = (text: string): string => {
      writeFiles(base, { "made.json": text });
      return builtMachine(join(base, "made.json"));
    };

    it("names the machine that was built", () => {
      const build = { builder_type: "vsphere-iso", artifact_id: "ubuntu-x", files: null };
      assert.equal(machineIn(JSON.stringify({ builds: [build], last_run_uuid: "u" })), "ubuntu-x");
    });

    it("has to name one machine", () => {
      for (const [text, count] of [
        ["{}", 0],
        ['{"builds": []}', 0],
        ['{"builds": [{"name": "x"}]}', 1],
        ['{"builds": [{"artifact_id": "a"}, {"artifact_id": "b"}]}', 2],
      ] as const) {
        const message = `Packer's manifest names ${count} machines instead of one`;
        assert.throws(() => machineIn(text), { message });
      }
    });

    it("has to exist, and to be whole", () => {
      assert.throws(() => builtMachine(join(base, "none.json")), /ENOENT/);
      assert.throws(() => machineIn('{"builds": ['), SyntaxError);
    });
  });
});

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { buildingPassword, requestText } from "../../../../template/request";
import { newLogFile, runFolder, vCenterFolder, workFolder } from "../../../../template/runner/run";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

describe("the folder of what runs keep", () => {
  it("is in the repository, or where the environment says, and always an absolute path", () => {
    for (const [root, named, expected] of [
      ["/ours", undefined, "/ours/.template-images"],
      ["/ours", "", "/ours/.template-images"],
      ["/ours", "/var/templates", "/var/templates"],
      ["/ours", "kept/templates", "/ours/kept/templates"],
      ["/ours/here", "../templates", "/ours/templates"],
    ] as const) {
      const environment = { DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: named };
      assert.equal(workFolder(root, environment), expected);
    }
  });

  it("has a folder for each template in each datacenter of each vCenter", () => {
    const of = { name: "ubuntu-0123abcd", datacenter: "/europe/X1" };
    const path = "/w/vcenter.example.com_8443/ubuntu-0123abcd@europe_X1";
    assert.deepEqual(runFolder("/w", "vcenter.example.com:8443", of), {
      path,
      source: join(path, "source"),
      record: join(path, "run.json"),
      progress: join(path, "progress"),
    });
    assert.equal(vCenterFolder("/w", "[::1]/a"), "/w/___1__a");
  });

  it("keeps ten logs, named by the time, and removes the oldest", () => {
    const folder = temporaryFolder();
    const own = runFolder(folder, "vcenter", { name: "t", datacenter: "/X1" });
    const start = Date.parse("2026-01-02T03:04:05.678Z");
    for (let minute = 0; minute < 12; minute++) {
      const file = newLogFile(own, new Date(start + minute * 60_000));
      writeFiles(own.path, { [file.slice(own.path.length + 1)]: "log", "run.json": "{}" });
    }
    const names = readdirSync(own.path).sort();
    const mode = statSync(own.path).mode & 0o777;
    removeFolder(folder);
    assert.equal(names.length, 11);
    assert.equal(names[0], `2026-01-02T03-06-05-${process.pid}.log`);
    assert.ok(names.includes("run.json"), "and nothing but logs");
    assert.equal(mode, 0o700);
  });
});

describe("what the component passes on", () => {
  const own = "DECKHOUSE_VSPHERE_BUILDING_PASSWORD";
  const variable = "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST";

  it("is the password, which wins over the variable that has it otherwise", () => {
    assert.equal(buildingPassword("V", { [own]: "a", V: "b" }), "a");
    assert.equal(buildingPassword("V", { V: "b" }), "b");
    assert.equal(buildingPassword("V", { [own]: "", V: "b" }), "b");
    for (const environment of [{}, { V: "" }, { [own]: "" }]) {
      const message = `neither ${own} nor V is set`;
      assert.throws(() => buildingPassword("V", environment), { message });
    }
  });

  it("is the request", () => {
    assert.equal(requestText({ [variable]: "{}" }), "{}");
    assert.throws(() => requestText({}), { message: `${variable} is not set` });
  });
});

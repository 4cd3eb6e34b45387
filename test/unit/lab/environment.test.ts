import assert from "node:assert/strict";
import { labBinaries } from "../../../scripts/lab/binaries";
import {
  engineEnvironment,
  joinEnvironments,
  packerEnvironment,
  processEnvironment,
  shellEnvironment,
  type LabEnvironment,
} from "../../../scripts/lab/environment";
import { labFolders } from "../../../scripts/lab/folders";
import { goEnvironment } from "../../../scripts/lab/goCommand";
import { usesOfficialEngine } from "../../../scripts/lab/official";

const folders = labFolders("/lab");
const lab: LabEnvironment = { path: ["/a", "/b"], set: { ONE: "it's" }, unset: ["TWO"] };

describe("the environment of the lab", () => {
  it("uses the lab's engine and nothing from the PATH", () => {
    const { path, set } = engineEnvironment({ folders, official: false }, "/state");
    assert.deepEqual(path, ["/lab/pulumi", "/lab/bin"]);
    assert.equal(set["PULUMI_HOME"], "/lab/pulumi-home");
    assert.equal(set["PULUMI_IGNORE_AMBIENT_PLUGINS"], "true");
    assert.equal(set["PULUMI_BACKEND_URL"], "file:///state");
  });

  it("leaves an official engine its own home and plugins, but keeps the stacks local", () => {
    const { path, set } = engineEnvironment({ folders, official: true }, "/state");
    assert.deepEqual(path, ["/lab/bin"]);
    assert.equal(set["PULUMI_HOME"], undefined);
    assert.equal(set["PULUMI_IGNORE_AMBIENT_PLUGINS"], undefined);
    assert.equal(set["PULUMI_BACKEND_URL"], "file:///state");
  });

  it("keeps the lab's Packer out of the user's home, and lets it type fast", () => {
    assert.deepEqual(packerEnvironment({ folders, official: false }), {
      path: ["/lab/packer/bin"],
      set: {
        PACKER_PLUGIN_PATH: "/lab/packer/plugins",
        PACKER_CONFIG_DIR: "/lab/packer",
        PACKER_CACHE_DIR: "/lab/packer/cache",
        CHECKPOINT_DISABLE: "1",
        PACKER_KEY_INTERVAL: "1ms",
      },
      unset: ["PACKER_CONFIG"],
    });
  });

  it("has no Packer of the lab in front of an official one", () => {
    const choice = { folders, official: true };
    const { path } = joinEnvironments(
      engineEnvironment(choice, "/state"),
      packerEnvironment(choice),
    );
    const ofLab = labBinaries(true).map((binary) => [binary.name, folders[binary.folder]]);
    assert.deepEqual(ofLab, [
      ["vcenter-simulator", "/lab/bin"],
      ["govc", "/lab/bin"],
    ]);
    const others = labBinaries(false).filter(({ folder }) => path.includes(folders[folder]));
    assert.deepEqual(
      others.map(({ name }) => name),
      ["vcenter-simulator", "govc"],
    );
  });

  it("leaves an official Packer its own plugins and settings", () => {
    assert.deepEqual(packerEnvironment({ folders, official: true }), {
      path: [],
      set: { CHECKPOINT_DISABLE: "1", PACKER_KEY_INTERVAL: "1ms" },
      unset: [],
    });
  });

  it("asks for the official engine by LAB_OFFICIAL=1 alone", () => {
    assert.equal(usesOfficialEngine({ LAB_OFFICIAL: "1" }), true);
    for (const value of [undefined, "", "0"]) {
      assert.equal(usesOfficialEngine({ LAB_OFFICIAL: value }), false);
    }
  });

  it("is the user's for a child process, but for what it sets and takes away", () => {
    const base = { PATH: "/usr/bin", HOME: "/home", TWO: "2", ONE: "1" };
    assert.deepEqual(processEnvironment(lab, base), {
      PATH: "/a:/b:/usr/bin",
      HOME: "/home",
      ONE: "it's",
    });
  });

  it("is quoted for a shell", () => {
    const text = shellEnvironment(lab);
    assert.ok(text.includes("export ONE='it'\\''s'\n"));
    assert.ok(text.includes("unset TWO\n"));
  });

  it("joins, the later one counting", () => {
    const other = { path: ["/c"], set: { ONE: "other" }, unset: ["THREE"] };
    assert.deepEqual(joinEnvironments(lab, other), {
      path: ["/a", "/b", "/c"],
      set: { ONE: "other" },
      unset: ["TWO", "THREE"],
    });
  });

  it("keeps the user's Go settings away from the lab's binaries", () => {
    const user = { GOFLAGS: "-race", GOOS: "plan9", GOARCH: "mips", GOPROXY: "kept" };
    const { GOOS, GOARCH, GOFLAGS, GOPROXY } = goEnvironment(user);
    assert.deepEqual([GOOS, GOARCH, GOPROXY], [undefined, undefined, "kept"]);
    assert.match(GOFLAGS ?? "", /-mod=readonly/);
  });
});

import assert from "node:assert/strict";
import { labBinaries } from "../../../scripts/lab/binaries";
import {
  engineEnvironment,
  joinEnvironments,
  packerEnvironment,
  processEnvironment,
  shellEnvironment,
  usesOfficialEngine,
  type LabEnvironment,
} from "../../../scripts/lab/environment";
import { labFolders } from "../../../scripts/lab/folders";
import { goEnvironment } from "../../../scripts/lab/goBuild";

const folders = labFolders("/lab");
const lab: LabEnvironment = { path: ["/a", "/b"], set: { ONE: "it's" }, unset: ["TWO"] };
const stacks = {
  PULUMI_BACKEND_URL: "file:///state",
  PULUMI_CONFIG_PASSPHRASE: "lab",
  PULUMI_SKIP_UPDATE_CHECK: "true",
};
const quickPacker = { CHECKPOINT_DISABLE: "1", PACKER_KEY_INTERVAL: "1ms" };

describe("the environment of the lab", () => {
  it("has the lab's engine and Packer, with homes of their own, and nothing from the PATH", () => {
    const choice = { folders, official: false };
    const engine = engineEnvironment(choice, "/state");
    assert.deepEqual(engine.path, ["/lab/pulumi", "/lab/bin"]);
    assert.deepEqual(engine.set, {
      ...stacks,
      PULUMI_HOME: "/lab/pulumi-home",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
    assert.deepEqual(packerEnvironment(choice), {
      path: ["/lab/packer/bin"],
      set: {
        ...quickPacker,
        PACKER_PLUGIN_PATH: "/lab/packer/plugins",
        PACKER_CONFIG_DIR: "/lab/packer",
        PACKER_CACHE_DIR: "/lab/packer/cache",
      },
      unset: ["PACKER_CONFIG"],
    });
  });

  it("leaves official ones their homes and plugins, but keeps the stacks local", () => {
    const choice = { folders, official: true };
    const engine = engineEnvironment(choice, "/state");
    assert.deepEqual([engine.path, engine.set], [["/lab/bin"], stacks]);
    assert.deepEqual(packerEnvironment(choice), { path: [], set: quickPacker, unset: [] });
    const inFront = labBinaries(false).filter(({ folder }) =>
      engine.path.includes(folders[folder]),
    );
    for (const binaries of [labBinaries(true), inFront]) {
      assert.deepEqual(
        binaries.map(({ name }) => name),
        ["vcenter-simulator", "govc"],
      );
    }
  });

  it("asks for official ones by LAB_OFFICIAL=1 alone", () => {
    const asks = [undefined, "", "0", "1"].map((value) =>
      usesOfficialEngine({ LAB_OFFICIAL: value }),
    );
    assert.deepEqual(asks, [false, false, false, true]);
  });

  it("is the user's for a child process, except for what it sets and takes away", () => {
    const base = { PATH: "/usr/bin", HOME: "/home", TWO: "2", ONE: "1" };
    const expected = { PATH: "/a:/b:/usr/bin", HOME: "/home", ONE: "it's" };
    assert.deepEqual(processEnvironment(lab, base), expected);
  });

  it("joins, the later one counting", () => {
    const other = { path: ["/c"], set: { ONE: "other" }, unset: ["THREE"] };
    const joined = { path: ["/a", "/b", "/c"], set: { ONE: "other" }, unset: ["TWO", "THREE"] };
    assert.deepEqual(joinEnvironments(lab, other), joined);
  });

  it("is quoted for a shell", () => {
    const text = shellEnvironment(lab);
    assert.ok(text.includes("export ONE='it'\\''s'\n"));
    assert.ok(text.includes("unset TWO\n"));
  });

  it("keeps the user's Go settings away from the lab's binaries", () => {
    const user = { GOFLAGS: "-race", GOOS: "plan9", GOARCH: "mips", GOPROXY: "kept" };
    const { GOOS, GOARCH, GOFLAGS, GOPROXY } = goEnvironment(user);
    assert.deepEqual([GOOS, GOARCH, GOPROXY], [undefined, undefined, "kept"]);
    assert.match(GOFLAGS ?? "", /-mod=readonly/);
  });
});

import assert from "node:assert/strict";

import { toolEnvironment } from "../../../../template/runner/childProcess";

describe("the environment of git and Packer", () => {
  it("is the user's, with what is added, and with names that only look like secrets", () => {
    const base = {
      PATH: "/bin",
      HTTPS_PROXY: "http://proxy",
      PKR_VAR_x: "1",
      GIT_SSH: "ssh",
      GIT_SSL_CAINFO: "ca.pem",
      VSPHERE_PASSWORD_FILE: "f",
      MY_PULUMI_X: "x",
      VSPHERE_SERVER: "s",
    };
    assert.deepEqual(toolEnvironment({ LC_ALL: "C" }, base), { ...base, LC_ALL: "C" });
    assert.equal(toolEnvironment({ PATH: "/other" }, base)["PATH"], "/other");
  });

  it("has no secret, and does not point git to another repository, as a hook that runs Pulumi would", () => {
    const names = [
      ...["PULUMI_CONFIG_PASSPHRASE", "PULUMI_ACCESS_TOKEN", "PULUMI_COMMAND_STDOUT"],
      ...["DECKHOUSE_VSPHERE_TEMPLATE_REQUEST", "DECKHOUSE_VSPHERE_BUILDING_PASSWORD"],
      ...["DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD", "VSPHERE_PASSWORD", "GOVC_PASSWORD"],
      ...["TF_VAR_password", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"],
      ...["GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"],
    ];
    const base = Object.fromEntries(names.map((name) => [name, "x"]));
    assert.deepEqual(toolEnvironment({}, base), {});
  });
});

import assert from "node:assert/strict";

import {
  buildingPassword,
  requestText,
  toolEnvironment,
} from "../../../../template/runner/environment";

describe("the environment of git and Packer", () => {
  it("is the user's own, with what is added", () => {
    const base = { PATH: "/bin", HTTPS_PROXY: "http://proxy", PKR_VAR_x: "1", GIT_SSH: "ssh" };
    assert.deepEqual(toolEnvironment({ LC_ALL: "C" }, base), { ...base, LC_ALL: "C" });
    assert.equal(toolEnvironment({ PATH: "/other" }, base)["PATH"], "/other");
  });

  const withheld = [
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_COMMAND_STDOUT",
    "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST",
    "DECKHOUSE_VSPHERE_BUILDING_PASSWORD",
    "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD",
    "VSPHERE_PASSWORD",
    "GOVC_PASSWORD",
    "TF_VAR_password",
  ];
  for (const name of withheld) {
    it(`has no ${name}`, () => {
      assert.deepEqual(toolEnvironment({}, { [name]: "x", PATH: "/bin" }), { PATH: "/bin" });
    });
  }

  it("does not tell git of another repository, as one whose hook runs Pulumi would", () => {
    const hook = {
      ...{ GIT_DIR: "/ours/.git", GIT_WORK_TREE: "/ours", GIT_INDEX_FILE: "/ours/.git/index" },
      ...{ GIT_OBJECT_DIRECTORY: "o", GIT_ALTERNATE_OBJECT_DIRECTORIES: "a", GIT_PREFIX: "p" },
      ...{ GIT_COMMON_DIR: "c", GIT_NAMESPACE: "n" },
    };
    assert.deepEqual(toolEnvironment({}, { ...hook, GIT_SSL_CAINFO: "ca.pem" }), {
      GIT_SSL_CAINFO: "ca.pem",
    });
  });

  it("keeps names that only look like those", () => {
    const base = { VSPHERE_PASSWORD_FILE: "f", MY_PULUMI_X: "x", VSPHERE_SERVER: "s" };
    assert.deepEqual(toolEnvironment({}, base), base);
  });
});

describe("what the component hands over", () => {
  const own = "DECKHOUSE_VSPHERE_BUILDING_PASSWORD";

  it("is the password, before the variable that has it otherwise", () => {
    assert.equal(buildingPassword("V", { [own]: "a", V: "b" }), "a");
    assert.equal(buildingPassword("V", { V: "b" }), "b");
    assert.equal(buildingPassword("V", { [own]: "", V: "b" }), "b");
  });

  it("is missed when neither has it", () => {
    for (const environment of [{}, { V: "" }, { [own]: "" }]) {
      assert.throws(() => buildingPassword("V", environment), {
        message: `neither ${own} nor V is set`,
      });
    }
  });

  it("is the request", () => {
    const variable = "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST";
    assert.equal(requestText({ [variable]: "{}" }), "{}");
    assert.throws(() => requestText({}), { message: `${variable} is not set` });
  });
});

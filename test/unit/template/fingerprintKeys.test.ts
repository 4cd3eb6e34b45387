import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configurationSchema } from "../../../configuration";
import { schemaKeys } from "../../../configuration/schema/walk";
import type { Changes } from "../../support/changedConfiguration";
import { oldPackerFolder } from "../../support/packerSource";
import { removeFolder } from "../../support/temporaryFolder";
import { templateNameOf } from "../../support/templateImages";
import { stack, stackWith } from "../configuration/support";

/** A stack whose template comes from each source that is built; a fault of one key is no matter of the others. */
const stacks = {
  builtin: { builtin: { ubuntu: "24.04" } },
  deckhouse: { deckhouse: { ubuntu: "22.04" } },
  directory: {
    directory: { path: "test/fixtures/packer/old-folder", name: "ours", variableFiles: [] },
  },
} as const;

/** A copy of the folder of `stacks.directory`. */
const copy = join(tmpdir(), `deckhouse-test-folder-${process.pid}`);

const sha256 = (digit: string): string => `sha256:${digit.repeat(64)}`;
const list = "file:https://releases.example.com/SHA256SUMS";
const withChecksum = (isoChecksum: string): Changes => ({
  "templateImage.isoUrl": "https://a.example.com/u.iso",
  "templateImage.isoChecksum": isoChecksum,
});
const withDigest = withChecksum(sha256("a"));
const otherCommit = { "templateImage.deckhouse.commit": "c".repeat(40) };
const defaultCommit = "8c480510854a9fbc9a0294ea4627af92f6d0a275";
const files = (...names: string[]): string[] => names.map((name) => `${name}.pkrvars.hcl`);
const files1 = { "templateImage.directory.variableFiles": files("a", "b") };
const noBuiltin = { "templateImage.builtin": undefined };
const ubuntu2204 = { ubuntu: "22.04" };
const vmx17 = { "templateImage.variables": { vm_hardware_version: 17 } };
const account = { "templateImage.account": { username: "packer@corp" } };
const existing = { ...noBuiltin, "templateImage.existing": { template: "Templates/theirs" } };

/** What happens to the name of a template when a key gets a value, of which stack, and what else is there before. */
type Case = readonly [
  effect: "changes" | "stays",
  key: string,
  value: unknown,
  of?: keyof typeof stacks,
  before?: Changes,
  besides?: Changes,
];

/** Every key that says something about the template, and whether it shapes the image. */
const cases: readonly Case[] = [
  ["changes", "builtin", undefined, "builtin", {}, { "templateImage.deckhouse": ubuntu2204 }],
  ["stays", "builtin", {}],
  ["changes", "builtin.ubuntu", "22.04"],
  ["changes", "deckhouse", undefined, "deckhouse", {}, { "templateImage.builtin": ubuntu2204 }],
  ["changes", "deckhouse.ubuntu", "20.04", "deckhouse"],
  ["changes", "deckhouse.ubuntu", "20.04", "deckhouse", otherCommit],
  ["changes", "deckhouse.commit", "c".repeat(40), "deckhouse"],
  ["stays", "deckhouse.commit", defaultCommit, "deckhouse"],
  ["stays", "deckhouse.repository", "../mirror", "deckhouse"],
  ["changes", "directory", undefined, "directory", {}, { "templateImage.builtin": {} }],
  ["stays", "directory.path", copy, "directory"],
  ["changes", "directory.path", "template/packer/ubuntu-24.04", "directory"],
  ["changes", "directory.name", "theirs", "directory"],
  ["changes", "directory.variableFiles", files("22.04"), "directory"],
  ["changes", "directory.variableFiles", files("b", "a"), "directory", files1],
  ["changes", "existing", { template: "Templates/theirs" }, "builtin", {}, noBuiltin],
  ["stays", "existing.template", "Templates/others", "builtin", existing],
  ["changes", "isoUrl", "https://a.example.com/u.iso", "builtin", {}, withDigest],
  ["stays", "isoUrl", "https://b.example.com/v.iso", "builtin", withDigest],
  ["stays", "isoUrl", "https://b.example.com/u.iso", "builtin", withChecksum(list)],
  ["changes", "isoUrl", "https://a.example.com/v.iso", "builtin", withChecksum(list)],
  ["changes", "isoChecksum", sha256("b"), "builtin", withDigest],
  ["changes", "isoChecksum", list, "builtin", withDigest],
  ["changes", "numCPUs", 4],
  ["changes", "coresPerSocket", 4],
  ["changes", "memory", 4096],
  ["changes", "diskSize", 20],
  ["changes", "variables", { vm_hardware_version: 17 }],
  ["changes", "variables", { vm_hardware_version: 18 }, "builtin", vmx17],
  ["stays", "httpAddress", "10.8.0.5"],
  ["stays", "folder", "Images"],
  ["stays", "places", { "k8s-region-x1": { datastore: "x1_lun_1" } }],
  ["stays", "places.<name>.cluster", "x1_other"],
  ["stays", "places.<name>.host", "esxi-01"],
  ["stays", "places.<name>.resourcePool", "packer"],
  ["stays", "places.<name>.datastore", "x1_lun_2"],
  ["stays", "places.<name>.folder", "Images"],
  ["stays", "places.<name>.network", "builders"],
  ["stays", "distribution", "buildTogether"],
  ["stays", "oldTemplates", "remove"],
  ["stays", "account", { username: "packer@corp" }],
  ["stays", "account.username", "other@corp", "builtin", account],
  ["stays", "timeouts", { build: "1h" }],
  ["stays", "timeouts.fetch", "1h"],
  ["stays", "timeouts.init", "1h"],
  ["stays", "timeouts.build", "1h"],
  ["stays", "timeouts.copy", "1h"],
  ["stays", "timeouts.cleanUp", "1h"],
];

/** The other top-level keys, none of which shapes the image. */
const others: Readonly<Record<string, Changes>> = {
  regions: {
    "regions[1]": stack.regions[1],
    "templateImage.places": { "k8s-region-x2": { network: "k8s-nodes" } },
  },
  categories: { "categories.region.name": "region" },
  role: { "role.preset": "current" },
  protect: { protect: true },
  vCenter: { "vCenter.restoredAs": "4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21" },
  preflight: { preflight: { version: { level: "off", reason: "tried elsewhere" } } },
  clusterAccount: { "clusterAccount.username": "other@vsphere.local" },
  clusterConfiguration: { "clusterConfiguration.cloudPrefix": "prod" },
  deckhouse: { "deckhouse.version": "1.76", "deckhouse.releaseChannel": "Beta" },
};

describe("the fingerprint in a template's name", () => {
  before(() => {
    cpSync(oldPackerFolder, copy, { recursive: true });
  });

  after(() => {
    removeFolder(copy);
  });

  const configuration = (of: keyof typeof stacks, ...all: Changes[]): unknown =>
    stackWith(
      Object.assign(
        { regions: stack.regions.slice(0, 1), templateImage: stacks[of] },
        ...all,
      ) as Changes,
    );
  const name = (...parameters: Parameters<typeof configuration>): string | undefined =>
    templateNameOf(configuration(...parameters));

  it("is decided for every key of the configuration", () => {
    const keys = schemaKeys(configurationSchema).map(({ path }) => path);
    assert.deepEqual(
      keys.filter((path) => path.startsWith("templateImage.")).sort(),
      [...new Set(cases.map(([, key]) => `templateImage.${key}`))].sort(),
      "say in this test whether the new key shapes the image",
    );
    const top = keys.filter((path) => !/[.[]/.test(path) && path !== "templateImage");
    assert.deepEqual(top.sort(), Object.keys(others).sort());
  });

  for (const [effect, key, value, of = "builtin", before = {}, besides = {}] of cases) {
    it(`${effect} with ${key} ${value === undefined ? "removed" : JSON.stringify(value)} of ${of} ${JSON.stringify(before)}`, () => {
      const path = `templateImage.${key.replace("<name>", "k8s-region-x1")}`;
      const changes = { [path.replace(/\.(k8s[^.]*)/, '["$1"]')]: value, ...besides };
      assert.equal(name(of, before, changes) === name(of, before), effect === "stays");
    });
  }

  for (const [key, by] of Object.entries(others)) {
    it(`stays with ${key}`, () => {
      assert.equal(name("builtin", by), name("builtin"));
    });
  }

  it("stays with the connection, and with where the password is", () => {
    const raw = configuration("builtin");
    for (const connection of [
      { server: "other.example.com" },
      { user: "somebody@vsphere.local" },
      { password: "another" },
      { insecure: true },
      { certificateAuthority: "-----BEGIN CERTIFICATE-----" },
    ]) {
      const text = JSON.stringify(connection);
      assert.equal(templateNameOf(raw, { connection }), templateNameOf(raw), text);
    }
    const password = { value: "secret", variable: "OTHER" };
    assert.equal(templateNameOf(raw, { password }), templateNameOf(raw));
  });
});

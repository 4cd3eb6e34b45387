import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configurationSchema } from "../../../configuration";
import { schemaKeys } from "../../../configuration/schemaKeys";
import type { Changes } from "../../support/changedConfiguration";
import { oldPackerFolder } from "../../support/packerSource";
import { templateNameOf } from "../../support/templateImages";
import { removeFolder } from "../../support/temporaryFolder";
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

const sha256 = `sha256:${"a".repeat(64)}`;
const list = "file:https://releases.example.com/SHA256SUMS";
const iso = { "templateImage.isoUrl": "https://a.example.com/u.iso" };
const isoWithList = { ...iso, "templateImage.isoChecksum": list };
const isoWithDigest = { ...iso, "templateImage.isoChecksum": sha256 };
const firstPlace = 'templateImage.places["k8s-region-x1"]';

interface Case {
  /** What has to happen to the name. */
  readonly name: "changes" | "stays";
  readonly by: Changes;
  /** What is there before. */
  readonly before?: Changes;
  readonly of?: keyof typeof stacks;
}

const changes = (by: Changes, more: Partial<Case> = {}): Case => ({ name: "changes", by, ...more });
const stays = (by: Changes, more: Partial<Case> = {}): Case => ({ name: "stays", by, ...more });

/** Every key that says something of the template, and whether it shapes the image. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  "templateImage.builtin": [
    changes({ "templateImage.builtin": undefined, "templateImage.deckhouse": { ubuntu: "22.04" } }),
    stays({ "templateImage.builtin": {} }),
  ],
  "templateImage.builtin.ubuntu": [changes({ "templateImage.builtin.ubuntu": "22.04" })],
  "templateImage.deckhouse": [
    changes(
      { "templateImage.deckhouse": undefined, "templateImage.builtin": { ubuntu: "22.04" } },
      { of: "deckhouse" },
    ),
  ],
  "templateImage.deckhouse.ubuntu": [
    changes({ "templateImage.deckhouse.ubuntu": "20.04" }, { of: "deckhouse" }),
    changes(
      { "templateImage.deckhouse.ubuntu": "20.04" },
      { of: "deckhouse", before: { "templateImage.deckhouse.commit": "c".repeat(40) } },
    ),
  ],
  "templateImage.deckhouse.commit": [
    changes({ "templateImage.deckhouse.commit": "c".repeat(40) }, { of: "deckhouse" }),
    stays(
      { "templateImage.deckhouse.commit": "8c480510854a9fbc9a0294ea4627af92f6d0a275" },
      { of: "deckhouse" },
    ),
  ],
  "templateImage.deckhouse.repository": [
    stays({ "templateImage.deckhouse.repository": "../mirror" }, { of: "deckhouse" }),
  ],
  "templateImage.directory": [
    changes(
      { "templateImage.directory": undefined, "templateImage.builtin": {} },
      { of: "directory" },
    ),
  ],
  "templateImage.directory.path": [
    stays({ "templateImage.directory.path": copy }, { of: "directory" }),
    changes(
      { "templateImage.directory.path": "template/packer/ubuntu-24.04" },
      { of: "directory" },
    ),
  ],
  "templateImage.directory.name": [
    changes({ "templateImage.directory.name": "theirs" }, { of: "directory" }),
  ],
  "templateImage.directory.variableFiles": [
    changes(
      { "templateImage.directory.variableFiles": ["22.04.pkrvars.hcl"] },
      { of: "directory" },
    ),
    changes(
      { "templateImage.directory.variableFiles": ["b.pkrvars.hcl", "a.pkrvars.hcl"] },
      {
        of: "directory",
        before: { "templateImage.directory.variableFiles": ["a.pkrvars.hcl", "b.pkrvars.hcl"] },
      },
    ),
  ],
  "templateImage.existing": [
    changes({
      "templateImage.builtin": undefined,
      "templateImage.existing": { template: "Templates/theirs" },
    }),
  ],
  "templateImage.existing.template": [
    stays(
      { "templateImage.existing.template": "Templates/others" },
      {
        before: {
          "templateImage.builtin": undefined,
          "templateImage.existing": { template: "Templates/theirs" },
        },
      },
    ),
  ],
  "templateImage.isoUrl": [
    stays({ "templateImage.isoUrl": "https://b.example.com/v.iso" }, { before: isoWithDigest }),
    stays({ "templateImage.isoUrl": "https://b.example.com/u.iso" }, { before: isoWithList }),
    changes({ "templateImage.isoUrl": "https://a.example.com/v.iso" }, { before: isoWithList }),
    changes(isoWithDigest),
  ],
  "templateImage.isoChecksum": [
    changes({ "templateImage.isoChecksum": `sha256:${"b".repeat(64)}` }, { before: isoWithDigest }),
    changes({ "templateImage.isoChecksum": list }, { before: isoWithDigest }),
  ],
  "templateImage.numCPUs": [changes({ "templateImage.numCPUs": 4 })],
  "templateImage.coresPerSocket": [changes({ "templateImage.coresPerSocket": 4 })],
  "templateImage.memory": [changes({ "templateImage.memory": 4096 })],
  "templateImage.diskSize": [changes({ "templateImage.diskSize": 20 })],
  "templateImage.variables": [
    changes({ "templateImage.variables": { vm_hardware_version: 17 } }),
    changes(
      { "templateImage.variables": { vm_hardware_version: 18 } },
      { before: { "templateImage.variables": { vm_hardware_version: 17 } } },
    ),
  ],
  "templateImage.httpAddress": [stays({ "templateImage.httpAddress": "10.8.0.5" })],
  "templateImage.folder": [stays({ "templateImage.folder": "Images" })],
  "templateImage.places": [
    stays({ "templateImage.places": { "k8s-region-x1": { datastore: "x1_lun_1" } } }),
  ],
  "templateImage.places.<name>.cluster": [stays({ [`${firstPlace}.cluster`]: "x1_other" })],
  "templateImage.places.<name>.host": [stays({ [`${firstPlace}.host`]: "esxi-01" })],
  "templateImage.places.<name>.resourcePool": [stays({ [`${firstPlace}.resourcePool`]: "packer" })],
  "templateImage.places.<name>.datastore": [stays({ [`${firstPlace}.datastore`]: "x1_lun_2" })],
  "templateImage.places.<name>.folder": [stays({ [`${firstPlace}.folder`]: "Images" })],
  "templateImage.places.<name>.network": [stays({ [`${firstPlace}.network`]: "builders" })],
  "templateImage.distribution": [stays({ "templateImage.distribution": "buildTogether" })],
  "templateImage.oldTemplates": [stays({ "templateImage.oldTemplates": "remove" })],
  "templateImage.account": [stays({ "templateImage.account": { username: "packer@corp" } })],
  "templateImage.account.username": [
    stays(
      { "templateImage.account.username": "other@corp" },
      { before: { "templateImage.account": { username: "packer@corp" } } },
    ),
  ],
  "templateImage.timeouts": [stays({ "templateImage.timeouts": { build: "1h" } })],
  "templateImage.timeouts.fetch": [stays({ "templateImage.timeouts.fetch": "1h" })],
  "templateImage.timeouts.init": [stays({ "templateImage.timeouts.init": "1h" })],
  "templateImage.timeouts.build": [stays({ "templateImage.timeouts.build": "1h" })],
  "templateImage.timeouts.copy": [stays({ "templateImage.timeouts.copy": "1h" })],
  "templateImage.timeouts.cleanUp": [stays({ "templateImage.timeouts.cleanUp": "1h" })],
};

/** What stands beside `templateImage`: nothing of it is in the image. */
const others: Readonly<Record<string, Changes>> = {
  regions: {
    "regions[0].name": "renamed",
    "regions[0].datacenter": "Moved",
    "regions[1]": stack.regions[1],
    "templateImage.places": { "k8s-region-x2": { network: "k8s-nodes" } },
  },
  categories: { "categories.region.name": "region" },
  role: { "role.preset": "current" },
  protect: { protect: true },
  vCenter: { "vCenter.restoredAs": "4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21" },
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

  const name = (of: keyof typeof stacks, ...all: Changes[]): string | undefined =>
    templateNameOf(
      stackWith(
        Object.assign(
          { regions: stack.regions.slice(0, 1), templateImage: stacks[of] },
          ...all,
        ) as Changes,
      ),
    );

  it("is decided for every key of templateImage", () => {
    const keys = schemaKeys(configurationSchema).map(({ path }) => path);
    assert.deepEqual(
      keys.filter((path) => path.startsWith("templateImage.")).sort(),
      Object.keys(cases).sort(),
      "say in this test whether the new key shapes the image",
    );
    const top = keys.filter((path) => !/[.[]/.test(path) && path !== "templateImage");
    assert.deepEqual(top.sort(), Object.keys(others).sort());
  });

  for (const [key, ofKey] of Object.entries(cases)) {
    const effects = [...new Set(ofKey.map((one) => one.name))].sort().join(" and ");
    it(`${effects} with ${key}`, () => {
      for (const { name: effect, by, before = {}, of = "builtin" } of ofKey) {
        const [old, present] = [name(of, before), name(of, before, by)];
        const text = JSON.stringify(by);
        if (effect === "stays") assert.equal(present, old, text);
        else assert.notEqual(present, old, text);
      }
    });
  }

  for (const [key, by] of Object.entries(others)) {
    it(`stays with ${key}`, () => {
      assert.equal(name("builtin", by), name("builtin"));
    });
  }

  it("stays with the connection, and with where the password is", () => {
    const raw = stackWith({
      regions: stack.regions.slice(0, 1),
      templateImage: stacks.builtin,
    });
    const old = templateNameOf(raw);
    for (const connection of [
      { server: "other.example.com" },
      { user: "somebody@vsphere.local" },
      { password: "another" },
      { insecure: true },
      { certificateAuthority: "-----BEGIN CERTIFICATE-----" },
    ]) {
      assert.equal(templateNameOf(raw, { connection }), old, JSON.stringify(connection));
    }
    const password = { value: "secret", variable: "OTHER" };
    assert.equal(templateNameOf(raw, { password }), old);
  });
});

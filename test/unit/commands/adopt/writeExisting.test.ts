import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  refuseContradiction,
  settingsWithExisting,
  writeWhole,
} from "../../../../commands/adopt/writeExisting";
import type { StackSettings } from "../../../../configuration/load";
import { ConfigurationError } from "../../../../findings/finding";
import { changed, type Changes } from "../../../support/changedConfiguration";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";
import { exampleConfiguration } from "../../../support/writtenExample";

function settingsOf(changes: Changes = {}): StackSettings {
  const written = changed(exampleConfiguration, changes) as Record<string, unknown>;
  return {
    values: {
      ...Object.fromEntries(
        Object.entries(written).map(([key, value]) => [
          `deckhouse-vsphere:${key}`,
          JSON.stringify(value),
        ]),
      ),
      "vsphere:vsphereServer": "vcenter.example.com",
      "vsphere:user": "administrator@vsphere.local",
    },
    encryptedKeys: new Set(),
    environment: {
      VSPHERE_PASSWORD: "hunter2",
      DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: "hunter3",
    },
  };
}

describe("existing: true in the settings of a stack", () => {
  it("is added beside what is there, and where nothing is", () => {
    const { values } = settingsWithExisting(settingsOf(), [
      ["regions", 1, "zones", 0],
      ["categories", "zone"],
    ]);
    assert.deepEqual(
      JSON.parse(values["deckhouse-vsphere:regions"] ?? ""),
      (changed(exampleConfiguration, { "regions[1].zones[0].existing": true }) as Changes)[
        "regions"
      ],
    );
    assert.equal(values["deckhouse-vsphere:categories"], '{"zone":{"existing":true}}');
  });

  it("is refused where the configuration would contradict itself", () => {
    const places = [["categories", "zone"]];
    assert.doesNotThrow(() => refuseContradiction(settingsOf(), places));
    const contradicting = settingsOf({
      "categories.deleteOnDestroy": true,
      "categories.region.existing": true,
    });
    assert.throws(() => refuseContradiction(contradicting, places), ConfigurationError);
  });
});

describe("a stack's file", () => {
  it("is replaced in one step, and keeps who may read it", () => {
    const folder = temporaryFolder();
    try {
      const path = join(folder, "Pulumi.test.yaml");
      writeFileSync(path, "before");
      chmodSync(path, 0o600);
      writeWhole({ path, text: "after" });
      assert.equal(readFileSync(path, "utf8"), "after");
      assert.equal(statSync(path).mode & 0o777, 0o600);
      assert.deepEqual(readdirSync(folder), ["Pulumi.test.yaml"]);
    } finally {
      removeFolder(folder);
    }
  });
});

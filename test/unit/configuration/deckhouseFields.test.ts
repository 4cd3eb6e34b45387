import assert from "node:assert/strict";
import { remedyForDeckhouseField } from "../../../configuration/schema/faults";
import { clusterConfigurationSchema } from "../../../configuration/schema/clusterConfiguration";

/** The top-level fields of Deckhouse's VsphereClusterConfiguration, from its public schema. */
const fields = [
  ...["apiVersion", "kind", "layout", "provider", "region", "zones"],
  ...["regionTagCategory", "zoneTagCategory", "vmFolderPath", "vmFolderExists", "sshPublicKey"],
  ...["masterNodeGroup", "nodeGroups", "internalNetworkCIDR"],
  ...["internalNetworkNames", "externalNetworkNames", "baseResourcePool"],
  ...["useNestedResourcePool", "storagePolicyID", "disableTimesync", "nsxt"],
];

describe("the fields of Deckhouse's document", () => {
  for (const field of fields) {
    it(`${field} is a key of the same name, or the user is told what to write`, () => {
      const isKey = Object.hasOwn(clusterConfigurationSchema.shape, field);
      const remedy = remedyForDeckhouseField(["regions", 0, "clusterConfiguration"], field);
      assert.notEqual(isKey, remedy !== undefined);
    });
  }

  it("are those of a cluster configuration alone", () => {
    assert.equal(remedyForDeckhouseField([], "region"), undefined);
    assert.equal(remedyForDeckhouseField(["clusterConfiguration"], "toString"), undefined);
  });
});

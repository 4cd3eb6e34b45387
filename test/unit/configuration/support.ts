import assert from "node:assert/strict";
import { ConfigurationError, parseConfiguration } from "../../../configuration";
import { changed, type Changes } from "../../support/changedConfiguration";
import { withoutPointers } from "../../support/pointers";

/** A public key made for the tests: the bytes 0 to 31. */
export const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test@example.com";

/** A machine, with all that it has to be told. */
export const instanceClass = {
  numCPUs: 4,
  memory: 8192,
  template: "Templates/ubuntu-24.04",
  mainNetwork: "k8s-nodes",
  datastore: "x1_root",
};

/** Two regions with two zones each, a cluster configuration for the first, everything right. */
export const stack = {
  regions: [
    {
      name: "k8s-region-x1",
      datacenter: "X1",
      zones: [
        {
          name: "k8s-zone-x1-a",
          cluster: "x1_cluster_prod",
          datastores: ["x1_lun_1", "x1_lun_2"],
        },
        { name: "k8s-zone-x1-b", cluster: "x1_cluster_stage", datastores: ["x1_lun_3"] },
      ],
      clusterConfiguration: {
        vmFolderPath: "k8s/x1",
        sshPublicKey: publicKey,
        networks: [{ path: "k8s-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24" }],
        masterNodeGroup: { replicas: 3, instanceClass },
        nodeGroups: [{ name: "frontend", replicas: 2, instanceClass }],
      },
    },
    {
      name: "k8s-region-x2",
      datacenter: "X2",
      zones: [
        { name: "k8s-zone-x2-a", cluster: "x2_cluster_prod", datastores: ["x2_lun_1"] },
        { name: "k8s-zone-x2-b", cluster: "x2_cluster_stage", datastores: ["x2_lun_2"] },
      ],
    },
  ],
  role: { principals: ["deckhouse@vsphere.local"] },
};

/** Makes the stack's grant granular, complete for both regions. */
export const completeGranular: Changes = {
  "role.grant": "granular",
  "role.granular": {
    regions: {
      "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] },
      "k8s-region-x2": { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s/x2" },
    },
  },
  "regions[0].clusterConfiguration.vmFolderExists": true,
};

/** Has a template built, complete for both regions. */
export const builtin: Changes = {
  "templateImage.builtin": { ubuntu: "24.04" },
  'templateImage.places["k8s-region-x2"]': { network: "k8s-nodes" },
};

/** Has a template checked that others made. */
export const existing: Changes = { "templateImage.existing": { template: "Templates/theirs" } };

/** The stack above with changes. */
export function stackWith(changes: Changes): unknown {
  return changed(stack, changes);
}

/**
 * Parses a configuration that has faults.
 *
 * @returns the lines of the message after its heading
 */
export function faultLines(raw: unknown): string[] {
  try {
    parseConfiguration(raw);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return withoutPointers(error.message).split("\n").slice(1);
  }
  return assert.fail("the configuration was accepted");
}

/** Test cases by what is wrong: the changes to the stack, and the exact lines that follow. */
type FaultCases = Readonly<Record<string, readonly [Changes, ...string[]]>>;

/**
 * Makes a test of each case.
 *
 * @param cases what is changed, and the lines it gives
 */
export function testFaults(cases: FaultCases): void {
  for (const [title, [changes, ...lines]] of Object.entries(cases)) {
    it(title, () => {
      assert.deepEqual(faultLines(stackWith(changes)), lines);
    });
  }
}

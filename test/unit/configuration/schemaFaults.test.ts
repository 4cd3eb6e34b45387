import assert from "node:assert/strict";
import { ConfigurationError, parseConfiguration } from "../../../configuration";
import { clusterConfigurationSchema } from "../../../configuration/schema/clusterConfiguration";
import { remedyForDeckhouseField } from "../../../configuration/schema/faults";
import { faultLines, stack, stackWith, testFaults } from "./support";

describe("faults of single keys", () => {
  testFaults({
    "a mistyped key, with the nearest one": [
      { "regions[0].zones[0].datastore": ["x1_lun_9"] },
      "regions[0].zones[0].datastore: found a list: there is no such key: write datastores, or remove it",
    ],
    "a key that is like no other": [
      { "role.colour": "blue" },
      "role.colour: found text: there is no such key: remove it; the keys here are name, existing, preset, " +
        "privileges, extraPrivileges, unknownPrivileges, principals, grant, granular",
    ],
    "an unknown key with a name that needs quotes": [
      { 'role["a b"]': 1 },
      'role["a b"]: found a number: there is no such key: remove it; the keys here are name, existing, preset, ' +
        "privileges, extraPrivileges, unknownPrivileges, principals, grant, granular",
    ],
    "a missing key": [
      { "regions[1].zones[0].cluster": undefined },
      "regions[1].zones[0].cluster: found nothing: this key is required: add it, for example " +
        '"x1_cluster_prod"',
    ],
    "a key without a value": [
      { protect: null },
      "protect: found nothing: the key has no value: write one, for example true, or remove the key",
    ],
    "a number in place of text": [
      { "regions[0].datacenter": 1 },
      "regions[0].datacenter: found 1: a number cannot stand here, and YAML makes numbers of words such as 0042 and 1e3: " +
        'put the text in quotes, for example "X1"',
    ],
    "a truth value in place of text": [
      { "regions[0].datacenter": true },
      "regions[0].datacenter: found true: true or false cannot stand here, and YAML makes true or false of words such as " +
        'yes and on: put the text in quotes, for example "X1"',
    ],
    "text in place of a truth value": [
      { protect: "yes" },
      'protect: found "yes": text cannot stand here: write true or false, for example true',
    ],
    "text in place of a list": [
      { "regions[0].zones[0].datastores": "x1_lun_1" },
      'regions[0].zones[0].datastores: found "x1_lun_1": text cannot stand here: write a list, for example ' +
        '["x1_lun_1","x1_lun_2"]',
    ],
    "a value that is not among the allowed ones": [
      { "role.preset": "seeds" },
      'role.preset: found "seeds": is not one of the allowed values: write seed (allowed: current, seed)',
    ],
    "a value that is like none of the allowed ones": [
      { "role.preset": "everything" },
      'role.preset: found "everything": is not one of the allowed values: write current or seed',
    ],
    "the name of an ingress class with a capital": [
      { "clusterConfiguration.ingress": { externalLoadBalancer: {}, ingressClass: "Nginx" } },
      'clusterConfiguration.ingress.ingressClass: found "Nginx": is not the name of an ingress class: use lower-case ' +
        "letters, digits, dashes and dots",
    ],
    "a network without the length of its prefix": [
      {
        "clusterConfiguration.ingress": {
          externalLoadBalancer: {},
          acceptRequestsFrom: ["10.0.0.1"],
        },
      },
      'clusterConfiguration.ingress.acceptRequestsFrom[0]: found "10.0.0.1": is not an IPv4 network: write it like ' +
        "192.0.2.0/24",
    ],
    "disruptions as a word": [
      {
        "clusterConfiguration.ephemeralNodeGroups": [
          {
            name: "worker",
            minPerZone: 1,
            maxPerZone: 2,
            disruptions: "Manual",
            standby: "2",
            instanceClass: { numCPUs: 4, memory: 8192 },
          },
        ],
      },
      'clusterConfiguration.ephemeralNodeGroups[0].disruptions: found "Manual": text cannot stand here: write an object, for ' +
        'example {"approvalMode":"RollingUpdate"}',
      'clusterConfiguration.ephemeralNodeGroups[0].standby: found "2": is neither a number nor a percentage: write it like 2 ' +
        "or 10%",
    ],
    "a grant that is neither a model nor a list": [
      { "role.grant": "datacentres" },
      'role.grant: found "datacentres": is not one of the allowed values: write datacenters (allowed: ' +
        "datacenters, root, granular, a list)",
    ],
    "a fault inside a list of grants": [
      { "role.grant": [{ path: "/X1", propagates: true }] },
      "role.grant[0].propagates: found true or false: there is no such key: write propagate, or remove it",
    ],
    "a principal that is neither text nor an object": [
      { "role.principals": ["deckhouse@vsphere.local", 7] },
      "role.principals[1]: found 7: a number cannot stand here, and YAML makes numbers of words such as 0042 and 1e3: put the text in quotes",
    ],
    "a number that is too small": [
      { "regions[0].clusterConfiguration.masterNodeGroup.replicas": 0 },
      "regions[0].clusterConfiguration.masterNodeGroup.replicas: found 0: is too small: write 1 or more",
    ],
    "a percentage above 100": [
      {
        "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.runtimeOptions.memoryReservation": 101,
      },
      "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.runtimeOptions.memoryReservation: found " +
        "101: is too big: write 100 or less",
    ],
    "half a processor": [
      { "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.numCPUs": 1.5 },
      "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.numCPUs: found 1.5: a number cannot " +
        "stand here: write a whole number, for example 4",
    ],
    "a network without its prefix length": [
      { "regions[0].clusterConfiguration.networks[0].subnet": "10.20.0.0" },
      'regions[0].clusterConfiguration.networks[0].subnet: found "10.20.0.0": is not an IPv4 address with ' +
        "a prefix length: write it like 192.0.2.10/24",
    ],
    "an octet above 255": [
      { "regions[0].clusterConfiguration.networks[0].subnet": "10.256.0.0/16" },
      'regions[0].clusterConfiguration.networks[0].subnet: found "10.256.0.0/16": is not an IPv4 address ' +
        "with a prefix length: write it like 192.0.2.10/24",
    ],
    "blanks around a name": [
      { "role.name": " kubernetes" },
      'role.name: found " kubernetes": is empty, has blanks at an end or is more than one line: write one ' +
        "line without blanks around it",
    ],
    "a mistyped secret, whose value is not shown": [
      { clusterAccountPasword: "geheim" },
      "clusterAccountPasword: found text: there is no such key: write clusterAccount, or remove it",
    ],
  });

  const shortLists = {
    regions: "",
    "regions[0].zones": "",
    "regions[0].zones[0].datastores": ', for example ["x1_lun_1","x1_lun_2"]',
    "role.principals": "",
  };
  for (const [path, example] of Object.entries(shortLists)) {
    it(`an empty list: ${path}`, () => {
      assert.deepEqual(faultLines(stackWith({ [path]: [] })), [
        `${path}: found an empty list: the list has too few entries: write at least 1${example}`,
      ]);
    });
  }

  it("refuses what is no object at all", () => {
    assert.deepEqual(faultLines([]), [
      "the configuration: found an empty list: a list cannot stand here: write an object",
    ]);
  });

  it("refuses what stands elsewhere than in Deckhouse's document, and says where", () => {
    const cluster = "regions[0].clusterConfiguration";
    const copied = {
      [`${cluster}.internalNetworkCIDR`]: "10.0.0.0/8",
      [`${cluster}.internalNetworkNames`]: ["k8s-nodes"],
      [`${cluster}.storagePolicyID`]: "aa6d5a82",
      [`${cluster}.provider`]: { password: "geheim" },
    };
    assert.deepEqual(faultLines(stackWith(copied)), [
      `${cluster}.internalNetworkCIDR: found text: there is no such key: write it as the subnet of the masters' ` +
        "network in networks",
      `${cluster}.internalNetworkNames: found a list: there is no such key: write nodeAddress: internal for these ` +
        "networks in networks",
      `${cluster}.provider: found an object: there is no such key: remove it; the account is clusterAccount, and ` +
        "vCenter that of vsphere:vsphereServer",
      `${cluster}.storagePolicyID: found text: there is no such key: write storagePolicy with this id, or with the ` +
        "policy's name",
    ]);
  });

  it("says of the same word at another place what keys there are", () => {
    const [line] = faultLines(
      stackWith({ "regions[0].clusterConfiguration.nodeGroups[0].kind": "x" }),
    );
    assert.match(line ?? "", /there is no such key: remove it; the keys here are name, replicas/);
  });
});

/** The top-level fields of Deckhouse's VsphereClusterConfiguration, from its public schema. */
const deckhouseFields =
  "apiVersion kind layout provider region zones regionTagCategory zoneTagCategory vmFolderPath vmFolderExists " +
  "sshPublicKey masterNodeGroup nodeGroups internalNetworkCIDR internalNetworkNames externalNetworkNames " +
  "baseResourcePool useNestedResourcePool storagePolicyID disableTimesync nsxt";

describe("the fields of Deckhouse's document", () => {
  for (const field of deckhouseFields.split(" ")) {
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

describe("all faults at once", () => {
  const ofKeys = {
    protect: "yes",
    "regions[0].nmae": "x",
    "regions[0].zones[0].datastores": [7, "x1_lun_3"],
    "regions[1].name": undefined,
  };
  const ofRules = {
    "regions[0].zones[0].datastores": ["x1_lun_1", "x1_lun_3"],
    "regions[1].zones[1].name": "k8s-zone-x1-a",
    "role.extraPrivileges": ["Folder.Create", "Folder.Crate"],
    "role.principals": ["deckhouse"],
  };
  const raw = stackWith({ ...ofRules, ...ofKeys });

  it("reports all faults of keys, sorted by path, the indexes as written", () => {
    assert.deepEqual(faultLines(raw), [
      'protect: found "yes": text cannot stand here: write true or false, for example true',
      "regions[0].nmae: found text: there is no such key: write name, or remove it",
      "regions[0].zones[0].datastores[0]: found 7: a number cannot stand here, and YAML makes numbers of words such as 0042 and 1e3: put the text in quotes",
      'regions[1].name: found nothing: this key is required: add it, for example "k8s-region-x1"',
    ]);
  });

  it("reports all faults of rules once no key has one", () => {
    assert.deepEqual(faultLines(stackWith(ofRules)), [
      'regions[0].zones[1].datastores[0]: found "x1_lun_3": regions[0].zones[0].datastores[1] is the same ' +
        "datastore, and a datastore can carry only one zone tag: list it in one zone only, or write " +
        "categories.zone.cardinality: MULTIPLE, with which vCenter never goes back to one tag for each object; a datastore " +
        "for root disks alone needs no tag and is not listed",
      'regions[1].zones[1].name: found "k8s-zone-x1-a": regions[0].zones[0].name has this name already, ' +
        'and a zone tag on two clusters stops the installation with "multiple objects match the supplied ' +
        'criteria": give each zone its own name, across all regions',
      'role.extraPrivileges[1]: found "Folder.Crate": vCenter knows no such privilege, and would reject ' +
        "the whole role without saying why: write Folder.Create, or remove it",
      'role.principals[0]: found "deckhouse": the principal has no domain, and vCenter would not find it, ' +
        "or would find a different one: write user@domain or DOMAIN\\user, for example deckhouse@vsphere.local",
    ]);
  });

  it("has a heading with the number of faults", () => {
    assert.throws(() => parseConfiguration(raw), {
      name: "ConfigurationError",
      message: /^The stack configuration has 4 faults; nothing was done in vCenter:\n/,
    });
    assert.throws(() => parseConfiguration({ ...stack, protect: 1 }), {
      message: /^The stack configuration has 1 fault; nothing was done in vCenter:\n/,
    });
  });

  it("carries no stack trace, and is printed by Pulumi as a user's error", () => {
    assert.throws(
      () => parseConfiguration(raw),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.doesNotMatch(error.stack ?? "", /\n\s+at /);
        assert.equal(error.__pulumiRunError, true);
        return true;
      },
    );
  });

  it("sorts list indexes as numbers", () => {
    const zones = Array.from({ length: 11 }, () => ({}));
    const paths = faultLines({ ...stack, regions: [{ name: "r", datacenter: "X1", zones }] })
      .filter((line) => line.includes(".cluster:"))
      .map((line) => line.split(":")[0]);
    assert.deepEqual(
      paths,
      zones.map((_, index) => `regions[0].zones[${index}].cluster`),
    );
  });
});

import { certificate } from "../../support/certificate";
import { testAccepted, testClusterFaults, testRegionFaults } from "./clusterSupport";
import { testFaults } from "./support";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const ordered = "ephemeralNodeGroups[0].instanceClass";
const none = (place: string): string =>
  `@.${place}.datastore: found nothing: the nodes have no datastore for their root disks, and Deckhouse would refuse ` +
  "the document: name one here, or as rootDiskDatastore for all nodes of the region";
const outside = (place: string, found: string): string =>
  `@.${place}: found "${found}": it is outside /X1, where the nodes are: write a path that begins with /X1/datastore/, ` +
  "or lun alone";
const oneOfTwo = 'write one of the two, for example {"name": "Kubernetes nodes"}';

describe("the datastore of root disks", () => {
  testClusterFaults({
    "is known of each group of permanent nodes": [
      { rootDiskDatastore: undefined, [`${frontend}.datastore`]: "lun" },
      none(masters),
      none("nodeGroups[1].instanceClass"),
    ],
  });

  testRegionFaults({
    "is in the datacenter, the one of all nodes": [
      { rootDiskDatastore: "/X2/datastore/folder/lun" },
      outside("rootDiskDatastore", "/X2/datastore/folder/lun"),
    ],
    "is in the datacenter, that of masters": [
      { [`${masters}.datastore`]: "/x1/datastore/lun" },
      outside(`${masters}.datastore`, "/x1/datastore/lun"),
    ],
    "is in the datacenter, that of ordered nodes": [
      { [`${ordered}.datastore`]: "/X1/host/lun" },
      outside(`${ordered}.datastore`, "/X1/host/lun"),
    ],
  });

  testAccepted({
    "may be named once for all, and may be one for volumes": { rootDiskDatastore: "x1_lun_1" },
    "may be named by each group, and be left to the masters by ordered nodes": {
      rootDiskDatastore: undefined,
      ...{ [`${masters}.datastore`]: "folder/lun", [`${frontend}.datastore`]: "lun" },
      "nodeGroups[1].instanceClass.datastore": "other",
    },
  });
});

describe("a storage policy", () => {
  testClusterFaults({
    "has a name or an id": [
      { storagePolicy: {} },
      `@.storagePolicy: found an object: it names no policy, and would have no effect: ${oneOfTwo}`,
    ],
    "has not both": [
      { storagePolicy: { name: "n", id: "i" } },
      "@.storagePolicy: found an object: it has a name and an id, which may mean two policies, and one would be left " +
        `out: ${oneOfTwo}`,
    ],
  });

  testAccepted({
    "may be named": { storagePolicy: { name: "Kubernetes nodes" } },
    "may be told by its id": { storagePolicy: { id: "aa6d5a82-1c88-45da-85d3-3d74b91a5bad" } },
  });
});

describe("the template of nodes", () => {
  testRegionFaults({
    "is in the datacenter": [
      { [`${ordered}.template`]: "/X2/vm/Templates/t" },
      `@.${ordered}.template: found "/X2/vm/Templates/t": it is outside /X1, where the nodes are: write the path below ` +
        "the datacenter's vm folder, without the datacenter",
    ],
  });
});

describe("NSX-T", () => {
  const nsxt = { host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" };
  testClusterFaults({
    "is verified with its certificates, or not at all": [
      { nsxt: { ...nsxt, insecureFlag: true, caBundle: certificate } },
      "@.nsxt.insecureFlag: found true: caBundle is there too, and Deckhouse would refuse the document: choose one; keep " +
        "the certificates",
    ],
    "refuses a URL as host, with the host in it": [
      { nsxt: { ...nsxt, host: "https://nsx.example.com/login.jsp" } },
      '@.nsxt.host: found "https://nsx.example.com/login.jsp": it is not the name or address of a host, with a port at ' +
        "most, and nobody could connect to it: write nsx.example.com",
    ],
    "refuses a caBundle on one line": [
      { nsxt: { ...nsxt, caBundle: `-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----` } },
      '@.nsxt.caBundle: found "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----": certificate 1 in it has lost ' +
        "its line breaks, so NSX-T's certificate could not be verified: give the whole text of the certificate " +
        "authority's PEM file, with its line breaks, not its path",
    ],
  });

  testAccepted({
    "may be verified": { nsxt: { ...nsxt, insecureFlag: false, caBundle: certificate } },
    "may be not verified, with no certificates": {
      nsxt: { ...nsxt, insecureFlag: true, caBundle: "" },
    },
  });
});

describe("the registry of the images", () => {
  testFaults({
    "has a registryCA with its last line": [
      { deckhouse: { registryCA: "-----BEGIN CERTIFICATE-----\nMIIB\n" } },
      'deckhouse.registryCA: found "-----BEGIN CERTIFICATE-----\\nMIIB\\n": certificate 1 in it lacks its end, the line END ' +
        "CERTIFICATE, so no image could be fetched from the registry: give the whole text of the " +
        "certificate authority's PEM file, with its line breaks, not its path",
    ],
  });
});

describe("the StorageClasses", () => {
  const unreadable = {
    "*": "missing argument to repetition operator: `*`",
    "x1-lun-[2": "missing closing ]: `[2`",
    "x1(": "missing closing ): `x1(`",
    "(?!x1).*": "invalid or unsupported Perl syntax: `(?!`",
    "x1-lun-\\2": "invalid escape sequence: `\\2`",
  };
  for (const [pattern, says] of Object.entries(unreadable)) {
    testRegionFaults({
      [`refuse a pattern on which Go's regexp panics: ${pattern}`]: [
        { storageClasses: { exclude: ["x1.*", pattern] } },
        `@.storageClasses.exclude[1]: found ${JSON.stringify(pattern)}: Deckhouse reads it as a regular expression of ` +
          `Go's, and would stop: ${says}: correct it: .* stands for any text, and a name by itself for that name`,
      ],
    });
  }

  // murmur3 of the names as they are in vCenter; Deckhouse's own examples are in storageClassNames.test.ts.
  const made = "x1-lun-1-3a782555 or x1-lun-2-51f31c9 or x1-lun-3-f86b463c";
  testRegionFaults({
    "have a default that Deckhouse makes, with its hash": [
      { storageClasses: { default: "x1-lun-1" } },
      `@.storageClasses.default: found "x1-lun-1": Deckhouse makes no StorageClass of this name from the datastores of ` +
        `regions[0]: write ${made}`,
    ],
    "have a default that is not left out": [
      { storageClasses: { exclude: ["x1-lun-[12].*"], default: "x1-lun-2-51f31c9" } },
      `@.storageClasses.default: found "x1-lun-2-51f31c9": @.storageClasses.exclude[0] leaves this StorageClass out: ` +
        "write x1-lun-3-f86b463c",
    ],
  });
  testFaults({
    "are one for each datastore": [
      { "regions[0].zones[1].datastores": ["x1/lun", "x1-lun"] },
      'regions[0].zones[1].datastores[1]: found "x1-lun": Deckhouse names the StorageClasses of this datastore and of ' +
        'regions[0].zones[1].datastores[0] both "x1-lun-91e56372", and makes one of them only: leave one out; with ' +
        "another name a datastore would be unknown to clusters and people that look for it",
    ],
  });
});

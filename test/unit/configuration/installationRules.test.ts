import { parseConfiguration } from "../../../configuration";
import { testAccepted, testClusterFaults, testRegionFaults } from "./clusterSupport";
import { stackWith, testFaults } from "./support";

const cluster = "regions[0].clusterConfiguration";
const notAKey =
  "it is not a public SSH key, and Deckhouse would refuse the document: copy the one line of the file that ends in .pub";
const below =
  "Deckhouse takes it below the datacenter's vm folder, where there is no such path: write names with";

describe("what an installation needs", () => {
  const needs = (key: string, region: string): string =>
    `${region}.${key}: found nothing: the cluster configuration of k8s-region-x${region.includes("0") ? 1 : 2} ` +
    "needs it, and Deckhouse would refuse the document: add it here, or to clusterConfiguration for every region";
  const second = "regions[1].clusterConfiguration";
  testFaults({
    "is said in the region or for all": [
      { [second]: {} },
      ...["masterNodeGroup", "networks", "sshPublicKey", "vmFolderPath"].map((key) =>
        needs(key, second),
      ),
    ],
    "is said for the regions that what is said for all makes clusters of": [
      {
        clusterConfiguration: { vmFolderPath: "k8s/", disableTimesync: true },
        [`${cluster}.vmFolderPath`]: undefined,
      },
      `clusterConfiguration.vmFolderPath: found "k8s/": ${below} single slashes between them, k8s`,
      ...["masterNodeGroup", "networks", "sshPublicKey"].map((key) => needs(key, second)),
    ],
    "is less where the masters are elsewhere": [
      { [second]: { controlPlane: "elsewhere" } },
      ...["sshPublicKey", "vmFolderPath"].map((key) => needs(key, second)),
    ],
    "is not missed where it cannot be read": [
      { [`${cluster}.controlPlane`]: "here", [`${cluster}.networks`]: undefined },
      `${cluster}.controlPlane: found "here": is not one of the allowed values: write vSphere or elsewhere`,
    ],
  });
});

describe("the folder of virtual machines", () => {
  testClusterFaults({
    "is relative": [
      { vmFolderPath: "/X1/vm/k8s/x1" },
      `@.vmFolderPath: found "/X1/vm/k8s/x1": ${below} single slashes between them, k8s/x1`,
    ],
    "has single slashes": [
      { vmFolderPath: "k8s//x1" },
      `@.vmFolderPath: found "k8s//x1": ${below} single slashes between them, k8s/x1`,
    ],
    "has a name": [
      { vmFolderPath: "/" },
      `@.vmFolderPath: found "/": ${below} single slashes between them, for example k8s/x1`,
    ],
  });

  const cannotMake =
    "the role has no Folder.Create, so the installer could not make the folder: make the folder, then write true; or add " +
    "Folder.Create to role.extraPrivileges";
  testFaults({
    "exists where the role cannot make it": [
      { "role.preset": "seed" },
      `${cluster}.vmFolderExists: found nothing: ${cannotMake}`,
    ],
    "exists where an own list cannot make it": [
      { "role.privileges": ["Datastore.Browse"], [`${cluster}.vmFolderExists`]: false },
      `${cluster}.vmFolderExists: found false: ${cannotMake}`,
    ],
  });

  it("may be made where a privilege is added for that", () => {
    const added = { "role.preset": "seed", "role.extraPrivileges": ["Folder.Create"] };
    parseConfiguration(stackWith(added));
  });

  testAccepted({ "may be deep, and have blanks": { vmFolderPath: "k8s clusters/x1/vm" } });
});

describe("the SSH key of nodes", () => {
  const ofOtherType = "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q";
  // The length of the type and the type, as the others have them.
  const ofUnknownType = "ssh-foo AAAAB3NzaC1mb28AAAAgAAECAwQ=";
  const ofWrongLength = "ssh-ed25519 AAAADHNzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q";
  testClusterFaults({
    "has data of its type": [
      { sshPublicKey: ofOtherType },
      `@.sshPublicKey: found "${ofOtherType}": ${notAKey}`,
    ],
    "has data of the right length": [
      { sshPublicKey: ofWrongLength },
      `@.sshPublicKey: found "${ofWrongLength}": ${notAKey}`,
    ],
    "has more than its type": [
      { sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5" },
      `@.sshPublicKey: found "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5": ${notAKey}`,
    ],
    "has a type that is known": [
      { sshPublicKey: ofUnknownType },
      `@.sshPublicKey: found "${ofUnknownType}": ${notAKey}`,
    ],
    "is not the private one, which is not shown": [
      { sshPublicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" },
      `@.sshPublicKey: found <hidden>: ${notAKey}`,
    ],
  });
  testRegionFaults({
    "has a type": [{ sshPublicKey: "AAAA" }, `@.sshPublicKey: found "AAAA": ${notAKey}`],
  });
});

import assert from "node:assert/strict";

import { parseConfiguration } from "../../../configuration";
import type { Changes } from "../../support/changedConfiguration";
import { faultLines, stack, stackWith, testFaults } from "./support";
import { broken, builtin, existing, frontend, masters } from "./templateSupport";

describe("the variables of a template", () => {
  const own: readonly [variable: string, key: string][] = [
    ["vcenter_server", "vsphere:vsphereServer"],
    ["vcenter_username", "templateImage.account"],
    ["vcenter_insecure_connection", "vsphere:allowUnverifiedSsl"],
    ["vcenter_cluster", "templateImage.places.<region>.cluster"],
    ["vcenter_datacenter", "regions[].datacenter"],
    ["vcenter_host", "templateImage.places.<region>.host"],
    ["vcenter_resource_pool", "templateImage.places.<region>.resourcePool"],
    ["vcenter_datastore", "templateImage.places.<region>.datastore"],
    ["vcenter_folder", "templateImage.folder"],
    ["vm_network", "templateImage.places.<region>.network"],
    ["os_iso_url", "templateImage.isoUrl"],
    ["iso_checksum", "templateImage.isoChecksum"],
    ["num_cpu", "templateImage.numCPUs"],
    ["num_cores", "templateImage.coresPerSocket"],
    ["vm_ram", "templateImage.memory"],
    ["root_disk_size", "templateImage.diskSize"],
  ];
  testFaults(
    broken(
      builtin,
      Object.fromEntries(
        own.map(([variable, key]) => [
          `leave ${variable} to ${key}`,
          [
            { "templateImage.variables": { [variable]: "x" } },
            `templateImage.variables.${variable}: found "x": the program sets this variable itself: use ${key} instead`,
          ],
        ]),
      ),
    ),
  );
  testFaults(
    broken(builtin, {
      "leave the password to its own key, and do not show it": [
        { "templateImage.variables": { vcenter_password: "hunter2" } },
        "templateImage.variables.vcenter_password: found <hidden>: the program sets this variable itself: use " +
          "templateImagePassword instead",
      ],
      "leave the end of the name to the fingerprint": [
        { "templateImage.variables": { image_name_suffix: "-x" } },
        'templateImage.variables.image_name_suffix: found "-x": the program sets this variable itself, to the fingerprint ' +
          "of the template: remove it",
      ],
    }),
  );

  it("may have the names of JavaScript's own properties", () => {
    parseConfiguration(
      stackWith({ ...builtin, "templateImage.variables": { constructor: "x", toString: "y" } }),
    );
  });
});

describe("the account that builds", () => {
  testFaults(
    broken(builtin, {
      "has a domain": [
        { "templateImage.account.username": "packer" },
        'templateImage.account.username: found "packer": the user has no domain, and vCenter would not let it in: write ' +
          "user@domain, for example packer@vsphere.local",
      ],
    }),
  );

  it("may be named in both forms", () => {
    for (const username of ["packer@vsphere.local", "VSPHERE.LOCAL\\packer"]) {
      parseConfiguration(stackWith({ ...builtin, "templateImage.account": { username } }));
    }
  });
});

describe("the template of nodes", () => {
  const line = (path: string): string =>
    `${path}.template: found nothing: the nodes have no template to be cloned from, and Deckhouse would refuse the ` +
    "document: name one here, or let templateImage build or check one";
  testFaults({
    "is named, for masters": [{ [`${masters}.template`]: undefined }, line(masters)],
    "is named, for a group": [{ [`${frontend}.template`]: undefined }, line(frontend)],
    "is not missed when the masters cannot be read otherwise": [
      { [masters]: "four" },
      `${masters}: found "four": text cannot stand here: write an object`,
    ],
    "is not missed when templateImage cannot be read": [
      { [`${masters}.template`]: undefined, templateImage: 4 },
      'templateImage: found 4: a number cannot stand here: write an object, for example {"builtin":{"ubuntu":"24.04"}}',
    ],
  });

  it("is told once where a configuration of all regions lacks it", () => {
    const { template: _left, ...without } =
      stack.regions[0]!.clusterConfiguration!.masterNodeGroup.instanceClass;
    const shared = {
      ...stack.regions[0]!.clusterConfiguration,
      masterNodeGroup: { replicas: 1, instanceClass: without },
      nodeGroups: [],
    };
    const lines = faultLines(
      stackWith({ clusterConfiguration: shared, "regions[0].clusterConfiguration": undefined }),
    );
    assert.deepEqual(
      lines.map((text) => text.split(": found ")[0]),
      ["clusterConfiguration.masterNodeGroup.instanceClass.template"],
    );
  });

  it("may be left to templateImage, of every source", () => {
    for (const base of [builtin, existing]) {
      parseConfiguration(stackWith({ ...base, [`${masters}.template`]: undefined }));
    }
  });
});

describe("old templates", () => {
  testFaults(
    broken(builtin, {
      "are not removed where nothing may be deleted": [
        { "templateImage.oldTemplates": "remove", protect: true },
        'templateImage.oldTemplates: found "remove": protect is true, so nothing that the stack made may be deleted: write ' +
          "keep, or set protect to false",
      ],
    }),
  );

  it("may be removed where nothing is protected, and kept where all is", () => {
    parseConfiguration(stackWith({ ...builtin, "templateImage.oldTemplates": "remove" }));
    parseConfiguration(
      stackWith({ ...builtin, "templateImage.oldTemplates": "keep", protect: true }),
    );
  });
});

describe("the disk of a template", () => {
  const left: Changes = { [`${masters}.template`]: undefined, [`${frontend}.template`]: undefined };
  testFaults(
    broken(
      { ...builtin, ...left },
      {
        "fits the smallest root disk of the nodes that are cloned from it": [
          {
            "templateImage.diskSize": 41,
            [`${masters}.rootDiskSize`]: 60,
            [`${frontend}.rootDiskSize`]: 40,
          },
          "templateImage.diskSize: found 41: nodes have root disks of 40 GiB, which cannot be smaller than the template's, " +
            "and cloning would fail: write 40 or less, or raise rootDiskSize of the nodes",
        ],
        "fits Deckhouse's own size where a node names none": [
          { "templateImage.diskSize": 51 },
          "templateImage.diskSize: found 51: nodes have root disks of 50 GiB, which cannot be smaller than the template's, " +
            "and cloning would fail: write 50 or less, or raise rootDiskSize of the nodes",
        ],
      },
    ),
  );

  it("may be as large as the root disks, and larger than those of nodes with a template of their own", () => {
    parseConfiguration(stackWith({ ...builtin, ...left, "templateImage.diskSize": 50 }));
    parseConfiguration(
      stackWith({
        ...{ ...builtin, ...left, "templateImage.diskSize": 60 },
        [`${masters}.rootDiskSize`]: 60,
        [`${frontend}.template`]: "Templates/small",
      }),
    );
    parseConfiguration(stackWith({ ...builtin, "templateImage.diskSize": 9999 }));
  });
});

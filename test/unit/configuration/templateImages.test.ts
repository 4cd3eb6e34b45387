import assert from "node:assert/strict";

import {
  parseConfiguration,
  type BuiltTemplate,
  type ExistingTemplate,
} from "../../../configuration";
import type { ConfigurationDraft } from "../../../configuration/draft";
import { templatePlacesOf } from "../../../configuration/templatePlaces";
import { secondsIn } from "../../../template/request";
import type { Changes } from "../../support/changedConfiguration";
import { faultLines, stackWith } from "./support";

const x2 = 'templateImage.places["k8s-region-x2"]';
const network: Changes = { [`${x2}.network`]: "k8s-nodes" };

function built(changes: Changes): BuiltTemplate {
  const { templateImage } = parseConfiguration(stackWith({ ...network, ...changes }));
  assert.equal(templateImage?.kind, "built");
  return templateImage;
}

function existing(changes: Changes): ExistingTemplate {
  const { templateImage } = parseConfiguration(stackWith(changes));
  assert.equal(templateImage?.kind, "existing");
  return templateImage;
}

describe("a template in the configuration", () => {
  const left: Changes = {
    "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
    "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.rootDiskSize": 40,
    "regions[0].clusterConfiguration.nodeGroups": undefined,
  };

  it("is none when nothing is said of it", () => {
    assert.equal(parseConfiguration(stackWith({})).templateImage, undefined);
  });

  it("is built with every default filled in", () => {
    assert.deepEqual(built({ "templateImage.builtin": {}, ...left }), {
      kind: "built",
      recipe: { source: { kind: "builtin", ubuntu: "24.04" }, hardware: {}, variables: {} },
      regions: {
        "k8s-region-x1": {
          smallestRootDisk: 40,
          place: {
            datacenter: "/X1",
            cluster: "/X1/host/x1_cluster_prod",
            resourcePool: "",
            datastore: "/X1/datastore/x1_root",
            folder: "/X1/vm/Templates",
            network: "/X1/network/k8s-nodes",
          },
        },
        "k8s-region-x2": {
          place: {
            datacenter: "/X2",
            cluster: "/X2/host/x2_cluster_prod",
            resourcePool: "",
            datastore: "/X2/datastore/x2_lun_1",
            folder: "/X2/vm/Templates",
            network: "/X2/network/k8s-nodes",
          },
        },
      },
      distribution: "copy",
      oldTemplates: "keep",
      timeouts: { fetch: 600, init: 600, build: 7200, copy: 7200, cleanUp: 180 },
    } satisfies BuiltTemplate);
  });

  it("is built as the configuration says, in the words of the component", () => {
    const { regions: _places, ...rest } = built({
      "templateImage.directory": {
        ...{ path: "../ours", name: "ours" },
        variableFiles: ["a.pkrvars.hcl", "b/c.pkrvars.json"],
      },
      "templateImage.isoUrl": "u.iso",
      "templateImage.isoChecksum": `sha512:${"0".repeat(128)}`,
      "templateImage.numCPUs": 2,
      "templateImage.coresPerSocket": 1,
      "templateImage.memory": 2048,
      "templateImage.diskSize": 20,
      "templateImage.variables": { text: "x", number: 1.5, flag: false, list: ["a", "b"] },
      "templateImage.httpAddress": "10.8.0.5",
      "templateImage.distribution": "buildInTurn",
      "templateImage.oldTemplates": "remove",
      "templateImage.account": { username: "packer@vsphere.local" },
      "templateImage.timeouts": {
        ...{ fetch: "90s", init: "2m", build: "24h", copy: "1h", cleanUp: "1s" },
      },
    });
    assert.deepEqual(rest, {
      kind: "built",
      recipe: {
        source: {
          ...{ kind: "directory", path: "../ours", name: "ours" },
          variableFiles: ["a.pkrvars.hcl", "b/c.pkrvars.json"],
        },
        installer: { url: "u.iso", checksum: `sha512:${"0".repeat(128)}` },
        hardware: { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 },
        variables: { text: "x", number: 1.5, flag: false, list: ["a", "b"] },
      },
      httpAddress: "10.8.0.5",
      distribution: "buildInTurn",
      oldTemplates: "remove",
      username: "packer@vsphere.local",
      timeouts: { fetch: 90, init: 120, build: 86_400, copy: 3600, cleanUp: 1 },
    } satisfies Omit<BuiltTemplate, "regions">);
  });

  for (const [ubuntu, commit] of [
    ["18.04", "c886458d495eb7238d50c1e6c6ea8cd29ad629c6"],
    ["20.04", "c886458d495eb7238d50c1e6c6ea8cd29ad629c6"],
    ["22.04", "8c480510854a9fbc9a0294ea4627af92f6d0a275"],
  ]) {
    it(`is Deckhouse's ${ubuntu} at the commit known to have it, from Deckhouse's own repository`, () => {
      assert.deepEqual(built({ "templateImage.deckhouse": { ubuntu } }).recipe.source, {
        ...{ kind: "deckhouse", ubuntu, commit },
        repository: "https://github.com/deckhouse/deckhouse.git",
      });
    });
  }

  it("is Deckhouse's at another commit and from elsewhere when that is named", () => {
    const own = { ubuntu: "22.04", commit: "0123456789".repeat(4), repository: "../clone" };
    const { source } = built({ "templateImage.deckhouse": own }).recipe;
    assert.deepEqual(source, { kind: "deckhouse", ...own });
  });

  it("is one that exists, in every region, for the nodes that are cloned from it", () => {
    const template = "Templates/theirs";
    assert.deepEqual(existing({ "templateImage.existing": { template }, ...left }), {
      ...{ kind: "existing", template },
      regions: { "k8s-region-x1": { smallestRootDisk: 40 }, "k8s-region-x2": {} },
    });
  });
});

describe("the disks that a template has to fit", () => {
  const path = "regions[0].clusterConfiguration";
  const masters = `${path}.masterNodeGroup.instanceClass`;
  const frontend = `${path}.nodeGroups[0].instanceClass`;
  const smallest = (changes: Changes): number | undefined =>
    built({ "templateImage.builtin": {}, ...changes }).regions["k8s-region-x1"]?.smallestRootDisk;

  it("are none where every node names its template", () => {
    assert.equal(smallest({}), undefined);
  });

  it("are those of nodes that name none, the smallest of them", () => {
    const both = { [`${masters}.template`]: undefined, [`${frontend}.template`]: undefined };
    const sizes = { [`${masters}.rootDiskSize`]: 70, [`${frontend}.rootDiskSize`]: 60 };
    assert.equal(smallest({ ...both, ...sizes }), 60);
    assert.equal(smallest({ [`${masters}.template`]: undefined, ...sizes }), 70);
    assert.equal(smallest({ ...both, [`${masters}.rootDiskSize`]: 70 }), 50, "Deckhouse's own");
  });
});

describe("the place of a template", () => {
  const placeOf = (changes: Changes, name = "k8s-region-x1"): object | undefined => {
    const draft = stackWith({
      ...{ "templateImage.folder": "Templates", ...changes },
    }) as ConfigurationDraft;
    return templatePlacesOf(draft).find(({ region }) => region.region.name === name)?.place;
  };
  const own = 'templateImage.places["k8s-region-x1"]';
  const masters = "regions[0].clusterConfiguration.masterNodeGroup";

  it("is what the configuration says, as full paths", () => {
    assert.deepEqual(
      placeOf({
        [own]: {
          ...{ cluster: "compute/c", host: "esxi-01", resourcePool: "a/b", datastore: "d" },
          ...{ folder: "Images/linux", network: "/X1/network/builders" },
        },
      }),
      {
        datacenter: "/X1",
        cluster: "/X1/host/compute/c",
        host: "esxi-01",
        resourcePool: "a/b",
        datastore: "/X1/datastore/d",
        folder: "/X1/vm/Images/linux",
        network: "/X1/network/builders",
      },
    );
  });

  it("follows from the first zone where there are no masters, and has no network then", () => {
    assert.deepEqual(placeOf({ "regions[1].datacenter": "folder/X2/" }, "k8s-region-x2"), {
      datacenter: "/folder/X2",
      cluster: "/folder/X2/host/x2_cluster_prod",
      resourcePool: "",
      datastore: "/folder/X2/datastore/x2_lun_1",
      folder: "/folder/X2/vm/Templates",
    });
  });

  it("follows from the masters, also where the configuration of all regions names them", () => {
    const instanceClass = { datastore: "shared", mainNetwork: "nodes" };
    const place = placeOf(
      {
        "clusterConfiguration.masterNodeGroup": { instanceClass },
        [masters]: undefined,
      },
      "k8s-region-x1",
    ) as Record<string, string>;
    assert.equal(place["datastore"], "/X1/datastore/shared");
    assert.equal(place["network"], "/X1/network/nodes");
  });

  it("is told with where the configuration says so, for each region whose name is known", () => {
    const draft = stackWith({ "regions[1].name": undefined }) as ConfigurationDraft;
    assert.deepEqual(
      templatePlacesOf(draft).map(({ path }) => path),
      ['templateImage.places["k8s-region-x1"]'],
    );
  });
});

describe("what a key of templateImage takes", () => {
  const faults = (changes: Changes): string[] =>
    faultLines(stackWith({ "templateImage.builtin": {}, ...network, ...changes }));

  it("is a length of time, at most a day", () => {
    for (const stage of ["fetch", "init", "build", "copy", "cleanUp"]) {
      const key = `templateImage.timeouts.${stage}`;
      for (const right of ["1s", "86400s", "1440m", "24h"]) {
        built({ "templateImage.builtin": {}, [key]: right });
      }
      for (const long of ["86401s", "1441m", "25h", "999999h"]) {
        assert.deepEqual(faults({ [key]: long }), [
          `${key}: found "${long}": is too long: write at most 24h`,
        ]);
      }
      for (const wrong of ["", "0s", "1", "1d", "1.5h", "-1s", "1 h", "01s", "1000000s"]) {
        const lines = faults({ [key]: wrong });
        assert.deepEqual(lines, [
          `${key}: found "${wrong}": is not a length of time: write it like 90s, 45m or 2h`,
        ]);
      }
    }
    assert.deepEqual([secondsIn("90s"), secondsIn("45m"), secondsIn("2h")], [90, 2700, 7200]);
  });

  const refused: Readonly<Record<string, readonly [key: string, ...values: unknown[]]>> = {
    "a whole commit": [
      "deckhouse.commit",
      ...["main", "8c48051", "A".repeat(40), "8c480510854a9fbc9a0294ea4627af92f6d0a275 "],
    ],
    "a name that vCenter and Packer take": ["directory.name", "a/b", "a\\b", "50%", "x".repeat(51)],
    "files of variables in the folder": [
      "directory.variableFiles",
      ...[["/etc/a.pkrvars.hcl"], ["a.hcl"], ["a.pkr.hcl"], "a.pkrvars.hcl"],
    ],
    "a path below the vm folder": ["existing.template", "/X1/vm/a", "a//b", "a/"],
    "a checksum": ["isoChecksum", "none", "md5:abc", "sha256:abc", `sha256:${"A".repeat(64)}`],
    "names that variables can have": ["variables", { "a.b": 1 }, { "1a": 1 }, { "": 1 }],
    "values that variables can have": ["variables", { a: null }, { a: {} }, { a: [1] }],
    "an address for guests": ["httpAddress", "", "http://10.0.0.1", "10.0.0.1:80", "a b", "-a"],
    "whole numbers that make a machine": ["numCPUs", 0, 1.5, "4"],
    "memory that an installer needs": ["memory", 512],
    "a disk that an installer needs": ["diskSize", 7],
  };
  for (const [what, [key, ...values]] of Object.entries(refused)) {
    it(`is ${what}`, () => {
      const [source = ""] = key.split(".");
      const isSource = ["deckhouse", "directory", "existing"].includes(source);
      const whole = { deckhouse: { ubuntu: "22.04" }, directory: { path: "x", name: "x" } };
      for (const value of values) {
        const lines = faults({
          ...(isSource
            ? {
                "templateImage.builtin": undefined,
                [`templateImage.${source}`]: whole[source as keyof typeof whole],
              }
            : {}),
          ...(key === "isoChecksum" ? { "templateImage.isoUrl": "u.iso" } : {}),
          ...(source === "existing" ? { "templateImage.places": undefined } : {}),
          [`templateImage.${key}`]: value,
        });
        assert.equal(lines.length, 1, `${JSON.stringify(value)}: ${lines.join("\n")}`);
        assert.ok(lines[0]!.startsWith(`templateImage.${key}`), lines[0]);
      }
    });
  }

  it("is nothing else", () => {
    assert.deepEqual(
      faults({ "templateImage.ubuntu": "24.04", "templateImage.places.k.pool": "x" }).map(
        (line) => line.split(": found ")[0],
      ),
      ["templateImage.places.k", "templateImage.places.k.pool", "templateImage.ubuntu"],
    );
  });
});

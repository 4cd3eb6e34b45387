import assert from "node:assert/strict";
import { parseConfiguration, type BuiltTemplate } from "../../../configuration";
import { secondsIn } from "../../../template/request";
import { plain, type Changes } from "../../support/changedConfiguration";
import { faultLines, stack, stackWith } from "./support";

const x2 = 'templateImage.places["k8s-region-x2"]';
const network: Changes = { [`${x2}.network`]: "k8s-nodes" };

function built(changes: Changes): BuiltTemplate {
  const { templateImage } = parseConfiguration(stackWith({ ...network, ...changes }));
  assert.equal(templateImage?.kind, "built");
  return templateImage;
}

/** A place in the folder and the resource pool that hold where none is named. */
const placeIn = (datacenter: string, cluster: string, datastore: string, port: string) => ({
  datacenter,
  cluster: `${datacenter}/host/${cluster}`,
  resourcePool: "",
  datastore: `${datacenter}/datastore/${datastore}`,
  folder: `${datacenter}/vm/Templates`,
  network: `${datacenter}/network/${port}`,
});

describe("a template in the configuration", () => {
  const left: Changes = {
    "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
    "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.rootDiskSize": 60,
    "regions[0].clusterConfiguration.nodeGroups": undefined,
  };

  it("is built with every default filled in", () => {
    assert.deepEqual(plain(built({ "templateImage.builtin": {}, ...left })), {
      kind: "built",
      recipe: { source: { kind: "builtin", ubuntu: "24.04" }, hardware: {}, variables: {} },
      regions: {
        "k8s-region-x1": {
          smallestRootDisk: 60,
          place: placeIn("/X1", "x1_cluster_prod", "x1_root", "k8s-nodes"),
        },
        "k8s-region-x2": {
          place: placeIn("/X2", "x2_cluster_prod", "x2_lun_1", "k8s-nodes"),
        },
      },
      distribution: "copy",
      oldTemplates: "keep",
      timeouts: { fetch: 600, init: 600, build: 7200, copy: 7200, cleanUp: 180 },
    } satisfies BuiltTemplate);
  });

  it("is built as the configuration says, in the words of the component", () => {
    const directory = {
      path: "../ours",
      name: "ours",
      variableFiles: ["a.pkrvars.hcl", "b/c.pkrvars.json"],
    };
    const hardware = { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 };
    const variables = { text: "x", number: 1.5, flag: false, list: ["a", "b"] };
    const checksum = `sha512:${"0".repeat(128)}`;
    const { regions: _places, ...rest } = built({
      templateImage: {
        directory,
        isoUrl: "u.iso",
        isoChecksum: checksum,
        ...hardware,
        variables,
        httpAddress: "10.8.0.5",
        distribution: "buildInTurn",
        oldTemplates: "remove",
        account: { username: "packer@vsphere.local" },
        timeouts: { fetch: "90s", init: "2m", build: "24h", copy: "1h", cleanUp: "1s" },
        places: { "k8s-region-x2": { network: "k8s-nodes" } },
      },
    });
    assert.deepEqual(rest, {
      kind: "built",
      recipe: {
        source: { kind: "directory", ...directory },
        installer: { url: "u.iso", checksum },
        hardware,
        variables,
      },
      httpAddress: "10.8.0.5",
      distribution: "buildInTurn",
      oldTemplates: "remove",
      username: "packer@vsphere.local",
      timeouts: { fetch: 90, init: 120, build: 86_400, copy: 3600, cleanUp: 1 },
    } satisfies Omit<BuiltTemplate, "regions">);
  });

  it("is Deckhouse's at the commits known to have it, from Deckhouse's own repository", () => {
    for (const [ubuntu, commit] of [
      ["18.04", "c886458d495eb7238d50c1e6c6ea8cd29ad629c6"],
      ["20.04", "c886458d495eb7238d50c1e6c6ea8cd29ad629c6"],
      ["22.04", "8c480510854a9fbc9a0294ea4627af92f6d0a275"],
    ]) {
      const repository = "https://github.com/deckhouse/deckhouse.git";
      const { source } = built({ "templateImage.deckhouse": { ubuntu } }).recipe;
      assert.deepEqual(source, { kind: "deckhouse", ubuntu, commit, repository });
    }
  });

  it("is Deckhouse's at another commit and from elsewhere when that is named", () => {
    const own = { ubuntu: "22.04", commit: "0123456789".repeat(4), repository: "../clone" };
    const { source } = built({ "templateImage.deckhouse": own }).recipe;
    assert.deepEqual(source, { kind: "deckhouse", ...own });
  });

  it("is one that exists, in every region, for the nodes that are cloned from it", () => {
    const template = "Templates/theirs";
    const raw = stackWith({ "templateImage.existing": { template }, ...left });
    assert.deepEqual(plain(parseConfiguration(raw).templateImage), {
      kind: "existing",
      template,
      regions: { "k8s-region-x1": { smallestRootDisk: 60 }, "k8s-region-x2": {} },
    });
  });
});

describe("the place of a template", () => {
  const own = 'templateImage.places["k8s-region-x1"]';
  const inRegion = "regions[0].clusterConfiguration";
  const placeOf = (changes: Changes): object | undefined =>
    plain(built({ "templateImage.builtin": {}, ...changes })).regions["k8s-region-x1"]?.place;

  it("is what the configuration says, as full paths", () => {
    const written = {
      cluster: "compute/c",
      host: "esxi-01",
      resourcePool: "a/b",
      datastore: "d",
      folder: "Images/linux",
      network: "/X1/network/builders",
    };
    assert.deepEqual(placeOf({ [own]: written }), {
      datacenter: "/X1",
      cluster: "/X1/host/compute/c",
      host: "esxi-01",
      resourcePool: "a/b",
      datastore: "/X1/datastore/d",
      folder: "/X1/vm/Images/linux",
      network: "/X1/network/builders",
    });
  });

  it("follows from masters and root disks that are described for all regions", () => {
    const { nodeGroups: _left, ...general } = stack.regions[0]!.clusterConfiguration!;
    const place = placeOf({
      clusterConfiguration: general,
      "clusterConfiguration.networks[0].path": "shared",
      "clusterConfiguration.masterNodeGroup.instanceClass.mainNetwork": "shared",
      "clusterConfiguration.masterNodeGroup.instanceClass.datastore": undefined,
      "clusterConfiguration.rootDiskDatastore": "root",
      [inRegion]: undefined,
    });
    assert.deepEqual(place, placeIn("/X1", "x1_cluster_prod", "root", "shared"));
  });
});

describe("what a key of templateImage takes", () => {
  const faults = (changes: Changes): string[] =>
    faultLines(stackWith({ "templateImage.builtin": {}, ...network, ...changes }));

  it("is a length of time, at most a day", () => {
    for (const stage of ["fetch", "init", "build", "copy", "cleanUp"]) {
      const key = `templateImage.timeouts.${stage}`;
      const refused = (found: string): string[] => faults({ [key]: found });
      for (const right of ["1s", "86400s", "1440m", "24h"]) {
        built({ "templateImage.builtin": {}, [key]: right });
      }
      for (const found of ["86401s", "1441m", "25h", "999999h"]) {
        const line = `${key}: found "${found}": is too long: write at most 24h`;
        assert.deepEqual(refused(found), [line]);
      }
      for (const found of ["", "0s", "1", "1d", "1.5h", "-1s", "1 h", "01s", "1000000s"]) {
        const line = `${key}: found "${found}": is not a length of time: write it like 90s, 45m or 2h`;
        assert.deepEqual(refused(found), [line]);
      }
    }
    assert.deepEqual(["90s", "45m", "2h"].map(secondsIn), [90, 2700, 7200]);
  });

  // A key that is refused is told before there is more than one source.
  const sources: Changes = {
    "templateImage.deckhouse": { ubuntu: "22.04" },
    "templateImage.directory": { path: "x", name: "x" },
  };
  const refused: Readonly<Record<string, readonly unknown[]>> = {
    "deckhouse.commit": ["main", "8c48051", "A".repeat(40), `${"0123456789".repeat(4)} `],
    "directory.name": ["a/b", "a\\b", "50%", "x".repeat(51)],
    "directory.variableFiles": [["/etc/a.pkrvars.hcl"], ["a.hcl"], ["a.pkr.hcl"], "a.pkrvars.hcl"],
    "existing.template": ["/X1/vm/a", "a//b", "a/"],
    isoChecksum: ["none", "md5:abc", "sha256:abc", `sha256:${"A".repeat(64)}`],
    variables: [{ "a.b": 1 }, { "1a": 1 }, { "": 1 }, { a: null }, { a: {} }, { a: [1] }],
    httpAddress: ["", "http://10.0.0.1", "10.0.0.1:80", "a b", "-a"],
    numCPUs: [0, 1.5, "4"],
    memory: [512],
    diskSize: [7],
    ubuntu: ["24.04"],
    "places.k.pool": ["x"],
  };
  for (const [key, values] of Object.entries(refused)) {
    it(`is not just anything for ${key}`, () => {
      for (const value of values) {
        const lines = faults({ ...sources, [`templateImage.${key}`]: value });
        assert.equal(lines.length, 1, `${JSON.stringify(value)}: ${lines.join("\n")}`);
        assert.ok(lines[0]!.startsWith(`templateImage.${key}`), lines[0]);
      }
    });
  }
});

import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { grantRules } from "../../../configuration/rules/grants";
import { describeRules, type RuleCase } from "./ruleTable";
import { completeGranular, stackWith } from "./support";

const x1 = 'role.granular.regions["k8s-region-x1"]';
const x2 = 'role.granular.regions["k8s-region-x2"]';
const withoutGroups =
  "without a permission on a network no node could be connected to it: list the port groups of the nodes, for example " +
  '["k8s-nodes"]';
const withoutFolder =
  "without a permission on a folder no virtual machine could be created in it: name the folder here, or as vmFolderPath " +
  "in the cluster configuration";
const [standard, distributed] = ["standard network", "distributed port group"];

const same = (path: string, found: string, first: string): string =>
  `${path}: found "${found}": ${first} is the same object, and the second permission would replace the first: remove one ` +
  "of the two";
const sharedPath = (...kinds: (string | undefined)[]): RuleCase => [
  { "role.grant": kinds.map((kind) => ({ path: "/X1/network/shared", kind })) },
  same("role.grant[1].path", "/X1/network/shared", "role.grant[0].path"),
];
const topFolder = (index: number, found: string): string =>
  `role.grant[${index}].path: found "${found}": vCenter does not accept permissions on the top folders of a datacenter: ` +
  "name the datacenter, or an object or folder below this one";
const unasked = (grant: string): string =>
  `role.granular: found an object: the grant is ${grant}, and this would have no effect: set role.grant to granular, or ` +
  "remove this key";
const outside = (path: string, found: string): string =>
  `${path}: found "${found}": it is outside /X1, the datacenter of this region: write a path that begins with ` +
  "/X1/network/, or the name alone";

describeRules("the grants of the role", grantRules, {
  grantsAreDistinct: {
    "an object twice, spelled differently": [
      { "role.grant": [{ path: "/X1" }, { path: "x1/", propagate: false }] },
      same("role.grant[1].path", "/x1", "role.grant[0].path"),
    ],
    "one path, of one kind": sharedPath(standard, standard),
    "one path, first of any kind": sharedPath(undefined, standard),
    "one path, then of any kind": sharedPath(standard, undefined),
    "a further object that a granular grant has already": [
      { ...completeGranular, [`${x1}.furtherObjects`]: [{ path: "/X1/vm/k8s/x1" }] },
      same(`${x1}.furtherObjects[0].path`, "/X1/vm/k8s/x1", `${x1}.vmFolder`),
    ],
  },
  grantsAreOnObjectsThatTakeThem: {
    "each of a datacenter's four folders, in any case": [
      {
        "role.grant": ["/X1/datastore", "/X2/VM", "/x1/host", "/X2/network"].map((path) => ({
          path,
        })),
      },
      topFolder(0, "/X1/datastore"),
      topFolder(1, "/X2/VM"),
      topFolder(2, "/x1/host"),
      topFolder(3, "/X2/network"),
    ],
    "the datacenter and what is below are accepted": [
      { "role.grant": [{ path: "/X1" }, { path: "/X1/vm/k8s" }] },
    ],
  },
  granularIsAsked: {
    // One name for both roles does not count then.
    "the model of the preset": [
      {
        "role.granular": completeGranular["role.granular"],
        "role.granular.readOnlyRoleName": "kubernetes",
      },
      unasked("root"),
    ],
    "a list of objects": [
      { ...completeGranular, "role.grant": [{ path: "/X1/vm/k8s" }] },
      unasked("a list of objects"),
    ],
  },
  granularRegionsAreComplete: {
    "neither port groups nor folder": [
      {
        ...completeGranular,
        "role.granular": { regions: { "k8s-region-x1": { distributedPortGroups: ["a"] } } },
      },
      `${x2}.distributedPortGroups: found nothing: ${withoutGroups}`,
      `${x2}.vmFolder: found nothing: ${withoutFolder}`,
    ],
    "nothing of a region that has the name of what every object has": [
      {
        ...completeGranular,
        [x1]: undefined,
        "regions[0].name": "constructor",
      },
      `role.granular.regions.constructor.distributedPortGroups: found nothing: ${withoutGroups}`,
    ],
    "no folder, which the cluster lacks too": [
      { ...completeGranular, "regions[0].clusterConfiguration.vmFolderPath": undefined },
      "regions[0].clusterConfiguration.vmFolderPath: found nothing: the cluster configuration of k8s-region-x1 needs it, and " +
        "Deckhouse would refuse the document: add it here, or to clusterConfiguration for every region",
      `${x1}.vmFolder: found nothing: ${withoutFolder}`,
    ],
    "no folder": [
      { ...completeGranular, [`${x2}.vmFolder`]: undefined },
      `${x2}.vmFolder: found nothing: ${withoutFolder}`,
    ],
  },
  granularRegionsExist: {
    "an unknown region": [
      {
        ...completeGranular,
        "role.granular.regions.x3": { distributedPortGroups: ["k8s-nodes"] },
      },
      "role.granular.regions.x3: found an object: no region has this name, and this would have no effect: write one of " +
        "<regions>",
    ],
  },
  granularNetworksAreInside: {
    "port groups and switches of another datacenter": [
      {
        ...completeGranular,
        [`${x1}.distributedPortGroups`]: ["k8s-nodes", "/X2/network/k8s-nodes"],
        [`${x1}.distributedSwitches`]: ["/X2/network/dvs"],
      },
      outside(`${x1}.distributedPortGroups[1]`, "/X2/network/k8s-nodes"),
      outside(`${x1}.distributedSwitches[0]`, "/X2/network/dvs"),
    ],
    "full paths in the datacenter are accepted": [
      { ...completeGranular, [`${x1}.distributedPortGroups`]: ["/X1/network/k8s-nodes"] },
    ],
  },
});

describe("the grants of the role", () => {
  it("may be two on one path, where the kinds differ", () => {
    const path = "/X1/network/shared";
    const grant = [
      { path, kind: standard },
      { path, kind: distributed, propagate: false },
    ];
    assert.deepEqual(parseConfiguration(stackWith({ "role.grant": grant })).role?.grants, [
      { path, kinds: [standard], role: "full", propagate: true },
      { path, kinds: [distributed], role: "full", propagate: false },
    ]);
  });

  it("may be two on one path in a granular grant, of a switch and a port group", () => {
    const shared = { [`${x1}.distributedSwitches`]: ["n"], [`${x1}.distributedPortGroups`]: ["n"] };
    const { role } = parseConfiguration(stackWith({ ...completeGranular, ...shared }));
    assert.deepEqual(
      role?.grants.filter(({ path }) => path === "/X1/network/n").map((grant) => grant.role),
      ["readOnly", "full"],
    );
  });
});

import assert from "node:assert/strict";
import { parse, parseAllDocuments } from "yaml";
import { clusterDocuments, renderDocuments, renderYaml } from "../../../documents";
import type { Changes } from "../../support/changedConfiguration";
import type { ReadDocument } from "../../support/schemaFaults";
import {
  documentsOf,
  documentsWith,
  elsewhere,
  ingressBy,
  inputsWith,
  nameOf,
  withPassword,
  type Known,
} from "./support";

const storage: Changes = { "cluster.storageClasses": { exclude: ["x1-lun-2.*"] } };

function filesWith(changes: Changes = {}, known: Known = {}): Record<string, string> {
  return renderDocuments(clusterDocuments(inputsWith(changes, known)));
}

function read(text: string | undefined): ReadDocument[] {
  return parseAllDocuments(text ?? "").map((document) => document.toJS() as ReadDocument);
}

const metallb = [
  "Secret/metallb-bgp-k8s-region-x1",
  "MetalLoadBalancerPool/ingress-k8s-region-x1",
  "MetalLoadBalancerBGPPeer/router-k8s-region-x1-1",
  "MetalLoadBalancerBGPPeer/router-k8s-region-x1-2",
  "MetalLoadBalancerConfiguration/frontend-k8s-region-x1",
];

describe("the files of documents", () => {
  it("are one for each subject, and bootstrap.yaml with everything in the order of an installation", () => {
    const second = {
      name: "system",
      minPerZone: 1,
      maxPerZone: 1,
      instanceClass: { numCPUs: 2, memory: 4096 },
    };
    const files = filesWith({ ...storage, "cluster.ephemeralNodeGroups[1]": second }, withPassword);
    const nodes = ["VsphereInstanceClass/worker", "NodeGroup/worker"];
    nodes.push("VsphereInstanceClass/system", "NodeGroup/system");
    const modules = ["deckhouse", "cloud-provider-vsphere", "metallb"].map(
      (name) => `ModuleConfig/${name}`,
    );
    const names = Object.entries(files).map(([file, text]) => [file, read(text).map(nameOf)]);
    assert.deepEqual(Object.fromEntries(names), {
      "cluster-configuration.yaml": ["ClusterConfiguration"],
      "vsphere-cluster-configuration.yaml": ["VsphereClusterConfiguration"],
      "module-configs.yaml": modules,
      "ingress.yaml": [...metallb, "IngressNginxController/main"],
      "node-groups.yaml": nodes,
      "bootstrap.yaml": [
        "ClusterConfiguration",
        "VsphereClusterConfiguration",
        ...modules,
        ...metallb,
        ...nodes,
        "IngressNginxController/main",
      ],
    });
  });

  it("have everything in resources.yaml where the masters are elsewhere, and nothing to install", () => {
    const files = filesWith(elsewhere, withPassword);
    assert.deepEqual(Object.keys(files).sort(), [
      "ingress.yaml",
      "module-configs.yaml",
      "node-groups.yaml",
      "resources.yaml",
    ]);
    assert.deepEqual(read(files["resources.yaml"]).map(nameOf), [
      "ModuleConfig/cloud-provider-vsphere",
      "ModuleConfig/metallb",
      ...metallb,
      "VsphereInstanceClass/frontend",
      "NodeGroup/frontend",
      "IngressNginxController/main",
    ]);
  });

  it("are not made for a subject without documents", () => {
    const changes = { "cluster.ingress": undefined, "cluster.ephemeralNodeGroups": undefined };
    assert.deepEqual(Object.keys(filesWith(changes)), [
      "cluster-configuration.yaml",
      "bootstrap.yaml",
      "vsphere-cluster-configuration.yaml",
      "module-configs.yaml",
    ]);
  });

  it("begin each document with dashes, end with a line break, and read back as the documents", () => {
    const files = filesWith(storage, withPassword);
    for (const text of Object.values(files)) {
      assert.match(text, /^---\n/);
      assert.match(text, /[^\n]\n$/);
      assert.equal(text.match(/^---$/gm)?.length, read(text).length);
    }
    assert.deepEqual(read(files["bootstrap.yaml"]), documentsOf(inputsWith(storage, withPassword)));
  });

  for (const [title, changes, holdersOfPassword] of [
    ["BGP, Deckhouse 1.76", { "deckhouse.version": "1.76" }, 1],
    ["BGP, Deckhouse 1.77", { "deckhouse.version": "1.77" }, 1],
    ["L2", ingressBy("metallbL2", { addresses: ["10.20.0.200-10.20.0.210"] }), 0],
    ["a load balancer of one's own", ingressBy("externalLoadBalancer", {}), 0],
    ["masters elsewhere", elsewhere, 1],
  ] as const) {
    it(`say each thing once with ${title}: account, zones, secrets and objects`, () => {
      const documents = documentsWith({ ...storage, ...changes }, withPassword);
      const holdersOf = (text: string): number =>
        documents.filter((document) => JSON.stringify(document).includes(text)).length;
      assert.equal(holdersOf('"geheim"'), 1);
      assert.equal(holdersOf('"deckhouse@vsphere.local"'), 1);
      assert.equal(holdersOf('"zones":'), 1);
      assert.equal(holdersOf("parole"), holdersOfPassword);
      const names = documents.map(nameOf);
      assert.deepEqual([...new Set(names)], names);
    });
  }
});

describe("renderYaml", () => {
  const reserved = [
    "yes",
    "No",
    "on",
    "y",
    "null",
    "~",
    "1e3",
    "0x1F",
    "010",
    "1:30",
    "",
    "=",
    "e0",
  ];
  for (const [title, value, expected] of [
    ["writes text of several lines as a block", { a: "B C\nD\n" }, "a: |\n  B C\n  D\n"],
    ["leaves numbers and booleans unquoted", { a: 1, b: true }, "a: 1\nb: true\n"],
    [
      "leaves out keys without a value, at every depth",
      { a: undefined, b: { c: undefined, d: [{ e: undefined, f: 1 }] } },
      "b:\n  d:\n    - f: 1\n",
    ],
    ["keeps an empty section", { a: { b: undefined }, c: [] }, "a: {}\nc: []\n"],
    [
      "quotes what another parser could read as something other than text",
      reserved,
      reserved.map((word) => `- ${JSON.stringify(word)}\n`).join(""),
    ],
    ["folds no long line", ["word ".repeat(50) + "x"], `- "${"word ".repeat(50)}x"\n`],
  ] as const) {
    it(title, () => {
      assert.equal(renderYaml(value), expected);
    });
  }

  it("writes what occurs twice twice, without an alias", () => {
    const shared = ["b"];
    assert.equal(renderYaml({ one: shared, two: shared }), "one:\n  - b\ntwo:\n  - b\n");
  });

  it("reads back any difficult text", () => {
    for (const text of [
      " lead",
      "trail ",
      "a\n\n b\n",
      "\ttab",
      "ключ",
      "a: b",
      "#x",
      "\u0007",
      "x\n",
    ]) {
      assert.deepEqual(parse(renderYaml({ text })), { text });
    }
  });
});

import assert from "node:assert/strict";
import type { DocumentInputs } from "../../../documents";
import { certificate } from "../../support/certificate";
import { changed, valueAt, type Changes } from "../../support/changedConfiguration";
import {
  documentsOf,
  documentsWith,
  elsewhere,
  find,
  ingressBy,
  inputsWith,
  nameOf,
  withPassword,
  type Known,
} from "./support";

const vsphere = "VsphereClusterConfiguration";
const providerModule = "ModuleConfig/cloud-provider-vsphere";
const bgp = "cluster.ingress.metallbBGP";
const before: Changes = { "deckhouse.version": "1.76" };
const withoutIngress: Changes = { "cluster.ingress": undefined };
const l2 = ingressBy("metallbL2", { addresses: ["10.20.0.200-10.20.0.210"] });

/** A case: what it shows, the changes to the configuration, where to look, and what is there. */
type Case = readonly [
  title: string,
  changes: Changes,
  document: string,
  path: string,
  expected: unknown,
  known?: Known,
];

// The goldens show what each field can be; here is what depends on more than one value, and the borders of that.
const cases: readonly Case[] = [
  ["takes insecure from the connection", {}, vsphere, "provider.insecure", true, insecure()],
  ["has no insecure without it", {}, vsphere, "provider.insecure", undefined, insecure(false)],
  [
    "has no insecure beside certificates, which Deckhouse refuses",
    {},
    vsphere,
    "provider",
    {
      server: "vcenter.example.com",
      username: "deckhouse@vsphere.local",
      password: "geheim",
      caBundle: certificate,
    },
    insecure(true, certificate),
  ],
  [
    "has no insecure beside certificates in the module either",
    elsewhere,
    providerModule,
    "spec.settings.insecure",
    undefined,
    insecure(true, certificate),
  ],
  [
    "takes an empty text for no certificates",
    {},
    vsphere,
    "provider.insecure",
    true,
    insecure(true, ""),
  ],
  [
    "takes an empty text for no certificates of NSX-T",
    { "cluster.nsxt": nsxt({ caBundle: "", insecureFlag: false }) },
    vsphere,
    "nsxt.insecureFlag",
    false,
  ],
  ["has no empty list of groups", noGroups(), vsphere, "nodeGroups", undefined],
  [
    "has the id that vCenter knows for a storage policy's name",
    { "cluster.storagePolicy": { name: "Kubernetes nodes" } },
    vsphere,
    "storagePolicyID",
    "id-of-the-name",
    { storagePolicyId: "id-of-the-name" },
  ],
  [
    "prefers a class's own template to the common one",
    {},
    vsphere,
    "masterNodeGroup.instanceClass.template",
    "Templates/ubuntu-24.04",
    { template: "Templates/built" },
  ],
  [
    "has the common template for an ephemeral class that names none",
    {},
    "VsphereInstanceClass",
    "spec.template",
    "Templates/built",
    { template: "Templates/built" },
  ],
  [
    "leaves to the masters what an ephemeral class does not name",
    {},
    "VsphereInstanceClass",
    "spec",
    { numCPUs: 2, memory: 4096 },
  ],
  [
    "has no module of the provider for empty StorageClass settings",
    { "cluster.storageClasses": {}, "cluster.disableTimesync": false },
    providerModule,
    "kind",
    undefined,
  ],
  [
    "takes `none` for no BGP community before Deckhouse 1.77",
    { ...before, [`${bgp}.communities`]: ["none"] },
    "ModuleConfig/metallb",
    "spec.settings.addressPools[0]",
    { name: "ingress-k8s-region-x1", protocol: "bgp", addresses: ["203.0.113.32/27"] },
  ],
  [
    "lists no community when there is none before Deckhouse 1.77",
    { ...before, [`${bgp}.communities`]: ["none"] },
    "ModuleConfig/metallb",
    "spec.settings.bgpCommunities",
    undefined,
  ],
  [
    "has one BGP session for all nodes when none has a source address, before Deckhouse 1.77",
    { ...before, [`${bgp}.routers`]: ["192.0.2.1"] },
    "ModuleConfig/metallb",
    "spec.settings.bgpPeers",
    [{ "peer-address": "192.0.2.1", "peer-asn": 64512, "my-asn": 64513, "hold-time": "3s" }],
  ],
  [
    "has nothing of L2 in the module before Deckhouse 1.77, where it would have no effect",
    { ...before, ...l2 },
    "ModuleConfig/metallb",
    "spec",
    { version: 2, enabled: true },
  ],
  [
    "asks for no load balancer without ingress",
    withoutIngress,
    "ModuleConfig/metallb",
    "kind",
    undefined,
  ],
  [
    "has no ingress controller without ingress",
    withoutIngress,
    "IngressNginxController",
    "kind",
    undefined,
  ],
];

function insecure(isInsecure = true, caBundle?: string): Known {
  return { provider: { insecure: isInsecure, caBundle } };
}

function nsxt(own: object): object {
  return {
    host: "nsx.example.com",
    user: "deckhouse",
    defaultIpPoolName: "pool1",
    tier1GatewayPath: "/infra/tier-1s/one",
    ...own,
  };
}

function noGroups(): Changes {
  return { "cluster.nodeGroups": [], ...withoutIngress };
}

describe("the documents of a cluster: one", () => {
  for (const [title, changes, document, path, expected, known] of cases) {
    it(title, () => {
      const found = find(documentsWith(changes, known), document);
      assert.equal(
        found === undefined,
        path === "kind",
        "only cases about the kind have no document",
      );
      assert.deepEqual(valueAt(found, path), expected);
    });
  }
});

describe("the documents of a cluster", () => {
  it("cannot be made of what the rules of the configuration exclude", () => {
    const wrong: readonly (readonly [Changes, string])[] = [
      [
        { "region.cluster.storagePolicy": { name: "Kubernetes nodes" } },
        "the storage policy has no id",
      ],
      [
        { "region.cluster.masterNodeGroup.instanceClass.template": undefined },
        "an instance class has no template",
      ],
      [
        { "region.cluster.nodeGroups[0].instanceClass.datastore": "/X10/datastore/lun" },
        "/X10/datastore/lun is in no folder of /X1",
      ],
    ];
    for (const [changes, message] of wrong) {
      const inputs = changed(inputsWith(), changes) as DocumentInputs;
      assert.throws(() => documentsOf(inputs), { name: "RangeError", message });
    }
  });

  it("have the common template for masters that name none", () => {
    const changes = { "region.cluster.masterNodeGroup.instanceClass.template": undefined };
    const inputs = changed(inputsWith({}, { template: "Templates/built" }), changes);
    const found = find(documentsOf(inputs as DocumentInputs), vsphere);
    assert.equal(valueAt(found, "masterNodeGroup.instanceClass.template"), "Templates/built");
  });

  it("say nothing of MetalLB behind a load balancer of one's own", () => {
    const documents = documentsWith(ingressBy("externalLoadBalancer", {}));
    assert.doesNotMatch(JSON.stringify(documents), /metallb|MetalLoadBalancer/i);
  });

  it("keep names of objects within 63 characters, whatever the region is called", () => {
    const region = `${"r".repeat(47)}-${"x".repeat(15)}`;
    const changes = { "regions[0].name": region, "cluster.cloudPrefix": "x1" };
    const names = documentsWith(changes, withPassword).map((one) => nameOf(one).split("/")[1]);
    assert.deepEqual(
      names.filter((name) => name?.includes("rrr")),
      [
        `metallb-bgp-${"r".repeat(47)}-xxx`,
        `ingress-${"r".repeat(47)}-${"x".repeat(7)}`,
        `router-${"r".repeat(47)}-${"x".repeat(6)}-1`,
        `router-${"r".repeat(47)}-${"x".repeat(6)}-2`,
        `frontend-${"r".repeat(47)}-${"x".repeat(6)}`,
      ],
    );
  });

  it("cut no name right after a dash", () => {
    const changes = { "regions[0].name": `${"r".repeat(50)}-xx`, "cluster.cloudPrefix": "x1" };
    const secret = find(documentsWith(changes, withPassword), "Secret");
    assert.equal(valueAt(secret, "metadata.name"), `metallb-bgp-${"r".repeat(50)}`);
  });
});

describe("several ingress controllers", () => {
  const metallbBGP = {
    network: "k8s-bgp",
    routers: ["192.0.2.3"],
    routerASN: 64512,
    clusterASN: 64513,
    addresses: ["203.0.113.64/27"],
    communities: ["64512:7"],
  };
  const selectors = (changes: Changes): unknown[] =>
    documentsWith(changes)
      .filter((document) => /nodeSelector/.test(JSON.stringify(document)))
      .map((document) => [
        nameOf(document),
        valueAt(document, "spec.nodeSelector") ??
          valueAt(document, "spec.settings.speaker.nodeSelector"),
      ]);
  const label = { "node-role.deckhouse.io/frontend": "" };
  const further = (settings: object): Changes => ({
    "cluster.additionalIngresses": [{ name: "internal", ...settings }],
    "cluster.ephemeralNodeGroups[0].nodeTemplate": { labels: label },
  });

  it("are on the nodes with the label of frontends, where they share their nodes", () => {
    assert.deepEqual(selectors(further({ metallbBGP })), [
      ["MetalLoadBalancerConfiguration/frontend-k8s-region-x1", label],
      ["MetalLoadBalancerConfiguration/frontend-k8s-region-x1-internal", label],
      ["IngressNginxController/main", label],
      ["IngressNginxController/internal", label],
    ]);
  });

  it("are each on the nodes of its own group, where there are several", () => {
    const l2Further = { nodeGroup: "worker", metallbL2: { addresses: ["10.20.0.200/32"] } };
    const groupOf = (name: string): object => ({ ...label, "node.deckhouse.io/group": name });
    assert.deepEqual(selectors({ ...further(l2Further), "deckhouse.version": "1.76" }), [
      ["ModuleConfig/metallb", groupOf("frontend")],
      ["MetalLoadBalancerClass/frontend-k8s-region-x1-internal", groupOf("worker")],
      ["IngressNginxController/main", groupOf("frontend")],
      ["IngressNginxController/internal", groupOf("worker")],
    ]);
  });

  it("have addresses and routers each, and one password", () => {
    const names = documentsWith(further({ metallbBGP }), withPassword).map(nameOf);
    assert.deepEqual(
      names.filter((name) => /^(Secret|MetalLoad)/.test(name)),
      [
        "Secret/metallb-bgp-k8s-region-x1",
        "MetalLoadBalancerPool/ingress-k8s-region-x1",
        "MetalLoadBalancerBGPPeer/router-k8s-region-x1-1",
        "MetalLoadBalancerBGPPeer/router-k8s-region-x1-2",
        "MetalLoadBalancerConfiguration/frontend-k8s-region-x1",
        "MetalLoadBalancerPool/ingress-k8s-region-x1-internal",
        "MetalLoadBalancerBGPPeer/router-k8s-region-x1-internal-1",
        "MetalLoadBalancerConfiguration/frontend-k8s-region-x1-internal",
      ],
    );
  });

  it("have theirs in the settings of the one module before 1.77", () => {
    const changes = { ...further({ metallbBGP }), "deckhouse.version": "1.76" };
    const settings = valueAt(
      find(documentsWith(changes), "ModuleConfig/metallb"),
      "spec.settings",
    ) as Record<string, Record<string, unknown>[]>;
    assert.deepEqual(
      [
        settings["bgpPeers"]?.map((peer) => peer["peer-address"]),
        settings["addressPools"]?.map(({ name }) => name),
        settings["bgpCommunities"],
      ],
      [
        ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
        ["ingress-k8s-region-x1", "ingress-k8s-region-x1-internal"],
        { "64512:7": "64512:7" },
      ],
    );
  });
});

describe("versions of Deckhouse", () => {
  const metallbOf = (version: string, own: Changes = {}): string[] =>
    documentsWith({ "deckhouse.version": version, ...own }, withPassword)
      .map(nameOf)
      .filter((name) => /^(MetalLoadBalancer|Secret)/.test(name));
  const peerOf = (version: string): unknown =>
    valueAt(
      find(documentsWith({ "deckhouse.version": version }), "ModuleConfig/metallb"),
      "spec.settings.bgpPeers[0].peer-address",
    );

  for (const version of ["1.8", "1.70", "1.76", "1.76.9"]) {
    it(`${version} has BGP in the settings of the module, its password too, and in no resource`, () => {
      assert.deepEqual(metallbOf(version), []);
      assert.equal(peerOf(version), "192.0.2.1");
    });
  }
  for (const version of ["1.77", "1.77.0", "1.100"]) {
    it(`${version} has BGP in custom resources, and not in the settings of the module too`, () => {
      assert.deepEqual(metallbOf(version), [
        "Secret/metallb-bgp-k8s-region-x1",
        "MetalLoadBalancerPool/ingress-k8s-region-x1",
        "MetalLoadBalancerBGPPeer/router-k8s-region-x1-1",
        "MetalLoadBalancerBGPPeer/router-k8s-region-x1-2",
        "MetalLoadBalancerConfiguration/frontend-k8s-region-x1",
      ]);
      assert.equal(peerOf(version), undefined);
    });
  }
  it("all have the same resource and the same controller for L2", () => {
    const documentsOfVersion = (version: string): unknown[] =>
      documentsWith({ ...l2, "deckhouse.version": version }).filter(
        ({ kind }) => kind === "MetalLoadBalancerClass" || kind === "IngressNginxController",
      );
    assert.equal(documentsOfVersion("1.76").length, 2);
    assert.deepEqual(documentsOfVersion("1.76"), documentsOfVersion("1.77"));
  });
});

import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { clusterDocuments, renderDocuments } from "../../../documents";
import type { Changes } from "../../support/changedConfiguration";
import { withPassword } from "./metallbSupport";
import { elsewhere, ingressBy, inputsWith, type Known } from "./support";

const storage: Changes = { "cluster.storageClasses": { exclude: ["x1-lun-2.*"] } };

function filesWith(changes: Changes = {}, known: Known = {}): Record<string, string> {
  return renderDocuments(clusterDocuments(inputsWith(changes, known)));
}

/** Kind, and name where there is one, of each document of a file. */
function namesIn(text: string | undefined): string[] {
  return parseAllDocuments(text ?? "").map((document) => {
    const { kind, metadata } = document.toJS() as { kind: string; metadata?: { name: string } };
    return metadata === undefined ? kind : `${kind}/${metadata.name}`;
  });
}

describe("Files of documents", () => {
  it("have everything once more in bootstrap.yaml, in the order of an installation", () => {
    assert.deepEqual(namesIn(filesWith(storage, withPassword)["bootstrap.yaml"]), [
      "ClusterConfiguration",
      "InitConfiguration",
      "VsphereClusterConfiguration",
      "ModuleConfig/deckhouse",
      "ModuleConfig/cloud-provider-vsphere",
      "ModuleConfig/metallb",
      "Secret/metallb-bgp-k8s-region-x1",
      "MetalLoadBalancerPool/ingress-k8s-region-x1",
      "MetalLoadBalancerBGPPeer/router-k8s-region-x1-1",
      "MetalLoadBalancerBGPPeer/router-k8s-region-x1-2",
      "MetalLoadBalancerConfiguration/frontend-k8s-region-x1",
      "VsphereInstanceClass/worker",
      "NodeGroup/worker",
      "IngressNginxController/main",
    ]);
  });

  it("are one for each subject", () => {
    const files = filesWith(storage, withPassword);
    assert.deepEqual(
      Object.fromEntries(Object.entries(files).map(([file, text]) => [file, namesIn(text).length])),
      {
        "cluster-configuration.yaml": 1,
        "init-configuration.yaml": 1,
        "vsphere-cluster-configuration.yaml": 1,
        "module-configs.yaml": 3,
        "ingress.yaml": 6,
        "node-groups.yaml": 2,
        "bootstrap.yaml": 14,
      },
    );
    assert.deepEqual(namesIn(files["cluster-configuration.yaml"]), ["ClusterConfiguration"]);
    assert.deepEqual(namesIn(files["init-configuration.yaml"]), ["InitConfiguration"]);
    assert.deepEqual(namesIn(files["vsphere-cluster-configuration.yaml"]), [
      "VsphereClusterConfiguration",
    ]);
    assert.equal(namesIn(files["ingress.yaml"]).at(-1), "IngressNginxController/main");
  });

  it("are not made for a subject without documents", () => {
    const files = filesWith({
      "cluster.ingress": undefined,
      "cluster.ephemeralNodeGroups": undefined,
    });
    assert.deepEqual(Object.keys(files), [
      "cluster-configuration.yaml",
      "bootstrap.yaml",
      "init-configuration.yaml",
      "vsphere-cluster-configuration.yaml",
      "module-configs.yaml",
    ]);
  });

  it("begin each document with dashes, and end with a line break", () => {
    for (const text of Object.values(filesWith())) {
      assert.match(text, /^---\n/);
      assert.match(text, /[^\n]\n$/);
      assert.equal(text.match(/^---$/gm)?.length, namesIn(text).length);
    }
  });

  it("have the same bytes for the same configuration", () => {
    assert.deepEqual(filesWith(storage, withPassword), filesWith(storage, withPassword));
  });

  it("read back as the documents they are made of", () => {
    const documents = clusterDocuments(inputsWith(storage, withPassword));
    const text = renderDocuments(documents)["bootstrap.yaml"] ?? "";
    assert.deepEqual(
      parseAllDocuments(text).map((document) => document.toJS() as unknown),
      documents.map(({ document }) => document),
    );
  });
});

describe("Files of a cluster whose masters are elsewhere", () => {
  it("have everything in resources.yaml, and nothing that would install a cluster", () => {
    const files = filesWith(elsewhere, withPassword);
    assert.deepEqual(Object.keys(files).sort(), [
      "ingress.yaml",
      "module-configs.yaml",
      "node-groups.yaml",
      "resources.yaml",
    ]);
    assert.deepEqual(namesIn(files["resources.yaml"]), [
      "ModuleConfig/cloud-provider-vsphere",
      "ModuleConfig/metallb",
      "Secret/metallb-bgp-k8s-region-x1",
      "MetalLoadBalancerPool/ingress-k8s-region-x1",
      "MetalLoadBalancerBGPPeer/router-k8s-region-x1-1",
      "MetalLoadBalancerBGPPeer/router-k8s-region-x1-2",
      "MetalLoadBalancerConfiguration/frontend-k8s-region-x1",
      "VsphereInstanceClass/frontend",
      "NodeGroup/frontend",
      "IngressNginxController/main",
    ]);
  });
});

describe("Documents say each thing once", () => {
  const cases: Readonly<Record<string, readonly [Changes, "BGP" | "no BGP"]>> = {
    "BGP, Deckhouse 1.76": [{ "deckhouse.version": "1.76" }, "BGP"],
    "BGP, Deckhouse 1.77": [{ "deckhouse.version": "1.77" }, "BGP"],
    L2: [ingressBy("metallbL2", { addresses: ["10.20.0.200-10.20.0.210"] }), "no BGP"],
    "an own load balancer": [ingressBy("externalLoadBalancer", {}), "no BGP"],
    "masters elsewhere": [elsewhere, "BGP"],
  };
  for (const [title, [changes, bgp]] of Object.entries(cases)) {
    it(`with ${title}: the account, the zones and each secret are in one document`, () => {
      const documents = clusterDocuments(inputsWith({ ...storage, ...changes }, withPassword));
      const holdersOf = (text: string): number =>
        documents.filter(({ document }) => JSON.stringify(document).includes(text)).length;
      assert.equal(holdersOf('"geheim"'), 1);
      assert.equal(holdersOf('"deckhouse@vsphere.local"'), 1);
      assert.equal(holdersOf('"zones":'), 1);
      assert.equal(holdersOf("parole"), bgp === "BGP" ? 1 : 0);
    });
  }

  it("and name each object once", () => {
    for (const [changes] of Object.values(cases)) {
      const documents = clusterDocuments(inputsWith({ ...storage, ...changes }, withPassword));
      const names = documents.map(({ document }) =>
        "metadata" in document ? `${document.kind}/${document.metadata.name}` : document.kind,
      );
      assert.deepEqual([...new Set(names)], names);
    }
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, parseAllDocuments } from "yaml";
import { parseConfiguration } from "../../../configuration";
import {
  clusterDocuments,
  renderDocuments,
  renderYaml,
  type ClusterDocument,
  type DocumentInputs,
} from "../../../documents";
import { changed, type Changes } from "../../support/changedConfiguration";
import { rawConfiguration, type RawConfiguration } from "../../support/configurationArbitraries";
import { documentFaults, type ReadDocument } from "../../support/documentRules";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

const further = fc.record({
  password: fc.string({ minLength: 1 }),
  bgpPassword: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  insecure: fc.boolean(),
  caBundle: fc.constantFrom(undefined, certificate),
});

type Further = typeof further extends fc.Arbitrary<infer Value> ? Value : never;

/** The documents of each region that has a cluster. */
function documentsOf(raw: RawConfiguration, own: Further): (readonly ClusterDocument[])[] {
  const { regions, deckhouse } = parseConfiguration(raw);
  const { insecure, caBundle, password, bgpPassword } = own;
  return regions.flatMap(({ name, datacenter, zones, cluster }) => {
    if (cluster === undefined) return [];
    const inputs: DocumentInputs = {
      region: { name, datacenter, cluster, zones: zones.map((zone) => zone.name) },
      categories: { region: "k8s-region", zone: "k8s-zone" },
      provider: {
        server: "vcenter.example.com",
        username: "deckhouse@vsphere.local",
        insecure,
        caBundle,
      },
      deckhouse,
      template: "Templates/built",
      storagePolicyId: "an-id",
      secrets: {
        clusterAccountPassword: password,
        bgpPassword,
        nsxtPassword: password,
        registryDockerCfg: "e30=",
      },
    };
    return [clusterDocuments(inputs)];
  });
}

/** A document without the keys that have no value. */
function plain(document: object): ReadDocument {
  return JSON.parse(JSON.stringify(document)) as ReadDocument;
}

describe("any valid configuration", () => {
  it("renders, parses back to the same values, and satisfies every rule of Deckhouse", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(rawConfiguration, further, (raw, own) => {
        for (const documents of documentsOf(raw, own)) {
          const values = documents.map(({ document }) => plain(document));
          for (const value of values) {
            const text = renderYaml(value);
            assert.deepEqual(parse(text), value);
            // Kubernetes' own reader is one of YAML 1.1.
            assert.deepEqual(parse(text, { version: "1.1" }), value);
            kinds.add(String(value["kind"]));
          }
          const files = renderDocuments(documents);
          assert.deepEqual(files, renderDocuments(documents));
          const whole = files["bootstrap.yaml"] ?? files["resources.yaml"] ?? "";
          const read = parseAllDocuments(whole) as { toJS(): ReadDocument }[];
          const asRead = read.map((document) => document.toJS());
          assert.deepEqual(asRead, values);
          assert.deepEqual(documentFaults(asRead), []);
        }
      }),
      { numRuns: 100 },
    );
    assert.equal(kinds.size, 12, [...kinds].sort().join(", "));
  });
});

describe("the rules of Deckhouse that documents are held against", () => {
  const raw = fc.sample(rawConfiguration, { numRuns: 400, seed: 2 });
  const own = { password: "p", bgpPassword: "b", insecure: false, caBundle: undefined };

  /** The documents of the first of some configurations that has a document of a kind. */
  function withKind(kind: string): ReadDocument[] {
    for (const one of raw) {
      const found = documentsOf(one, own).find((documents) =>
        documents.some(({ document }) => document.kind === kind),
      );
      if (found !== undefined) return found.map(({ document }) => plain(document));
    }
    return assert.fail(`no configuration has a ${kind}`);
  }

  /** What is wrong when one document is changed. */
  function faultsWith(kind: string, changes: Changes): string[] {
    return documentFaults(
      withKind(kind).map((document) =>
        document["kind"] === kind ? (changed(document, changes) as ReadDocument) : document,
      ),
    );
  }

  const vsphere = "VsphereClusterConfiguration";
  const machine = "masterNodeGroup.instanceClass";
  const announced = "spec.advertisements[0].poolNames";
  const classOfGroup = "spec.cloudInstances.classReference.name";
  for (const [title, kind, path, value, says] of [
    ["an unknown key", vsphere, "cloudPrefix", "x", "unrecognized_keys"],
    ["a missing key", vsphere, "internalNetworkCIDR", undefined, "invalid"],
    ["a subnet with host bits", vsphere, "internalNetworkCIDR", "10.0.0.1/24", "is no network"],
    ["a path among names", vsphere, "externalNetworkNames", ["a/b"], "is a path"],
    ["masters with a path", vsphere, `${machine}.datastore`, "a/b", "masters' datastore"],
    ["masters with two networks", vsphere, `${machine}.additionalNetworks`, ["a", "b"], "networks"],
    ["a zone of others", vsphere, "masterNodeGroup.zones", ["elsewhere"], "of another region"],
    ["a class that is not there", "NodeGroup", classOfGroup, "none", "VsphereInstanceClass none"],
    [
      "a pool that is not there",
      "MetalLoadBalancerConfiguration",
      announced,
      ["none"],
      "Pool none",
    ],
    ["a number that is none", "MetalLoadBalancerBGPPeer", "spec.myASN", 0, "too_small"],
  ] as const) {
    it(`would find ${title}`, () => {
      assert.deepEqual(documentFaults(withKind(kind)), []);
      assert.match(faultsWith(kind, { [path]: value }).join("\n"), new RegExp(says));
    });
  }
});

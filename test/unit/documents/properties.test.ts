import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, parseAllDocuments } from "yaml";
import { parseConfiguration } from "../../../configuration";
import { renderDocuments, renderYaml, type ClusterDocument } from "../../../documents";
import { changed, type Changes } from "../../support/changedConfiguration";
import { rawConfiguration, type RawConfiguration } from "../../support/configurationArbitraries";
import { knownVersions } from "../../support/deckhouseSchemas";
import { documentFaults } from "../../support/documentRules";
import {
  documentSets,
  furtherInputs,
  generatedDocuments,
  type FurtherInputs,
} from "../../support/generatedDocuments";
import type { ReadDocument } from "../../support/schemaFaults";

/** The documents of each region that has a cluster. */
function documentsOf(raw: RawConfiguration, own: FurtherInputs): (readonly ClusterDocument[])[] {
  return documentSets(raw, own).map(({ documents }) => documents);
}

/** The version of Deckhouse that a configuration's documents are for. */
function versionOf(raw: RawConfiguration): string {
  return parseConfiguration(raw).deckhouse.version;
}

/** A document without the keys that have no value. */
function plain(document: object): ReadDocument {
  return JSON.parse(JSON.stringify(document)) as ReadDocument;
}

describe("any valid configuration", () => {
  it("renders, and parses back to the same values", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(rawConfiguration, furtherInputs, (raw, own) => {
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
        }
      }),
      { numRuns: 100 },
    );
    assert.equal(kinds.size, 16, [...kinds].sort().join(", "));
  });
});

describe("the documents of any configuration", () => {
  for (const version of knownVersions) {
    it(`are what Deckhouse ${version} takes`, () => {
      const files = [...generatedDocuments({ count: 40, seed: 1, versions: [version] })].flat();
      assert.ok(files.length > 20, files.length.toString());
      const faults = files.flatMap(({ text }) => {
        const documents = parseAllDocuments(text) as { toJS(): ReadDocument }[];
        return documentFaults(
          documents.map((document) => document.toJS()),
          version,
        );
      });
      assert.deepEqual([...new Set(faults)].sort(), []);
    });
  }
});

describe("the rules of Deckhouse that documents are held against", () => {
  const raw = fc.sample(rawConfiguration, { numRuns: 400, seed: 2 });
  const own = { password: "p", bgpPassword: "b", insecure: false, caBundle: undefined };

  /** The documents of the first of some configurations that has a whole document of a kind, and their version. */
  function withKind(kind: string): [documents: ReadDocument[], version: string] {
    for (const one of raw) {
      const found = documentsOf(one, own).find((documents) =>
        documents.some(
          ({ document }) =>
            document.kind === kind && !JSON.stringify(document).includes("<PLACEHOLDER"),
        ),
      );
      if (found !== undefined) {
        return [found.map(({ document }) => plain(document)), versionOf(one)];
      }
    }
    return assert.fail(`no configuration has a ${kind}`);
  }

  /** What is wrong when one document is changed, and was not wrong before. */
  function faultsWith(kind: string, changes: Changes): string[] {
    const [documents, version] = withKind(kind);
    const before = documentFaults(documents, version);
    const after = documents.map((document) =>
      document["kind"] === kind ? (changed(document, changes) as ReadDocument) : document,
    );
    return documentFaults(after, version).filter((fault) => !before.includes(fault));
  }

  const vsphere = "VsphereClusterConfiguration";
  const cluster = "ClusterConfiguration";
  const registry = "deckhouse.registryDockerCfg";
  const taints = "spec.nodeTemplate.taints";
  const machine = "masterNodeGroup.instanceClass";
  const announced = "spec.advertisements[0].poolNames";
  const classOfGroup = "spec.cloudInstances.classReference.name";
  for (const [title, kind, path, value, says] of [
    ["an unknown key", vsphere, "cloudPrefix", "x", "properties: cloudPrefix"],
    ["a missing key", vsphere, "sshPublicKey", undefined, "required property 'sshPublicKey'"],
    ["no subnet that is needed", vsphere, "internalNetworkCIDR", undefined, "no internalNetwork"],
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
    ["small masters", vsphere, `${machine}.numCPUs`, 3, "masters are too small"],
    ["subnets that overlap", cluster, "serviceSubnetCIDR", "10.111.7.0/24", "overlap"],
    ["credentials of others", "InitConfiguration", registry, "e30=", "nothing for registry"],
    ["a taint of one's own", "NodeGroup", taints, [{ key: "own" }], "tolerates the taint own"],
    ["a taint twice", "NodeGroup", taints, [{ key: "dedicated" }, { key: "dedicated" }], "twice"],
    ["a number that is none", "MetalLoadBalancerBGPPeer", "spec.myASN", "x", "must be integer"],
  ] as const) {
    it(`would find ${title}`, () => {
      assert.match(faultsWith(kind, { [path]: value }).join("\n"), new RegExp(says));
    });
  }
});

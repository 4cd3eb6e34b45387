import assert from "node:assert/strict";

import { parseAllDocuments } from "yaml";

import { parseConfiguration } from "../../../configuration";
import { exampleConfiguration } from "../../../configuration/exampleConfiguration";
import type { DocumentSecrets } from "../../../configuration/load";
import {
  documentsWithoutSecrets,
  regionDocuments,
  type FoundInVCenter,
  type RegionDocuments,
} from "../../../documents/regionDocuments";
import { changed } from "../../support/changedConfiguration";

const example = parseConfiguration(exampleConfiguration);
const connection = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  password: "of-the-administrator",
  insecure: false,
};
const secrets: DocumentSecrets = {
  clusterAccountPassword: "of-the-cluster",
  registryDockerCfg: "of-the-registry",
  bgpPassword: "of-the-routers",
  nsxtPassword: "of-nsx-t",
};
const nothingFound: FoundInVCenter = { templates: {}, storagePolicyIds: {} };

function vsphereDocument(documents: RegionDocuments, region: string): Record<string, unknown> {
  const [document] = parseAllDocuments(
    documents[region]?.["vsphere-cluster-configuration.yaml"] ?? "",
  );
  assert.ok(document && "toJS" in document);
  return document.toJS() as Record<string, unknown>;
}

describe("the documents of the regions", () => {
  it("are made for each region that has a cluster, with the cluster's own account", () => {
    const documents = regionDocuments(example, connection, secrets, nothingFound);
    assert.deepEqual(Object.keys(documents), ["k8s-region-x1", "k8s-region-x2"]);
    const document = vsphereDocument(documents, "k8s-region-x1");
    assert.equal(document["region"], "k8s-region-x1");
    assert.deepEqual(document["zones"], ["k8s-zone-x1-a", "k8s-zone-x1-b"]);
    assert.equal(document["regionTagCategory"], "k8s-region");
    assert.equal(document["zoneTagCategory"], "k8s-zone");
    assert.deepEqual(document["provider"], {
      server: "vcenter.example.com",
      username: "deckhouse@vsphere.local",
      password: "of-the-cluster",
    });
  });

  it("never hold the password of the account that prepares vCenter", () => {
    const documents = regionDocuments(example, connection, secrets, nothingFound);
    assert.ok(!JSON.stringify(documents).includes(connection.password));
  });

  it("trust the certificates that the program trusts", () => {
    const certificateAuthority = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const verified = { ...connection, certificateAuthority };
    const documents = regionDocuments(example, verified, secrets, nothingFound);
    const { provider } = vsphereDocument(documents, "k8s-region-x2") as {
      provider: Record<string, unknown>;
    };
    assert.equal(provider["caBundle"], certificateAuthority);
  });

  it("are none for a region without a cluster, and none at all without a password", () => {
    const [first, second] = example.regions;
    assert.ok(first && second);
    const { cluster: _left, ...plain } = first;
    const one = { ...example, regions: [plain, second] };
    assert.deepEqual(Object.keys(regionDocuments(one, connection, secrets, nothingFound)), [
      "k8s-region-x2",
    ]);
    const none = { ...secrets, clusterAccountPassword: undefined };
    assert.deepEqual(regionDocuments(example, connection, none, nothingFound), {});
  });

  it("name the template and the storage policy that vCenter has for the region", () => {
    const found = {
      templates: { "k8s-region-x1": "Templates/built" },
      storagePolicyIds: { "k8s-region-x1": "the-id", "k8s-region-x2": "" },
    };
    const raw = changed(exampleConfiguration, {
      "regions[0].clusterConfiguration.storagePolicy": { name: "gold" },
      "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
      templateImage: { builtin: {} },
    });
    const documents = regionDocuments(parseConfiguration(raw), connection, secrets, found);
    const document = vsphereDocument(documents, "k8s-region-x1");
    assert.equal(document["storagePolicyID"], "the-id");
    const { instanceClass } = document["masterNodeGroup"] as {
      instanceClass: { template: string };
    };
    assert.equal(instanceClass.template, "Templates/built");
    assert.ok(!("storagePolicyID" in vsphereDocument(documents, "k8s-region-x2")));
  });

  it("are the same for a repository, with placeholders in place of every secret", () => {
    const raw = changed(exampleConfiguration, {
      "regions[0].clusterConfiguration.nsxt": {
        host: "nsx.example.com",
        user: "deckhouse",
        defaultIpPoolName: "pool",
        tier1GatewayPath: "/infra/tier-1s/one",
      },
    });
    const configuration = parseConfiguration(raw);
    const whole = JSON.stringify(regionDocuments(configuration, connection, secrets, nothingFound));
    const plain = JSON.stringify(
      documentsWithoutSecrets(configuration, connection, secrets, nothingFound),
    );
    for (const secret of ["of-the-cluster", "of-the-registry", "of-nsx-t"]) {
      assert.ok(whole.includes(secret), secret);
      assert.ok(!plain.includes(secret), secret);
    }
    for (const name of ["clusterAccountPassword", "registryDockerCfg", "nsxtPassword"]) {
      assert.ok(plain.includes(`<SECRET: ${name}>`), name);
    }
  });
});

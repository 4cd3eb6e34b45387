import assert from "node:assert/strict";
import { certificate, documentsWith, find, testFields, testFixed, type Known } from "./support";

describe("ClusterConfiguration, field by field", () => {
  const kind = "ClusterConfiguration";
  testFixed(kind, {
    apiVersion: "deckhouse.io/v1",
    kind,
    clusterType: "Cloud",
    "cloud.provider": "vSphere",
  });
  testFields(kind, {
    "cloud.prefix": [{ "cluster.cloudPrefix": "x1" }, "x1"],
    podSubnetCIDR: [{ "cluster.podSubnetCIDR": "10.112.0.0/16" }, "10.112.0.0/16"],
    podSubnetNodeCIDRPrefix: [{ "cluster.podSubnetNodeCIDRPrefix": 25 }, "25"],
    serviceSubnetCIDR: [{ "cluster.serviceSubnetCIDR": "10.223.0.0/16" }, "10.223.0.0/16"],
    kubernetesVersion: [{ "cluster.kubernetesVersion": "1.31" }, "1.31"],
    clusterDomain: [{ "cluster.clusterDomain": "k8s.local" }, "k8s.local"],
  });

  it("has what Deckhouse requires when a user sets none of it", () => {
    assert.deepEqual(find(documentsWith(), kind), {
      apiVersion: "deckhouse.io/v1",
      kind: "ClusterConfiguration",
      clusterType: "Cloud",
      cloud: { provider: "vSphere", prefix: "k8s-region-x1" },
      podSubnetCIDR: "10.111.0.0/16",
      serviceSubnetCIDR: "10.222.0.0/16",
      kubernetesVersion: "Automatic",
      clusterDomain: "cluster.local",
    });
  });
});

describe("InitConfiguration, field by field", () => {
  const kind = "InitConfiguration";
  const known: Known = {
    secrets: { clusterAccountPassword: "geheim", registryDockerCfg: "eyJhdXRocyI6e319" },
  };
  testFixed(kind, { apiVersion: "deckhouse.io/v1", kind });
  testFields(kind, {
    "deckhouse.imagesRepo": [
      { "deckhouse.imagesRepo": "registry.example.com/deckhouse/ee" },
      "registry.example.com/deckhouse/ee",
    ],
    "deckhouse.registryDockerCfg": [{}, "eyJhdXRocyI6e319", known],
    "deckhouse.registryScheme": [{ "deckhouse.registryScheme": "HTTP" }, "HTTP"],
    "deckhouse.registryCA": [{ "deckhouse.registryCA": certificate }, certificate],
  });

  it("has placeholders for what nobody has told", () => {
    assert.deepEqual(find(documentsWith(), kind), {
      apiVersion: "deckhouse.io/v1",
      kind: "InitConfiguration",
      deckhouse: {
        imagesRepo: "<PLACEHOLDER: deckhouse.imagesRepo>",
        registryDockerCfg: "<SECRET: registryDockerCfg>",
      },
    });
  });
});

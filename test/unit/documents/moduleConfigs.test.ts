import assert from "node:assert/strict";
import type { Changes } from "../../support/changedConfiguration";
import { publicKey } from "../configuration/support";
import {
  certificate,
  documentsWith,
  elsewhere,
  find,
  testFields,
  testFixed,
  type Known,
} from "./support";

describe("ModuleConfig deckhouse, field by field", () => {
  const which = "ModuleConfig/deckhouse";
  testFixed(which, {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    "spec.version": 1,
    "spec.enabled": true,
  });
  testFields(which, {
    "spec.settings.releaseChannel": [{ "deckhouse.releaseChannel": "RockSolid" }, "RockSolid"],
    "spec.settings.bundle": [{ "deckhouse.bundle": "Minimal" }, "Minimal"],
  });
});

describe("ModuleConfig cloud-provider-vsphere where the masters are elsewhere, field by field", () => {
  const which = "ModuleConfig/cloud-provider-vsphere";
  const own = (key: string, value: unknown): readonly [Changes, unknown] => [
    { [`cluster.${key}`]: value },
    value,
  ];
  testFixed(
    which,
    { apiVersion: "deckhouse.io/v1alpha1", "spec.version": 2, "spec.enabled": true },
    [elsewhere],
  );
  testFields(
    which,
    {
      "spec.settings.host": [{}, "192.0.2.9", { provider: { server: "192.0.2.9" } }],
      "spec.settings.username": [
        { "clusterAccount.username": "d8@vsphere.local" },
        "d8@vsphere.local",
      ],
      "spec.settings.password": [{}, "other", { secrets: { clusterAccountPassword: "other" } }],
      "spec.settings.insecure": [{}, true, { provider: { insecure: true } }],
      "spec.settings.caBundle": [
        {},
        certificate,
        { provider: { insecure: true, caBundle: certificate } },
      ],
      "spec.settings.vmFolderPath": own("vmFolderPath", "dev/test"),
      "spec.settings.regionTagCategory": [{ "categories.region.name": "region" }, "region"],
      "spec.settings.zoneTagCategory": [{ "categories.zone.name": "zone" }, "zone"],
      "spec.settings.region": [{ "regions[0].name": "k8s-region-other" }, "k8s-region-other"],
      "spec.settings.zones": [
        { "regions[0].zones[1].name": "zone-a" },
        ["k8s-zone-x1-a", "zone-a"],
      ],
      "spec.settings.sshKeys": [
        { "cluster.sshPublicKey": publicKey.replace("test@", "other@") },
        [
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f other@example.com",
        ],
      ],
      "spec.settings.internalNetworkNames": [
        { "cluster.networks[2].nodeAddress": "internal" },
        ["k8s-nodes", "other%2fnet"],
      ],
      "spec.settings.externalNetworkNames": [
        { "cluster.networks[2].nodeAddress": "external" },
        ["other%2fnet"],
      ],
      "spec.settings.disableTimesync": own("disableTimesync", false),
      "spec.settings.storageClass.exclude": [
        { "cluster.storageClasses.exclude": ["x1-lun-2.*"] },
        ["x1-lun-2.*"],
      ],
      "spec.settings.storageClass.default": [
        { "cluster.storageClasses.default": "x1-lun-1-3a782555" },
        "x1-lun-1-3a782555",
      ],
      "spec.settings.storageClass.compatibilityFlag": [
        { "cluster.storageClasses.compatibilityFlag": "Legacy" },
        "Legacy",
      ],
      "spec.settings.nsxt": [
        {
          "cluster.nsxt": {
            ...{ host: "nsx.example.com", user: "deckhouse" },
            ...{ defaultIpPoolName: "pool1", tier1GatewayPath: "/infra/tier-1s/one" },
          },
        },
        {
          ...{ host: "nsx.example.com", user: "deckhouse", password: "<SECRET: nsxtPassword>" },
          ...{ defaultIpPoolName: "pool1", tier1GatewayPath: "/infra/tier-1s/one" },
        },
      ],
    },
    [elsewhere],
  );

  it("has no insecure next to certificates", () => {
    const known: Known = { provider: { insecure: true, caBundle: certificate } };
    const found = find(documentsWith(elsewhere, known), which) as {
      spec: { settings: Record<string, unknown> };
    };
    assert.equal(found.spec.settings["caBundle"], certificate);
    assert.equal("insecure" in found.spec.settings, false);
  });
});

describe("ModuleConfig cloud-provider-vsphere of a cluster that is installed", () => {
  const which = "ModuleConfig/cloud-provider-vsphere";

  it("says of all settings those of StorageClasses only, because the others have been said", () => {
    const changes = {
      "cluster.disableTimesync": false,
      "cluster.storageClasses": { exclude: ["x1-lun-2.*"], default: "x1-lun-1-3a782555" },
    };
    assert.deepEqual(find(documentsWith(changes), which), {
      apiVersion: "deckhouse.io/v1alpha1",
      kind: "ModuleConfig",
      metadata: { name: "cloud-provider-vsphere" },
      spec: {
        version: 2,
        enabled: true,
        settings: { storageClass: { exclude: ["x1-lun-2.*"], default: "x1-lun-1-3a782555" } },
      },
    });
  });

  it("is not there when nothing is said of StorageClasses", () => {
    assert.equal(find(documentsWith({ "cluster.disableTimesync": false }), which), undefined);
    assert.equal(find(documentsWith({ "cluster.storageClasses": {} }), which), undefined);
  });
});

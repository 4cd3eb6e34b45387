import assert from "node:assert/strict";
import { valueAt } from "../../support/changedConfiguration";
import { tainted, tolerations } from "./metallbSupport";
import { documentsWith, find, ingressBy, testFields, testFixed } from "./support";

describe("MetalLB in L2 mode, field by field", () => {
  const l2 = ingressBy("metallbL2", { addresses: ["10.20.0.200-10.20.0.210"] });
  const key = "cluster.ingress.metallbL2";
  const which = "MetalLoadBalancerClass";
  testFixed(
    which,
    {
      apiVersion: "network.deckhouse.io/v1alpha1",
      "metadata.name": "frontend-k8s-region-x1",
      "spec.isDefault": false,
      "spec.type": "L2",
      "spec.nodeSelector": { "node-role.deckhouse.io/frontend": "" },
    },
    [l2],
  );
  testFields(
    which,
    {
      "spec.addressPool": [
        { [`${key}.addresses`]: ["10.20.0.220-10.20.0.230"] },
        ["10.20.0.220-10.20.0.230"],
      ],
      "spec.l2.interfaces": [{ [`${key}.interfaces`]: ["ens192"] }, ["ens192"]],
      "spec.tolerations": [tainted, tolerations],
    },
    [l2],
  );

  for (const [version, settingsVersion] of [
    ["1.76", 2],
    ["1.77", 3],
  ] as const) {
    it(`has no pool in the settings of Deckhouse ${version}, which would have no effect there`, () => {
      const found = find(
        documentsWith({ ...l2, ...tainted, "deckhouse.version": version }),
        "ModuleConfig/metallb",
      );
      assert.deepEqual(valueAt(found, "spec"), { version: settingsVersion, enabled: true });
    });
  }
});

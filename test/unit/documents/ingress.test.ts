import assert from "node:assert/strict";
import { valueAt, type Changes } from "../../support/changedConfiguration";
import { documentsWith, find, ingressBy, testFields, testFixed } from "./support";

const which = "IngressNginxController/main";
const external = ingressBy("externalLoadBalancer", {});

describe("IngressNginxController, field by field", () => {
  testFixed(which, {
    apiVersion: "deckhouse.io/v1",
    kind: "IngressNginxController",
    "spec.inlet": "LoadBalancer",
    "spec.nodeSelector": { "node-role.deckhouse.io/frontend": "" },
    "spec.tolerations": undefined,
  });
  testFields(which, {
    "spec.ingressClass": [{ "cluster.ingress.ingressClass": "public" }, "public"],
    "spec.controllerVersion": [{ "cluster.ingress.controllerVersion": "1.10" }, "1.10"],
    "spec.tolerations": [
      {
        "cluster.nodeGroups[0].nodeTemplate.taints": [
          { effect: "NoExecute", key: "dedicated.deckhouse.io", value: "frontend" },
          { effect: "NoSchedule", key: "example.com/edge", value: "" },
          { key: "example.com/any" },
        ],
      },
      [
        {
          ...{ effect: "NoExecute", key: "dedicated.deckhouse.io" },
          ...{ operator: "Equal", value: "frontend" },
        },
        { effect: "NoSchedule", key: "example.com/edge", operator: "Exists" },
        { key: "example.com/any", operator: "Exists" },
      ],
    ],
  });
});

describe("IngressNginxController behind an own load balancer, field by field", () => {
  const proxy = { "cluster.ingress.externalLoadBalancer.proxyProtocol": true };
  testFields(
    which,
    {
      "spec.inlet": [proxy, "HostPortWithProxyProtocol"],
      "spec.hostPort.httpPort": [{ "cluster.ingress.externalLoadBalancer.httpPort": 8080 }, 8080],
      "spec.hostPort.httpsPort": [{ "cluster.ingress.externalLoadBalancer.httpsPort": 8443 }, 8443],
      "spec.hostPortWithProxyProtocol": [proxy, { httpPort: 80, httpsPort: 443 }],
    },
    [external],
  );

  it("listens on the ports of the nodes, and nothing is said of MetalLB", () => {
    const documents = documentsWith(external);
    assert.deepEqual(valueAt(find(documents, which), "spec"), {
      ingressClass: "nginx",
      inlet: "HostPort",
      hostPort: { httpPort: 80, httpsPort: 443 },
      nodeSelector: { "node-role.deckhouse.io/frontend": "" },
    });
    assert.doesNotMatch(JSON.stringify(documents), /metallb|MetalLoadBalancer/i);
  });

  it("has the ports once", () => {
    const spec = valueAt(find(documentsWith({ ...external, ...proxy }), which), "spec");
    assert.equal("hostPort" in (spec as object), false);
  });
});

describe("IngressNginxController behind MetalLB", () => {
  const loadBalancerWith = (changes: Changes): unknown => {
    const found = find(documentsWith(changes), which);
    assert.equal(valueAt(found, "spec.inlet"), "LoadBalancer");
    return valueAt(found, "spec.loadBalancer");
  };
  const l2 = ingressBy("metallbL2", { addresses: ["10.20.0.200-10.20.0.210"] });

  it("asks for addresses of the region's pool from Deckhouse 1.77 on", () => {
    assert.deepEqual(loadBalancerWith({ "deckhouse.version": "1.77" }), {
      annotations: { "network.deckhouse.io/load-balancer-pool": "ingress-k8s-region-x1" },
    });
  });

  it("asks for addresses of the region's pool with MetalLB's own annotation before", () => {
    assert.deepEqual(loadBalancerWith({ "deckhouse.version": "1.76" }), {
      annotations: { "metallb.universe.tf/address-pool": "ingress-k8s-region-x1" },
    });
  });

  it("names the region's class in L2 mode, and how many addresses it wants", () => {
    const more = { ...l2, "cluster.ingress.metallbL2.addressCount": 3 };
    const count = "network.deckhouse.io/l2-load-balancer-external-ips-count";
    assert.deepEqual(loadBalancerWith(l2), {
      loadBalancerClass: "frontend-k8s-region-x1",
      annotations: { [count]: "1" },
    });
    assert.deepEqual(loadBalancerWith(more), {
      loadBalancerClass: "frontend-k8s-region-x1",
      annotations: { [count]: "3" },
    });
  });

  it("does the same in L2 mode before Deckhouse 1.77", () => {
    assert.deepEqual(
      loadBalancerWith({ ...l2, "deckhouse.version": "1.76" }),
      loadBalancerWith({ ...l2, "deckhouse.version": "1.77" }),
    );
  });

  it("is not there when nothing is said of traffic", () => {
    assert.equal(find(documentsWith({ "cluster.ingress": undefined }), which), undefined);
  });
});
